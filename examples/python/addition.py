"""Adds numbers that are written in digits: "12+345" gives "357".

keras==3.15.1, tensorflow-cpu==2.21.0
"""

import argparse
import random

import keras
import numpy as np
from keras import layers, utils

from characters import Characters

DIGITS, SUMS, UNSEEN, UNITS, BATCH_SIZE = 3, 50000, 5000, 128, 128

parser = argparse.ArgumentParser()
parser.add_argument("--epochs", type=int, default=20)
parser.add_argument("--seed", type=int, default=1)
options = parser.parse_args()
utils.set_random_seed(options.seed)


def number():
    """A number of one to three digits, each length as likely as the others."""
    return random.randint(0, 10 ** random.randint(1, DIGITS) - 1)


sums, taken = {}, set()
while len(sums) < SUMS:
    a, b = number(), number()
    pair = tuple(sorted((a, b)))
    if pair not in taken:
        taken.add(pair)
        sums[f"{a}+{b}"] = str(a + b)
questions, answers = list(sums), list(sums.values())
asked, answered = Characters(questions), Characters(answers)
seen = SUMS - UNSEEN

model = keras.Sequential()
model.add(keras.Input((asked.length, asked.size)))
model.add(layers.LSTM(UNITS))
model.add(layers.RepeatVector(answered.length))
model.add(layers.LSTM(UNITS, return_sequences=True))
model.add(layers.Dense(answered.size, activation="softmax"))
decay = keras.optimizers.schedules.CosineDecay(0.005, options.epochs * -(-seen // BATCH_SIZE))
model.compile(
    loss="categorical_crossentropy",
    optimizer=keras.optimizers.Adam(decay, clipnorm=1.0),
    metrics=["accuracy"],
)
model.fit(
    asked.one_hot(questions[:seen], reverse=True),
    answered.one_hot(answers[:seen]),
    batch_size=BATCH_SIZE,
    epochs=options.epochs,
    verbose=2,
)

unseen, right = questions[seen:], answers[seen:]
written = answered.likeliest(
    model.predict(asked.one_hot(unseen, reverse=True), batch_size=1000, verbose=0)
)
for question, answer in zip(unseen[:5], written):
    print(question, "=", answer)
print("exact", np.mean([a.strip() == b for a, b in zip(written, right)]))
digits = [x == y for a, b in zip(written, right) for x, y in zip(a, b)]
print("digits", np.mean(digits))
