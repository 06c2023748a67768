"""How many seeds Keras draws when it constructs an object, and which the object takes.

Each line is constructed after set_random_seed(42); "next" is what Python's generator gives
afterwards, which tells how many draws were made.
"""

import random

import keras
from keras import initializers, layers, losses, metrics, optimizers, regularizers, utils  # noqa: F401

import golden

LINES = (
    "None",
    "layers.Dense(3)",
    "layers.Dense(3, kernel_initializer='zeros')",
    "layers.Dense(3, bias_initializer='normal')",
    "layers.Dense(3, use_bias=False, bias_initializer='uniform')",
    "layers.Dense(3, kernel_initializer=initializers.HeNormal())",
    "layers.Dense(3, kernel_initializer=initializers.HeNormal(seed=5))",
    "layers.Dropout(0.5)",
    "layers.Dropout(0.5, seed=3)",
    "layers.Dropout(0.0)",
    "layers.SpatialDropout1D(0.5)",
    "layers.GaussianNoise(0.5)",
    "layers.GaussianNoise(0.0)",
    "layers.SimpleRNN(3)",
    "layers.SimpleRNN(3, seed=3)",
    "layers.SimpleRNN(3, dropout=0.5, recurrent_initializer='zeros')",
    "layers.GRU(3)",
    "layers.GRU(3, seed=3, reset_after=False)",
    "layers.GRU(3, recurrent_initializer='ones', recurrent_dropout=0.5)",
    "layers.LSTM(3)",
    "layers.LSTM(3, seed=3)",
    "layers.LSTM(3, kernel_initializer='ones', recurrent_dropout=0.5)",
    "layers.LSTM(3, bias_initializer='normal')",
    "layers.TimeDistributed(layers.Dense(3))",
    "layers.TimeDistributed(layers.LSTM(3))",
    "layers.PReLU()",
    "layers.PReLU(alpha_initializer='uniform')",
    "layers.LayerNormalization()",
    "layers.LayerNormalization(beta_initializer='normal', gamma_initializer='uniform')",
    "layers.Activation('relu')",
    "layers.Masking()",
    "layers.Flatten()",
    "layers.RepeatVector(2)",
    "keras.Sequential([layers.Dense(3), layers.Dropout(0.5), layers.Dense(3)])",
    "initializers.RandomNormal()",
    "initializers.Orthogonal()",
    "initializers.Identity()",
    "initializers.RandomUniform(seed=1)",
    "initializers.RandomUniform(seed=keras.random.SeedGenerator())",
    "keras.random.SeedGenerator()",
    "keras.random.SeedGenerator(4)",
    "optimizers.Adam()",
    "losses.MeanSquaredError()",
    "metrics.AUC()",
    "regularizers.L2()",
)

# Initializers and layers, used in another order than constructed, and their values.
ORDERS = {
    "layers used in another order": (
        "a, b = layers.Dense(2), layers.Dense(2)",
        "model = keras.Sequential([layers.Input((2,)), b, a])",
    ),
    "initializers before layers": (
        "n = initializers.RandomNormal()",
        "a = layers.SimpleRNN(2)",
        "b = layers.Dense(2, kernel_initializer=n)",
        "model = keras.Sequential([layers.Input((3, 2)), a, b])",
    ),
    "initializers inside of a layer": (
        "a = layers.LSTM(2, recurrent_initializer=initializers.GlorotNormal())",
        "model = keras.Sequential([layers.Input((3, 2)), a, layers.Dense(1)])",
    ),
    "one initializer for two weights": (
        "n = initializers.TruncatedNormal()",
        "a = layers.Dense(2, kernel_initializer=n)",
        "b = layers.Dense(2, kernel_initializer=n)",
        "model = keras.Sequential([layers.Input((2,)), a, b])",
    ),
    "a seed generator for two weights": (
        "n = initializers.RandomUniform(seed=keras.random.SeedGenerator(3))",
        "a = layers.Dense(2, kernel_initializer=n)",
        "b = layers.Dense(2, kernel_initializer=n)",
        "model = keras.Sequential([layers.Input((2,)), a, b])",
    ),
    "layers constructed before the seed is set": (
        "a = layers.Dense(2)",
        "utils.set_random_seed(7)",
        "model = keras.Sequential([layers.Input((2,)), layers.Dense(2), a])",
    ),
    "a session cleared in between": (
        "a = layers.Dense(2)",
        "utils.clear_session()",
        "model = keras.Sequential([layers.Input((2,)), layers.Dense(2), a])",
    ),
}


def draws(line):
    utils.set_random_seed(42)
    eval(line)
    return random.randint(1, 10**9)


def order(lines):
    utils.set_random_seed(42)
    names = dict(globals())
    for line in lines:
        exec(line, names)
    model = names["model"]
    # Objects constructed before set_random_seed are the last test's; its start is drawn from 42.
    return {
        "lines": list(lines),
        "weights": [golden.array(weight) for weight in model.get_weights()],
        "next": random.randint(1, 10**9),
    }


def main():
    golden.write("draws/lines", [{"line": line, "next": draws(line)} for line in LINES])
    golden.write("draws/orders", {name: order(lines) for name, lines in ORDERS.items()})


if __name__ == "__main__":
    main()
