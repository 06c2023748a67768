"""Trains the layers of docs/your-own-layers.md, whose Python code it runs, and keeps what came of it.

A case has the weights at the start, x, y, the output for x before and after five steps of training,
the losses of these steps, the weights afterwards, and the model as JSON; its weights are in a file
beside it as well.
"""

import os
import re
import zlib

import numpy as np

import golden

PAGE = os.environ.get("OWN_LAYERS", os.path.join(golden.HERE, "..", "docs", "your-own-layers.md"))
SHAPES = {"Encoder": (4, 3), "Gated": (4, 3)}
MODELS = {
    "Linear": "Linear(2)",
    "Highway": "Highway(3)",
    "Encoder": "Encoder(2)",
    "Centred": "Centred()",
    "Remember": "Remember()",
    "Jitter": "Jitter()",
    "Quiet": "Quiet()",
    "Gated": "RNN(Gated(2))",
    "Doubled": "Doubled(Dense(3, activation='tanh'))",
}

page = {}
with open(PAGE, encoding="utf-8") as file:
    for block in re.findall(r"```python\n(.*?)```", file.read(), re.S):
        exec(block, page)
keras = page["keras"]


def case(name, expression):
    keras.utils.clear_session()
    random = np.random.RandomState(zlib.crc32(name.encode()) % 2**32)
    shape = SHAPES.get(name, (3,))
    inside = [keras.Input(shape)] + ([keras.layers.Masking()] if len(shape) > 1 else [])
    layer = eval(expression, page)
    model = keras.Sequential([*inside, layer, keras.layers.Dense(1)], name=name.lower())
    model.compile(loss="mse", optimizer=keras.optimizers.SGD(0.1))
    seeds = [v for v in model.variables if v.name == "seed_generator_state"]
    for weight in model.weights:
        if not any(weight is seed for seed in seeds):
            values = random.uniform(-0.9, 0.9, weight.shape)
            weight.assign(np.round(values, 3) if weight.trainable else np.abs(values).round(3))
    x = np.round(random.uniform(-0.9, 0.9, (6, *shape)), 3).astype("float32")
    if len(shape) > 1:
        x[0, 2:] = 0
        x[3, 1] = 0
    y = np.round(random.uniform(-0.9, 0.9, (6, 1)), 3).astype("float32")
    result = {"weights": [golden.array(w, 4) for w in model.get_weights()]}
    result |= {"x": golden.array(x, 4), "y": golden.array(y, 4), "json": model.to_json()}
    os.makedirs(os.path.join(golden.HERE, "own_layers"), exist_ok=True)
    model.save_weights(os.path.join(golden.HERE, "own_layers", name.lower() + ".weights.h5"))
    result["before"] = golden.array(model.predict(x, verbose=0))
    result["losses"] = [float(model.train_on_batch(x, y)) for _ in range(5)]
    result["after"] = golden.array(model.predict(x, verbose=0))
    result["trained"] = [golden.array(w) for w in model.get_weights()]
    return result


if __name__ == "__main__":
    cases = {name: case(name, expression) for name, expression in MODELS.items()}
    golden.write("own_layers/own_layers", cases)
