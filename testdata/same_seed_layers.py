"""What each of Keras's layers starts with after set_random_seed, and the losses of three steps.

    same_seed_layers.py [--to FOLDER] [--seed SEED]

A model is read from its configuration, which has no seeds: those of initializers and of random
layers are drawn then. Only the cases of layer_cases.py are here that are the first of their file, or
that have a seed, which is taken out. Of the models, one in GOLDEN_SHARE is drawn.
"""

import argparse
import dataclasses
import os
import random
import re

import keras
import numpy as np
import tensorflow as tf

import golden
import layer_cases
import same_seed
import saving

STEPS = 3


def cases():
    for file in layer_cases.SINGLE:
        if file in ("stft_spectrogram", "mel_spectrogram"):
            continue  # Draw nothing; sines and logarithms round differently.
        for place, (name, case) in enumerate(layer_cases.FILES[file].items()):
            if place == 0 or "seed=" in case.layer:
                yield f"{file}, {name}", case


def without_seed(case):
    layer = re.sub(r"(, )?seed=\d+", "", case.layer).replace("(, ", "(")
    return dataclasses.replace(case, layer=layer)


def run(case, seed):
    json = saving.of_case(without_seed(case)).to_json()
    keras.utils.clear_session()
    keras.utils.set_random_seed(seed)
    model = keras.models.model_from_json(json)
    result = {"json": json, "weights": [same_seed.weight(each) for each in model.weights]}
    model.compile(loss="mse", optimizer=keras.optimizers.SGD(0.05))
    rng = np.random.RandomState(seed % 2**32)
    x = rng.normal(size=saving.sizes(model.input_shape)).astype("float32")
    if case.change:
        case.change(x)
    y = rng.normal(size=saving.sizes(model.output_shape)).astype("float32")
    result |= {"x": golden.array(x), "y": golden.array(y)}
    losses = [model.train_on_batch(x, y, return_dict=True)["loss"] for _ in range(STEPS)]
    return result | {"losses": golden.numbers(np.array(losses))}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--to", default=golden.HERE)
    parser.add_argument("--seed", type=int, default=42)
    options = parser.parse_args()
    tf.config.run_functions_eagerly(True)
    share = int(os.environ.get("GOLDEN_SHARE", "1"))
    drawn = dict(cases())
    drawn = {name: drawn[name] for name in random.sample(sorted(drawn), -(-len(drawn) // share))}
    runs = {name: run(case, options.seed) for name, case in sorted(drawn.items())}
    golden.write("same_seed/layers", {"seed": options.seed, "runs": runs}, options.to)


if __name__ == "__main__":
    assert keras.__version__ == "3.15.1", keras.__version__
    main()
