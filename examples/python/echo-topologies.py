"""The whole echo with layers put together in other ways."""

import keras
import numpy as np
from keras.layers import LSTM, Activation, Dense, Input, Reshape, TimeDistributed
from keras.optimizers import Adam
from keras.optimizers.schedules import CosineDecay

import echo

BATCH = 7
UNITS = 150
FLAT = echo.STEPS * echo.CLASSES

args = echo.options(epochs=2000)
updates = args.epochs * (echo.LENGTH - echo.STEPS + 1) // BATCH


def one_hot(timesteps):
    x, y = echo.one_hot_windows(echo.STEPS)
    return x.reshape(len(x), timesteps, -1), y


def scaled():
    column = np.array(echo.sequence(), dtype="float32").reshape(-1, 1) / (echo.CLASSES - 1)
    x, y = echo.windows(column, echo.STEPS, echo.STEPS)
    return x.reshape(len(x), 1, -1), y.reshape(len(y), -1)


def unscaled(y):
    return np.rint(y * (echo.CLASSES - 1)).astype(int)


def figures(sample, loss, data, layers, **decode):
    model = keras.Sequential([Input(batch_shape=(BATCH, *sample)), *layers])
    model.compile(loss=loss, optimizer=Adam(learning_rate=CosineDecay(0.003, updates)))
    return echo.figures(model, args, BATCH, data, **decode)


def one_vector():
    return [
        LSTM(UNITS, stateful=True),
        Dense(FLAT),
        Reshape((echo.STEPS, echo.CLASSES)),
        Activation("softmax"),
    ]


topologies = {
    "time_distributed": figures(
        (echo.STEPS, echo.CLASSES),
        "categorical_crossentropy",
        lambda: one_hot(echo.STEPS),
        [
            LSTM(UNITS, return_sequences=True, stateful=True),
            TimeDistributed(Dense(echo.CLASSES, activation="softmax")),
        ],
    ),
    "one_vector": figures(
        (echo.STEPS, echo.CLASSES),
        "categorical_crossentropy",
        lambda: one_hot(echo.STEPS),
        one_vector(),
    ),
    "timesteps_as_features": figures(
        (1, FLAT), "categorical_crossentropy", lambda: one_hot(1), one_vector()
    ),
    "scaled_timesteps_as_features": figures(
        (1, echo.STEPS),
        "mse",
        scaled,
        [LSTM(UNITS, stateful=True), Dense(echo.STEPS)],
        decode=unscaled,
    ),
}
echo.table(topologies)
echo.result("echo-topologies", args, rounds=args.epochs, **topologies)
