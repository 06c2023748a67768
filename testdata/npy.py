"""Arrays in NumPy's files: every type of number, both orders, damaged ones. Writes npy/*."""

import os

import golden
import numpy as np

FOLDER = os.path.join(golden.HERE, "npy")
TYPES = ["?", "i1", "u1", "<i2", ">i2", "<u2", "<i4", ">u4", "<i8", "<u8", "<f4", ">f4", "<f8", ">f8"]


def main():
    os.makedirs(FOLDER, exist_ok=True)
    values = np.array([[0, 1, 2.5], [100, 7, 3]])
    arrays = {"type" + str(i): values.astype(type_) for i, type_ in enumerate(TYPES)}
    arrays["negative"] = np.array([-1, -128, 5], "i1")
    arrays["great"] = np.array([2**63 + 2**40, 2**31, 0], "u8")
    arrays["columns"] = np.asfortranarray(np.arange(24).reshape(2, 3, 4).astype("f4"))
    arrays["scalar"] = np.array(2.5)
    arrays["empty"] = np.zeros((0, 3), "f4")
    arrays["not_finite"] = np.array([np.nan, np.inf, -np.inf])
    np.savez(os.path.join(FOLDER, "arrays.npz"), **arrays)
    np.savez_compressed(os.path.join(FOLDER, "small.npz"), a=values, b=np.arange(3))
    np.save(os.path.join(FOLDER, "floats.npy"), values.astype("f4"))
    large = [[2**24 + 3, 1, 2**40], [-(2**24) - 3, 2, 3]]
    np.save(os.path.join(FOLDER, "large_int64.npy"), np.asfortranarray(large, dtype="int64"))
    with open(os.path.join(FOLDER, "version2.npy"), "wb") as file:
        np.lib.format.write_array(file, values, version=(2, 0))
    objects = np.array([[1, 2], [3]], dtype=object)
    np.save(os.path.join(FOLDER, "objects.npy"), objects, allow_pickle=True)
    np.save(os.path.join(FOLDER, "text.npy"), np.array(["a", "bc"]))
    expected = {}
    for name, array in arrays.items():
        floats = array.astype("f4").reshape(-1)
        expected[name] = {
            "shape": list(array.shape),
            "data": [float(v) if np.isfinite(v) else str(v) for v in floats],
        }
    golden.write("npy/expected", expected)


if __name__ == "__main__":
    main()
