"""Predicts the next picture of squares that move, and writes pictures of what it saw and said.

keras==3.15.1, tensorflow-cpu==2.21.0
"""

import argparse
import os

import keras
import numpy as np
from keras import layers, utils

SIZE, FRAMES, SEEN, UNSEEN, SHOWN = 16, 8, 300, 50, 3

parser = argparse.ArgumentParser()
parser.add_argument("--epochs", type=int, default=8)
parser.add_argument("--seed", type=int, default=1)
parser.add_argument("--pictures", default="next-frame")
options = parser.parse_args()
utils.set_random_seed(options.seed)


def film():
    """Two squares that move by a pixel or none in each direction, and come in again on the other side."""
    frames = np.zeros((FRAMES + 1, SIZE, SIZE, 1), "float32")
    for _ in range(2):
        row, column, side = np.random.randint(0, SIZE), np.random.randint(0, SIZE), np.random.randint(2, 4)
        down, right = np.random.randint(-1, 2), np.random.randint(-1, 2)
        for t in range(FRAMES + 1):
            for i in range(side):
                for k in range(side):
                    frames[t, (row + t * down + i) % SIZE, (column + t * right + k) % SIZE] = 1
    return frames


films = np.stack([film() for _ in range(SEEN + UNSEEN)])
x, y = films[:, :-1], films[:, 1:]

model = keras.Sequential()
model.add(keras.Input((None, SIZE, SIZE, 1)))
model.add(layers.ConvLSTM2D(12, 3, padding="same", return_sequences=True))
model.add(layers.ConvLSTM2D(12, 3, padding="same", return_sequences=True))
model.add(layers.Conv3D(1, 3, padding="same", activation="sigmoid"))
model.compile(loss="binary_crossentropy", optimizer=keras.optimizers.Adam(0.003))
model.fit(x[:SEEN], y[:SEEN], batch_size=10, epochs=options.epochs, verbose=2)


def overlap(said, right):
    """What both pictures have, over what either has."""
    said, right = said > 0.5, right > 0.5
    return (said & right).sum() / (said | right).sum()


said, right, last = model.predict(x[SEEN:], verbose=0)[:, -1], y[SEEN:, -1], x[SEEN:, -1]
os.makedirs(options.pictures, exist_ok=True)
for i in range(SHOWN):
    row = np.concatenate([last[i], right[i], said[i]], axis=1)[..., 0]
    with open(os.path.join(options.pictures, f"{i}.pgm"), "wb") as file:
        file.write(f"P5 {row.shape[1]} {row.shape[0]} 255\n".encode() + (row * 255).astype("uint8").tobytes())
print("overlap", overlap(said, right))
print("overlap of the last picture", overlap(last, right))
