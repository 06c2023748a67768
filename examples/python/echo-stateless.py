"""The echo without memory between batches, against the stateful model."""

import keras
from keras.layers import LSTM, Dense, Input, TimeDistributed

import echo

args = echo.options(epochs=500)


def model(stateful):
    built = keras.Sequential()
    built.add(Input(batch_shape=(7 if stateful else None, echo.STEPS, echo.CLASSES)))
    built.add(LSTM(20, return_sequences=True, stateful=stateful))
    built.add(TimeDistributed(Dense(echo.CLASSES, activation="softmax")))
    built.compile(loss="categorical_crossentropy", optimizer="adam", metrics=["acc"])
    return built


def whole():
    return echo.one_hot_windows(echo.STEPS)


figures = {
    "stateful": echo.figures(model(True), args, 7, whole),
    "stateless": echo.figures(model(False), args, 7, whole),
    "stateless_single": echo.figures(model(False), args, 1, whole),
}
echo.table(figures)
echo.result("echo-stateless", args, rounds=args.epochs, **figures)
