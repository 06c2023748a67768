"""Digits read pixel by pixel: a SimpleRNN that starts as the identity (IRNN). After Keras's
mnist_irnn, on small digits that the script draws.

keras==3.15.1, tensorflow-cpu==2.21.0; --plot needs matplotlib
"""

import argparse

import numpy as np
from keras import Sequential, initializers, layers, optimizers, utils

parser = argparse.ArgumentParser()
parser.add_argument("--epochs", type=int, default=30)
parser.add_argument("--seed", type=int, default=1)
parser.add_argument("--plot")
options = parser.parse_args()

utils.set_random_seed(options.seed)

FONT = """
.##. ..#. .##. ###. #..# #### .##. #### .##. .##.
#..# .##. #..# ...# #..# #... #... ...# #..# #..#
#..# ..#. ..#. .##. #### ###. ###. ..#. .##. .###
#..# ..#. .#.. ...# ...# ...# #..# .#.. #..# ...#
.##. ..#. #### ###. ...# ###. .##. .#.. .##. .##.
"""
ROWS = [line.split() for line in FONT.split("\n") if line]
SIDE = 6


def digits(count):
    """Digits of 4 by 5 pixels somewhere in 6 by 6, with noise."""
    labels = np.random.randint(0, 10, count)
    places = np.random.randint(0, 6, count)
    noise = np.random.rand(count, SIDE, SIDE)
    pictures = 0.3 * noise
    for i, label in enumerate(labels):
        left, top = places[i] % 3, places[i] // 3
        for y, row in enumerate(ROWS):
            for x, pixel in enumerate(row[label]):
                if pixel == "#":
                    pictures[i, top + y, left + x] = 1.0
    return pictures.reshape(count, SIDE * SIDE, 1).astype("float32"), labels


x_train, y_train = digits(2000)
x_test, y_test = digits(500)

model = Sequential()
model.add(layers.Input(shape=(SIDE * SIDE, 1)))
model.add(
    layers.SimpleRNN(
        64,
        kernel_initializer=initializers.RandomNormal(stddev=0.001),
        recurrent_initializer=initializers.Identity(gain=1.0),
        activation="relu",
    )
)
model.add(layers.Dense(10, activation="softmax"))
model.compile(
    loss="sparse_categorical_crossentropy",
    optimizer=optimizers.RMSprop(learning_rate=0.002),
    metrics=["accuracy"],
)
history = model.fit(
    x_train,
    y_train,
    batch_size=32,
    epochs=options.epochs,
    verbose=2,
    validation_data=(x_test, y_test),
)
loss, accuracy = model.evaluate(x_test, y_test, verbose=0)
print("IRNN test score:", loss)
print("IRNN test accuracy:", accuracy)

if options.plot:
    import matplotlib.pyplot as plt

    plt.plot(history.history["accuracy"], label="accuracy")
    plt.plot(history.history["val_accuracy"], label="val_accuracy")
    plt.legend()
    plt.savefig(options.plot)
