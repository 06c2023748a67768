"""Writes the transcripts of keras.utils.Progbar and keras.callbacks.ProgbarLogger.

Real Keras draws them, with a clock that stands still until the script moves it.
"""

import io
import sys
import time
from unittest import mock

import golden
from keras.callbacks import CallbackList
from keras.utils import Progbar


class Clock:
    """Milliseconds of the case, told as seconds since 1024 seconds before it.

    Not since 0: Keras takes 0 for the time of a drawing that never was.
    """

    def __init__(self):
        self.milliseconds = 0

    def __call__(self):
        return 1024 + self.milliseconds / 1000.0


def transcript(play):
    """The output of play(clock), as one string per step of the play."""
    clock, out = Clock(), io.StringIO()
    with mock.patch.object(time, "time", clock), mock.patch.object(sys, "stdout", out):
        pieces = []
        for _ in play(clock):
            pieces.append(out.getvalue())
            out.seek(0)
            out.truncate()
    return pieces


def bar(name, arguments, updates):
    """A case: each update is (milliseconds, current, values, finalize or None)."""

    def play(clock):
        progbar = Progbar(**arguments)
        for milliseconds, current, values, finalize in updates:
            clock.milliseconds = milliseconds
            progbar.update(current, list(values.items()), finalize)
            yield

    return {
        "name": name,
        "arguments": arguments,
        "updates": [
            {"ms": ms, "current": current, "values": values, "finalize": finalize, "prints": text}
            for (ms, current, values, finalize), text in zip(updates, transcript(play))
        ],
    }


def bars():
    seven = [(100 + 37 * i, i, {"loss": 3.0 / i, "mae": 0.002 / i}, None) for i in range(1, 8)]
    shrinking = [
        (0, 0, {}, None),
        (1310, 1, {"loss": 12345.678, "kl": -0.5}, None),
        (2620, 2, {"loss": -1.5, "kl": -0.0004}, None),
        (3930, 3, {"loss": 1e-30, "kl": 0.0}, None),
        (61000, 12, {"loss": float("nan"), "kl": float("inf")}, None),
    ]
    slow = [
        (4_000_000, 1, {}, None),
        (4_100_000, 2, {"loss": 0.5}, None),
        (8_000_000, 3, {"loss": 0.25}, None),
        (9_000_000, 100, {"loss": 0.125}, None),
        (9_500_000, 999, {"loss": 0.125}, None),
        (9_500_010, 1000, {"loss": 0.0625}, None),
    ]
    unknown = [(80 * i, i, {"loss": 1.0 / i}, False) for i in range(1, 5)]
    unknown.append((400, 4, {"loss": 0.5}, True))
    fast = [(0, 1, {"loss": 2.0}, None), (1, 40, {"loss": 1.0}, None), (2, 41, {}, True)]
    cases = [
        bar("seven steps, averaged", {"target": 7}, seven),
        bar("seven steps, one as it is", {"target": 7, "stateful_metrics": ["mae"]}, seven),
        bar("seven steps, one averaged", {"target": 7, "stateless_metrics": ["mae"]}, seven),
        bar("seven steps, narrow, always", {"target": 7, "width": 5, "interval": 0.0}, seven),
        bar("one line", {"target": 7, "verbose": 2, "stateless_metrics": []}, seven),
        bar("silent", {"target": 7, "verbose": 0}, seven),
        bar("numbers of all sizes", {"target": 12, "stateless_metrics": []}, shrinking),
        bar("numbers of all sizes, one line", {"target": 12, "verbose": 2}, shrinking),
        bar("hours and minutes", {"target": 1000, "unit_name": "sample"}, slow),
        bar("unknown", {"target": None, "stateless_metrics": []}, unknown),
        bar("unknown, one line", {"target": None, "verbose": 2}, unknown),
        bar("microseconds", {"target": 41}, fast),
    ]
    golden.write("progbar/bars", {"cases": cases})


def logger(name, verbose, epochs, steps, calls):
    """A case: each call is (milliseconds, hook, index or None, logs)."""

    def play(clock):
        callbacks = CallbackList(add_progbar=True, verbose=verbose, epochs=epochs, steps=steps)
        for milliseconds, hook, index, logs in calls:
            clock.milliseconds = milliseconds
            getattr(callbacks, hook)(*([] if index is None else [index]), logs)
            yield

    return {
        "name": name,
        "verbose": verbose,
        "epochs": epochs,
        "steps": steps,
        "calls": [
            {"ms": ms, "hook": hook, "index": index, "logs": logs, "prints": text}
            for (ms, hook, index, logs), text in zip(calls, transcript(play))
        ],
    }


def fit(epochs, steps):
    """The calls of a fit with validation; the logs are in the trainer's order."""
    calls = [(0, "on_train_begin", None, {})]
    now = 0
    for epoch in range(epochs):
        calls.append((now, "on_epoch_begin", epoch, {}))
        for step in range(steps):
            calls.append((now, "on_train_batch_begin", step, {}))
            now += 301 if epoch == 0 and step == 0 else 34
            logs = {"loss": 4.0 / (1 + epoch + step), "accuracy": 0.125 * step}
            calls.append((now, "on_train_batch_end", step, logs))
        calls.append((now, "on_test_begin", None, {}))
        for step in range(2):
            now += 11
            calls.append((now, "on_test_batch_begin", step, {}))
            calls.append((now, "on_test_batch_end", step, {"loss": 9.0, "accuracy": 0.0}))
        calls.append((now, "on_test_end", None, {"loss": 9.0, "accuracy": 0.0}))
        logs = dict(logs, val_loss=4.5 / (1 + epoch), val_accuracy=0.0)
        now += 10
        calls.append((now, "on_epoch_end", epoch, logs))
    calls.append((now, "on_train_end", None, logs))
    return calls


def evaluate(kind, steps):
    calls = [(0, f"on_{kind}_begin", None, {})]
    for step in range(steps):
        now = 40 * (step + 1)
        logs = {"loss": 1.0 / (step + 1)} if kind == "test" else {}
        calls.append((now - 20, f"on_{kind}_batch_begin", step, {}))
        calls.append((now, f"on_{kind}_batch_end", step, logs))
    calls.append((now + 8, f"on_{kind}_end", None, logs))
    return calls


def loggers():
    cases = []
    for verbose in [1, 2]:
        cases += [
            logger("fit", verbose, 2, 3, fit(2, 3)),
            logger("fit, one epoch", verbose, 1, 11, fit(1, 11)),
            logger("fit, steps unknown", verbose, 2, None, fit(2, 4)),
            logger("evaluate", verbose, 1, 4, evaluate("test", 4)),
            logger("evaluate, steps unknown", verbose, 1, None, evaluate("test", 4)),
            logger("predict", verbose, 1, 3, evaluate("predict", 3)),
        ]
    cases.append(logger("auto", "auto", 2, 3, fit(2, 3)))
    golden.write("progbar/logger", {"cases": cases})


def formats():
    """How Python writes numbers."""
    values = [0.0, -0.0, 0.1, 1.0, -1.0, 0.5, 1.5, 2.5, 2.675, 1e-3, 1.00005, 0.00005, 123456.78905]
    values += [1e-4, 1e-5, 9.9999999e-5, 1e15, 1e16, 1.5e16, 123456789012345680.0, 5e-324]
    values += [1.7976931348623157e308, 2e-3 * 0.1, 2**0.5, 1 / 3, 2.0**-1074, 9007199254740993.0]
    values += [0.0010000000474974513, 2.2250738585072014e-308, 99999.5, 0.99995, 9.99995e-5, 1e22]
    values += [2e23, float("nan"), float("inf"), float("-inf"), -123.456]
    cases = [
        {
            "value": value,
            "repr": repr(value),
            "fixed0": f"{value:.0f}",
            "fixed4": f"{value:.4f}",
            "scientific4": f"{value:.4e}",
            "scientific0": f"{value:.0e}",
        }
        for value in values
    ]
    whole = [0, 7, 999, 1000, 1234567, -1234567, 2**63 - 1]
    thousands = [{"value": value, "text": f"{value:,}"} for value in whole]
    golden.write("progbar/formats", {"cases": cases, "thousands": thousands})


if __name__ == "__main__":
    bars()
    loggers()
    formats()
