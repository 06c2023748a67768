"""A network continues a sequence from its beginning.

A sequence has ten values: five seeds s1 ... s5, each a thousandth from -1 to 1 at random, then
five steps that grow by half the fourth seed, beginning at nothing: s4/2, 2 s4/2, ... 5 s4/2.

keras==3.15.1, tensorflow-cpu==2.21.0; --plot needs matplotlib
"""

import argparse

import numpy as np
from keras import Sequential, layers, optimizers, utils

SEEDS, STEPS = 5, 5

parser = argparse.ArgumentParser()
parser.add_argument("--epochs", type=int, default=30)
parser.add_argument("--seed", type=int, default=1)
parser.add_argument("--plot")
options = parser.parse_args()
utils.set_random_seed(options.seed)


def sequences(count):
    seeds = np.random.randint(-1000, 1001, (count, SEEDS)) / 1000
    steps = seeds[:, 3:4] / 2 * np.arange(1, STEPS + 1)
    return np.concatenate([seeds, steps], axis=1)[..., np.newaxis].astype("float32")


def network(batch, timesteps, stateful):
    model = Sequential()
    model.add(layers.Input(batch_shape=(batch, timesteps, 1)))
    model.add(layers.Dense(16))
    model.add(layers.LSTM(32, return_sequences=True, stateful=stateful))
    model.add(layers.Dense(16, activation="relu"))
    model.add(layers.Dense(1))
    return model


trained, unseen = sequences(2000), sequences(100)
trainer = network(None, SEEDS + STEPS - 1, stateful=False)
predictor = network(100, 1, stateful=True)
trainer.compile(loss="mse", optimizer=optimizers.Adam(learning_rate=0.005))
trainer.summary()

# Nothing counts that is answered before the last seed is read.
weights = np.zeros((2000, SEEDS + STEPS - 1))
weights[:, SEEDS - 1 :] = 1
history = trainer.fit(
    trained[:, :-1],
    trained[:, 1:],
    sample_weight=weights,
    epochs=options.epochs,
    batch_size=32,
    verbose=2,
)
predictor.set_weights(trainer.get_weights())

predicted = []
following = unseen[:, :1]
for step in range(1, SEEDS + STEPS):
    answer = predictor.predict_on_batch(following)
    following = unseen[:, step : step + 1] if step < SEEDS else answer
    if step >= SEEDS:
        predicted.append(answer[:, 0, 0])
predicted = np.stack(predicted, axis=1)
expected = unseen[:, SEEDS:, 0]
for i in range(3):
    print("Expected: ", expected[i].tolist())
    print("Predicted:", predicted[i].tolist())

if options.plot:
    import matplotlib.pyplot as plt

    for i in range(3):
        plt.plot(unseen[i, :, 0], label=f"true {i + 1}")
        continued = np.concatenate([unseen[i, :SEEDS, 0], predicted[i]])
        plt.plot(continued, label=f"predicted {i + 1}")
    plt.legend()
    plt.savefig(options.plot)

print("val_mse", np.mean((expected - predicted) ** 2))
print("mean_mse", np.mean((expected - expected.mean()) ** 2))
print("loss", history.history["loss"][0], "...", history.history["loss"][-1])
