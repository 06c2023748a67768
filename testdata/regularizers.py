"""Writes the golden file of keras.regularizers: penalties, their gradients, default configs."""

import keras
import numpy as np
import tensorflow as tf

import golden

CASES = [
    ("L1", {}),
    ("L1", {"l1": 0.3}),
    ("L2", {}),
    ("L2", {"l2": 0.3}),
    ("L1L2", {}),
    ("L1L2", {"l1": 0.2}),
    ("L1L2", {"l2": 0.07}),
    ("L1L2", {"l1": 0.2, "l2": 0.07}),
    ("OrthogonalRegularizer", {}),
    ("OrthogonalRegularizer", {"factor": 0.5, "mode": "columns"}),
]


def case(name, arguments, x):
    regularizer = getattr(keras.regularizers, name)(**arguments)
    x = tf.constant(x)
    with tf.GradientTape() as tape:
        tape.watch(x)
        penalty = regularizer(x)
    gradient = tape.gradient(penalty, x)
    if gradient is None:
        gradient = tf.zeros_like(x)
    return {
        "class": name,
        "arguments": arguments,
        "config": regularizer.get_config(),
        "x": golden.array(x),
        "penalty": golden.array(penalty),
        "gradient": golden.array(gradient),
    }


def names():
    known = keras.src.regularizers.ALL_OBJECTS_DICT
    return {
        name: known[name]().get_config()
        for name in sorted(known)
        if known[name] is not keras.Regularizer
    }


if __name__ == "__main__":
    rng = np.random.default_rng(1)
    matrix = rng.normal(size=(4, 3)).astype("float32")
    zero_row = matrix.copy()
    zero_row[1] = 0
    cases = [case(name, arguments, matrix) for name, arguments in CASES]
    cases.append(case("OrthogonalRegularizer", {}, zero_row))
    for name in ["L1", "L2"]:
        cases.append(case(name, {}, rng.normal(size=(2, 3, 2)).astype("float32")))
    golden.write("regularizers/regularizers", {"names": names(), "cases": cases})
