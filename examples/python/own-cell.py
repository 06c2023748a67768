"""A cell of one's own echoes what came two steps before, is saved, and answers the same once loaded.

keras==3.15.1, tensorflow-cpu==2.21.0
"""

import argparse
import os
import random
import tempfile

import keras
import numpy as np
from keras import layers, ops, utils

CLASSES, TIMESTEPS, DELAY, UNITS, SEQUENCES, UNSEEN = 10, 12, 2, 48, 2000, 500

parser = argparse.ArgumentParser()
parser.add_argument("--epochs", type=int, default=15)
parser.add_argument("--seed", type=int, default=1)
options = parser.parse_args()
utils.set_random_seed(options.seed)


@keras.saving.register_keras_serializable("", "MinimalGatedCell")
class MinimalGatedCell(layers.Layer):
    """One gate says how much of the state is kept: Zhou et al., Minimal Gated Unit, 2016."""

    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = self.state_size = units

    def build(self, input_shape):
        both = 2 * self.units
        self.kernel = self.add_weight(name="kernel", shape=(input_shape[-1], both))
        self.recurrent_kernel = self.add_weight(
            name="recurrent_kernel", shape=(self.units, both), initializer="orthogonal"
        )
        self.bias = self.add_weight(name="bias", shape=(both,), initializer="zeros")

    def call(self, inputs, states):
        h, n = states[0], self.units
        x = ops.matmul(inputs, self.kernel) + self.bias
        gate = ops.sigmoid(x[:, :n] + ops.matmul(h, self.recurrent_kernel[:, :n]))
        candidate = ops.tanh(x[:, n:] + ops.matmul(gate * h, self.recurrent_kernel[:, n:]))
        h = h + gate * (candidate - h)
        return h, [h]

    def get_config(self):
        return super().get_config() | {"units": self.units}


def data(count):
    drawn = [[random.randint(0, CLASSES - 1) for _ in range(TIMESTEPS)] for _ in range(count)]
    x = np.eye(CLASSES, dtype="float32")[drawn]
    return x, x[:, :-DELAY]


x, y = data(SEQUENCES)
unseen, right = data(UNSEEN)
inputs = keras.Input((TIMESTEPS, CLASSES))
read = layers.RNN(MinimalGatedCell(UNITS), return_sequences=True)(inputs)
outputs = layers.Dense(CLASSES, activation="softmax")(read[:, DELAY:])
model = keras.Model(inputs, outputs)
model.compile(
    loss="categorical_crossentropy", optimizer=keras.optimizers.Adam(0.01), metrics=["acc"]
)
model.fit(x, y, epochs=options.epochs, batch_size=32, verbose=2)
print("accuracy", model.evaluate(unseen, right, verbose=0)[1])
with tempfile.TemporaryDirectory() as folder:
    model.save(os.path.join(folder, "echo.keras"))
    loaded = keras.models.load_model(os.path.join(folder, "echo.keras"))
print("loaded", loaded.evaluate(unseen, right, verbose=0)[1])
