"""An encoder-decoder learns to repeat the first two of five random integers."""

import keras
from keras.layers import LSTM, Dense, Input, RepeatVector, TimeDistributed

import echo

BATCH = 21
ECHOED = 2

args = echo.options(epochs=5000)
model = keras.Sequential()
model.add(Input(batch_shape=(BATCH, echo.STEPS, echo.CLASSES)))
model.add(LSTM(150, stateful=True))
model.add(RepeatVector(ECHOED))
model.add(LSTM(150, return_sequences=True, stateful=True))
model.add(TimeDistributed(Dense(echo.CLASSES, activation="softmax")))
model.compile(loss="categorical_crossentropy", optimizer="adam", metrics=["acc"])

losses = []
for i in range(args.epochs):
    x, y = echo.one_hot_windows(ECHOED)
    history = model.fit(
        x, y, epochs=1, batch_size=BATCH, verbose=echo.verbose(args, i), shuffle=False
    )
    losses.append(history.history["loss"][0])
    echo.reset_states(model)

accuracy = echo.evaluate(model, BATCH, lambda: echo.one_hot_windows(ECHOED))
echo.result(
    "echo-partial",
    args,
    rounds=args.epochs,
    first_loss=losses[0],
    last_loss=losses[-1],
    accuracy=accuracy,
)
