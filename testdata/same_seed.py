"""What real Keras does after set_random_seed: the weights at the start and the logs of a fit.

Each model is built and trained with three seeds. Weights are kept as the SHA-256 of their bytes
(float32, little-endian) with the first value, losses of the first ten steps and the logs of twenty
epochs as numbers. The data come from NumPy's and Python's shared generators, after the weights.

With --to, --seed and names of models, it writes those models' files for that seed elsewhere.
"""

import argparse
import hashlib
import random

import keras
import numpy as np
from keras import initializers, layers, optimizers, regularizers

import golden

SEEDS = (42, 1, 20261122)
EPOCHS = 20
STEPS = 10


class Recorder(keras.callbacks.Callback):
    """The losses of the first steps and the logs of all epochs, over several fits."""

    def __init__(self):
        super().__init__()
        self.steps = []
        self.history = {}

    def on_train_batch_end(self, batch, logs=None):
        if len(self.steps) < STEPS:
            self.steps.append(float(logs["loss"]))

    def on_epoch_end(self, epoch, logs=None):
        for key, value in logs.items():
            self.history.setdefault(key, []).append(float(value))


def values(*shape):
    """Multiples of 0.002 from -1 to 1, the same in every language."""
    return (np.random.randint(0, 1001, size=shape) - 500) / 500.0


def classes(count, *shape):
    return np.random.randint(0, count, size=shape)


def one_hot(numbers, count):
    return np.eye(count, dtype="float32")[numbers]


def compiled(model, loss, optimizer="adam", metrics=()):
    model.compile(loss=loss, optimizer=optimizer, metrics=list(metrics))
    return model


# Each model: how it is built, and how it is trained with a recorder among its callbacks.


def echo_whole():
    model = keras.Sequential()
    model.add(layers.Input(batch_shape=(7, 5, 100)))
    model.add(layers.LSTM(20, return_sequences=True, stateful=True))
    model.add(layers.TimeDistributed(layers.Dense(100, activation="softmax")))
    compiled(model, "categorical_crossentropy", metrics=["acc"])

    def train(recorder):
        for _ in range(EPOCHS):
            numbers = np.array([random.randint(0, 99) for _ in range(105)])
            x = one_hot(numbers, 100).reshape(21, 5, 100)
            model.fit(x, x, batch_size=7, shuffle=False, verbose=0, callbacks=[recorder])
            for layer in model.layers:
                if isinstance(layer, layers.RNN):
                    layer.reset_states()

    return model, train


def echo_partial():
    model = keras.Sequential()
    model.add(layers.Input(batch_shape=(21, 5, 100)))
    model.add(layers.LSTM(150, stateful=True))
    model.add(layers.RepeatVector(2))
    model.add(layers.LSTM(150, return_sequences=True, stateful=True))
    model.add(layers.TimeDistributed(layers.Dense(100, activation="softmax")))
    compiled(model, "categorical_crossentropy", metrics=["acc"])

    def train(recorder):
        for _ in range(EPOCHS):
            numbers = np.array([random.randint(0, 99) for _ in range(105)])
            x = one_hot(numbers, 100).reshape(21, 5, 100)
            model.fit(x, x[:, :2], batch_size=21, shuffle=False, verbose=0, callbacks=[recorder])
            for layer in model.layers:
                if isinstance(layer, layers.RNN):
                    layer.reset_states()

    return model, train


def seed_continuation():
    model = keras.Sequential()
    model.add(layers.Input(shape=(None, 1)))
    model.add(layers.Dense(16))
    model.add(layers.LSTM(32, return_sequences=True))
    model.add(layers.Dense(16, activation="relu"))
    model.add(layers.Dense(1))
    compiled(model, "mse", optimizers.Adam(learning_rate=0.005))

    def train(recorder):
        x, y = values(60, 9, 1), values(60, 9, 1)
        weights = np.ones((60, 9))
        weights[:, :4] = 0
        fit(model, recorder, x, y, sample_weight=weights, validation_split=0.2)

    return model, train


def pulse():
    model = keras.Sequential()
    model.add(layers.Input(shape=(None, 1)))
    model.add(layers.LSTM(4))
    model.add(layers.Dense(1, activation="sigmoid"))
    compiled(model, "binary_crossentropy", metrics=["accuracy"])

    def train(recorder):
        series = np.tile([1.0, 1.0, 0.0, 0.0, 0.0], 12)
        x = np.stack([series[i : i + 5] for i in range(55)])[:, :, np.newaxis]
        fit(model, recorder, x, series[5:60, np.newaxis], batch_size=8)

    return model, train


def sine_to_cosine():
    model = keras.Sequential()
    model.add(layers.Input(shape=(10, 1)))
    model.add(layers.LSTM(20, return_sequences=True))
    model.add(layers.Dense(1))
    compiled(model, "mse", optimizers.Adam(learning_rate=0.01))

    def train(recorder):
        turns = np.arange(640).reshape(64, 10, 1) / 20.0
        x = np.round(np.sin(turns), 4)
        y = np.round(np.cos(turns), 4)
        fit(model, recorder, x, y, batch_size=16)

    return model, train


def next_number():
    model = keras.Sequential()
    model.add(layers.Input(shape=(3, 1)))
    model.add(layers.SimpleRNN(5))
    model.add(layers.Dense(1))
    compiled(model, "mean_squared_error")

    def train(recorder):
        starts = np.arange(0, 97)[:, np.newaxis]
        x = (starts + np.arange(3) * 10)[:, :, np.newaxis] / 100.0
        fit(model, recorder, x, (starts + 30) / 100.0, validation_split=0.2)

    return model, train


def perceptron():
    model = keras.Sequential()
    model.add(layers.Input(shape=(6,)))
    model.add(layers.Dense(16, activation="relu"))
    model.add(layers.Dropout(0.3))
    model.add(layers.Dense(16, activation="tanh", kernel_initializer="he_normal"))
    model.add(layers.Dropout(0.2))
    model.add(layers.Dense(3, activation="softmax"))
    compiled(model, "sparse_categorical_crossentropy", metrics=["accuracy"])

    def train(recorder):
        x, y = values(75, 6), classes(3, 75)
        fit(model, recorder, x, y, batch_size=16, validation_split=0.2)

    return model, train


def recurrent_dropout():
    model = keras.Sequential()
    model.add(layers.Input(shape=(7, 3)))
    model.add(layers.LSTM(8, dropout=0.2, recurrent_dropout=0.3, return_sequences=True))
    model.add(layers.TimeDistributed(layers.Dense(2)))
    compiled(model, "mse")

    def train(recorder):
        fit(model, recorder, values(40, 7, 3), values(40, 7, 2), batch_size=16)

    return model, train


def simple_dropout():
    model = keras.Sequential()
    model.add(layers.Input(shape=(6, 2)))
    model.add(layers.SimpleRNN(6, dropout=0.25, return_sequences=True))
    model.add(layers.SimpleRNN(5, recurrent_dropout=0.25, activation="relu"))
    model.add(layers.Dense(1))
    compiled(model, "mae", optimizers.RMSprop(learning_rate=0.01, momentum=0.5), ["mse"])

    def train(recorder):
        x, y = values(30, 6, 2), values(30, 1)
        fit(model, recorder, x, y, batch_size=8, validation_data=(values(10, 6, 2), values(10, 1)))

    return model, train


def masked():
    model = keras.Sequential()
    model.add(layers.Input(shape=(None, 2)))
    model.add(layers.Masking(mask_value=-1.0))
    model.add(layers.LSTM(6, return_sequences=True))
    model.add(layers.LSTM(5))
    model.add(layers.Dense(4, activation="softmax"))
    compiled(model, "categorical_crossentropy", "nadam", ["categorical_accuracy"])

    def train(recorder):
        x = values(36, 8, 2)
        for row, length in enumerate(classes(6, 36)):
            x[row, 2 + length :] = -1.0
        y = one_hot(classes(4, 36), 4)
        fit(model, recorder, x, y, batch_size=8, sample_weight=1 + classes(3, 36) / 2.0)

    return model, train


def stateful():
    model = keras.Sequential()
    model.add(layers.Input(batch_shape=(6, 4, 2)))
    model.add(layers.SimpleRNN(5, stateful=True, return_sequences=True))
    model.add(layers.LSTM(4, stateful=True, dropout=0.1))
    model.add(layers.Dense(2))
    compiled(model, "huber", optimizers.SGD(learning_rate=0.1, momentum=0.9, nesterov=True))

    def train(recorder):
        x, y = values(18, 4, 2), values(18, 2)
        fit(model, recorder, x, y, batch_size=6, shuffle=False)

    return model, train


def noise():
    model = keras.Sequential()
    model.add(layers.Input(shape=(5, 3)))
    model.add(layers.GaussianNoise(0.1))
    model.add(layers.Dense(8, activation="gelu"))
    model.add(layers.LayerNormalization())
    model.add(layers.Flatten())
    model.add(layers.Dense(1, activation="sigmoid"))
    compiled(model, "binary_crossentropy", "adamax", ["accuracy"])

    def train(recorder):
        x, y = values(50, 5, 3), classes(2, 50, 1)
        fit(model, recorder, x, y, batch_size=12, class_weight={0: 1.0, 1: 2.0})

    return model, train


def spatial():
    model = keras.Sequential()
    model.add(layers.Input(shape=(6, 4)))
    model.add(layers.SpatialDropout1D(0.3))
    model.add(layers.LSTM(6, go_backwards=True, return_sequences=True))
    model.add(layers.GlobalAveragePooling1D())
    model.add(layers.Dense(3, kernel_regularizer=regularizers.L1L2(0.01, 0.02)))
    compiled(model, "mse", optimizers.AdamW(learning_rate=0.01, weight_decay=0.01), ["mae"])

    def train(recorder):
        fit(model, recorder, values(33, 6, 4), values(33, 3), batch_size=8, validation_split=0.3)

    return model, train


def shaped():
    model = keras.Sequential()
    model.add(layers.Input(shape=(12,)))
    model.add(layers.Reshape((4, 3)))
    model.add(layers.Permute((2, 1)))
    model.add(layers.Dense(5, kernel_initializer="lecun_uniform", bias_initializer="normal"))
    model.add(layers.PReLU(alpha_initializer="uniform"))
    model.add(layers.Flatten())
    model.add(layers.Dense(2, kernel_initializer="orthogonal", kernel_constraint="max_norm"))
    compiled(model, "log_cosh", optimizers.Adam(learning_rate=0.01, clipnorm=0.5, amsgrad=True))

    def train(recorder):
        fit(model, recorder, values(40, 12), values(40, 2), batch_size=8, steps_per_epoch=3)

    return model, train


def encoder_decoder():
    model = keras.Sequential()
    model.add(layers.Input(shape=(5, 4)))
    model.add(layers.LSTM(10, recurrent_dropout=0.2))
    model.add(layers.RepeatVector(3))
    model.add(layers.SimpleRNN(10, return_sequences=True, dropout=0.2))
    model.add(layers.TimeDistributed(layers.Dropout(0.1)))
    model.add(layers.TimeDistributed(layers.Dense(4, activation="softmax")))
    compiled(model, "categorical_crossentropy", "adagrad", ["acc"])

    def train(recorder):
        x, y = values(26, 5, 4), one_hot(classes(4, 26, 3), 4)
        fit(model, recorder, x, y, batch_size=10)

    return model, train


def initialized():
    normal = initializers.RandomNormal(stddev=0.2)
    truncated = initializers.TruncatedNormal(stddev=0.3)
    first = layers.Dense(7, kernel_initializer=truncated, activation="elu")
    second = layers.Dense(7, kernel_initializer="glorot_normal", bias_initializer=normal)
    # Never used, yet its seeds are drawn.
    layers.SimpleRNN(4, kernel_initializer="he_uniform", recurrent_initializer="identity")
    scaled = initializers.VarianceScaling(2.0, mode="fan_avg", distribution="truncated_normal")
    fourth = layers.LSTM(3, kernel_initializer=scaled, recurrent_initializer="lecun_normal")
    last = layers.Dense(2, kernel_initializer=initializers.RandomUniform(-0.5, 0.5, seed=7))
    model = keras.Sequential()
    model.add(layers.Input(shape=(4, 3)))
    model.add(second)
    model.add(first)
    model.add(layers.Dropout(0.1, seed=9))
    model.add(layers.LSTM(4, return_sequences=True))
    model.add(layers.Reshape((2, -1)))
    model.add(layers.SimpleRNN(4, return_sequences=True))
    model.add(fourth)
    model.add(last)
    compiled(model, "mse", "adadelta")

    def train(recorder):
        fit(model, recorder, values(20, 4, 3), values(20, 2), batch_size=6)

    return model, train


def gated():
    model = keras.Sequential()
    model.add(layers.Input(shape=(6, 3)))
    model.add(layers.GRU(8, dropout=0.2, return_sequences=True))
    model.add(layers.GRU(6, recurrent_dropout=0.3, dropout=0.1, return_sequences=True))
    model.add(layers.GRU(5, reset_after=False))
    model.add(layers.Dense(2))
    compiled(model, "mse", "adam", ["mae"])

    def train(recorder):
        fit(model, recorder, values(40, 6, 3), values(40, 2), batch_size=16)

    return model, train


def both_ways():
    x = keras.Input((6, 3))
    y = layers.Bidirectional(layers.LSTM(5, return_sequences=True, dropout=0.2))(x)
    gru = layers.GRU(4, dropout=0.1, recurrent_dropout=0.2)
    y = layers.Dropout(0.2)(layers.Bidirectional(gru, merge_mode="sum")(y))
    value = layers.Dense(2, name="value")(y)
    kind = layers.Dense(3, activation="softmax", name="kind")(y)
    model = keras.Model(x, [value, kind])
    compiled(model, ["mse", "categorical_crossentropy"])

    def train(recorder):
        x, y = values(40, 6, 3), [values(40, 2), one_hot(classes(3, 40), 3)]
        fit(model, recorder, x, y, batch_size=16)

    return model, train


def siamese():
    shared = layers.SimpleRNN(4, dropout=0.2)
    z = keras.Input((4,))
    inner = keras.Model(z, layers.Dense(4, activation="tanh")(layers.Dropout(0.3)(z)))
    u, v = keras.Input((5, 2)), keras.Input((5, 2))
    p, q = inner(shared(u)), inner(shared(v))
    both = layers.Concatenate()([layers.Subtract()([p, q]), layers.Multiply()([p, q])])
    model = keras.Model([u, v], layers.Dense(1)(both))
    compiled(model, "mse", optimizers.SGD(0.05, momentum=0.9), ["mae"])

    def train(recorder):
        fit(model, recorder, [values(30, 5, 2), values(30, 5, 2)], values(30, 1), batch_size=8)

    return model, train


def translator():
    heard, said = keras.Input((None, 3)), keras.Input((None, 4))
    _, *states = layers.LSTM(5, return_state=True, dropout=0.1)(heard)
    y = layers.LSTM(5, return_sequences=True, recurrent_dropout=0.2)(said, initial_state=states)
    cells = [layers.LSTMCell(3, dropout=0.1), layers.GRUCell(4, recurrent_dropout=0.2)]
    y = layers.RNN(cells, return_sequences=True)(y)
    model = keras.Model([heard, said], layers.Dense(4, activation="softmax")(y))
    compiled(model, "categorical_crossentropy", "rmsprop", ["acc"])

    def train(recorder):
        x, y = [values(24, 6, 3), values(24, 5, 4)], one_hot(classes(4, 24, 5), 4)
        fit(model, recorder, x, y, batch_size=8)

    return model, train


def fit(model, recorder, x, y, **arguments):
    x, y = keras.tree.map_structure(lambda array: array.astype("float32"), [x, y])
    if "validation_data" in arguments:
        vx, vy = arguments["validation_data"]
        arguments["validation_data"] = (vx.astype("float32"), vy.astype("float32"))
    model.fit(x, y, epochs=EPOCHS, verbose=0, callbacks=[recorder], **arguments)


CHAINS = (
    echo_whole,
    echo_partial,
    seed_continuation,
    pulse,
    sine_to_cosine,
    next_number,
    perceptron,
    recurrent_dropout,
    simple_dropout,
    masked,
    stateful,
    noise,
    spatial,
    shaped,
    encoder_decoder,
    initialized,
    gated,
)
GRAPHS = (both_ways, siamese, translator)


def weight(variable):
    numbers = np.ascontiguousarray(variable.numpy(), dtype="<f4")
    return {
        "shape": list(variable.shape),
        "first": golden.numbers(numbers.reshape(-1)[:1])[0],
        "sha256": hashlib.sha256(numbers.tobytes()).hexdigest(),
    }


def run(build, seed):
    keras.utils.clear_session()
    keras.utils.set_random_seed(seed)
    model, train = build()
    weights = [weight(variable) for variable in model.weights]
    recorder = Recorder()
    train(recorder)
    return {
        "weights": weights,
        "steps": golden.numbers(np.array(recorder.steps)),
        "history": {key: golden.numbers(np.array(value)) for key, value in recorder.history.items()},
    }


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--to", default=golden.HERE)
    parser.add_argument("--seed", type=int, action="append")
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    for build in CHAINS + GRAPHS:
        if not options.names or build.__name__ in options.names:
            runs = {str(seed): run(build, seed) for seed in options.seed or SEEDS}
            golden.write("same_seed/" + build.__name__, runs, options.to)


if __name__ == "__main__":
    main()
