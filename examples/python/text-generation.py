"""Writes text character by character, after each epoch at several temperatures.

keras==3.15.1, tensorflow-cpu==2.21.0
"""

import argparse
import random

import keras
import numpy as np
from keras import layers, utils

SENTENCES, WINDOW, WRITTEN, UNITS = 1200, 20, 200, 64
TEMPERATURES = (0.2, 0.7, 1.2)
WORDS = (
    ("the", "a", "every", "some"),
    ("old", "small", "hungry", "quiet", "red"),
    ("cat", "bird", "sailor", "child", "horse"),
    ("sees", "follows", "finds", "forgets"),
    ("the", "a", "every", "some"),
    ("river", "garden", "window", "letter", "moon"),
)

parser = argparse.ArgumentParser()
parser.add_argument("--epochs", type=int, default=6)
parser.add_argument("--seed", type=int, default=1)
options = parser.parse_args()
utils.set_random_seed(options.seed)

sentences = (" ".join(words[random.randint(0, len(words) - 1)] for words in WORDS) for _ in range(SENTENCES))
text = "".join(sentence + ". " for sentence in sentences)
alphabet = sorted(set(text))
codes = [alphabet.index(character) for character in text]
known = {word for words in WORDS for word in words}
starts = range(0, len(text) - WINDOW, 3)
x = np.array([codes[i : i + WINDOW] for i in starts])
y = np.array([codes[i + WINDOW] for i in starts])

model = keras.Sequential()
model.add(keras.Input((WINDOW,)))
model.add(layers.Embedding(len(alphabet), 16))
model.add(layers.LSTM(UNITS))
model.add(layers.Dense(len(alphabet), activation="softmax"))
model.compile(loss="sparse_categorical_crossentropy", optimizer=keras.optimizers.Adam(0.01))


def sample(probabilities, temperature):
    """A character: the lower the temperature, the more often it is the likeliest."""
    weights = np.exp(np.log(probabilities.astype("float64") + 1e-12) / temperature)
    left = random.random() * weights.sum()
    for code, weight in enumerate(weights):
        left -= weight
        if left < 0:
            return code
    return len(weights) - 1


def write(temperature):
    written = codes[:WINDOW]
    for _ in range(WRITTEN):
        written.append(sample(model.predict(np.array([written[-WINDOW:]]), verbose=0)[0], temperature))
    return "".join(alphabet[code] for code in written[WINDOW:])


def share(written):
    """The share of whole words that the text has too."""
    words = written.replace(".", " ").split()[1:-1]
    return sum(word in known for word in words) / max(1, len(words))


class Writer(keras.callbacks.Callback):
    def on_epoch_end(self, epoch, logs=None):
        for temperature in TEMPERATURES:
            written = write(temperature)
            print(f"{epoch + 1}, {temperature}: {share(written):.2f} {written[:60]}")


history = model.fit(x, y, batch_size=64, epochs=options.epochs, verbose=2, callbacks=[Writer()])
print("last loss", history.history["loss"][-1])
print("words at", TEMPERATURES[0], share(write(TEMPERATURES[0])))
