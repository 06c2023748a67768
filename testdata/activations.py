"""Writes the golden files of keras.activations: values and gradients."""

import keras
import numpy as np
import tensorflow as tf
from keras import activations
from keras.src.activations import ALL_OBJECTS_DICT

import golden

# Zeros, kinks (0.5, 1, 2, 3, 6 and their negatives) and plain numbers between them.
NEAR = np.array(
    [
        [0.0, -0.0, 0.5, -0.5, 1.0, -1.0],
        [2.0, -2.0, 3.0, -3.0, 6.0, -6.0],
        [0.13, -0.27, 0.71, -0.83, 1.4, -1.7],
        [2.6, -2.2, 3.9, -4.1, 5.2, -5.6],
        [1e-4, -1e-4, 0.499, -0.501, 7.3, -8.1],
    ],
    "float32",
)
FAR = np.array([[12.0, -12.0, 20.0, -20.0], [50.0, -50.0, 1e3, -1e3]], "float32")

ARGUMENTS = {
    "relu(negative_slope=0.1)": lambda x: activations.relu(x, negative_slope=0.1),
    "relu(max_value=6)": lambda x: activations.relu(x, max_value=6),
    "relu(max_value=2.5)": lambda x: activations.relu(x, max_value=2.5),
    "relu(threshold=0.5)": lambda x: activations.relu(x, threshold=0.5),
    "relu(negative_slope=0.1, max_value=3, threshold=1)": lambda x: activations.relu(
        x, negative_slope=0.1, max_value=3, threshold=1
    ),
    "relu(negative_slope=0.3, max_value=6)": lambda x: activations.relu(
        x, negative_slope=0.3, max_value=6
    ),
    "leaky_relu(0.35)": lambda x: activations.leaky_relu(x, 0.35),
    "celu(0.7)": lambda x: activations.celu(x, 0.7),
    "elu(1.6)": lambda x: activations.elu(x, 1.6),
    "squareplus(2.5)": lambda x: activations.squareplus(x, 2.5),
    "soft_shrink(1)": lambda x: activations.soft_shrink(x, 1),
    "gelu(True)": lambda x: activations.gelu(x, True),
    "threshold(0.5, -3)": lambda x: activations.threshold(x, 0.5, -3.0),
    "hard_shrink(1)": lambda x: activations.hard_shrink(x, 1),
}
ALONG_AXIS = {
    "softmax": activations.softmax,
    "log_softmax": activations.log_softmax,
    "sparsemax": activations.sparsemax,
    "glu": activations.glu,
}


def run(function, x, dy):
    """The values, and what flows back to x when dy flows into them."""
    x = tf.constant(x)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = function(x)
    dy = dy[tuple(slice(0, size) for size in y.shape)]
    dx = tape.gradient(y, x, output_gradients=tf.constant(dy))
    return {"y": golden.array(y), "dx": golden.array(dx)}


def main():
    random = np.random.RandomState(11)
    x3 = random.normal(size=(2, 4, 6)).astype("float32") * 2
    dy = {
        "near": random.uniform(0.5, 1.5, NEAR.shape).astype("float32"),
        "far": random.uniform(0.5, 1.5, FAR.shape).astype("float32"),
        "x3": random.uniform(-1.5, 1.5, x3.shape).astype("float32"),
    }
    # "threshold" cannot be used by its name alone: its arguments have no defaults.
    names = sorted(name for name in ALL_OBJECTS_DICT if name != "threshold")
    functions = {name: activations.get(name) for name in names}
    golden.write(
        "activations/names",
        {name: activations.serialize(functions[name]) for name in names},
    )
    plain = {name: f for name, f in functions.items() if name == f.__name__}
    for file, cases in (("defaults", plain), ("arguments", ARGUMENTS)):
        golden.write(
            f"activations/{file}",
            {
                "near": {"x": golden.array(NEAR), "dy": golden.array(dy["near"])},
                "far": {"x": golden.array(FAR), "dy": golden.array(dy["far"])},
                "cases": {
                    name: {
                        "near": run(function, NEAR, dy["near"]),
                        "far": run(function, FAR, dy["far"]),
                    }
                    for name, function in cases.items()
                },
            },
        )
    golden.write(
        "activations/axes",
        {
            "x": golden.array(x3),
            "dy": golden.array(dy["x3"]),
            "cases": {
                f"{name}({axis})": run(lambda x: function(x, axis=axis), x3, dy["x3"])
                for name, function in ALONG_AXIS.items()
                for axis in (-1, 1, -2)
            },
        },
    )
    written()


def written():
    """Functions with arguments, as the layers that a configuration can hold in their place."""
    as_layers = {
        "relu": keras.layers.ReLU(max_value=6.0, threshold=1.0, name="re_lu"),
        "leaky_relu": keras.layers.LeakyReLU(negative_slope=0.3, name="leaky_re_lu"),
        "elu": keras.layers.ELU(alpha=0.5, name="elu"),
        "softmax": keras.layers.Softmax(axis=1, name="softmax"),
    }
    golden.write(
        "activations/written",
        {
            name: {"activation": keras.layers.Activation(layer).get_config()["activation"]}
            for name, layer in as_layers.items()
        },
    )


if __name__ == "__main__":
    assert keras.__version__ == "3.15.1", keras.__version__
    main()
