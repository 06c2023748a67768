"""Writes what training makes of losses: reductions, names that the shapes decide on, logits that a
loss looks for; and what single batches, a second compile and batches from a generator give.

The first two files hold cases in the form of fit.py.
"""

import golden
import keras
import numpy as np
from fit import MODELS, case, draw, jsonable, labels, ordered, start
from keras import layers


def reductions():
    """A loss that is left as it is, or summed: what is logged, and what is made small."""
    x, y = draw(10, 4, 2), draw(10, 1)
    few = {"epochs": 2, "batch_size": 4}
    weighted = {**few, "sample_weight": np.abs(draw(10))}
    sgd = {"class": "SGD", "arguments": {"learning_rate": 0.02}}
    cases = {}
    for reduction in ["none", "sum", "mean", "mean_with_sample_weight"]:
        loss = {"class": "MeanSquaredError", "arguments": {"reduction": reduction}}
        cases[reduction] = case("recurrent", x, y, few, loss=loss, optimizer=sgd, metrics=["mse"])
        cases[f"{reduction}, weighted"] = case("recurrent", x, y, weighted, loss=loss, optimizer=sgd)
        if reduction != "none":  # Keras itself fails.
            cases[f"{reduction}, regularized"] = case("penalized", x, y, few, loss=loss, optimizer=sgd)
        cases[f"{reduction}, of sequences"] = case(
            "sequence", x, draw(10, 4, 2), few, loss=loss, optimizer=sgd
        )
    golden.write("training/reductions", cases)


def crossentropies():
    """The loss that the name "crossentropy" stands for, by the shapes."""
    x = draw(10, 3)
    classes = labels(4, 10)
    few = {"epochs": 2, "batch_size": 4}
    cases = {}
    for name, metric in [("crossentropy", "accuracy"), ("ce", "acc"), ("CE", "ACC")]:
        both = {"loss": name, "metrics": [metric]}
        cases[f"{name} of two"] = case("yes_no", x, labels(2, 10), few, **both)
        cases[f"{name} of numbers"] = case("classes", x, classes, few, **both)
        cases[f"{name} of a column"] = case("classes", x, classes[:, None], few, **both)
        cases[f"{name} of vectors"] = case("classes", x, np.eye(4)[classes], few, **both)
    golden.write("training/crossentropies", cases)


def batches():
    """Single batches, one call after the other: each logs its own batch alone."""
    net = keras.Sequential(MODELS["classes"]())
    net.compile(
        optimizer=keras.optimizers.SGD(0.3),
        loss="sparse_categorical_crossentropy",
        metrics=["acc", "mse"],
        weighted_metrics=["acc"],
    )
    weights = start(net)
    calls = []
    for kind, extra in [
        ("train", {}),
        ("train", {"sample_weight": np.abs(draw(5))}),
        ("test", {}),
        ("test", {"sample_weight": np.abs(draw(5))}),
        ("train", {"class_weight": {0: 2.0, 2: 0.5}}),
        ("test", {}),
    ]:
        x, y = draw(5, 3, scale=3.0), labels(4, 5, 1)
        logs = getattr(net, kind + "_on_batch")(x, y, return_dict=True, **extra)
        calls.append(
            {"call": kind, "x": golden.array(x), "y": golden.array(y), **jsonable(extra), "logs": ordered(logs)}
        )
    golden.write("training/batches", {"weights": weights, "calls": calls})


def compiled_with_less():
    """Arguments that a second compile leaves out; they stay as the first one said."""
    cases = []
    for arguments in ({}, {"loss": "mae"}, {"metrics": ["mse"]}, {"weighted_metrics": []}):
        model = keras.Sequential([keras.layers.Input((3,)), keras.layers.Dense(1)])
        model.compile(loss="mse", metrics=["mae"], weighted_metrics=["mape"])
        model.train_on_batch(np.zeros((4, 3)), np.ones((4, 1)))
        model.compile(**arguments)
        logs = model.test_on_batch(np.zeros((4, 3)), np.full((4, 1), 3.0), return_dict=True)
        cases.append({"arguments": arguments, "keys": list(logs), "loss": round(float(logs["loss"]))})
    golden.write("training/compiled_with_less", cases)


def compiled_again():
    """A second compile: an optimizer by name starts anew, an optimizer that was used goes on."""
    x, y = draw(10, 3), draw(10, 1)
    cases = {}
    for name in ["the same optimizer", "another optimizer"]:
        net = keras.Sequential(MODELS["line"]())
        weights = start(net)
        optimizer = keras.optimizers.SGD(0.05, momentum=0.9)
        net.compile(optimizer=optimizer, loss="mse", metrics=["mae"])
        net.fit(x, y, shuffle=False, epochs=3, verbose=0)
        if name == "another optimizer":
            optimizer = keras.optimizers.SGD(0.05, momentum=0.9)
        net.compile(optimizer=optimizer, loss="mae", metrics=["mse"])
        history = net.fit(x, y, shuffle=False, epochs=2, verbose=0)
        cases[name] = {
            "weights": weights,
            "x": golden.array(x),
            "y": golden.array(y),
            "history": ordered(history.history),
            "iterations": int(optimizer.iterations.numpy()),
            "trained": [golden.array(weight) for weight in net.get_weights()],
        }
    golden.write("training/compiled_again", cases)


def sources():
    """evaluate and predict on batches of unequal sizes, all of them and some of them."""
    net = keras.Sequential(MODELS["recurrent"]())
    net.compile(loss="mse", metrics=["mae"])
    weights = start(net)
    parts = [(draw(size, 4, 2), draw(size, 1)) for size in [3, 4, 2]]
    cases = [
        {
            "steps": steps,
            "evaluate": ordered(net.evaluate(iter_of(parts), steps=steps, verbose=0, return_dict=True)),
            "predict": golden.array(net.predict(iter_of(parts), steps=steps, verbose=0)),
        }
        for steps in [None, 2]
    ]
    batches = [{"x": golden.array(x), "y": golden.array(y)} for x, y in parts]
    golden.write("training/sources", {"weights": weights, "batches": batches, "cases": cases})


def iter_of(parts):
    yield from parts


ENDINGS = {
    "softmax in Dense": lambda: [layers.Dense(4, activation="softmax")],
    "sigmoid in Dense": lambda: [layers.Dense(4, activation="sigmoid")],
    "softmax alone": lambda: [layers.Dense(4), layers.Activation("softmax")],
    "sigmoid alone": lambda: [layers.Dense(4), layers.Activation("sigmoid")],
    "softmax, linear": lambda: [layers.Dense(4), layers.Activation("softmax"), layers.Activation("linear")],
    "sigmoid, linear": lambda: [layers.Dense(4, activation="sigmoid"), layers.Activation("linear")],
    "softmax, relu": lambda: [layers.Dense(4, activation="softmax"), layers.Activation("relu")],
    "softmax, no dropout": lambda: [layers.Dense(4, activation="softmax"), layers.Dropout(0.0)],
    "softmax, flat": lambda: [layers.Dense(4, activation="softmax"), layers.Flatten()],
    "softmax, reshaped": lambda: [layers.Dense(4, activation="softmax"), layers.Reshape((4,))],
    "softmax layer": lambda: [layers.Dense(4), layers.Softmax()],
    "softmax layer, linear": lambda: [layers.Dense(4), layers.Softmax(), layers.Activation("linear")],
    "softmax, dropout": lambda: [layers.Dense(4, activation="softmax"), layers.Dropout(0.5, seed=1)],
    "softmax, noise": lambda: [layers.Dense(4, activation="softmax"), layers.GaussianNoise(0.5, seed=1)],
}


def endings():
    """Losses after a saturated softmax or sigmoid: whether the loss still sees the logits."""
    x = draw(8, 3, scale=60.0)
    classes = labels(4, 8)
    vectors = np.eye(4)[classes]
    cases = {}
    weights = [draw(3, 4, scale=2.0), draw(4)]
    for name, ending in ENDINGS.items():
        for loss in [
            "categorical_crossentropy",
            "sparse_categorical_crossentropy",
            "binary_crossentropy",
            "binary_focal_crossentropy",
            "categorical_focal_crossentropy",
        ]:
            if loss not in ["categorical_crossentropy", "binary_crossentropy"] and "alone" not in name:
                continue
            net = keras.Sequential([layers.Input((3,)), *ending()])
            net.set_weights(weights)
            metrics = [] if "focal" in loss else [loss]
            net.compile(loss=loss, metrics=metrics, optimizer=keras.optimizers.SGD(0.001))
            y = classes if loss.startswith("sparse") else vectors
            logs = {"evaluate": ordered(net.evaluate(x, y, verbose=0, return_dict=True))}
            if name not in ["softmax, dropout", "softmax, noise"]:
                logs["train"] = ordered(net.train_on_batch(x, y, return_dict=True))
                logs["trained"] = [golden.array(weight) for weight in net.get_weights()]
            cases[f"{name}: {loss}"] = {"ending": name, "loss": loss, "metrics": metrics, **logs}
    content = {"x": golden.array(x), "classes": golden.array(classes), "vectors": golden.array(vectors)}
    golden.write("training/endings", {**content, "weights": [golden.array(w) for w in weights], "cases": cases})


def dry():
    """fit on a generator that has fewer batches than are asked for."""
    cases = []
    for count, steps, epochs in [(5, 3, 4), (6, 3, 4), (1, 3, 2), (5, None, 3)]:
        net = keras.Sequential(MODELS["line"]())
        net.compile(optimizer=keras.optimizers.SGD(0.05), loss="mse", metrics=["mae"])
        weights = start(net)
        parts = [(draw(4, 3), draw(4, 1)) for _ in range(count)]
        held = [(draw(3, 3), draw(3, 1)) for _ in range(count)]
        # With validation_steps, Keras loses the batches that it had read ahead.
        validation = {} if steps else {"validation_data": iter_of(held)}
        history = net.fit(iter_of(parts), steps_per_epoch=steps, epochs=epochs, verbose=0, **validation)
        cases.append(
            {
                "steps": steps,
                "epochs": epochs,
                "weights": weights,
                "batches": [{"x": golden.array(x), "y": golden.array(y)} for x, y in parts],
                "held": [{"x": golden.array(x), "y": golden.array(y)} for x, y in held],
                "history": ordered(history.history),
            }
        )
    golden.write("training/dry", cases)


def labels_between():
    """Class weights of labels that are no whole numbers."""
    net = keras.Sequential(MODELS["line"]())
    net.compile(optimizer=keras.optimizers.SGD(0.05), loss="mse")
    weights = start(net)
    x, y = draw(8, 3), np.array([0.6, 1, 2, 1.4, 1.5, 2.5, 0, 0.5])
    logs = net.train_on_batch(x, y, class_weight={0: 2.0, 1: 0.5}, return_dict=True)
    golden.write(
        "training/labels_between",
        {"weights": weights, "x": golden.array(x), "y": golden.array(y), "loss": float(logs["loss"])},
    )


def frozen():
    """fit with nothing to train."""
    cases = {}
    x, y = draw(5, 3), draw(5, 3)
    for name, ending in [
        ("frozen", [keras.layers.Dense(3, trainable=False)]),
        ("without weights", [keras.layers.Activation("tanh")]),
        ("without layers", []),
    ]:
        net = keras.Sequential([keras.layers.Input((3,)), *ending])
        net.compile(optimizer="adam", loss="mse", metrics=["mae"])
        weights = start(net)
        history = net.fit(x, y, epochs=2, shuffle=False, verbose=0)
        cases[name] = {
            "weights": weights,
            "history": ordered(history.history),
            "iterations": int(net.optimizer.iterations.numpy()),
        }
    golden.write("training/frozen", {"x": golden.array(x), "y": golden.array(y), "cases": cases})


def whole_batches():
    """Losses that compare samples with each other, sum over them, or find labels in sequences."""
    x, steps = draw(10, 3), draw(10, 4, 2)
    few = {"epochs": 2, "batch_size": 4}
    weighted = {**few, "sample_weight": np.abs(draw(10))}
    sgd = {"class": "SGD", "arguments": {"learning_rate": 0.1}}
    spelled = np.array([[1, 0], [1, 1], [0, 0], [1, 0], [1, 1]] * 2)
    regions = labels(2, 10, 4, 2)

    def loss(name, **arguments):
        return {"class": name, "arguments": arguments}

    cases = {
        "dice": ("yes_no", x, labels(2, 10), loss("Dice")),
        "dice of samples": ("sequence", steps, regions, loss("Dice", axis=[1, 2])),
        "tversky": ("sequence", steps, regions, loss("Tversky", alpha=0.3, beta=0.6)),
        "circle": ("directions", x, labels(3, 10), loss("Circle", gamma=4.0)),
        "circle, summed": ("directions", x, labels(3, 10), loss("Circle", gamma=4.0, reduction="sum")),
        "ctc": ("sequence", steps, spelled, loss("CTC")),
        "generalized": ("classes", x, labels(4, 10), loss("CategoricalGeneralizedCrossEntropy", q=0.7)),
    }
    golden.write(
        "training/whole_batches",
        {
            name + suffix: case(model, given, y, fit, loss=each, optimizer=sgd)
            for name, (model, given, y, each) in cases.items()
            for suffix, fit in {"": few, ", weighted": weighted}.items()
        },
    )


if __name__ == "__main__":
    reductions()
    crossentropies()
    batches()
    compiled_again()
    compiled_with_less()
    sources()
    endings()
    dry()
    labels_between()
    frozen()
    whole_batches()
