"""Is a review kind or not? "Not" turns what follows around, however far it stands before it.

keras==3.15.1, tensorflow-cpu==2.21.0
"""

import argparse
import random

import keras
import numpy as np
import tensorflow as tf
from keras import layers, utils

SEEN, UNSEEN, LENGTH = 2000, 500, 12
GOOD = ("good", "great", "moving", "funny", "brilliant")
BAD = ("bad", "dull", "awful", "boring", "silly")
THINGS = ("film", "plot", "music", "acting", "ending")
BETWEEN = ("really", "at all", "in my view", "to be honest")

parser = argparse.ArgumentParser()
parser.add_argument("--epochs", type=int, default=4)
parser.add_argument("--seed", type=int, default=1)
options = parser.parse_args()
utils.set_random_seed(options.seed)


def one(words):
    return words[random.randint(0, len(words) - 1)]


def review():
    """A sentence, and 1 if it is kind."""
    kind, turned = random.randint(0, 1), random.randint(0, 1)
    words = ["The", one(THINGS), "was", "not" if turned else "", one(BETWEEN), one(GOOD if kind else BAD)]
    return " ".join(word for word in words if word) + "!", kind ^ turned


reviews = [review() for _ in range(SEEN + UNSEEN)]
texts = [[text] for text, _ in reviews]
labels = np.array([label for _, label in reviews], "float32")

vectorization = layers.TextVectorization(max_tokens=100, output_sequence_length=LENGTH)
vectorization.adapt(tf.constant(texts[:SEEN]))
model = keras.Sequential()
model.add(keras.Input((1,), dtype="string"))
model.add(vectorization)
model.add(layers.Embedding(100, 16, mask_zero=True))
model.add(layers.Bidirectional(layers.LSTM(16)))
model.add(layers.Dense(1, activation="sigmoid"))
model.compile(loss="binary_crossentropy", optimizer=keras.optimizers.Adam(0.01), metrics=["accuracy"])
history = model.fit(tf.constant(texts[:SEEN]), labels[:SEEN], batch_size=32, epochs=options.epochs, verbose=2)
loss, accuracy = model.evaluate(tf.constant(texts[SEEN:]), labels[SEEN:], verbose=0)
print("last loss", history.history["loss"][-1])
print("unseen accuracy", accuracy)
