"""Writes what Keras's callbacks do to scripted logs: what they print, warn, stop, restore, store.

The model is a stand-in with a real optimizer and real metrics; its one weight is the number of the
epoch, so that the weights which it ends with say from which epoch they are.
"""

import contextlib
import io
import os
import tempfile
import warnings

import golden
import keras
import numpy as np
from keras import callbacks
from keras.src.trainers import compile_utils

NAN, INF = float("nan"), float("inf")


class Model:
    def __init__(self, rate):
        self.optimizer = keras.optimizers.SGD(rate)
        self.stop_training = False
        self.weight = np.float32(-1)
        up = keras.metrics.BinaryAccuracy(name="accuracy")
        down = keras.metrics.MeanAbsoluteError(name="mae")
        self.metrics = [compile_utils.MetricsList([up, down, keras.metrics.Mean(name="mean")])]

    def get_weights(self):
        return [np.full((1,), self.weight)]

    def set_weights(self, weights):
        self.weight = float(weights[0][0])


@contextlib.contextmanager
def heard():
    """Output and warnings meanwhile; a warning that comes again counts once."""
    said = {}
    out = io.StringIO()
    with warnings.catch_warnings(record=True) as caught, contextlib.redirect_stdout(out):
        warnings.simplefilter("always")
        yield said
    said["prints"] = out.getvalue()
    ours = [str(each.message) for each in caught if each.category is UserWarning]
    said["warns"] = list(dict.fromkeys(ours))


def columns(epochs):
    """A list of numbers for each name, None where an epoch has none."""
    names = dict.fromkeys(name for logs in epochs for name in logs)
    return {name: [logs.get(name) for logs in epochs] for name in names}


def fit(make, epochs, rate=0.01):
    """Trains with these logs; the lists in 'trace' end with the epoch that was reached."""
    with heard() as said:
        made = make()
        model = Model(rate)
        listed = callbacks.CallbackList([made], add_history=True, model=model, verbose=0, epochs=9)
        trace = []
        error = None
        try:
            listed.on_train_begin()
            for epoch, logs in enumerate(epochs):
                listed.on_epoch_begin(epoch)
                model.weight = np.float32(epoch)
                listed.on_epoch_end(epoch, logs)
                rate = float(model.optimizer.learning_rate.numpy())
                trace.append({"stop": model.stop_training, "learning_rate": rate})
                if model.stop_training:
                    break
            listed.on_train_end(logs)
        except ValueError as caught:
            error = str(caught)
    result = {"trace": columns(trace), "weight": float(model.weight), "history": model.history.history}
    for name in ["stopped_epoch", "best_epoch", "best"]:
        if hasattr(made, name):
            result[name] = getattr(made, name)
    return dict(said, **result, error=error is not None)


def case(kind, epochs, rate=0.01, **arguments):
    result = fit(lambda: getattr(callbacks, kind)(**arguments), epochs, rate)
    return {"arguments": arguments, "rate": rate, "logs": columns(epochs), **result}


def epochs_of(name, values):
    return [{"loss": 1.0, name: value} for value in values]


def early_stopping():
    down = [5.0, 4.0, 3.0, 3.5, 3.25, 3.125, 3.0625, 2.0, 9.0, 9.5, 9.25]
    up = [0.5, 0.625, 0.75, 0.75, 0.625, 0.5, 0.875, 0.25]
    val = epochs_of("val_loss", down)
    accuracy = epochs_of("val_accuracy", up)
    near = [float(np.float32(x)) for x in [1.0, 0.9001, 0.9, 0.8001, 0.8, 0.75, 0.7]]
    close = [1.0, 1.0 - 1e-9, 1.0 - 2e-9, 1.0 - 1e-7]
    make = lambda epochs, **arguments: case("EarlyStopping", epochs, **arguments)
    cases = [
        make(val),
        make(val, patience=2),
        make(val, patience=4, verbose=1),
        make(val, patience=5, verbose=1, restore_best_weights=True),
        make(val, patience=3, verbose=1, restore_best_weights=True),
        make(val[:3], patience=3, verbose=1, restore_best_weights=True),
        make(val, patience=2, mode="max", restore_best_weights=True, verbose=1),
        make(val, patience=2, start_from_epoch=3, restore_best_weights=True, verbose=1),
        make(val, start_from_epoch=100, restore_best_weights=True, verbose=1),
        make(val, patience=3, baseline=2.5, restore_best_weights=True, verbose=1),
        make(val, patience=3, baseline=4.5),
        make(val, patience=1, min_delta=1.0),
        make(val, patience=1, min_delta=-1.0),
        make(epochs_of("loss", near), monitor="loss", min_delta=0.1, patience=1),
        make(epochs_of("loss", close), monitor="loss"),
        make(accuracy, monitor="val_accuracy", patience=2, restore_best_weights=True, verbose=1),
        make(accuracy, monitor="val_accuracy", min_delta=0.125, patience=3),
        make(epochs_of("mae", down), monitor="mae", patience=1),
        make(accuracy, monitor="val_acc"),
        make(accuracy, monitor="val_acc", mode="max"),
        make(accuracy, monitor="mean"),
        make(accuracy, mode="up", monitor="val_accuracy"),
        make([{"loss": 1.0}, {"loss": 0.5}]),
        make([{}, {"val_loss": 2.0}, {"loss": 1.0}, {"val_loss": 1.0}, {"val_loss": 1.5}]),
        make(epochs_of("val_loss", [NAN, 1.0, 0.5, 0.25]), patience=2, restore_best_weights=True),
        make(epochs_of("val_loss", [2.0, INF, NAN, 1.0, 2.0]), patience=3, restore_best_weights=True),
    ]
    golden.write("callbacks/early_stopping", {"cases": cases})


def reduce_lr():
    flat = epochs_of("val_loss", [1.0, 0.5] + [0.5] * 8 + [0.25] + [0.25] * 6)
    rising = epochs_of("val_accuracy", [0.25, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.75, 0.5, 0.5])
    small = epochs_of("val_loss", [1.0 - 0.00006 * i for i in range(8)])
    make = lambda epochs, **arguments: case("ReduceLROnPlateau", epochs, **arguments)
    cases = [
        make(flat, patience=2, verbose=1),
        make(flat, patience=3, factor=0.5, cooldown=2, verbose=1),
        make(flat, patience=1, factor=0.3, min_lr=0.0005, verbose=1),
        make(flat, patience=1, factor=0.001, rate=1e-3, verbose=1),
        make(flat),
        make(rising, monitor="val_accuracy", patience=2, cooldown=1, verbose=1, rate=0.3),
        make(small, patience=2, verbose=1),
        make(small, patience=2, min_delta=0.0, verbose=1),
        make([{"loss": 1.0}, {"loss": 1.0}], verbose=1),
        make(epochs_of("val_loss", [1.0, 1.0, 1.0, 1.0]), monitor="learning_rate", mode="max", patience=1),
        make([{"b": 1.0}], monitor="b"),
    ]
    golden.write("callbacks/reduce_lr", {"cases": cases})


def scheduler():
    """The schedules are written in Java once more, by these names."""
    schedules = {
        "halve": lambda epoch, rate: rate if epoch < 2 else rate * 0.5,
        "decay": lambda epoch, rate: rate * 0.9,
        "tiny": lambda epoch: 10.0 ** -(3 * epoch),
    }
    cases = []
    for name, schedule in schedules.items():
        make = lambda: callbacks.LearningRateScheduler(schedule, verbose=1)
        result = fit(make, epochs_of("accuracy", [0.5, 0.25, 0.125, 0.0]))
        cases.append({"schedule": name, **result})
    golden.write("callbacks/scheduler", {"cases": cases})


def terminate_on_nan():
    cases = []
    for losses in [[1.0, NAN, 2.0], [INF, 1.0], [1.0, 2.0], [0.5, 0.25, -INF]]:
        with heard() as said:
            model = Model(0.1)
            listed = callbacks.CallbackList([callbacks.TerminateOnNaN()], model=model)
            listed.on_train_begin()
            stops = []
            for batch, loss in enumerate(losses):
                listed.on_train_batch_end(batch, {"loss": loss})
                stops.append(model.stop_training)
                if model.stop_training:
                    break
        cases.append({"losses": losses, "stops": stops, **said})
    golden.write("callbacks/terminate_on_nan", {"cases": cases})


def csv_logger():
    """Each fit of a case writes to the same file; its content is noted after each epoch."""
    both = [
        {"loss": 1.5, "accuracy": 0.1, "val_loss": 1e-5, "val_accuracy": 1.0},
        {"loss": NAN, "accuracy": 1e16, "val_loss": INF, "val_accuracy": -0.0},
    ]
    plain = [{"loss": float(np.float32(0.1)), "acc": 0.5}, {"loss": 0.25}]
    odd = [{'say "loss"': 1.0, "a,b": 2.0, "c;d": 3.0}]
    specs = [
        {"fits": [both]},
        {"fits": [plain]},
        {"fits": [plain, both]},
        {"fits": [plain, plain], "append": True},
        {"fits": [plain], "append": True, "before": "epoch,acc,loss\r\n0,1.0,2.0\r\n"},
        {"fits": [plain], "append": True, "before": ""},
        {"fits": [plain], "before": "something\nlonger than what comes, to see that it goes\n" * 9},
        {"fits": [odd]},
        {"fits": [odd], "separator": ";"},
        {"fits": [both], "separator": "\t"},
        {"fits": [[{}]]},
    ]
    cases = []
    for spec in specs:
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "log.csv")
            if "before" in spec:
                with open(path, "w", newline="") as file:
                    file.write(spec["before"])
            arguments = {key: spec[key] for key in ["separator", "append"] if key in spec}
            logger = callbacks.CSVLogger(path, **arguments)
            contents = []
            for epochs in spec["fits"]:
                listed = callbacks.CallbackList([logger])
                listed.on_train_begin()
                for epoch, logs in enumerate(epochs):
                    listed.on_epoch_end(epoch, logs)
                    with open(path, newline="") as file:
                        contents.append(file.read())
                listed.on_train_end()
        cases.append({**spec, "contents": contents})
    golden.write("callbacks/csv_logger", {"cases": cases})


def swap_ema():
    """Tests and weights with moving averages: within fit, between epochs, and in evaluate."""
    random = np.random.RandomState(12)
    x = random.uniform(-1, 1, (12, 3)).astype("float32")
    y = random.uniform(-1, 1, (12, 1)).astype("float32")
    start = random.uniform(-1, 1, (3, 1)).astype("float32")
    cases = []
    for on_epoch in [False, True]:
        net = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1, use_bias=False)])
        net.set_weights([start])
        optimizer = keras.optimizers.SGD(0.2, use_ema=True, ema_momentum=0.8)
        net.compile(optimizer=optimizer, loss="mse")
        between = []
        after = callbacks.LambdaCallback(
            on_epoch_end=lambda epoch, logs: between.append(golden.array(net.get_weights()[0]))
        )
        swap = callbacks.SwapEMAWeights(swap_on_epoch=on_epoch)
        few = {"epochs": 3, "batch_size": 4, "shuffle": False, "verbose": 0}
        history = net.fit(x, y, validation_data=(x[:5], y[:5]), callbacks=[swap, after], **few)
        cases.append(
            {
                "swap_on_epoch": on_epoch,
                "loss": golden.numbers(np.array(history.history["loss"])),
                "val_loss": golden.numbers(np.array(history.history["val_loss"])),
                "between": between,
                "trained": golden.array(net.get_weights()[0]),
                "evaluated": float(net.evaluate(x, y, verbose=0, callbacks=[callbacks.SwapEMAWeights()])),
                "afterwards": golden.array(net.get_weights()[0]),
            }
        )
    golden.write(
        "callbacks/swap_ema",
        {"x": golden.array(x), "y": golden.array(y), "start": golden.array(start), "cases": cases},
    )


if __name__ == "__main__":
    early_stopping()
    reduce_lr()
    scheduler()
    terminate_on_nan()
    csv_logger()
    swap_ema()
