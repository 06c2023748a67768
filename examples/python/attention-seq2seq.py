"""Rewrites dates: "12 march 1987" becomes "1987-03-12". The decoder looks back with attention.

keras==3.15.1, tensorflow-cpu==2.21.0
"""

import argparse
import random

import keras
import numpy as np
from keras import layers, utils

SEEN, UNSEEN, UNITS = 6000, 500, 48
MONTHS = (
    "january february march april may june july august september october november december".split()
)

parser = argparse.ArgumentParser()
parser.add_argument("--epochs", type=int, default=12)
parser.add_argument("--seed", type=int, default=1)
options = parser.parse_args()
utils.set_random_seed(options.seed)


def date():
    day, month, year = random.randint(1, 28), random.randint(1, 12), random.randint(1900, 2099)
    name = MONTHS[month - 1]
    form = random.randint(0, 2)
    said = (f"{day} {name} {year}", f"{name} {day}, {year}", f"{day}. {month}. {year}")[form]
    return said, f"{year}-{month:02}-{day:02}"


dates = [date() for _ in range(SEEN + UNSEEN)]
# Code 0 pads, code 1 begins a date.
letters = sorted({c for said, _ in dates for c in said})
digits = sorted({c for _, written in dates for c in written})
length = max(len(said) for said, _ in dates)
asked = np.zeros((len(dates), length), "float32")
answers = np.zeros((len(dates), 10), "float32")
for i, (said, written) in enumerate(dates):
    asked[i, : len(said)] = [letters.index(c) + 1 for c in said]
    answers[i] = [digits.index(c) + 2 for c in written]
begun = np.concatenate([np.ones((len(dates), 1)), answers[:, :-1]], axis=1)

question = keras.Input((length,), name="question")
before = keras.Input((None,), name="before")
read = layers.Embedding(len(letters) + 1, 24)(question)
encoded, h, c = layers.LSTM(UNITS, return_sequences=True, return_state=True)(read)
written = layers.Embedding(len(digits) + 2, 24)(before)
decoded = layers.LSTM(UNITS, return_sequences=True)(written, initial_state=[h, c])
seen = layers.Attention()([decoded, encoded])
joined = layers.Concatenate()([decoded, seen])
said = layers.Dense(len(digits) + 2, activation="softmax")(layers.Dense(UNITS, activation="tanh")(joined))
model = keras.Model([question, before], said)
model.compile(loss="sparse_categorical_crossentropy", optimizer=keras.optimizers.Adam(0.005), metrics=["acc"])
model.fit([asked[:SEEN], begun[:SEEN]], answers[:SEEN], batch_size=64, epochs=options.epochs, verbose=2)

# Character by character, each from those that were written before.
given = np.ones((UNSEEN, 1), "float32")
for _ in range(10):
    following = model.predict([asked[SEEN:], given], batch_size=500, verbose=0)[:, -1].argmax(-1)
    given = np.concatenate([given, following[:, None]], axis=1)
print("exact", (given[:, 1:] == answers[SEEN:]).all(axis=1).mean())
for i in range(3):
    print(dates[SEEN + i][0], "=>", "".join(digits[int(k) - 2] for k in given[i, 1:] if k > 1))
