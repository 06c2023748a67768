"""Runs the Python lines of docs/porting-from-keras.md and writes down what they give.

Each section is run twice with different seeds: what differs then was random, and only its form is
kept. PortingGuideTest compares the result with what the Java lines give.
"""

import ast
import os
import random
import re

import keras
import numpy as np

import golden

GUIDE = os.environ.get("PORTING_GUIDE") or os.path.join(
    golden.HERE, "..", "docs", "porting-from-keras.md"
)
FAILED = []
BY_CLASS = ["DataFrame", "Tokenizer"]  # What is in them, the lines below them show.
ROW = re.compile(r"\| `(.*?)` \| `(.*)` \|$")
# A name in the logs, or a line that looks one up. With few samples, the accuracy of two runs is
# often the same by chance, so that it counts as random whether they agree or not.
ACCURACY = re.compile(r'acc("\])?$')


def sections():
    """The titles of the guide with their Python pieces: blocks, then the cells of each row."""
    title, block, runs = None, None, False
    found = {}
    with open(GUIDE, encoding="utf-8") as file:
        for line in file.read().splitlines():
            if block is not None:
                if line == "```":
                    found[title].append(("\n".join(block), False))
                    block = None
                else:
                    block.append(line)
            elif line.startswith("## "):
                title = line[3:]
                found[title] = []
            elif line == "```python":
                block = []
            elif line.endswith(" | Java |"):
                runs = line == "| Python | Java |"
            elif runs and ROW.match(line):
                found[title].append((ROW.match(line)[1], True))
    return found


def exported(cls):
    """The name that a class has for users, which is mostly its own."""
    return {"GroupedQueryAttention": "GroupQueryAttention"}.get(cls.__name__, cls.__name__)


def run(pieces, seed):
    """The result of each row: the value of an expression or of what it assigns."""
    keras.backend.clear_session()
    os.makedirs("target", exist_ok=True)  # Where some lines write.
    random.seed(seed)
    np.random.seed(seed)
    scope = {"__name__": "porting"}
    given = []
    for code, is_row in pieces:
        tree = ast.parse(code)
        try:
            if not is_row:
                exec(code, scope)
                continue
            last = tree.body[-1]
            if isinstance(last, ast.Expr):
                given.append(form(eval(code, scope)))
            else:
                exec(code, scope)
                named = isinstance(last, ast.Assign) and isinstance(last.targets[0], ast.Name)
                given.append(form(scope[last.targets[0].id]) if named else None)
        except Exception as error:
            FAILED.append(f"{code}: {type(error).__name__}: {error}")
            given.append(None)
    return given


def form(value):
    """A value as JSON that the Java side can make as well."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return re.sub(r"(?<=[a-z])_\d+\b", "", value)
    if isinstance(value, (int, float, np.number)):
        return number(value)
    if isinstance(value, keras.callbacks.History) and getattr(value, "epoch", None):
        return {"keys": list(value.history), "values": form(value.history)}
    if isinstance(value, keras.callbacks.Callback) or type(value).__name__ in BY_CLASS:
        return {"class": type(value).__name__}
    if isinstance(value, dict):
        return {str(key): form(item) for key, item in value.items()}
    if isinstance(value, (keras.Variable, np.ndarray)) or hasattr(value, "numpy"):
        value = np.asarray(value)
        return number(value) if value.ndim == 0 else golden.array(value.astype("float32"), 6)
    if isinstance(value, keras.KerasTensor):
        return {"class": "Input", "shape": list(value.shape)}
    if isinstance(value, keras.Model):
        return {"layers": [form(layer) for layer in value.layers]}
    if hasattr(value, "get_config") and not hasattr(value, "__getitem__"):
        return described(value)
    if hasattr(value, "__getitem__") and hasattr(value, "__len__") and not is_list(value):
        return [form(value[i]) for i in range(len(value))]
    if hasattr(value, "__iter__"):
        return [form(item) for item in value]
    return {"class": type(value).__name__}


def described(value):
    try:
        return {"class": exported(type(value)), "config": config(value.get_config())}
    except OSError:  # A lambda inside, whose source Keras would write.
        return {"class": type(value).__name__}


def is_list(value):
    return isinstance(value, (list, tuple))


def number(value):
    return value if isinstance(value, int) else float(f"{float(value):.6g}")


def config(value):
    """A configuration without what is new in each object, or the same in all."""
    if isinstance(value, dict):
        left_out = ("build_config", "dtype", "shared_object_id")
        return {key: config(item) for key, item in value.items() if key not in left_out}
    if is_list(value):
        return [config(item) for item in value]
    return form(value)


def common(a, b):
    """The common part of two runs; "?" stands for a number that they do not."""
    if isinstance(a, dict) and set(a) == {"shape", "data"}:
        return a if a == b else {"shape": a["shape"], "data": "?"}
    if isinstance(a, dict):
        return {key: common(a[key], None if ACCURACY.search(key) else b[key]) for key in a}
    if isinstance(a, list):
        return [common(x, y) for x, y in zip(a, b or [None] * len(a), strict=True)]
    return a if a == b else "?"


def main():
    found = sections()
    titles = list(found)
    start = next(title for title in titles if title.startswith("What the lines"))
    results = {}
    for title in titles[titles.index(start) + 1 :]:
        pieces = found[start] + found[title]
        if any(is_row for _, is_row in pieces):
            both = [run(pieces, seed) for seed in (1, 2)]
            codes = [code for code, is_row in pieces if is_row]
            results[title] = [
                {"python": code, "gives": common({code: a}, {code: b})[code]}
                for code, a, b in zip(codes, *both)
            ]
    if FAILED:
        raise SystemExit("Python lines of the guide that fail:\n" + "\n".join(FAILED))
    golden.write("porting/results", results)


if __name__ == "__main__":
    main()
