"""The echo with windows that lack the integers before the sequence's start, kept and masked."""

import keras
import numpy as np
from keras.layers import LSTM, Dense, Input, Masking, TimeDistributed

import echo

MISSING = -1

args = echo.options(epochs=500)


def kept_windows():
    rows = np.eye(echo.CLASSES, dtype="float32")[echo.sequence()]
    before = np.full((echo.STEPS - 1, echo.CLASSES), np.nan, dtype="float32")
    x, y = echo.windows(np.concatenate([before, rows]), echo.STEPS, echo.STEPS)
    return np.nan_to_num(x, nan=MISSING), np.nan_to_num(y, nan=0)


def full_windows():
    return echo.one_hot_windows(echo.STEPS)


def model(batch_size, masked):
    built = keras.Sequential()
    built.add(Input(batch_shape=(batch_size, echo.STEPS, echo.CLASSES)))
    if masked:
        built.add(Masking(mask_value=MISSING))
    built.add(LSTM(20, return_sequences=True, stateful=True))
    built.add(TimeDistributed(Dense(echo.CLASSES, activation="softmax")))
    built.compile(loss="categorical_crossentropy", optimizer="adam")
    return built


figures = {
    "masked": echo.figures(model(5, True), args, 5, kept_windows),
    "unmasked": echo.figures(model(5, False), args, 5, kept_windows),
}
trained, asked = model(7, True), model(5, True)
figures["dropped"] = echo.figures(trained, args, 7, full_windows)
asked.set_weights(trained.get_weights())
figures["dropped"]["accuracy"] = echo.evaluate(asked, 5, kept_windows)
echo.table(figures)
echo.result("echo-masked", args, rounds=args.epochs, **figures)
