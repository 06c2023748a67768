"""An encoder and a decoder echo five random integers; the decoder looks back at each step."""

import keras
from keras.layers import LSTM, Concatenate, Dense, Dot, RepeatVector, Softmax

import echo

BATCH_SIZE, UNITS = 21, 100

args = echo.options(epochs=4000)
inputs = keras.Input((echo.STEPS, echo.CLASSES))
encoded, *states = LSTM(UNITS, return_sequences=True, return_state=True)(inputs)
asked = RepeatVector(echo.STEPS)(states[0])
decoded = LSTM(UNITS, return_sequences=True)(asked, initial_state=states)
scores = Dot(axes=2)([decoded, encoded])
weights = Softmax()(scores)
seen = Dot(axes=(2, 1))([weights, encoded])
both = Concatenate()([decoded, seen])
outputs = Dense(echo.CLASSES, activation="softmax")(both)
model = keras.Model(inputs, outputs)
model.compile(
    loss="categorical_crossentropy", optimizer=keras.optimizers.Adam(0.01), metrics=["acc"]
)

data = lambda: echo.one_hot_windows(echo.STEPS)
losses = echo.train(model, args, BATCH_SIZE, data)
accuracy = echo.evaluate(model, BATCH_SIZE, data)
echo.result(
    "echo-functional",
    args,
    rounds=args.epochs,
    first_loss=losses[0],
    last_loss=losses[-1],
    accuracy=accuracy,
)
