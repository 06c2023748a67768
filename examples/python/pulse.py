"""A network tells whether the next value of 1 1 0 0 0 1 1 0 0 0 ... is a pulse.

keras==3.15.1, tensorflow-cpu==2.21.0
"""

import argparse

import numpy as np
from keras import Sequential, layers, optimizers, utils
from keras.src.legacy.preprocessing.sequence import TimeseriesGenerator

WINDOW, LENGTHS, VALUES, REMEDY_WINDOW = 5, 15, 200, 10

parser = argparse.ArgumentParser()
parser.add_argument("--epochs", type=int, default=50)
parser.add_argument("--seed", type=int, default=1)
options = parser.parse_args()
utils.set_random_seed(options.seed)

series = np.tile([1, 1, 0, 0, 0], VALUES // 5).astype("float32").reshape(-1, 1)


def at_the_end(units):
    model = Sequential()
    model.add(layers.Input(shape=(None, 1)))
    model.add(layers.LSTM(units))
    model.add(layers.Dense(1, activation="sigmoid"))
    model.compile(loss="binary_crossentropy", optimizer="adam", metrics=["accuracy"])
    return model


def accuracies(model):
    return [
        model.evaluate(
            TimeseriesGenerator(series, series, length, batch_size=VALUES),
            verbose=0,
            return_dict=True,
        )["accuracy"]
        for length in range(WINDOW, WINDOW + LENGTHS)
    ]


# As written: windows of five, one answer at the end of each.
written = at_the_end(4)
remedy = Sequential()
remedy.add(layers.Input(shape=(REMEDY_WINDOW, 1)))
remedy.add(layers.LSTM(16, return_sequences=True))
remedy.add(layers.Dense(1, activation="sigmoid"))
remedy.compile(loss="binary_crossentropy", optimizer=optimizers.Adam(learning_rate=0.01))
answering = at_the_end(16)

written.summary()
written.fit(
    TimeseriesGenerator(series, series, WINDOW, batch_size=8), epochs=options.epochs, verbose=2
)
before = accuracies(written)

# The remedy: an answer after each value of windows of ten, so every length is trained for.
# Two zeros leave the answer open: what comes before the third value does not count.
starts = np.arange(VALUES - REMEDY_WINDOW)[:, np.newaxis] + np.arange(REMEDY_WINDOW)
counts = np.ones(starts.shape)
counts[:, :2] = 0
remedy.fit(
    series[starts],
    series[starts + 1],
    sample_weight=counts,
    epochs=options.epochs,
    batch_size=8,
    verbose=2,
)
answering.set_weights(remedy.get_weights())
after = accuracies(answering)

print("window  as written  remedy")
for i in range(LENGTHS):
    print(f"{WINDOW + i:6d}  {before[i]:10.3f}  {after[i]:6.3f}")
