"""Small files in the form of the data that Keras knows, loaded by Keras. Writes keras_data/*."""

import gzip
import io
import os
import pickle
import zipfile

import golden
import numpy as np
from keras.src.datasets import boston_housing, california_housing, fashion_mnist, imdb, mnist, reuters

FOLDER = os.path.join(golden.HERE, "keras_data")
RNG = np.random.RandomState(5)


def path(name):
    return os.path.join(FOLDER, name)


def texts(count):
    lists = [[int(w) for w in RNG.zipf(1.3, 3 + i % 9) if w < 70000] for i in range(count)]
    # All word numbers that one, two and four bytes hold.
    lists[0] = [1, 255, 256, 65535, 65536, 88587]
    rows = np.empty(count, dtype=object)
    rows[:] = lists
    return rows


def npy(array, protocol):
    """The bytes of a file of np.save; objects pickled by some protocol, as older NumPys did."""
    file = io.BytesIO()
    if array.dtype != object:
        np.save(file, array)
    else:
        np.lib.format.write_array_header_1_0(file, np.lib.format.header_data_from_array_1_0(array))
        pickle.dump(array, file, protocol=protocol)
    return file.getvalue()


def npz(name, protocol, **arrays):
    with zipfile.ZipFile(path(name), "w", zipfile.ZIP_DEFLATED) as file:
        for key, array in arrays.items():
            entry = zipfile.ZipInfo(key + ".npy", (2020, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(entry, array if isinstance(array, bytes) else npy(array, protocol))


def idx(name, array):
    sizes = b"".join(size.to_bytes(4, "big") for size in array.shape)
    with open(path(name), "wb") as file:
        # Without the time, so that the same data give the same bytes.
        with gzip.GzipFile(fileobj=file, mode="wb", filename="", mtime=0) as content:
            content.write(bytes([0, 0, 8, array.ndim]) + sizes + array.astype("u1").tobytes())


class Harm:
    def __reduce__(self):
        return os.mkdir, ("harm",)


def write_files():
    os.makedirs(FOLDER, exist_ok=True)
    labels = lambda count, classes: RNG.randint(classes, size=count)
    npz("imdb.npz", 3, x_train=texts(24), y_train=labels(24, 2), x_test=texts(18), y_test=labels(18, 2))
    npz("reuters.npz", 4, x=texts(30), y=labels(30, 46))
    npz("boston_housing.npz", 3, x=RNG.rand(23, 13), y=RNG.rand(23) * 50)
    rows = (RNG.rand(650, 8) * 100).round().astype("f4")
    npz("california_housing.npz", 3, x=rows, y=(RNG.rand(650) * 5e5).round().astype("f4"))
    digits = lambda count: RNG.randint(256, size=(count, 28, 28)).astype("u1") // 50 * 50
    npz(
        "mnist.npz",
        3,
        x_train=digits(4),
        y_train=labels(4, 10).astype("u1"),
        x_test=digits(3),
        y_test=labels(3, 10).astype("u1"),
    )
    for part, count in (("train", 3), ("t10k", 2)):
        idx(part + "-images-idx3-ubyte.gz", digits(count))
        idx(part + "-labels-idx1-ubyte.gz", labels(count, 10))
    harm = np.empty(1, dtype=object)
    harm[0] = Harm()
    numbers = np.empty(2, dtype=object)
    numbers[:] = [[1, 2.5], [3]]
    header = npy(texts(2), 4)
    header = header[: header.index(b"\n") + 1]
    npz("harm.npz", 4, x=harm, y=np.zeros(1))
    npz("harm2.npz", 3, x=harm, y=np.zeros(1))
    npz("floats.npz", 4, x=numbers, y=np.zeros(2))
    npz("dictionary.npz", 4, x=header + pickle.dumps({"a": [1]}), y=np.zeros(1))


def local(module):
    """Has a data set of Keras read the small file."""
    module.get_file = lambda fname=None, **_: path(fname if fname else "")
    return module


def data(loaded, lists=False):
    parts = zip(("train", "test"), loaded)
    found = {}
    for part, (x, y) in parts:
        if lists:
            found["x_" + part] = [[int(w) for w in text] for text in x]
        else:
            array = np.asarray(x, "f4")
            found["x_" + part] = {
                "shape": list(array.shape),
                "sum": float(array.astype("f8").sum()),
                "first": [float(v) for v in array.reshape(-1)[:40]],
            }
        found["y_" + part] = [float(v) for v in np.asarray(y, "f4")]
    return found


def main():
    write_files()
    imdb_options = {
        "defaults": {},
        "num_words": {"num_words": 40, "skip_top": 2},
        "maxlen": {"maxlen": 8, "seed": 7},
        "no_oov": {"num_words": 300, "oov_char": None, "index_from": 5},
        "no_start": {"start_char": None},
        "as_they_are": {"start_char": None, "index_from": 0, "num_words": 60000, "oov_char": 7},
    }
    reuters_options = {
        "defaults": {},
        "split": {"test_split": 0.34, "num_words": 50, "seed": 3},
        "maxlen": {"maxlen": 9, "oov_char": None},
    }
    local(imdb), local(reuters), local(mnist), local(boston_housing), local(california_housing)
    fashion_mnist.get_file = lambda name, **_: path(name)
    for module in (boston_housing, california_housing):
        module.get_file = lambda name, **_: path(name)
    expected = {
        "imdb": {k: {"options": o, **data(imdb.load_data(**o), True)} for k, o in imdb_options.items()},
        "reuters": {
            k: {"options": o, **data(reuters.load_data(**o), True)} for k, o in reuters_options.items()
        },
        "reuters_labels": list(reuters.get_label_names()),
        "mnist": data(mnist.load_data()),
        "fashion_mnist": data(fashion_mnist.load_data()),
        "boston_housing": data(boston_housing.load_data(test_split=0.3, seed=9)),
        "california_housing": data(california_housing.load_data()),
        "california_small": data(california_housing.load_data(version="small", test_split=0)),
    }
    golden.write("keras_data/expected", expected)


if __name__ == "__main__":
    main()
