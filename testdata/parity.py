"""Writes bundles with write_bundle.py, the function of docs/porting-from-keras.md, from models that
Java builds again, and bundles that are wrong in one way each.

Besides, it checks that write_bundle leaves a model and the generators as it found them.
"""

import os
import random
import shutil

import golden
import h5py
import keras
import numpy as np
from keras import layers
from write_bundle import write_bundle

RANDOM = np.random.RandomState(30)
FOLDER = os.path.join(golden.HERE, "parity")


def draw(*shape, scale=1.0):
    """Numbers of few digits, which float32 rounds to the same value everywhere."""
    return np.round(RANDOM.uniform(-scale, scale, shape), 4).astype("float32")


def bundle(name, model, batches, **compiled):
    """The bundle of a model with distinct weights; the model must not notice."""
    model.compile(**compiled)
    model.set_weights([draw(*weight.shape, scale=0.6) for weight in model.get_weights()])
    path = os.path.join(FOLDER, name + ".h5")
    before = state(model)
    write_bundle(model, [x for x, _ in batches], [y for _, y in batches], path)
    np.testing.assert_equal(state(model), before, err_msg=name)
    return path


def state(model):
    """All that write_bundle could disturb, but for what the optimizer makes at its first step."""
    return (
        [variable.numpy() for variable in model.variables],
        [[s.numpy() for s in getattr(layer, "states", None) or []] for layer in model.layers],
        int(model.optimizer.iterations),
        [(layer.name, "call" in vars(layer)) for layer in model.layers],
        random.getstate(),
        np.random.get_state()[1:],
    )


def one_hot(symbols, count=10):
    return np.eye(count, dtype="int64")[symbols]


def echo(batch, output):
    """Sequences of five symbols, of which the first ones are to be repeated."""
    x = one_hot(RANDOM.randint(0, 10, (batch, 5)))
    return x, x[:, :output]


CROSSENTROPY = {"loss": "categorical_crossentropy", "optimizer": "adam", "metrics": ["acc"]}


def good():
    bundle(
        "echo_whole",
        keras.Sequential(
            [
                layers.Input(batch_shape=(7, 5, 10)),
                layers.LSTM(8, return_sequences=True, stateful=True),
                layers.TimeDistributed(layers.Dense(10, activation="softmax")),
            ]
        ),
        [echo(7, 5) for _ in range(5)],
        **CROSSENTROPY,
    )
    # Every mask and every number of dropped units has to be the same.
    model = keras.Sequential()
    model.add(layers.Input(shape=(None, 3)))
    model.add(layers.Masking())
    model.add(layers.LSTM(5, return_sequences=True, dropout=0.2, recurrent_dropout=0.1))
    model.add(layers.Dropout(0.3))
    model.add(layers.LSTM(4, dropout=0.1))
    model.add(layers.Dense(1, activation="sigmoid", kernel_regularizer="l2"))
    masked = []
    for _ in range(4):
        x = draw(6, 4, 3)
        x[RANDOM.uniform(size=(6, 4)) < 0.3] = 0
        masked.append((x, RANDOM.randint(0, 2, (6, 1))))
    bundle("masked", model, masked, loss="binary_crossentropy", optimizer="rmsprop", metrics=["mae"])
    start = keras.Input((4, 2))
    inner = layers.SimpleRNN(3, return_sequences=True, name="inner")(start)
    shared = layers.Dense(3, activation="tanh", name="shared")
    end = layers.Dense(2, name="out")(layers.Flatten(name="flat")(shared(shared(inner))))
    sgd = keras.optimizers.SGD(0.05, momentum=0.9)
    bundle(
        "functional",
        keras.Model(start, end),
        [(draw(5, 4, 2), draw(5, 2)) for _ in range(3)],
        loss="mse",
        optimizer=sgd,
    )
    model = keras.Sequential([layers.Dense(3, name="dense")])
    model(np.zeros((1, 2)))
    batches = [(draw(4, 2), draw(4, 3)) for _ in range(2)]
    small = bundle("small", model, batches, loss="mse", optimizer="sgd")
    series, calendar = keras.Input((4, 2), name="series"), keras.Input((3,), name="calendar")
    read = keras.Input((4, 2))
    encoder = keras.Model(
        read, layers.Dense(3, name="code")(layers.GRU(4, name="gru")(read)), name="encoder"
    )
    both = layers.Concatenate(name="both")([encoder(series), calendar * 2])
    value, alarm = layers.Dense(1, name="value"), layers.Dense(1, activation="sigmoid", name="alarm")
    bundle(
        "nested",
        keras.Model([series, calendar], [value(both), alarm(both)]),
        [([draw(5, 4, 2), draw(5, 3)], [draw(5, 1), draw(5, 1)]) for _ in range(3)],
        loss=["mse", "mae"],
        optimizer="adam",
    )
    return small


def unnoticed():
    """A model that has no weights yet trains on as if no bundle had been written."""
    x, y = draw(6, 5, 2), draw(6, 1)
    losses = []
    for written in (False, True):
        keras.utils.set_random_seed(31)
        model = keras.Sequential([layers.LSTM(3, dropout=0.2), layers.Dropout(0.3), layers.Dense(1)])
        model.compile(loss="mse", optimizer="adam", metrics=["mae"])
        if written:
            write_bundle(model, [x, x], [y, y], os.path.join(FOLDER, "unnoticed.h5"))
            os.remove(os.path.join(FOLDER, "unnoticed.h5"))
        losses.append(model.fit(x, y, batch_size=4, epochs=3, verbose=0).history)
    np.testing.assert_equal(losses[1], losses[0])


def put(place, value):
    """A change of what a bundle has at a place."""

    def change(file):
        if place in file:
            del file[place]
        file[place] = value

    return change


def bad(good):
    """Copies of a bundle with one thing changed each."""

    def version(value):
        return lambda file: file.attrs.modify("keras_version", value)

    def squeezed(file):
        del file["x/0/0"]
        file.create_dataset("x/0/0", data=np.zeros((4, 2), "float32"), compression="gzip")

    def claimed(file):
        del file["x/1/0"]
        space = h5py.h5s.create_simple((4, 1 << 40))
        h5py.h5d.create(file["x/1"].id, b"0", h5py.h5t.NATIVE_FLOAT, space)

    changes = {
        "keras_2": version("2.15.0"),
        "keras_3_10": version("3.10.0"),
        "no_version": lambda file: file.attrs.__delitem__("keras_version"),
        "no_config": lambda file: file.__delitem__("config"),
        "config_no_json": put("config", '{"class_name": "Sequential", '),
        "config_other": put("config", '{"class_name": "Sequential", "config": {}}'),
        "no_output": lambda file: file.__delitem__("layers/dense/outputs"),
        "no_losses": lambda file: file.__delitem__("logs/loss"),
        "no_weight": lambda file: file.__delitem__("layers/dense/weights/0"),
        "no_batches": lambda file: file.__delitem__("x"),
        "no_targets": lambda file: file.__delitem__("y/1"),
        "losses_short": put("logs/loss", [0.5]),
        "weight_shape": put("layers/dense/weights/0", np.zeros((3, 2), "float32")),
        "target_shape": put("y/1/0", np.zeros((5, 3), "float32")),
        "output_shape": put("layers/dense/outputs/0", np.zeros((3, 3), "float32")),
        "text": put("x/0/0", "four rows of two"),
        "squeezed": squeezed,
        "claimed": claimed,
        "soft_link": put("x/0/0", h5py.SoftLink("/x/1/0")),
        "external_link": put("x/0/0", h5py.ExternalLink("small.h5", "/x/0/0")),
    }
    for name, change in changes.items():
        path = os.path.join(FOLDER, "bad", name + ".h5")
        shutil.copyfile(good, path)
        with h5py.File(path, "r+") as file:
            change(file)


if __name__ == "__main__":
    keras.utils.set_random_seed(30)
    shutil.rmtree(FOLDER, ignore_errors=True)
    os.makedirs(os.path.join(FOLDER, "bad"))
    bad(good())
    unnoticed()
