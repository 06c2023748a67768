"""Writes arrays and how NumPy prints them: testdata/printed/arrays.json."""

import numpy as np

import golden

RANDOM = np.random.RandomState(3)


def arrays():
    yield np.float32([[0.5], [1.0]])
    yield np.float32(0.1)
    yield np.float32(1e-5)
    yield np.float32([])
    yield np.zeros((2, 0), "float32")
    yield np.float32([1, -2, 3])
    yield np.float32([[0.1, -0.25, 100], [3, 0, -0.0]])
    yield np.float32([1e-5, 1, 20])
    yield np.float32([1e-5, -1e-7])
    yield np.float32([123456789.0, 1])
    yield np.float32([1e10, 1e-10, 1e38, 1e-45])
    yield np.float32([0.0001, 0.1])
    yield np.float32([0.0001, 0.10001])
    yield np.float32([np.nan, 1.5, np.inf])
    yield np.float32([-np.inf, 1])
    yield np.float32([np.nan])
    yield np.float32([1 / 3, 2 / 3])
    yield np.float32([16777216, 0.5])
    yield np.arange(1000, dtype="float32")
    yield np.arange(1001, dtype="float32")
    yield np.arange(2400, dtype="float32").reshape(2, 3, 400) / 7
    yield np.arange(1200, dtype="float32").reshape(300, 2, 2)
    for shape in [(3,), (4, 5), (2, 3, 4), (1, 2, 3, 2), (30,), (2, 20), (7, 1)]:
        for scale in (1, 1e-3, 1e4, 1e9):
            yield (RANDOM.uniform(-1, 1, shape) * scale).astype("float32")
        yield np.round(RANDOM.uniform(-1, 1, shape), 2).astype("float32")


def main():
    found = [{"array": golden.array(each), "printed": str(each)} for each in arrays()]
    golden.write("printed/arrays", {"arrays": found})


if __name__ == "__main__":
    main()
