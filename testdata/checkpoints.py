"""Writes what Keras's ModelCheckpoint and BackupAndRestore leave in their folders, print and warn,
and how Python's str.format writes numbers into the names of files.

ModelCheckpoint's model is a stand-in that writes the number of the step instead of weights.
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

BATCHES = 3


class Model:
    """Its files say what was saved and after how many batches."""

    def __init__(self):
        self.step = 0
        self.stop_training = False
        self.optimizer = keras.optimizers.SGD(0.01)
        up = keras.metrics.BinaryAccuracy(name="accuracy")
        down = keras.metrics.MeanAbsoluteError(name="mae")
        self.metrics = [compile_utils.MetricsList([up, down])]

    def save(self, path, overwrite):
        self.write(path, "model")

    def save_weights(self, path, overwrite):
        self.write(path, "weights")

    def write(self, path, what):
        with open(path, "w") as file:
            file.write(f"{what} of step {self.step}")


def files(folder):
    """The content of each file, by its path below the folder."""
    found = {}
    for place, _, names in sorted(os.walk(folder)):
        for name in sorted(names):
            path = os.path.join(place, name)
            with open(path, errors="replace") as file:
                found[os.path.relpath(path, folder)] = file.read()
    return found


def checkpoint(epochs, filepath, **arguments):
    """Three batches an epoch, with the epoch's logs after each."""
    out = io.StringIO()
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(out):
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            error = None
            try:
                made = callbacks.ModelCheckpoint(os.path.join(folder, filepath), **arguments)
                model = Model()
                listed = callbacks.CallbackList([made], model=model, verbose=0, epochs=9)
                listed.on_train_begin()
                for epoch, logs in enumerate(epochs):
                    listed.on_epoch_begin(epoch)
                    for batch in range(BATCHES):
                        model.step += 1
                        listed.on_train_batch_end(batch, {"loss": logs.get("loss", 0.5) + batch})
                    listed.on_epoch_end(epoch, logs)
                listed.on_train_end(logs)
            except Exception as e:
                error = type(e).__name__
        ours = [str(each.message) for each in caught if each.category is UserWarning]
        return {
            "filepath": filepath,
            "arguments": arguments,
            "logs": epochs,
            "files": files(folder),
            "prints": out.getvalue().replace(folder + os.sep, ""),
            "warns": list(dict.fromkeys(ours)),
            "error": error,
        }


def model_checkpoint():
    val = [{"loss": 4.5 - i, "val_loss": v} for i, v in enumerate([0.75, 0.123456, 0.5, 0.0625])]
    accuracy = [{"loss": 1.0, "val_accuracy": v} for v in [0.5, 0.75, 0.75, 0.625, 0.875]]
    best = dict(save_best_only=True, verbose=1)
    cases = [
        checkpoint(val, "model.keras"),
        checkpoint(val, "model.keras", verbose=1),
        checkpoint(val, "{epoch:02d}-{val_loss:.2f}.keras", verbose=1),
        checkpoint(val, "run/{epoch}/w-{loss:.3e}.weights.h5", save_weights_only=True, verbose=1),
        checkpoint(val, "best.keras", **best),
        checkpoint(val, "{epoch:03d}.keras", **best),
        checkpoint(val, "best.keras", mode="max", **best),
        checkpoint(val, "best.keras", initial_value_threshold=0.3, **best),
        checkpoint(val, "best.keras", initial_value_threshold=0.01, **best),
        checkpoint(val, "best.h5", monitor="loss", **best),
        checkpoint(accuracy, "{epoch}-{val_accuracy}.keras", monitor="val_accuracy", **best),
        checkpoint(accuracy, "best.keras", **best),
        checkpoint(accuracy, "best.keras", monitor="val_acc", mode="max", **best),
        checkpoint(accuracy, "best.keras", monitor="val_acc"),
        checkpoint(val, "{epoch}-{batch}.keras", save_freq=2, verbose=1),
        checkpoint(val, "{epoch}-{batch:04d}.keras", save_freq=5),
        checkpoint(val, "e{epoch}.weights.h5", save_freq=4, save_weights_only=True),
        checkpoint(val, "{epoch}.keras", mode="up"),
        checkpoint(val, "{{{epoch}}}.keras"),
        checkpoint(val, "{batch}.keras"),
        checkpoint(val, "{accuracy:.2f}.keras"),
        checkpoint(val, "{loss:02d}.keras"),
        checkpoint(val, "{epoch.keras"),
        checkpoint(val, "model"),
        checkpoint(val, "model.weights"),
        checkpoint(val, "model.keras", save_weights_only=True),
        checkpoint(val, "model.h5", save_weights_only=True),
        checkpoint(val, "model.keras", save_freq="batch"),
    ]
    golden.write("checkpoints/model_checkpoint", {"cases": cases})


def templates():
    forms = (
        "|.1|.2|.3|.6|g|.3g|.0g|.10G|d|02d|5d|05d|,d|012,d|.2f|08.3f|+.1f| .1f|<8.2f|^9.2f|*>10.1f|=+9.1f"
        "|e|.2e|.1E|%|.1%|F|5|05|>5|,.2f|014,.1f|-d|+d|q|.2d|s|2.|,|2q"
    ).split("|")
    values = [0.0, 1.0, -1.5, 0.000012345, 123456.789, 1e16, 12.0, 100.0, 0.1, 99.95, 2.5, 5, -12, 1234567]
    cases = []
    for form in forms:
        texts = []
        for value in values:
            try:
                texts.append(("{v:" + form + "}").format(v=value))
            except ValueError:
                texts.append(None)
        cases.append({"form": form, "texts": texts})
    whole = [isinstance(value, int) for value in values]
    golden.write("checkpoints/templates", {"values": values, "whole": whole, "cases": cases})


class Interrupt(keras.callbacks.Callback):
    def __init__(self, epoch, batch=None):
        super().__init__()
        self.epoch, self.batch, self.now = epoch, batch, 0

    def on_epoch_begin(self, epoch, logs=None):
        self.now = epoch
        if self.batch is None and epoch == self.epoch:
            raise RuntimeError

    def on_train_batch_end(self, batch, logs=None):
        if self.now == self.epoch and batch == self.batch:
            raise RuntimeError


def names(folder):
    return sorted(os.listdir(folder)) if os.path.isdir(folder) else None


def backup(interrupt, **arguments):
    """A fit of five epochs of four batches that breaks off, and a second one."""
    x, y = np.arange(32, dtype="float32").reshape(16, 2) / 32, np.ones((16, 1), "float32")
    result = {"interrupt": interrupt, "arguments": arguments}
    with tempfile.TemporaryDirectory() as parent:
        folder = os.path.join(parent, "a", "backup")
        for run in ["first", "second"]:
            keras.utils.set_random_seed(1)
            model = keras.Sequential([keras.layers.Input((2,)), keras.layers.Dense(1)])
            model.compile(loss="mse", optimizer="adam")
            made = callbacks.BackupAndRestore(folder, **arguments)
            also = [Interrupt(*interrupt)] if run == "first" else []
            epochs = None
            try:
                fitted = model.fit(x, y, epochs=5, batch_size=4, verbose=0, callbacks=[made, *also])
                epochs = fitted.epoch
            except RuntimeError:
                pass
            left = names(folder)
            metadata = os.path.join(folder, "training_metadata.json")
            text = open(metadata).read() if os.path.exists(metadata) else None
            result[run] = {"files": left, "metadata": text, "epochs": epochs}
    return result


def backup_and_restore():
    cases = [
        backup([2]),
        backup([0]),
        backup([2], double_checkpoint=True),
        backup([1], double_checkpoint=True),
        backup([3], delete_checkpoint=False),
        backup([9], delete_checkpoint=False),
        backup([3, 1]),
        backup([2, 1], save_freq=3),
        backup([0, 1], save_freq=3),
    ]
    golden.write("checkpoints/backup_and_restore", {"cases": cases})


if __name__ == "__main__":
    model_checkpoint()
    templates()
    backup_and_restore()
