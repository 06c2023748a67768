"""Writes what layers make of strings and whole numbers before a model sees them.

    python preprocessing.py               the golden files, and two models that are kept
    python preprocessing.py save FOLDER   the models, for StringModelsTest to load and save
    python preprocessing.py load FOLDER   compares the models that Java has saved

A case is a layer as Python makes it, the data that it is adapted to, and what it gives for some
data; an error of Keras is written as {"error": true}. Data are lists of strings or of numbers.
"""

import json
import os
import sys

import keras
import numpy as np
import tensorflow as tf
from keras import layers

import golden

TEXTS = [
    "The cat sat on the mat.",
    "A dog, A DOG!  and\tthe cat",
    "Straße und ÄRGER; über_alles",
    "",
    "the the the [x] (y) {z} ~`'\"",
]
OTHER_TEXTS = ["the dog sat", "unknown words only", "Cat cat CAT a über", "", "mat"]
WORDS = [["red", "green"], ["blue", "red"], ["red", "white"], ["green", "blue"]]
OTHER_WORDS = [["red", "black"], ["", "green"], ["white", "white"]]
NUMBERS = [[12, 1234567890123], [12, -7], [0, 12], [1234567890123, 5]]
OTHER_NUMBERS = [[12, 3], [0, 1234567890123], [987654321987, -7]]

# The layer, what it is adapted to, what it is called on.
CASES = {
    "text": ("TextVectorization()", TEXTS, OTHER_TEXTS),
    "text, column": ("TextVectorization()", [[t] for t in TEXTS], [[t] for t in OTHER_TEXTS]),
    "text, max_tokens": ("TextVectorization(max_tokens=6)", TEXTS, OTHER_TEXTS),
    "text, shorter": ("TextVectorization(output_sequence_length=2)", TEXTS, OTHER_TEXTS),
    "text, longer": ("TextVectorization(output_sequence_length=7)", TEXTS, OTHER_TEXTS),
    "text, lower": ("TextVectorization(standardize='lower')", TEXTS, OTHER_TEXTS),
    "text, strip_punctuation": ("TextVectorization(standardize='strip_punctuation')", TEXTS, OTHER_TEXTS),
    "text, as it is": ("TextVectorization(standardize=None)", TEXTS, OTHER_TEXTS),
    "text, character": ("TextVectorization(split='character')", TEXTS, OTHER_TEXTS),
    "text, tokens": ("TextVectorization(split=None)", WORDS, OTHER_WORDS),
    "text, ngrams": ("TextVectorization(ngrams=2)", TEXTS, OTHER_TEXTS),
    "text, some ngrams": ("TextVectorization(ngrams=(1, 3))", TEXTS, OTHER_TEXTS),
    "text, multi_hot": ("TextVectorization(output_mode='multi_hot')", TEXTS, OTHER_TEXTS),
    "text, count": ("TextVectorization(output_mode='count')", TEXTS, OTHER_TEXTS),
    "text, padded": (
        "TextVectorization(max_tokens=30, output_mode='count', pad_to_max_tokens=True)",
        TEXTS,
        OTHER_TEXTS,
    ),
    "text, tf_idf": ("TextVectorization(output_mode='tf_idf')", TEXTS, OTHER_TEXTS),
    "text, vocabulary": ("TextVectorization(vocabulary=['cat', 'the', 'dog'])", None, OTHER_TEXTS),
    "strings": ("StringLookup()", WORDS, OTHER_WORDS),
    "strings, vector": ("StringLookup()", ["b", "a", "b"], ["a", "c", "b"]),
    "strings, mask": ("StringLookup(mask_token='')", WORDS, OTHER_WORDS),
    "strings, places": ("StringLookup(num_oov_indices=3)", WORDS, OTHER_WORDS),
    "strings, salt": ("StringLookup(num_oov_indices=3, salt=[5, 6])", WORDS, OTHER_WORDS),
    "strings, vocabulary": ("StringLookup(vocabulary=['green', 'red', 'white'])", None, OTHER_WORDS),
    "strings, all tokens": (
        "StringLookup(vocabulary=['', '[UNK]', 'red'], mask_token='')",
        None,
        OTHER_WORDS,
    ),
    "strings, none unknown": ("StringLookup(num_oov_indices=0)", WORDS, OTHER_WORDS),
    "strings, max_tokens": ("StringLookup(max_tokens=3)", WORDS, OTHER_WORDS),
    "strings, one_hot": ("StringLookup(output_mode='one_hot')", WORDS, OTHER_WORDS),
    "strings, one_hot of a column": ("StringLookup(output_mode='one_hot')", WORDS, [["red"], ["x"]]),
    "strings, multi_hot": ("StringLookup(output_mode='multi_hot')", WORDS, OTHER_WORDS),
    "strings, multi_hot with a mask": (
        "StringLookup(output_mode='multi_hot', mask_token='')",
        WORDS,
        OTHER_WORDS,
    ),
    "strings, count": ("StringLookup(output_mode='count')", WORDS, OTHER_WORDS),
    "strings, tf_idf": ("StringLookup(output_mode='tf_idf')", WORDS, OTHER_WORDS),
    "strings, tf_idf given": (
        "StringLookup(output_mode='tf_idf', vocabulary=['red', 'white'], idf_weights=[0.5, 2.0])",
        None,
        OTHER_WORDS,
    ),
    "strings, tf_idf padded": (
        "StringLookup(output_mode='tf_idf', max_tokens=8, pad_to_max_tokens=True)",
        WORDS,
        OTHER_WORDS,
    ),
    "numbers": ("IntegerLookup()", NUMBERS, OTHER_NUMBERS),
    "numbers, mask": ("IntegerLookup(mask_token=0)", NUMBERS, OTHER_NUMBERS),
    "numbers, places": ("IntegerLookup(num_oov_indices=4)", NUMBERS, OTHER_NUMBERS),
    "numbers, hashed places": (
        "IntegerLookup(num_oov_indices=4, oov_method='farmhash')",
        NUMBERS,
        OTHER_NUMBERS,
    ),
    "numbers, vocabulary": ("IntegerLookup(vocabulary=[12, -7])", None, OTHER_NUMBERS),
    "numbers, count": ("IntegerLookup(output_mode='count')", NUMBERS, OTHER_NUMBERS),
    "hashing": ("Hashing(5)", None, OTHER_WORDS),
    "hashing of numbers": ("Hashing(5)", None, OTHER_NUMBERS),
    "hashing, mask": ("Hashing(5, mask_value='')", None, OTHER_WORDS),
    "hashing, mask of numbers": ("Hashing(4, mask_value=12)", None, OTHER_NUMBERS),
    "hashing, salt": ("Hashing(5, salt=133)", None, OTHER_WORDS),
    "hashing, two salts": ("Hashing(5, salt=[137, 19])", None, OTHER_WORDS),
    "hashing, one_hot": ("Hashing(4, output_mode='one_hot')", None, OTHER_WORDS),
    "hashing, multi_hot": ("Hashing(4, output_mode='multi_hot')", None, OTHER_WORDS),
    "hashing, count": ("Hashing(3, output_mode='count')", None, OTHER_WORDS),
    "hashing, many bins": ("Hashing(16000000)", None, OTHER_WORDS),
    "crossing": ("HashedCrossing(7)", None, (["a", "b", "a"], ["x", "x", "y"])),
    "crossing of numbers": ("HashedCrossing(7)", None, ([1, 2, 1234567890123], [5, 5, 6])),
    "crossing of both": ("HashedCrossing(9)", None, (["a", "b"], [5, 6], ["u", "v"])),
    "crossing of columns": ("HashedCrossing(7)", None, ([["a"], ["b"]], [["x"], ["y"]])),
    "crossing, one_hot": ("HashedCrossing(4, output_mode='one_hot')", None, (["a", "b"], ["x", "y"])),
}


def array(data):
    return np.array(data) if isinstance(data[0], (str, list)) else np.array(data, "int64")


def plain(vocabulary):
    return [int(x) if isinstance(x, (int, np.integer)) else str(x) for x in vocabulary]


def case(text, adapted, data):
    keras.utils.clear_session()
    layer = eval(text, vars(layers))
    result = {"layer": text, "adapted": adapted, "data": list(data) if isinstance(data, tuple) else data}
    if adapted is not None:
        layer.adapt(array(adapted))
    result["config"] = layer.get_config()
    if hasattr(layer, "get_vocabulary"):
        result["vocabulary"] = plain(layer.get_vocabulary())
        result["tokens"] = plain(layer.get_vocabulary(include_special_tokens=False))
    try:
        given = [array(each) for each in data] if isinstance(data, tuple) else array(data)
        result["y"] = golden.array(np.asarray(layer(given)).astype("float32"))
    except Exception:
        result["error"] = True
    return result


def inverted():
    words = layers.StringLookup(vocabulary=["b", "a"], invert=True)
    masked = layers.StringLookup(vocabulary=["b", "a"], mask_token="", invert=True)
    numbers = layers.IntegerLookup(vocabulary=[10, -3], num_oov_indices=2, invert=True)
    places = [[0, 1], [2, 3], [4, 0]]

    def found(layer):
        return plain(np.asarray(layer(np.array(places))).reshape(-1).tolist())

    return {
        "places": places,
        "strings": [x.decode() if isinstance(x, bytes) else x for x in np.asarray(words(np.array(places))).reshape(-1)],
        "masked": [x.decode() if isinstance(x, bytes) else x for x in np.asarray(masked(np.array(places))).reshape(-1)],
        "numbers": found(numbers),
    }


def moments():
    """Means and variances, and boundaries, of arrays and of batches."""
    random = np.random.RandomState(41)
    data = np.round(random.normal(2, 3, (9, 2, 3)), 3).astype("float32")
    batches = [data[:4], data[4:6], data[6:]]
    out = {"data": golden.array(data), "sizes": [4, 2, 3], "normalization": {}, "discretization": {}}
    for axis in [-1, (1, 2), None, 1]:
        whole, parts = layers.Normalization(axis=axis), layers.Normalization(axis=axis)
        whole.adapt(data)
        parts.adapt(batches)
        key = str(axis)
        out["normalization"][key] = {
            "axis": [] if axis is None else list(np.ravel(axis).tolist()),
            "weights": [golden.array(w) for w in whole.get_weights()],
            "parts": [golden.array(w) for w in parts.get_weights()],
            "y": golden.array(whole(data[:2])),
        }
    many = np.round(random.normal(0, 2, 3000), 3).astype("float32")
    out["many"] = golden.array(many)
    for bins, epsilon in [(4, 0.01), (3, 0.2), (10, 0.005), (1, 0.01)]:
        whole = layers.Discretization(num_bins=bins, epsilon=epsilon)
        parts = layers.Discretization(num_bins=bins, epsilon=epsilon)
        whole.adapt(many)
        parts.adapt([many[:700], many[700:2000], many[2000:]])
        few = layers.Discretization(num_bins=bins, epsilon=epsilon)
        few.adapt(data)
        out["discretization"][f"{bins}, {epsilon}"] = {
            "bins": bins,
            "epsilon": epsilon,
            "whole": whole.bin_boundaries,
            "parts": parts.bin_boundaries,
            "few": few.bin_boundaries,
            "config": whole.get_config(),
        }
    return out


def text_model():
    vectorization = layers.TextVectorization(max_tokens=12, output_sequence_length=6)
    vectorization.adapt(array(TEXTS))
    model = keras.Sequential(
        [
            keras.Input((1,), dtype="string"),
            vectorization,
            layers.Embedding(12, 3, mask_zero=True),
            layers.GRU(3),
            layers.Dense(1),
        ]
    )
    return model, [[text] for text in TEXTS]


def features_model():
    """Numbers, strings and identifiers side by side."""
    colors = [row[0] for row in WORDS] + ["red"]
    cities = ["Rome", "Oslo", "Rome", "Bonn", "Oslo"]
    words = [*WORDS, ["green", "green"]]
    data = {
        "age": [[31.5], [40.0], [22.25], [60.0], [18.0]],
        "color": [[color] for color in colors],
        "city": [[city] for city in cities],
        "user": [[1234567890123], [12], [7], [12], [987654321987]],
        "words": words,
    }
    kinds = {"age": "float32", "user": "int64"}
    inputs = {
        name: keras.Input((len(rows[0]),), name=name, dtype=kinds.get(name, "string"))
        for name, rows in data.items()
    }
    age = layers.Normalization()
    age.adapt(np.array(data["age"], "float32"))
    color = layers.StringLookup(output_mode="one_hot")
    color.adapt(array(data["color"]))
    idf = layers.StringLookup(output_mode="tf_idf")
    idf.adapt(array(words))
    user = layers.IntegerLookup(vocabulary=[12, 1234567890123])(inputs["user"])
    parts = [
        age(inputs["age"]),
        color(inputs["color"]),
        layers.HashedCrossing(5, output_mode="one_hot")([inputs["color"], inputs["city"]]),
        layers.Hashing(4, output_mode="one_hot")(inputs["city"]),
        layers.Flatten()(layers.Embedding(3, 2)(user)),
        idf(inputs["words"]),
        layers.CategoryEncoding(4, output_mode="one_hot")(layers.Discretization([20.0, 30.0, 40.0])(inputs["age"])),
    ]
    return keras.Model(inputs, layers.Dense(2)(layers.Concatenate()(parts))), data


MODELS = {"text": text_model, "features": features_model}


def fed(data):
    # Keras's data adapter takes no strings of NumPy.
    if isinstance(data, dict):
        return {name: tf.constant(rows) for name, rows in data.items()}
    return tf.constant(data)


def behaviour(model, data, y):
    before = model.predict(fed(data), verbose=0)
    history = model.fit(fed(data), y, epochs=3, batch_size=2, shuffle=False, verbose=0)
    return {
        "predict": golden.array(before),
        "losses": golden.numbers(np.array(history.history["loss"])),
        "after": golden.array(model.predict(fed(data), verbose=0)),
    }


def save(folder):
    written = {}
    for name, build in MODELS.items():
        keras.utils.clear_session()
        keras.utils.set_random_seed(5)
        model, data = build()
        model.compile(loss="mse", optimizer=keras.optimizers.SGD(0.1))
        y = np.linspace(-1, 1, 5 * model.output_shape[-1]).reshape(5, -1).astype("float32")
        path = os.path.join(folder, name + ".keras")
        model.save(path)
        done = behaviour(keras.models.load_model(path), data, y)
        written[name] = {"data": data, "y": golden.array(y), **done}
    golden.write("models", written, folder)


def load(folder):
    with open(os.path.join(folder, "models.json"), encoding="utf-8") as file:
        cases = json.load(file)
    for name, case in cases.items():
        model = keras.models.load_model(os.path.join(folder, "java", name + ".keras"))
        y = np.array(case["y"]["data"], "float32").reshape(case["y"]["shape"])
        done = behaviour(model, case["data"], y)
        for key in ("predict", "after"):
            np.testing.assert_allclose(done[key]["data"], case[key]["data"], rtol=1e-5, atol=1e-6)
        np.testing.assert_allclose(done["losses"], case["losses"], rtol=1e-5)
        print(f"{name}: Java's file has the vocabularies and the weights, and trains the same")


def main():
    if len(sys.argv) > 1:
        {"save": save, "load": load}[sys.argv[1]](sys.argv[2])
        return
    golden.write("preprocessing/cases", {name: case(*each) for name, each in CASES.items()})
    golden.write("preprocessing/inverted", inverted())
    golden.write("preprocessing/moments", moments())
    save(os.path.join(golden.HERE, "preprocessing"))


if __name__ == "__main__":
    assert keras.__version__ == "3.15.1", keras.__version__
    main()
