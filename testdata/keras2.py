"""Models as Keras 2 writes them, with tf_keras: run with testdata/requirements-keras2.txt, as
keras2.py [FOLDER [SEED]]. What is older than tf_keras, legacy.py puts together."""

import os
import shutil
import sys
import zipfile

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import h5py
import numpy as np
import tf_keras as keras

import golden

sys.modules["keras"] = keras  # What layer_cases.py is to take for it.
import layer_cases

layers = keras.layers
optimizers = keras.optimizers

FOLDER = os.path.join(golden.HERE, "keras2")


def sequence():
    return keras.Sequential(
        [
            keras.Input((5, 3)),
            layers.Masking(-1.0),
            layers.LSTM(4, recurrent_activation="hard_sigmoid", return_sequences=True),
            layers.TimeDistributed(layers.Dense(3, activation="hard_sigmoid")),
            layers.LeakyReLU(alpha=0.1),
            layers.GRU(3, reset_after=False),
            layers.Dense(2, activation="softmax"),
        ],
        name="sequence",
    )


def vectors():
    return keras.Sequential(
        [keras.Input((3,)), layers.Dense(4, activation="hard_sigmoid"), layers.Dense(2)],
        name="vectors",
    )


def recurrent():
    return keras.Sequential(
        [keras.Input((4, 3)), layers.SimpleRNN(3, return_sequences=True), layers.GRU(3), layers.Dense(2)],
        name="recurrent",
    )


def chain():
    x = keras.Input((5, 3), name="x")
    read = layers.Bidirectional(layers.LSTM(3, return_sequences=True), name="both")(x)
    return keras.Model(x, layers.Dense(2, name="y")(layers.GRU(4, name="gru")(read)), name="chain")


def translator():
    heard = keras.Input((None, 3), name="heard")
    said = keras.Input((None, 2), name="said")
    _, *states = layers.LSTM(4, return_state=True, name="encoder")(heard)
    decoder = layers.LSTM(4, return_sequences=True, return_state=True, name="decoder")
    y = layers.Dense(2, activation="softmax", name="y")(decoder(said, initial_state=states)[0])
    return keras.Model([heard, said], y, name="translator")


def branches():
    a, b = keras.Input((3,), name="a"), keras.Input((3,), name="b")
    inner = keras.Input((3,))
    hidden = layers.Dense(4, activation="tanh", name="hidden")(inner)
    twice = keras.Model(inner, [hidden, layers.Dense(2, name="narrow")(hidden)], name="inner")
    shared = layers.Dense(3, name="shared")
    wide, narrow = twice(shared(a))
    _, other = twice(shared(b))
    joined = layers.Concatenate(name="joined")([layers.Add(name="sum")([narrow, other]), wide, a])
    value, kind = layers.Dense(1, name="value")(joined), layers.Dense(2, name="kind")(joined)
    return keras.Model([a, b], [value, kind], name="branches")


def words():
    return keras.Sequential(
        [
            keras.Input((6,)),
            layers.Embedding(9, 3, mask_zero=True),
            layers.Bidirectional(layers.GRU(3, return_sequences=True)),
            layers.LSTM(3),
            layers.Dense(2),
        ],
        name="words",
    )


def convolved():
    return keras.Sequential(
        [
            keras.Input((12, 3)),
            layers.Conv1D(4, 3, padding="causal", dilation_rate=2, activation="relu"),
            layers.BatchNormalization(momentum=0.8),
            layers.MaxPooling1D(2),
            layers.SeparableConv1D(4, 2, padding="same", depth_multiplier=2),
            layers.UpSampling1D(2),
            layers.ZeroPadding1D((1, 2)),
            layers.Conv1DTranspose(3, 2, strides=2),
            layers.AveragePooling1D(3, strides=2, padding="same"),
            layers.LSTM(3),
            layers.Dense(2),
        ],
        name="convolved",
    )


def pictures():
    return keras.Sequential(
        [
            keras.Input((8, 8, 2)),
            layers.Rescaling(0.5, offset=0.1),
            layers.Conv2D(4, (3, 2), strides=2, padding="same", activation="tanh"),
            layers.BatchNormalization(center=False),
            layers.DepthwiseConv2D(2, depth_multiplier=2),
            layers.Conv2DTranspose(3, 3, strides=2, padding="same"),
            layers.ZeroPadding2D(((1, 0), (0, 2))),
            layers.Cropping2D(((1, 1), (0, 1))),
            layers.PReLU(shared_axes=[1, 2]),
            layers.SeparableConv2D(3, 2),
            layers.MaxPooling2D(2, padding="same"),
            layers.GroupNormalization(groups=3),
            layers.GlobalAveragePooling2D(),
            layers.Dense(2),
        ],
        name="pictures",
    )


def volumes():
    return keras.Sequential(
        [
            keras.Input((4, 4, 4, 1)),
            layers.Conv3D(2, 2, activation="tanh"),
            layers.Conv3DTranspose(2, 2),
            layers.AveragePooling3D(2),
            layers.GlobalMaxPooling3D(),
            layers.Dense(2),
        ],
        name="volumes",
    )


def frames():
    return keras.Sequential(
        [
            keras.Input((4, 5, 5, 2)),
            layers.ConvLSTM2D(2, 3, padding="same", return_sequences=True),
            layers.ConvLSTM2D(2, 2, activation="relu", use_bias=False),
            layers.Flatten(),
            layers.Dense(2),
        ],
        name="frames",
    )


def attending():
    x = keras.Input((5, 3), name="x")
    heads = layers.MultiHeadAttention(2, 3, value_dim=2, name="heads")(x, x)
    y = layers.LayerNormalization(name="norm")(layers.Add(name="sum")([x, heads]))
    scored = layers.Attention(use_scale=True, name="scored")([y, x])
    mean = layers.AdditiveAttention(name="mean")([scored, y])
    z = layers.EinsumDense("abc,cd->abd", (5, 4), bias_axes="d", name="product")(mean)
    z = layers.UnitNormalization(name="unit")(z)
    return keras.Model(x, layers.Dense(2, name="y")(layers.Flatten(name="flat")(z)), name="attending")


# What is saved: the model, its optimizer, its loss and its metrics.
CASES = {
    "adam": (sequence, lambda: optimizers.Adam(0.01), "categorical_crossentropy", ["accuracy"]),
    "older_adam": (sequence, lambda: optimizers.legacy.Adam(0.01, decay=0.05), "categorical_crossentropy", ["acc"]),
    "rmsprop": (recurrent, lambda: optimizers.RMSprop(0.01, momentum=0.5), "mse", ["mae"]),
    "sgd": (
        vectors,
        lambda: optimizers.SGD(0.05, momentum=0.9, nesterov=True),
        keras.losses.Huber(),
        [keras.metrics.RootMeanSquaredError(), keras.metrics.MeanSquaredError()],
    ),
    "older_sgd": (vectors, lambda: optimizers.legacy.SGD(0.05, momentum=0.9), "mse", []),
    "untrained": (recurrent, lambda: optimizers.Adagrad(0.01), "mse", []),
    "chain": (chain, lambda: optimizers.Adam(0.01), "mse", ["mae"]),
    "translator": (translator, lambda: optimizers.RMSprop(0.01), "categorical_crossentropy", ["acc"]),
    "branches": (branches, lambda: optimizers.SGD(0.05, momentum=0.9), ["mse", "mae"], []),
    "words": (words, lambda: optimizers.SGD(0.05, momentum=0.9), "mse", []),
    "convolved": (convolved, lambda: optimizers.Adam(0.01), "mse", []),
    "pictures": (pictures, lambda: optimizers.RMSprop(0.01), "mse", []),
    "volumes": (volumes, lambda: optimizers.SGD(0.05), "mse", []),
    "frames": (frames, lambda: optimizers.SGD(0.05), "mse", []),
    "attending": (attending, lambda: optimizers.Adam(0.01), "mse", []),
}


def case(name, rng, folder):
    make, optimizer, loss, metrics = CASES[name]
    model = make()
    model.compile(optimizer=optimizer(), loss=loss, metrics=metrics)
    x = [
        rng.normal(size=(8, *(4 if size is None else size for size in tensor.shape[1:])))
        for tensor in model.inputs
    ]
    x = [each.astype("float32") for each in x]
    if name == "words":
        x = [rng.integers(0, 9, x[0].shape).astype("float32")]
    for each in x:
        if len(each.shape) == 3:
            each[1, :2] = -1
    y = [rng.normal(size=(8, tensor.shape[-1])).astype("float32") for tensor in model.outputs]
    if loss == "categorical_crossentropy":
        drawn = rng.integers(0, 2, (8, 4) if name == "translator" else 8)
        y = [np.eye(2, dtype="float32")[drawn]]

    def predicted():
        given = model.predict(x, verbose=0)
        return [golden.array(each) for each in (given if isinstance(given, list) else [given])]

    model.set_weights([rng.normal(size=w.shape).astype("float32") * 0.5 for w in model.get_weights()])
    if name != "untrained":
        for _ in range(2):
            model.train_on_batch(x, y if len(y) > 1 else y[0])
    model.save(os.path.join(folder, name + ".h5"))
    files = [name + ".h5"]
    if not name.startswith("older"): # Archives came with the new optimizers.
        model.save(os.path.join(folder, name + ".keras"))
        files.append(name + ".keras")
    model.save_weights(os.path.join(folder, name + "_weights.h5"))
    return {
        "name": name,
        "files": files,
        "weights": name + "_weights.h5",
        "json": model.to_json(),
        "x": [golden.array(each) for each in x],
        "y": [golden.array(each) for each in y],
        "prediction": predicted(),
        "losses": golden.numbers([float(np.ravel(model.train_on_batch(x, y if len(y) > 1 else y[0]))[0]) for _ in range(3)]),
        "trained": predicted(),
    }


def configurations():
    """A model of each kind of layer that Keras 2 has, by the first case that it takes."""
    models = {}
    for cases in layer_cases.FILES.values():
        for layer_case in cases.values():
            name = layer_case.layer.split("(")[0]
            if name in models or layer_case.call or not hasattr(layers, name):
                continue
            try:
                _, made = layer_cases.called(
                    layer_case, lambda shape: keras.Input(shape, batch_size=layer_case.shape[0])
                )
                first = made[0] if isinstance(made, (list, tuple)) else made
                models[name] = keras.Model(first._keras_history.layer.input, made).to_json()
            except (TypeError, ValueError):
                continue  # Arguments or inputs that are new in Keras 3.
    return models


def write_as_on_windows(path, target):
    """The same archive, whose weights have paths with backslashes."""
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(target, "w") as made:
        for entry in archive.namelist():
            data = archive.read(entry)
            if entry.endswith(".h5"):
                aside = target + ".h5"
                with open(aside, "wb") as file:
                    file.write(data)
                with h5py.File(aside, "a") as file:
                    groups = []
                    file.visititems(
                        lambda place, item: groups.append(place) if place.endswith("/vars") else None
                    )
                    for place in groups:
                        owner = place[: -len("/vars")]
                        if "/" in owner:
                            file.move(place, owner.replace("/", "\\") + "/vars")
                    del file["layers"]
                with open(aside, "rb") as file:
                    data = file.read()
                os.remove(aside)
            made.writestr(entry, data)


def write_as_keras_2_1(path, target):
    """The same file with the steps counted in floats, and Adam's placeholders at the end."""
    shutil.copyfile(path, target)
    with h5py.File(target, "a") as file:
        group = file["optimizer_weights"]
        names = [name if isinstance(name, str) else name.decode() for name in group.attrs["weight_names"]]
        steps = np.float32(group[names[0]][()])
        del group[names[0]]
        group.create_dataset(names[0], data=steps)
        for i in range(len(names) // 2):
            names.append(f"Adam/vhat_{i}:0")
            group.create_dataset(names[-1], data=np.zeros(1, "float32"))
        group.attrs["weight_names"] = [name.encode() for name in names]


def main(folder=FOLDER, seed="1"):
    os.makedirs(folder, exist_ok=True)
    rng = np.random.default_rng(int(seed))
    keras.utils.set_random_seed(int(seed))
    cases = [case(name, rng, folder) for name in CASES]
    write_as_on_windows(os.path.join(folder, "adam.keras"), os.path.join(folder, "windows.keras"))
    cases[0]["files"].append("windows.keras")
    write_as_keras_2_1(
        os.path.join(folder, "older_adam.h5"), os.path.join(folder, "placeholders.h5")
    )
    cases[1]["files"].append("placeholders.h5")
    golden.write("cases", cases, folder)
    golden.write("layers", configurations(), folder)


if __name__ == "__main__":
    main(*sys.argv[1:])
