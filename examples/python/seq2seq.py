"""Translates numbers, character by character, from English into French words.

keras==3.15.1, tensorflow-cpu==2.21.0
"""

import argparse

import keras
import numpy as np
from keras import layers, utils

from characters import Characters

NUMBERS, UNSEEN, UNITS, BATCH_SIZE, START, END = 4000, 400, 128, 64, "\t", "\n"

parser = argparse.ArgumentParser()
parser.add_argument("--epochs", type=int, default=40)
parser.add_argument("--seed", type=int, default=1)
options = parser.parse_args()
utils.set_random_seed(options.seed)

ENGLISH = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
ENGLISH_TENS = "- - twenty thirty forty fifty sixty seventy eighty ninety".split()
FRENCH = (
    "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
).split() + ["dix sept", "dix huit", "dix neuf"]
FRENCH_TENS = ["", "", "vingt", "trente", "quarante", "cinquante", "soixante", "soixante"]
FRENCH_TENS += ["quatre vingt", "quatre vingt"]


def joined(head, rest, tail):
    return f"{head} {tail}" if rest else head


def english(n):
    if n < 20:
        return ENGLISH[n]
    if n < 100:
        return joined(ENGLISH_TENS[n // 10], n % 10, english(n % 10))
    unit, word = (1000, "thousand") if n >= 1000 else (100, "hundred")
    return joined(f"{english(n // unit)} {word}", n % unit, english(n % unit))


def french(n):
    if n < 20:
        return FRENCH[n]
    if n < 100:
        tens = n // 10
        rest = n % 10 + (10 if tens in (7, 9) else 0)
        head = FRENCH_TENS[tens]
        if n == 80:
            return head + "s"
        return joined(head + " et" if tens < 8 and rest in (1, 11) else head, rest, FRENCH[rest])
    unit, word = (1000, "mille") if n >= 1000 else (100, "cent")
    count, rest = divmod(n, unit)
    head = word if count == 1 else f"{french(count)} {word}"
    plural = unit == 100 and count > 1 and not rest
    return joined(head + ("s" if plural else ""), rest, french(rest))


numbers = np.arange(NUMBERS)
np.random.shuffle(numbers)
asked = [english(int(n)) for n in numbers]
said = [START + french(int(n)) + END for n in numbers]
source, target = Characters(asked), Characters(said)
seen = NUMBERS - UNSEEN

encoder_inputs = keras.Input((None, source.size))
decoder_inputs = keras.Input((None, target.size))
_, *states = layers.LSTM(UNITS, return_state=True)(encoder_inputs)
decoder = layers.LSTM(UNITS, return_sequences=True, return_state=True)
probabilities = layers.Dense(target.size, activation="softmax")
outputs = probabilities(decoder(decoder_inputs, initial_state=states)[0])
training = keras.Model([encoder_inputs, decoder_inputs], outputs)
decay = keras.optimizers.schedules.CosineDecay(0.005, options.epochs * -(-seen // BATCH_SIZE))
training.compile(
    optimizer=keras.optimizers.Adam(decay, clipnorm=1.0), loss="categorical_crossentropy", metrics=["accuracy"]
)
training.fit(
    [
        source.one_hot(asked[:seen], reverse=True),
        target.one_hot(said[:seen]),
    ],
    target.one_hot([text[1:] for text in said[:seen]]),
    batch_size=BATCH_SIZE,
    epochs=options.epochs,
    verbose=2,
)

reader = keras.Model(encoder_inputs, states)
h, c = keras.Input((UNITS,)), keras.Input((UNITS,))
step, *after = decoder(decoder_inputs, initial_state=[h, c])
writer = keras.Model([decoder_inputs, h, c], [probabilities(step), *after])

now = list(reader.predict_on_batch(source.one_hot(asked[seen:], reverse=True)))
answers = [START] * UNSEEN
for _ in range(target.length):
    last = [target.alphabet.index(answer[-1]) for answer in answers]
    given = np.eye(target.size, dtype="float32")[last][:, np.newaxis]
    chances, *now = writer.predict_on_batch([given, *now])
    answers = [answer + next_one for answer, next_one in zip(answers, target.likeliest(chances))]
answers = [answer[1:].split(END)[0] for answer in answers]
for question, answer in zip(asked[seen : seen + 5], answers):
    print(question, "->", answer)
print("exact", np.mean([START + a + END == b for a, b in zip(answers, said[seen:])]))
