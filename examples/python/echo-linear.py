"""The echo as regression: integers scaled to 0..1, numbers to be rounded back to integers."""

import keras
import numpy as np
from keras.layers import LSTM, Dense, Input, TimeDistributed
from keras.optimizers import Adam
from keras.optimizers.schedules import CosineDecay
from sklearn.preprocessing import MinMaxScaler

import echo

BATCH = 7

args = echo.options(epochs=4000)
scaler = MinMaxScaler().fit([[0], [echo.CLASSES - 1]])
updates = args.epochs * (echo.LENGTH - echo.STEPS + 1) // BATCH


def scaled_windows():
    column = np.array(echo.sequence(), dtype="float32").reshape(-1, 1)
    return echo.windows(scaler.transform(column), echo.STEPS, echo.STEPS)


def unscaled(y):
    return np.rint(scaler.inverse_transform(y.reshape(-1, 1))).astype(int).reshape(y.shape[:2])


linear = keras.Sequential()
linear.add(Input(batch_shape=(BATCH, echo.STEPS, 1)))
linear.add(LSTM(20, return_sequences=True, stateful=True))
linear.add(TimeDistributed(Dense(1)))
linear.compile(loss="mse", optimizer=Adam(learning_rate=CosineDecay(0.01, updates)))

one_hot = keras.Sequential()
one_hot.add(Input(batch_shape=(BATCH, echo.STEPS, echo.CLASSES)))
one_hot.add(LSTM(20, return_sequences=True, stateful=True))
one_hot.add(TimeDistributed(Dense(echo.CLASSES, activation="softmax")))
one_hot.compile(loss="categorical_crossentropy", optimizer="adam")

figures = {
    "linear": echo.figures(linear, args, BATCH, scaled_windows, unscaled),
    "one_hot": echo.figures(one_hot, args, BATCH, lambda: echo.one_hot_windows(echo.STEPS)),
}
echo.table(figures)
echo.result("echo-linear", args, rounds=args.epochs, **figures)
