"""Anomalies in a series: an LSTM autoencoder learns what is usual and cannot rebuild the rest.

keras==3.15.1, tensorflow-cpu==2.21.0, scikit-learn==1.9.1; --plot needs matplotlib
"""

import argparse

import numpy as np
from keras import Sequential, layers, utils
from sklearn.metrics import classification_report, confusion_matrix

parser = argparse.ArgumentParser()
parser.add_argument("--epochs", type=int, default=20)
parser.add_argument("--seed", type=int, default=1)
parser.add_argument("--plot")
options = parser.parse_args()

utils.set_random_seed(options.seed)

STEPS = 30


def series(length):
    """A sine with noise."""
    return np.sin(np.arange(length) / 5) + (np.random.rand(length) - 0.5) * 0.2


def windows(values):
    return np.stack([values[i : i + STEPS] for i in range(0, len(values) - STEPS, 5)])


train = windows(series(3000))[..., np.newaxis]
values = series(1500)
strange = np.zeros(len(values), dtype=int)
for first in np.random.randint(0, len(values) - STEPS, 8):
    values[first : first + 6] += 1.5  # A jump.
    strange[first : first + 6] = 1
test = windows(values)[..., np.newaxis]
is_strange = windows(strange).max(axis=1)

model = Sequential()
model.add(layers.Input(shape=(STEPS, 1)))
model.add(layers.LSTM(16))
model.add(layers.RepeatVector(STEPS))
model.add(layers.LSTM(16, return_sequences=True))
model.add(layers.TimeDistributed(layers.Dense(1)))
model.compile(loss="mae", optimizer="adam")
history = model.fit(train, train, epochs=options.epochs, batch_size=32, verbose=2)


def errors(x):
    return np.abs(model.predict(x, verbose=0) - x).mean(axis=(1, 2))


threshold = errors(train).max()
found = (errors(test) > threshold).astype(int)
print("Threshold: %.4f" % threshold)
print(confusion_matrix(is_strange, found))
print(classification_report(is_strange, found, target_names=["usual", "strange"]))
print("loss", history.history["loss"][-1])

if options.plot:
    import matplotlib.pyplot as plt

    plt.plot(errors(test))
    plt.axhline(threshold)
    plt.savefig(options.plot)
