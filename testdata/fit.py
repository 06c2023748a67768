"""Writes what fit and evaluate make of their arguments: history, final weights, results.

Every case names one of the models below, which is written in Java once more by this name, gives the
arguments of compile and of fit, and holds the history with its keys in order, the weights after
training, and what evaluate gives for the same data afterwards. Nothing is shuffled.
"""

import golden
import keras
import numpy as np
from keras import layers

RANDOM = np.random.RandomState(21)


def draw(*shape, scale=1.0):
    """Numbers of few digits, which float32 rounds to the same value everywhere."""
    return np.round(RANDOM.uniform(-scale, scale, shape), 4).astype("float32")


def labels(count, *shape):
    return RANDOM.randint(0, count, shape)


MODELS = {
    "line": lambda: [layers.Input((3,)), layers.Dense(1)],
    "yes_no": lambda: [layers.Input((3,)), layers.Dense(1, activation="sigmoid")],
    "classes": lambda: [layers.Input((3,)), layers.Dense(4, activation="softmax")],
    "recurrent": lambda: [layers.Input((4, 2)), layers.LSTM(3), layers.Dense(1)],
    "directions": lambda: [layers.Input((3,)), layers.Dense(4), layers.UnitNormalization()],
    "sequence": lambda: [
        layers.Input((4, 2)),
        layers.LSTM(3, return_sequences=True),
        layers.Dense(2),
    ],
    "penalized": lambda: [
        layers.Input((4, 2)),
        layers.LSTM(
            3,
            kernel_regularizer=keras.regularizers.L2(0.02),
            recurrent_regularizer="l1",
            return_sequences=True,
            activity_regularizer=keras.regularizers.L1(0.03),
        ),
        layers.SimpleRNN(2, bias_regularizer="l2"),
        layers.Dense(1, kernel_regularizer=keras.regularizers.L1L2(0.01, 0.02), activity_regularizer="l2"),
    ],
    "constrained": lambda: [
        layers.Input((4, 2)),
        layers.LSTM(3, kernel_constraint=keras.constraints.MaxNorm(0.5), bias_constraint="non_neg"),
        layers.Dense(1, kernel_constraint="unit_norm"),
    ],
    "frozen": lambda: [
        layers.Input((4, 2)),
        layers.LSTM(3, kernel_regularizer="l2", trainable=False),
        layers.Dense(1),
    ],
}


def start(model):
    weights = [draw(*weight.shape, scale=0.6) for weight in model.get_weights()]
    model.set_weights(weights)
    return [golden.array(weight) for weight in weights]


def jsonable(arguments):
    return {
        key: golden.array(value)
        if isinstance(value, np.ndarray)
        else [golden.array(each) for each in value]
        if isinstance(value, tuple)
        else {str(label): weight for label, weight in value.items()}
        if isinstance(value, dict)
        else value
        for key, value in arguments.items()
    }


def ordered(logs):
    return {key: [float(f"{x:.9g}") for x in np.ravel(value)] for key, value in logs.items()}


def made(module, described):
    """A loss or an optimizer of {"class", "arguments"}; anything else as it is."""
    if not isinstance(described, dict):
        return described
    return getattr(module, described["class"])(**described["arguments"])


def case(model, x, y, fit, callbacks=(), optimizer="adam", **compiled):
    net = keras.Sequential(MODELS[model]())
    optimizer = {"class": "Adam", "arguments": {}} if optimizer == "adam" else optimizer
    net.compile(
        optimizer=made(keras.optimizers, optimizer),
        **{**compiled, "loss": made(keras.losses, compiled.get("loss"))},
    )
    weights = start(net)
    history = net.fit(x, y, shuffle=False, verbose=0, callbacks=list(callbacks), **fit)
    metrics = net.evaluate(x, y, batch_size=4, verbose=0, return_dict=True)
    return {
        "model": model,
        "optimizer": optimizer,
        "compile": compiled,
        "weights": weights,
        "x": golden.array(x),
        "y": golden.array(y),
        "fit": jsonable(fit),
        "history": ordered(history.history),
        "epochs": history.epoch,
        "trained": [golden.array(weight) for weight in net.get_weights()],
        "evaluate": ordered(metrics),
    }


def arguments():
    x, y = draw(10, 4, 2), draw(10, 1)
    line, target = draw(11, 3), draw(11)
    mse = {"loss": "mse", "metrics": ["mae"]}
    held = (draw(5, 4, 2), draw(5, 1))
    weighted = held + (np.abs(draw(5)),)
    some = np.abs(draw(10))
    cases = {
        "default batch size": case("recurrent", draw(40, 4, 2), draw(40, 1), {"epochs": 2}, **mse),
        "short last batch": case("recurrent", x, y, {"epochs": 3, "batch_size": 4}, **mse),
        "targets of rank one": case("line", line, target, {"epochs": 3, "batch_size": 4}, **mse),
        "validation split": case(
            "recurrent", x, y, {"epochs": 3, "batch_size": 3, "validation_split": 0.25}, **mse
        ),
        "validation split with weights": case(
            "recurrent",
            x,
            y,
            {"epochs": 2, "batch_size": 3, "validation_split": 0.35, "sample_weight": some},
            **mse,
        ),
        "validation data": case(
            "recurrent", x, y, {"epochs": 3, "batch_size": 3, "validation_data": held}, **mse
        ),
        "weighted validation data": case(
            "recurrent",
            x,
            y,
            {"epochs": 2, "batch_size": 4, "validation_data": weighted, "validation_batch_size": 2},
            **mse,
            weighted_metrics=["mse"],
        ),
        "validation steps": case(
            "recurrent",
            x,
            y,
            {"batch_size": 4, "validation_data": held, "validation_batch_size": 2, "epochs": 2,
             "validation_steps": 2},
            **mse,
        ),
        "validation every other epoch": case(
            "recurrent",
            x,
            y,
            {"epochs": 5, "batch_size": 5, "validation_data": held, "validation_freq": 2},
            **mse,
        ),
        "initial epoch": case(
            "recurrent",
            x,
            y,
            {"epochs": 6, "initial_epoch": 3, "validation_data": held, "validation_freq": 2},
            **mse,
        ),
        "initial epoch after the last": case("line", line, target, {"epochs": 2, "initial_epoch": 2}, **mse),
        "steps in an epoch": case(
            "line", line, target, {"epochs": 5, "batch_size": 3, "steps_per_epoch": 2}, **mse
        ),
        "all steps in an epoch": case(
            "line", line, target, {"epochs": 2, "batch_size": 3, "steps_per_epoch": 4}, **mse
        ),
    }
    golden.write("fit/arguments", cases)


def weights():
    x, y = draw(10, 4, 2), draw(10, 1)
    sequence = draw(10, 4, 2)
    classes = labels(4, 10)
    mse = {"loss": "mse", "metrics": ["mae"], "weighted_metrics": ["mse", "mae"]}
    sparse = {"loss": "sparse_categorical_crossentropy", "metrics": ["acc"], "weighted_metrics": ["acc"]}
    few = {"epochs": 2, "batch_size": 4}
    cases = {
        "by sample": case("recurrent", x, y, {**few, "sample_weight": np.abs(draw(10))}, **mse),
        "by sample, as a column": case("recurrent", x, y, {**few, "sample_weight": np.abs(draw(10, 1))}, **mse),
        "by timestep": case("sequence", x, sequence, {**few, "sample_weight": np.abs(draw(10, 4))}, **mse),
        "by sample of sequences": case("sequence", x, sequence, {**few, "sample_weight": np.abs(draw(10, 1))}, **mse),
        "all zero": case("recurrent", x, y, {**few, "sample_weight": np.zeros(10, "float32")}, **mse),
    }
    weights = {0: 2.0, 1: 0.5, 3: 3.0}
    cases["by class"] = case("classes", draw(10, 3), classes, {**few, "class_weight": weights}, **sparse)
    cases["by class, as a column"] = case(
        "classes", draw(10, 3), classes[:, None], {**few, "class_weight": weights}, **sparse
    )
    cases["by class, one-hot"] = case(
        "classes",
        draw(10, 3),
        np.eye(4, dtype="int64")[classes],
        {**few, "class_weight": weights, "validation_split": 0.3},
        loss="categorical_crossentropy",
        metrics=["acc"],
        weighted_metrics=["acc"],
    )
    cases["by class, of two"] = case(
        "yes_no", draw(10, 3), labels(2, 10), {**few, "class_weight": weights}, loss="binary_crossentropy"
    )
    golden.write("fit/weights", cases)


def losses():
    x = draw(10, 3)
    classes = labels(4, 10)
    few = {"epochs": 2, "batch_size": 4}
    cases = {}
    for loss in ["mse", "mae", "huber", "log_cosh", "mape", "cosine_similarity"]:
        cases[loss] = case("line", x, draw(10, 1), few, loss=loss, metrics=["mse"])
    for loss in ["kl_divergence", "poisson", "categorical_hinge", "msle"]:
        cases[loss] = case("classes", x, np.eye(4, dtype="int64")[classes], few, loss=loss)
    for loss in ["hinge", "squared_hinge", "binary_crossentropy", "binary_focal_crossentropy"]:
        cases[loss] = case("yes_no", x, labels(2, 10), few, loss=loss, metrics=["acc"])
    for loss in ["categorical_crossentropy", "categorical_focal_crossentropy"]:
        cases[loss] = case(
            "classes", x, np.eye(4, dtype="int64")[classes], few, loss=loss, metrics=["accuracy", "mse"]
        )
    cases["sparse_categorical_crossentropy"] = case(
        "classes",
        x,
        classes,
        few,
        loss="sparse_categorical_crossentropy",
        metrics=["acc", "sparse_categorical_crossentropy", "sparse_top_k_categorical_accuracy"],
    )
    cases["none"] = case("penalized", draw(10, 4, 2), draw(10, 1), few, metrics=["mae"])
    cases["metrics of one name"] = case(
        "yes_no",
        x,
        labels(2, 10),
        few,
        loss="bce",
        metrics=["acc", "accuracy", "acc", "Precision", "AUC"],
        weighted_metrics=["acc", "acc", "binary_accuracy", "Recall"],
    )
    golden.write("fit/losses", cases)


def parts():
    x, y = draw(10, 4, 2), draw(10, 1)
    few = {"epochs": 3, "batch_size": 4}
    mse = {"loss": "mse", "metrics": ["mse"]}
    optimizer = lambda kind, **arguments: {"class": kind, "arguments": arguments}
    cases = {
        "regularizers": case("penalized", x, y, {**few, "validation_split": 0.2}, **mse),
        "constraints": case(
            "constrained", x, y, few, optimizer=optimizer("SGD", learning_rate=0.5, momentum=0.5), **mse
        ),
        "frozen layer": case("frozen", x, y, few, optimizer=optimizer("SGD", learning_rate=0.1), **mse),
        "clipnorm": case(
            "recurrent", x, y, few, optimizer=optimizer("SGD", learning_rate=0.5, clipnorm=0.05), **mse
        ),
        "clipvalue": case(
            "recurrent", x, y, few, optimizer=optimizer("RMSprop", learning_rate=0.05, clipvalue=0.02), **mse
        ),
        "global clipnorm": case(
            "recurrent", x, y, few, optimizer=optimizer("Adam", learning_rate=0.05, global_clipnorm=0.1), **mse
        ),
        "weight decay": case(
            "recurrent", x, y, few, optimizer=optimizer("AdamW", learning_rate=0.05, weight_decay=0.1), **mse
        ),
        "averaged weights": case(
            "recurrent",
            x,
            y,
            few,
            optimizer=optimizer("SGD", learning_rate=0.1, use_ema=True, ema_momentum=0.8),
            **mse,
        ),
    }
    golden.write("fit/parts", cases)


def early_stopping():
    stop = keras.callbacks.EarlyStopping(
        monitor="val_loss", patience=2, restore_best_weights=True, start_from_epoch=1
    )
    fit = {"epochs": 12, "batch_size": 4, "validation_split": 0.4}
    optimizer = {"class": "SGD", "arguments": {"learning_rate": 0.4}}
    cases = {
        "early stopping": case(
            "recurrent", draw(10, 4, 2), draw(10, 1), fit, [stop], optimizer, loss="mse"
        )
    }
    golden.write("fit/early_stopping", cases)


if __name__ == "__main__":
    arguments()
    weights()
    losses()
    parts()
    early_stopping()
