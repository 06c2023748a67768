"""Writes the public attributes and the arguments of Keras's classes, module by module.

PublicSurfaceTest compares Java's public and protected members with them.
"""

import importlib
import inspect

import golden

MODULES = (
    "callbacks",
    "constraints",
    "distribution",
    "initializers",
    "layers",
    "losses",
    "metrics",
    "models",
    "ops",
    "optimizers",
    "optimizers.schedules",
    "random",
    "regularizers",
    "utils",
)


def members(cls):
    """The attributes without a leading underscore, and the arguments of all constructors."""
    names = {name for name in dir(cls) if not name.startswith("_")}
    for each in cls.__mro__:
        if "__init__" in vars(each):
            parameters = inspect.signature(each.__init__).parameters.values()
            names |= {p.name for p in parameters if p.kind not in (p.VAR_KEYWORD, p.VAR_POSITIONAL)}
    return sorted(names - {"self"})


def functions(module):
    """The functions of a module, each with its arguments."""
    return {
        name: sorted(inspect.signature(value).parameters)
        for name, value in vars(module).items()
        if inspect.isfunction(value) and not name.startswith("_")
    }


def described(cls, classes):
    """The nearest base class that is in the module too, and what the class has beyond it."""
    base = next((each for each in cls.__mro__[1:] if each in classes), None)
    inherited = members(base) if base else []
    return {
        "base": base.__name__ if base else None,
        "members": [name for name in members(cls) if name not in inherited],
    }


surface = {}
for name in MODULES:
    module = importlib.import_module("keras." + name)
    classes = [value for value in vars(module).values() if inspect.isclass(value)]
    surface[name] = {
        # By the names in the module too, where Keras's class has another one.
        "classes": {each.__name__: described(each, classes) for each in classes}
        | {
            key: described(value, classes)
            for key, value in vars(module).items()
            if inspect.isclass(value) and value.__name__ == "GroupedQueryAttention"
        },
        "functions": functions(module),
    }

golden.write("surface/keras", surface)
