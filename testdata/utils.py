"""Writes the golden files of keras.utils, keras.random and of the tools of the tests.

Besides keras==3.15.1 and tensorflow-cpu==2.21.0 this needs scikit-learn==1.9.1.
"""

import random

import keras
import numpy as np
from keras.src.legacy.preprocessing.sequence import TimeseriesGenerator
from keras.src.random.seed_generator import draw_seed
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import MinMaxScaler, RobustScaler, StandardScaler

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


def python_random():
    """What CPython's random gives; the draws of a case follow one another."""
    cases = []
    for seed in [0, 1, 42, -42, 2**31, 2**32 - 1, 2**32, 2**53 + 1, 2**63 - 1, -(2**63)]:
        random.seed(seed)
        case = {"seed": seed}
        case["randint_seeds"] = [random.randint(1, 10**9) for _ in range(700)]
        case["randint_0_99"] = [random.randint(0, 99) for _ in range(20)]
        case["randint_negative"] = [random.randint(-3, 4) for _ in range(20)]
        case["randint_wide"] = [random.randint(-5, 2**60) for _ in range(10)]
        case["randint_one"] = [random.randint(7, 7) for _ in range(3)]
        case["random"] = golden.numbers([random.random() for _ in range(10)], 17)
        case["bits"] = {str(k): random.getrandbits(k) for k in [1, 5, 31, 32, 33, 48, 63]}
        case["after"] = random.randint(1, 10**9)
        cases.append(case)
    golden.write("utils/python_random", {"cases": cases})


def numpy_random():
    """What NumPy's legacy RandomState gives; the draws of a case follow one another."""
    cases = []
    for seed in [0, 1, 42, 2**31, 2**32 - 1]:
        np.random.seed(seed)
        case = {"seed": seed}
        case["randint_5_100"] = np.random.randint(5, 100, size=700).tolist()
        case["randint_high"] = [int(np.random.randint(1e6)) for _ in range(5)]
        case["randint_power"] = np.random.randint(-8, 8, size=10).tolist()
        case["randint_one"] = np.random.randint(3, 4, size=3).tolist()
        case["randint_32"] = np.random.randint(0, 2**32, size=5).tolist()
        case["randint_33"] = np.random.randint(0, 2**33, size=5).tolist()
        case["randint_wide"] = np.random.randint(-(2**40), 2**55, size=5).tolist()
        order = np.arange(40, dtype="int32")
        np.random.shuffle(order)
        case["shuffle"] = order.tolist()
        case["after"] = int(np.random.randint(1e6))
        cases.append(case)
    golden.write("utils/numpy_random", {"cases": cases})


def philox():
    """TensorFlow's Philox: the counter of the kernel is (0, seed2)."""
    import tensorflow as tf

    cases = []
    for seed, seed2 in [(0, 0), (42, 7), (87654321, 42), (2**40 + 3, 2**32), (1, 2**32 - 1)]:
        bits = tf.raw_ops.StatelessRandomUniformFullIntV2(
            shape=[20],
            key=np.array([seed], "uint64"),
            counter=np.array([0, seed2], "uint64"),
            alg=1,
            dtype=tf.uint32,
        )
        cases.append({"seed": seed, "seed2": seed2, "next": bits.numpy().tolist()})
    golden.write("utils/philox", {"cases": cases})


def seed_generator():
    def numbers(tensors):
        return [np.asarray(tensor).tolist() for tensor in tensors]

    cases = []
    for seed in [0, 42, -7, 2**31, 2**63 - 1]:
        generator = keras.random.SeedGenerator(seed)
        case = {"seed": seed}
        case["next"] = numbers(generator.next() for _ in range(3))
        case["unordered"] = numbers(generator.next(ordered=False) for _ in range(4))
        case["state"] = np.asarray(generator.state).tolist()
        cases.append(case)
    content = {"cases": cases}

    keras.backend.clear_session()
    keras.utils.set_random_seed(42)
    first, second = keras.random.SeedGenerator(), keras.random.SeedGenerator(5)
    named = keras.random.SeedGenerator(name="mask")
    content["unseeded"] = numbers([first.next(), named.next()])
    content["configs"] = [each.get_config() for each in (first, second, named)]
    content["drawn_from_generator"] = numbers(draw_seed(second) for _ in range(2))
    content["drawn_from_number"] = numbers(draw_seed(9) for _ in range(2))
    content["drawn_from_none"] = numbers(draw_seed(None) for _ in range(3))
    keras.utils.set_random_seed(42)
    content["drawn_after_reset"] = numbers(draw_seed(None) for _ in range(3))
    keras.backend.clear_session()
    content["drawn_after_clear"] = numbers(draw_seed(None) for _ in range(3))
    golden.write("utils/seed_generator", content)


def to_categorical():
    cases = []
    for x, classes in [
        ([0, 2, 1, 2], None),
        ([[0], [3], [1]], 5),
        ([[0, 1], [2, 2]], None),
        ([[[1], [0]]], 2),
        ([1.9, 0.2], 3),
        ([[1]], None),
        (2, None),
        ([], 3),
    ]:
        x = np.array(x)
        y = keras.utils.to_categorical(x, classes)
        cases.append({"x": golden.array(x), "num_classes": classes, "y": golden.array(y)})
    golden.write("utils/to_categorical", {"cases": cases})


def pad_sequences():
    words = [[1], [2, 3], [4, 5, 6], [], [7, 8, 9, 10, 11]]
    steps = [[[1.5, 2.5]], [[3.5, -4.5], [5.5, 6.5], [-7.75, 8.25]], []]
    cases = []
    for sequences, arguments in [
        (words, {}),
        (words, {"maxlen": 3}),
        (words, {"maxlen": 3, "padding": "post"}),
        (words, {"maxlen": 3, "truncating": "post", "value": -1}),
        (words, {"maxlen": 7, "padding": "post", "truncating": "post", "value": 9}),
        (steps, {"dtype": "float32", "value": 0.5}),
        (steps, {"maxlen": 2, "padding": "post", "value": 0.5}),
        (steps, {"maxlen": 2, "dtype": "float64", "truncating": "post", "value": -0.25}),
        ([], {"maxlen": 2}),
        ([[], []], {"maxlen": 2}),
    ]:
        y = keras.utils.pad_sequences(sequences, **arguments)
        cases.append(
            {
                "sequences": [golden.array(sequence) for sequence in sequences],
                "arguments": arguments,
                "y": golden.array(y),
            }
        )
    golden.write("utils/pad_sequences", {"cases": cases})


def normalize():
    rng = np.random.RandomState(3)
    table = rng.normal(size=(3, 4)).astype("float32")
    table[1] = 0
    block = rng.normal(size=(2, 3, 4)).astype("float32")
    cases = []
    for x, axis, order in [
        (table, -1, 2),
        (table, 1, 1),
        (table, -1, 3),
        (table, -1, 2.5),
        (table, -1, np.inf),
        (table, -1, 0),
        (block, 1, 2),
        (block, 2, 1),
        (block, -2, np.inf),
        (block, -1, -np.inf),
        (block[0, 0], -1, 2),
        (block[0, 0], -1, 1),
    ]:
        y = keras.utils.normalize(x, axis, order)
        cases.append({"x": golden.array(x), "axis": axis, "order": order, "y": golden.array(y)})
    # As a tensor: see the porting note about axis 0.
    for x, axis, order in [(block, 0, 2), (block, -3, 1), (block[0], 0, 3)]:
        y = keras.utils.normalize(keras.ops.convert_to_tensor(x), axis, order)
        cases.append({"x": golden.array(x), "axis": axis, "order": order, "y": golden.array(y)})
    golden.write("utils/normalize", {"cases": cases})


def _batch(batch):
    if not isinstance(batch, tuple):
        return {"x": golden.array(batch)}
    return {"x": golden.array(batch[0]), "y": golden.array(batch[1])}


def timeseries_generator():
    series = np.arange(20, dtype="float32") * np.float32(0.5)
    table = np.stack([series, -series, series**2], axis=1)
    cases = []
    for data, targets, length, arguments in [
        (series, series, 3, {}),
        (table, series, 4, {"batch_size": 5}),
        (table, table, 5, {"sampling_rate": 2, "stride": 3, "batch_size": 2}),
        (table, series, 4, {"start_index": 3, "end_index": 12, "batch_size": 4, "stride": 2}),
        (series, table, 6, {"sampling_rate": 4, "reverse": True, "batch_size": 7}),
        (series, series, 3, {"shuffle": True, "batch_size": 6}),
        (table, series, 2, {"shuffle": True, "reverse": True, "start_index": 4, "batch_size": 8}),
        (series, series, 19, {}),
    ]:
        keras.utils.set_random_seed(42)
        generator = TimeseriesGenerator(data, targets, length, **arguments)
        cases.append(
            {
                "data": golden.array(data),
                "targets": golden.array(targets),
                "length": length,
                "arguments": arguments,
                "batches": [_batch(generator[i]) for i in range(len(generator))],
            }
        )
    golden.write("utils/timeseries_generator", {"cases": cases})


def timeseries_dataset():
    series = np.arange(40, dtype="float32") * np.float32(0.25)
    table = np.stack([series, -series], axis=1)
    cases = []
    for data, targets, length, global_seed, arguments in [
        (series, series, 5, None, {}),
        (table, None, 5, None, {"batch_size": 8}),
        (table, series, 4, None, {"sampling_rate": 3, "sequence_stride": 2, "batch_size": 4}),
        (table, table, 4, None, {"start_index": 7, "end_index": 31, "batch_size": 6}),
        (series, series[:9], 3, None, {"batch_size": 4}),
        (series[:4], None, 9, None, {}),
        (series, series, 3, None, {"shuffle": True, "seed": 42}),
        (series, series, 3, None, {"shuffle": True, "seed": 5, "batch_size": 2}),
        (series, series, 3, 42, {"shuffle": True, "batch_size": 2}),
        (table, series, 2, 7, {"shuffle": True, "seed": 1, "batch_size": 1}),
        (table, series, 2, 0, {"shuffle": True, "seed": 0, "batch_size": 3}),
        (series, None, 2, 2**32 - 1, {"shuffle": True, "seed": 2**32 - 1, "batch_size": 3}),
    ]:
        if global_seed is None:
            _forget_global_seed()
        else:
            keras.utils.set_random_seed(global_seed)
        dataset = keras.utils.timeseries_dataset_from_array(data, targets, length, **arguments)
        epochs = [[_batch(batch) for batch in dataset] for _ in range(3)]
        if not arguments.get("shuffle"):
            epochs = epochs[:1]
        cases.append(
            {
                "data": golden.array(data),
                "targets": None if targets is None else golden.array(targets),
                "sequence_length": length,
                "global_seed": global_seed,
                "arguments": arguments,
                "length": int(dataset.cardinality()),
                "epochs": epochs,
            }
        )
    golden.write("utils/timeseries_dataset", {"cases": cases})


def _forget_global_seed():
    from tensorflow.python.eager import context

    context.context()._seed = None


def min_max_scaler():
    table = np.random.RandomState(8).normal(size=(6, 4)) * [1, 100, 0, 1e-3] + [0, -5, 7, 3]
    other = np.random.RandomState(9).normal(size=(3, 4)) * [2, 200, 1, 2e-3] + [0, -5, 7, 3]
    with_nan = table.copy()
    with_nan[2, 0] = np.nan
    cases = []
    for x, arguments in [
        (table, {}),
        (table, {"feature_range": [-1, 1]}),
        (table, {"feature_range": [0.25, 3], "clip": True}),
        (with_nan, {}),
        (table[:1], {}),
        (np.array([[1.0], [1.0 + 1e-7]]), {}),
        (np.array([[1.6e9], [1.6e9 + 50]]), {}),
        (np.array([[1.0], [1.0 + 1e-15]]), {}),
    ]:
        keywords = dict(arguments)
        if "feature_range" in keywords:
            keywords["feature_range"] = tuple(keywords["feature_range"])
        scaler = MinMaxScaler(**keywords).fit(x)
        columns = x.shape[1]
        cases.append(
            {
                "x": golden.array(x, 17),
                "arguments": arguments,
                "data_min": golden.numbers(scaler.data_min_, 17),
                "data_max": golden.numbers(scaler.data_max_, 17),
                "scale": golden.numbers(scaler.scale_, 17),
                "min": golden.numbers(scaler.min_, 17),
                "scaled": golden.array(scaler.transform(x)),
                "back": golden.array(scaler.inverse_transform(scaler.transform(x))),
                "other": golden.array(other[:, :columns], 17),
                "other_scaled": golden.array(scaler.transform(other[:, :columns])),
            }
        )
    parts = MinMaxScaler().partial_fit(table[:2]).partial_fit(table[2:])
    content = {"cases": cases, "parts_scale": golden.numbers(parts.scale_, 17)}
    # Single precision has another idea of a constant column.
    narrow = np.array([[1.0], [1.0 + 2**-20]], "float32")
    content["narrow"] = golden.array(narrow)
    content["narrow_scaled_single"] = golden.array(MinMaxScaler().fit_transform(narrow))
    content["narrow_scaled_double"] = golden.array(
        MinMaxScaler().fit_transform(narrow.astype("float64"))
    )
    golden.write("utils/min_max_scaler", content)


def scaled(scaler, arguments, x, other, attributes):
    scaler = scaler(**arguments).fit(x)
    columns = x.shape[1]
    found = {
        "x": golden.array(x, 17),
        "arguments": arguments,
        "scaled": golden.array(scaler.transform(x)),
        "back": golden.array(scaler.inverse_transform(scaler.transform(x))),
        "other": golden.array(other[:, :columns], 17),
        "other_scaled": golden.array(scaler.transform(other[:, :columns])),
    }
    for name in attributes:
        value = getattr(scaler, name + "_")
        if value is not None:
            found[name] = golden.numbers(value, 17)
    return found


def other_scalers():
    table = np.random.RandomState(18).normal(size=(7, 4)) * [1, 100, 0, 1e-3] + [0, -5, 7, 3]
    other = np.random.RandomState(19).normal(size=(3, 4)) * [2, 200, 1, 2e-3] + [0, -5, 7, 3]
    with_nan = table.copy()
    with_nan[2, 0] = np.nan
    with_nan[3, 1] = np.nan
    tables = [table, with_nan, table[:1], table[:2], np.array([[1e9], [1e9 + 1e-6], [1e9]])]
    standard = [
        scaled(StandardScaler, arguments, x, other, ["mean", "var", "scale"])
        for x in tables
        for arguments in [{}, {"with_mean": False}, {"with_std": False}]
    ]
    robust = [
        scaled(RobustScaler, arguments, x, other, ["center", "scale"])
        for x in tables
        for arguments in [
            {},
            {"with_centering": False},
            {"with_scaling": False},
            {"quantile_range": (10, 65.5)},
        ]
    ]
    golden.write("utils/scalers", {"standard": standard, "robust": robust})


def train_test_splits():
    cases = []
    x, y = np.arange(26).reshape(13, 2), np.arange(13)
    for arguments in [
        {"random_state": 42},
        {"random_state": 7, "test_size": 0.2},
        {"random_state": 0, "test_size": 5},
        {"shuffle": False},
        {"shuffle": False, "test_size": 0.4},
    ]:
        parts = train_test_split(x, y, **arguments)
        names = ["x_train", "x_test", "y_train", "y_test"]
        cases.append({"arguments": arguments, **{n: golden.array(p) for n, p in zip(names, parts)}})
    labels = np.array([2, 0, 1, 2, 2, 0, 0, 1, 2, 2, 0, 1, 0])
    for arguments in [
        {"random_state": 42, "stratify": labels},
        {"random_state": 3, "stratify": labels, "test_size": 0.4},
        {"random_state": 11, "stratify": labels % 2, "test_size": 5},
        {"random_state": 8, "stratify": np.arange(13) // 4.4, "test_size": 4},
    ]:
        parts = train_test_split(x, y, **arguments)
        arguments["stratify"] = arguments["stratify"].tolist()
        cases.append({"arguments": arguments, **{n: golden.array(p) for n, p in zip(names, parts)}})
    np.random.seed(5)
    parts = train_test_split(x, y)
    cases.append({"arguments": {}, "seed": 5, **{n: golden.array(p) for n, p in zip(names, parts)}})
    golden.write("utils/train_test_split", {"cases": cases})


if __name__ == "__main__":
    testing()
    python_random()
    numpy_random()
    philox()
    seed_generator()
    to_categorical()
    pad_sequences()
    normalize()
    timeseries_generator()
    timeseries_dataset()
    min_max_scaler()
    other_scalers()
    train_test_splits()
