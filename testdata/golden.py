"""How every golden file is written: one way to store arrays, one way to lay out JSON."""

import json
import os

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))


def array(values, digits=9):
    """An array as {"shape", "data"}; 9 significant digits give back any float32 exactly."""
    values = np.asarray(values)
    return {"shape": list(values.shape), "data": numbers(values, digits)}


def numbers(values, digits=9):
    """A flat list of numbers; floats with so many significant digits, the rest as they are."""
    flat = np.asarray(values).reshape(-1)
    if flat.dtype.kind != "f":
        return flat.tolist()
    return [float(f"{value:.{digits}g}") for value in flat]


def write(name, content, folder=HERE):
    """Writes testdata/<name>.json, one line per leaf, so that a change is a readable diff."""
    path = os.path.join(folder, name + ".json")
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write(_lines(content, "") + "\n")


def _lines(content, indent):
    inner = indent + "  "
    if isinstance(content, dict) and not _is_array(content) and content:
        items = [
            f"{inner}{json.dumps(key)}: {_lines(value, inner)}"
            for key, value in content.items()
        ]
        return "{\n" + ",\n".join(items) + "\n" + indent + "}"
    if isinstance(content, (list, tuple)) and any(
        isinstance(value, (dict, list, tuple)) for value in content
    ):
        items = [inner + _lines(value, inner) for value in content]
        return "[\n" + ",\n".join(items) + "\n" + indent + "]"
    return json.dumps(content)


def _is_array(content):
    return set(content) == {"shape", "data"}
