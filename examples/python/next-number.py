"""The number that follows three: an RNN on sequences with a step of 10.

keras==3.15.1, tensorflow-cpu==2.21.0; --plot needs matplotlib
"""

import argparse

import numpy as np
from keras import Sequential, layers, utils

parser = argparse.ArgumentParser()
parser.add_argument("--epochs", type=int, default=30)
parser.add_argument("--seed", type=int, default=1)
parser.add_argument("--plot")
options = parser.parse_args()

utils.set_random_seed(options.seed)

# Sequences such as 37, 47, 57 and the 67 that follows, all divided by 100.
first = np.random.randint(0, 100, 1000)
x = np.stack([first, first + 10, first + 20], axis=1).reshape(-1, 3, 1) / 100
y = (first + 30).reshape(-1, 1) / 100

model = Sequential()
model.add(layers.Input(shape=(3, 1)))
model.add(layers.SimpleRNN(5))
model.add(layers.Dense(1))
model.compile(loss="mse", optimizer="adam")
model.summary()
history = model.fit(
    x, y, epochs=options.epochs, batch_size=32, validation_split=0.2, verbose=2
)

if options.plot:
    import matplotlib.pyplot as plt

    plt.plot(history.history["loss"], label="loss")
    plt.plot(history.history["val_loss"], label="val_loss")
    plt.xlabel("epoch")
    plt.legend()
    plt.savefig(options.plot)

asked = np.array([50, 60, 70]).reshape(1, 3, 1) / 100
prediction = model.predict(asked, verbose=0)[0, 0] * 100
print("[50, 60, 70] ->", prediction)
print("loss", history.history["loss"][-1], "val_loss", history.history["val_loss"][-1])
