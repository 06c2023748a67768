"""An LSTM learns to repeat windows of five random integers."""

import keras
from keras.layers import LSTM, Dense, Input, TimeDistributed

import echo

BATCH = 7

args = echo.options(epochs=500)
model = keras.Sequential()
model.add(Input(batch_shape=(BATCH, echo.STEPS, echo.CLASSES)))
model.add(LSTM(20, return_sequences=True, stateful=True))
model.add(TimeDistributed(Dense(echo.CLASSES, activation="softmax")))
model.compile(loss="categorical_crossentropy", optimizer="adam", metrics=["acc"])

losses = []
for i in range(args.epochs):
    x, y = echo.one_hot_windows(echo.STEPS)
    history = model.fit(
        x, y, epochs=1, batch_size=BATCH, verbose=echo.verbose(args, i), shuffle=False
    )
    losses.append(history.history["loss"][0])
    echo.reset_states(model)

accuracy = echo.evaluate(model, BATCH, lambda: echo.one_hot_windows(echo.STEPS))
echo.result(
    "echo-whole",
    args,
    rounds=args.epochs,
    first_loss=losses[0],
    last_loss=losses[-1],
    accuracy=accuracy,
)
