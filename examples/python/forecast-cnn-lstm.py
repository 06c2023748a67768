"""Forecasts a day of a series that repeats by day and by week: convolutions, then an LSTM.

keras==3.15.1, tensorflow-cpu==2.21.0
"""

import argparse

import keras
import numpy as np
from keras import layers, utils

DAY, WEEK = 24, 24 * 7
HOURS, UNSEEN = WEEK * 16, WEEK * 3

parser = argparse.ArgumentParser()
parser.add_argument("--epochs", type=int, default=15)
parser.add_argument("--seed", type=int, default=1)
options = parser.parse_args()
utils.set_random_seed(options.seed)

chance = np.random.rand(HOURS)
hours = np.arange(HOURS)
series = np.sin(2 * np.pi * hours / DAY) + 0.5 * np.sin(2 * np.pi * hours / WEEK) + 0.3 * (chance - 0.5)
series = series.astype("float32")


def windows(first, last):
    """A week, and the day after it."""
    starts = range(first, last - WEEK - DAY)
    return (
        np.stack([series[i : i + WEEK] for i in starts])[..., None],
        np.stack([series[i + WEEK : i + WEEK + DAY] for i in starts]),
    )


x, y = windows(0, HOURS - UNSEEN)
unseen, right = windows(HOURS - UNSEEN, HOURS)

model = keras.Sequential()
model.add(keras.Input((WEEK, 1)))
model.add(layers.Conv1D(32, 5, activation="relu", padding="causal"))
model.add(layers.MaxPooling1D(4))
model.add(layers.Conv1D(32, 3, activation="relu", padding="causal"))
model.add(layers.MaxPooling1D(2))
model.add(layers.LSTM(32))
model.add(layers.Dense(DAY))
model.compile(loss="mse", optimizer=keras.optimizers.Adam(0.003), metrics=["mae"])
model.fit(x, y, batch_size=32, epochs=options.epochs, verbose=2)
print("error", model.evaluate(unseen, right, verbose=0)[1])
print("error of the day before", np.abs(unseen[:, -DAY:, 0] - right).mean())
