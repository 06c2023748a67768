"""Writes the names that the modules of Keras offer; KerasNamesTest looks for them in Java."""

import importlib
import inspect

import golden

MODULES = (
    "layers", "losses", "metrics", "optimizers", "optimizers.schedules", "callbacks", "regularizers", "constraints",
    "initializers", "activations", "utils",
)  # fmt: skip


def names(module):
    """The public names, those of modules left out."""
    return sorted(
        name
        for name in dir(module)
        if not name.startswith("_") and not inspect.ismodule(getattr(module, name))
    )


if __name__ == "__main__":
    golden.write(
        "names/keras", {name: names(importlib.import_module("keras." + name)) for name in MODULES}
    )
