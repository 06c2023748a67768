"""An encoder-decoder learns to repeat three or four of five random integers."""

import keras
import numpy as np
from keras.layers import LSTM, Dense, Input, RepeatVector, TimeDistributed
from keras.optimizers import Adam
from keras.optimizers.schedules import CosineDecay

import echo

SEQUENCES = 4
BATCH = SEQUENCES * (echo.LENGTH - echo.STEPS + 1)

args = echo.options(epochs=2500)


def several_sequences(echoed):
    parts = [echo.one_hot_windows(echoed) for _ in range(SEQUENCES)]
    return np.concatenate([x for x, _ in parts]), np.concatenate([y for _, y in parts])


def figures(echoed):
    model = keras.Sequential()
    model.add(Input(batch_shape=(BATCH, echo.STEPS, echo.CLASSES)))
    model.add(LSTM(150, stateful=True))
    model.add(RepeatVector(echoed))
    model.add(LSTM(150, return_sequences=True, stateful=True))
    model.add(TimeDistributed(Dense(echo.CLASSES, activation="softmax")))
    model.compile(
        loss="categorical_crossentropy",
        optimizer=Adam(learning_rate=CosineDecay(0.005, args.epochs)),
        metrics=["acc"],
    )
    return echo.figures(model, args, BATCH, lambda: several_sequences(echoed))


lengths = {"three": figures(3), "four": figures(4)}
echo.table(lengths)
echo.result("echo-longer", args, rounds=args.epochs, **lengths)
