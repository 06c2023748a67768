"""Where does the running sum of a sequence pass a threshold? Read forward, backward and both ways.

keras==3.15.1, tensorflow-cpu==2.21.0
"""

import argparse

import keras
import numpy as np
from keras import layers, utils

TIMESTEPS, UNITS, SEQUENCES, TESTED = 10, 20, 2000, 1000

parser = argparse.ArgumentParser()
parser.add_argument("--epochs", type=int, default=30)
parser.add_argument("--seed", type=int, default=1)
options = parser.parse_args()
utils.set_random_seed(options.seed)


def sequences(count):
    x = np.random.rand(count * TIMESTEPS).reshape(count, TIMESTEPS, 1)
    return x, (np.cumsum(x, axis=1) > TIMESTEPS / 4).astype("float32")


x, y = sequences(SEQUENCES)
unseen, right = sequences(TESTED)


def forward(inputs):
    return layers.LSTM(UNITS, return_sequences=True)(inputs)


def backward(inputs):
    # The outputs come in the order in which they were computed.
    return layers.LSTM(UNITS, return_sequences=True, go_backwards=True)(inputs)[:, ::-1]


def both(inputs):
    return layers.Bidirectional(layers.LSTM(UNITS, return_sequences=True))(inputs)


for read in (forward, backward, both):
    inputs = keras.Input((TIMESTEPS, 1))
    outputs = layers.Dense(1, activation="sigmoid")(read(inputs))
    model = keras.Model(inputs, outputs)
    model.compile(loss="binary_crossentropy", optimizer=keras.optimizers.Adam(0.01), metrics=["acc"])
    model.fit(x, y, epochs=options.epochs, batch_size=32, verbose=0)
    print(f"{read.__name__:9s} {model.evaluate(unseen, right, verbose=0)[1]:.4f}")
