"""Writes the golden file of keras.constraints: weights before and after, default configs."""

import keras
import numpy as np

import golden

CASES = [
    ("MaxNorm", {}),
    ("MaxNorm", {"max_value": 0.8, "axis": 1}),
    ("MaxNorm", {"max_value": 1.1, "axis": [0, 1]}),
    ("MaxNorm", {"max_value": 0.5, "axis": -1}),
    ("NonNeg", {}),
    ("UnitNorm", {}),
    ("UnitNorm", {"axis": [0, 1]}),
    ("MinMaxNorm", {}),
    ("MinMaxNorm", {"min_value": 0.9, "max_value": 1.2, "axis": 1}),
    ("MinMaxNorm", {"min_value": 0.9, "max_value": 1.2, "rate": 0.3}),
    ("MinMaxNorm", {"min_value": 3.0, "max_value": 4.0, "rate": 0.9, "axis": [0, 1]}),
]


def case(name, arguments, w):
    constraint = getattr(keras.constraints, name)(**arguments)
    return {
        "class": name,
        "arguments": arguments,
        "config": constraint.get_config(),
        "w": golden.array(w),
        "constrained": golden.array(constraint(w)),
    }


def names():
    known = keras.src.constraints.ALL_OBJECTS_DICT
    return {
        name: known[name]().get_config()
        for name in sorted(known)
        if known[name] is not keras.constraints.Constraint
    }


if __name__ == "__main__":
    rng = np.random.default_rng(2)
    matrix = rng.normal(size=(4, 3)).astype("float32")
    matrix[:, 1] *= 0.2
    cases = [case(name, arguments, matrix) for name, arguments in CASES]
    zero_column = matrix.copy()
    zero_column[:, 2] = 0
    cases += [case(name, {}, zero_column) for name in ["MaxNorm", "UnitNorm", "MinMaxNorm"]]
    vector = rng.normal(size=5).astype("float32")
    cases += [case(name, {}, vector) for name in ["MaxNorm", "NonNeg", "UnitNorm"]]
    golden.write("constraints/constraints", {"names": names(), "cases": cases})
