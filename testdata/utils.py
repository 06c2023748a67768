"""Writes the golden files of keras.utils, keras.random and of the test helpers themselves."""

import numpy as np

import golden


def testing():
    golden.write(
        "testing/golden",
        {
            "matrix": golden.array(np.arange(1, 7).reshape(2, 3) / np.float32(3)),
            "scalar": golden.array(np.float32(0.1)),
            "empty": golden.array(np.zeros((0, 3), "float32")),
            "list": [0.5, -1],
            "whole": [1, 2, 3],
            "wide": [2**32],
            "special": [float("nan"), float("inf"), float("-inf")],
            "name": "adam",
            "rate": 1e-3,
            "steps": 10,
            "flag": True,
            "nothing": None,
            "cases": [{"inner": {"id": 1}}, {"inner": {"id": 2}}],
            "weights": [golden.array([1.0, 2.0]), golden.array([3.0])],
        },
    )


if __name__ == "__main__":
    testing()
