"""A network reads the sine of an angle that grows by 0.1 a step and tells the cosine.

keras==3.15.1, tensorflow-cpu==2.21.0; --plot needs matplotlib
"""

import argparse

import numpy as np
from keras import Sequential, layers, optimizers, utils

DELTA, UNITS, BATCH, TIMESTEPS, STEPS_PER_EPOCH, TESTED, WARM_UP = 0.1, 20, 32, 10, 50, 500, 30

parser = argparse.ArgumentParser()
parser.add_argument("--epochs", type=int, default=30)
parser.add_argument("--seed", type=int, default=1)
parser.add_argument("--plot")
options = parser.parse_args()
utils.set_random_seed(options.seed)


def piece(angles, timesteps):
    angle = angles[:, np.newaxis, np.newaxis] + DELTA * np.arange(timesteps)[:, np.newaxis]
    return np.sin(angle).astype("float32"), np.cos(angle).astype("float32")


def angles(count):
    return np.random.randint(0, 6283, count) / 1000


def anywhere():
    while True:
        yield piece(angles(BATCH), TIMESTEPS)


def onwards():
    here = angles(BATCH)
    while True:
        yield piece(here, TIMESTEPS)
        here = here + TIMESTEPS * DELTA


def network(batch, timesteps, stateful):
    model = Sequential()
    model.add(layers.Input(batch_shape=(batch, timesteps, 1)))
    model.add(layers.LSTM(UNITS, return_sequences=True, stateful=stateful))
    model.add(layers.Dense(1))
    return model


sine, cosine = piece(np.zeros(1), TESTED)

# One step at a time, each on its own: the sine alone leaves the cosine's sign open.
original = Sequential()
original.add(layers.Input(shape=(1, 1)))
original.add(layers.LSTM(UNITS))
original.add(layers.Dense(1))
original.compile(loss="mse", optimizer="adam")
x, y = sine.reshape(-1, 1, 1), cosine.reshape(-1, 1)
original.fit(x, y, epochs=options.epochs, verbose=2)
flat = original.predict(x, verbose=0)[:, 0]

# Sequences of ten that begin anywhere.
sequences = network(None, TIMESTEPS, stateful=False)
pieces = network(BATCH, TIMESTEPS, stateful=True)
stepwise = network(1, 1, stateful=True)
sequences.compile(loss="mse", optimizer=optimizers.Adam(learning_rate=0.01))
history = sequences.fit(
    anywhere(), steps_per_epoch=STEPS_PER_EPOCH, epochs=options.epochs, verbose=2
)
x, y = piece(angles(TESTED), TIMESTEPS)
mse_sequences = np.mean((sequences.predict(x, verbose=0) - y)[:, 1:] ** 2)

# Consecutive pieces through a stateful layer, then one value at a time.
pieces.compile(loss="mse", optimizer=optimizers.Adam(learning_rate=0.001))
pieces.set_weights(sequences.get_weights())
pieces.fit(onwards(), steps_per_epoch=STEPS_PER_EPOCH, epochs=options.epochs, verbose=2)
stepwise.set_weights(pieces.get_weights())
answers = np.array([stepwise.predict_on_batch(sine[:, i : i + 1])[0, 0, 0] for i in range(TESTED)])

if options.plot:
    import matplotlib.pyplot as plt

    plt.plot(cosine[0, :, 0], label="cosine")
    plt.plot(flat, label="one step, original")
    plt.plot(answers, label="one value at a time, stateful")
    plt.legend()
    plt.savefig(options.plot)

truth = cosine[0, :, 0]
print("mse_original", np.mean((flat - truth) ** 2))
print("mse_sequences", mse_sequences)
print("mse_stepwise", np.mean((answers - truth)[WARM_UP:] ** 2))
