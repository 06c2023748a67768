"""Writes the golden files of keras.initializers: the values for given seeds, bit for bit."""

import keras
import numpy as np

import golden

SEEDS = [0, 42, 1337, 987654321, 2**31 + 5, -5]

SHAPES = [(), (7,), (4, 3), (3, 5), (2, 3, 4, 5)]

CASES = [
    ("RandomUniform", {}),
    ("RandomUniform", {"minval": -1.5, "maxval": 0.3}),
    ("RandomNormal", {}),
    ("RandomNormal", {"mean": 0.7, "stddev": 2.0}),
    ("TruncatedNormal", {}),
    ("TruncatedNormal", {"mean": -0.1, "stddev": 0.3}),
    ("VarianceScaling", {}),
    ("VarianceScaling", {"scale": 3.0, "mode": "fan_out", "distribution": "uniform"}),
    ("VarianceScaling", {"scale": 0.5, "mode": "fan_avg", "distribution": "Normal"}),
    ("VarianceScaling", {"mode": "fan_avg", "distribution": "untruncated_normal"}),
    ("GlorotUniform", {}),
    ("GlorotNormal", {}),
    ("HeUniform", {}),
    ("HeNormal", {}),
    ("LecunUniform", {}),
    ("LecunNormal", {}),
    ("Orthogonal", {}),
    ("Orthogonal", {"gain": 0.3}),
]

FIXED = [
    ("Zeros", {}),
    ("Ones", {}),
    ("Constant", {}),
    ("Constant", {"value": 0.1}),
    ("Identity", {}),
    ("Identity", {"gain": -0.7}),
]


STFT = [
    {},
    {"side": "imag"},
    {"window": "hamming", "scaling": "spectrum"},
    {"window": "hamming", "periodic": True, "scaling": None},
    {"window": "hann", "periodic": True, "side": "imag"},
    {"window": "blackman"},
    {"window": "bartlett", "periodic": True},
    {"window": "boxcar", "scaling": "spectrum"},
    {"window": None},
    {"window": [0.5, -1.0, 2.0, 0.25, 1.5, 1.0], "scaling": "spectrum"},
]

UNSEEDED = ["GlorotUniform", "Orthogonal", "Zeros", "RandomNormal"]


def case(name, arguments, shape):
    values = getattr(keras.initializers, name)(**arguments)(shape)
    return {
        "class": name,
        "arguments": arguments,
        "values": golden.array(values),
    }


def cases():
    """Every class at every shape; the seeds take turns, and one case has them all."""
    found = []
    for i, (name, arguments) in enumerate(CASES):
        for j, shape in enumerate(SHAPES):
            if name == "Orthogonal" and len(shape) < 2:
                continue
            seed = SEEDS[(i + j) % len(SEEDS)]
            found.append(case(name, {**arguments, "seed": seed}, shape))
    for seed in SEEDS:
        found.append(case("GlorotUniform", {"seed": seed}, (5, 2)))
    found.append(
        case(
            "HeUniform", {"seed": 3, "input_axes": [0, -1], "output_axes": [1]}, (2, 3, 4)
        )
    )
    for name, arguments in FIXED:
        found.append(case(name, arguments, (3, 2)))
    return found


def stft():
    """Every set of arguments for six timesteps; the default for others too."""
    found = [case("STFT", arguments, (6, 1, 5)) for arguments in STFT]
    found += [case("STFT", {}, shape) for shape in [(5, 1, 3), (1, 1, 4), (64, 1, 33)]]
    for each in found:
        each["config"] = keras.initializers.STFT(**each["arguments"]).get_config()
    return found


def checksums():
    """Sums over the bits of larger arrays, where the kernels work in several blocks."""
    found = []
    # An Orthogonal's last bits are those of the processor that decomposed the matrix.
    for name in ["GlorotUniform", "RandomNormal", "TruncatedNormal"]:
        for shape in [(100, 80), (50, 200), (300, 37), (128, 512)]:
            values = getattr(keras.initializers, name)(seed=11)(shape)
            bits = np.asarray(values).reshape(-1).view("uint32").astype("uint64")
            weights = np.arange(1, bits.size + 1, dtype="uint64")
            found.append(
                {
                    "class": name,
                    "seed": 11,
                    "shape": list(shape),
                    "sum": str(int((bits * weights).sum())),
                    "first": golden.numbers(np.asarray(values).reshape(-1)[:4]),
                }
            )
    return found


def generator():
    """Three calls of an initializer that takes its seeds from a generator."""
    initializer = keras.initializers.RandomNormal(
        seed=keras.random.SeedGenerator(7, name="seeds")
    )
    return {
        "config": keras.initializers.serialize(initializer),
        "calls": [golden.array(initializer((2, 3))) for _ in range(3)],
    }


def unseeded():
    """Initializers without a seed, made one after another once the global seed is set."""
    keras.utils.set_random_seed(42)
    made = [getattr(keras.initializers, name)() for name in UNSEEDED]
    return {
        "classes": UNSEEDED,
        "values": [golden.array(each((3, 2))) for each in reversed(made)],
    }


def configs():
    found = {}
    for name in sorted({name for name, _ in CASES + FIXED + [("STFT", {})]}):
        found[name] = getattr(keras.initializers, name)().get_config()
    return found


def names():
    known = keras.src.initializers.ALL_OBJECTS_DICT
    return {
        name: known[name].__name__
        for name in sorted(known)
        if known[name].__name__ != "Initializer"
    }


if __name__ == "__main__":
    golden.write(
        "initializers/initializers",
        {
            "configs": configs(),
            "names": names(),
            "generator": generator(),
            "unseeded": unseeded(),
            "cases": cases(),
            "stft": stft(),
        },
    )
    golden.write("initializers/checksums", {"cases": checksums()})
