"""Trains the models of docs/your-own-models.md, whose Python code it runs, and keeps what came of it.

A case has the weights at the start, x, y, the outputs for x before and after five steps of training,
the logs of these steps, and the weights afterwards; its weights are in a file beside it as well.
"""

import os
import re
import zlib

import numpy as np

import golden

PAGE = os.environ.get("OWN_MODELS", os.path.join(golden.HERE, "..", "docs", "your-own-models.md"))
SHAPES = {
    "Tagger": ([(4, 3)], [(4, 2)], "categorical_crossentropy"),
    "Rater": ([(4, 3), (2,)], [(1,), (1,)], ["mse", "mae"]),
    "Autoencoder": ([(3,)], [(3,)], "mse"),
    "Careful": ([(3,)], [(1,)], "mse"),
}

page = {}
with open(PAGE, encoding="utf-8") as file:
    for block in re.findall(r"```python\n(.*?)```", file.read(), re.S):
        exec(block, page)
keras = page["keras"]


def case(name, inputs, outputs, loss):
    keras.utils.clear_session()
    random = np.random.RandomState(zlib.crc32(name.encode()) % 2**32)

    def draw(shape):
        return np.round(random.uniform(-0.9, 0.9, (6, *shape)), 3).astype("float32")

    def one(several):
        return several[0] if len(several) == 1 else several

    model = page[name](name=name.lower())
    x, y = [draw(shape) for shape in inputs], [draw(shape) for shape in outputs]
    model.compile(loss=loss, optimizer=keras.optimizers.SGD(0.1))
    model.predict(one(x), verbose=0)
    for weight in model.trainable_weights:
        weight.assign(np.round(random.uniform(-0.9, 0.9, weight.shape), 3))
    for seed in model.non_trainable_variables:
        seed.assign([3, 1])  # As after one run, which makes the weights in Java.
    result = {"weights": [golden.array(w, 4) for w in model.get_weights()]}
    result |= {"x": [golden.array(each, 4) for each in x], "y": [golden.array(each, 4) for each in y]}
    os.makedirs(os.path.join(golden.HERE, "own_models"), exist_ok=True)
    model.save_weights(os.path.join(golden.HERE, "own_models", name.lower() + ".weights.h5"))

    def predicted():
        given = model.predict(one(x), verbose=0)
        return [golden.array(each) for each in (given if isinstance(given, (list, tuple)) else [given])]

    result["before"] = predicted()
    result["logs"] = []
    for _ in range(5):
        model.reset_metrics()
        logs = model.train_on_batch(one(x), one(y), return_dict=True)
        result["logs"].append({key: float(f"{float(value):.9g}") for key, value in logs.items()})
    result["after"] = predicted()
    result["trained"] = [golden.array(w) for w in model.get_weights()]
    return result


if __name__ == "__main__":
    golden.write("own_models/own_models", {name: case(name, *shape) for name, shape in SHAPES.items()})
