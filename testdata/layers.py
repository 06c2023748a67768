"""Writes the golden files of keras.layers: outputs, gradients, masks, weights and configurations.

The cases are in layer_cases.py. A case is a layer and a list of runs, which are calls of that one
layer in their order. The gradients are those of sum(y * r).

A file holds {"cases": {name: case}}, a case holds
  layer         how the layer is made in Python
  config        get_config() of the new layer
  output_shape  compute_output_shape, the batch and whatever varies unknown
  weights       name, whether an optimizer may change it, values
  dynamic       whether Keras ran with an unknown number of timesteps
  runs          reset: whether the layer's states are set to zero before
                training: true, false, or "both" where both give the same
                x, mask, y, y_mask, states; after training also r, dx, dw (in the order of the
                trainable weights), where there are states also the gradients of
                sum(states * states_r), and the losses that the layer adds; where a seed was given, seeds: the
                seed generators' states afterwards
"""

import os
import random
import sys
import zlib

import keras
import numpy as np
import tensorflow as tf
from keras.src import backend

import golden
from layer_cases import FILES, LAST_INPUT


def small(random, shape):
    """Distinct small numbers with three digits; never zero."""
    values = random.uniform(-0.9, 0.9, shape)
    return np.round(np.where(np.abs(values) < 0.01, 0.123, values), 3).astype("float32")


def start(random, weight):
    values = small(random, weight.shape)
    if weight.name == "count":
        return np.zeros((), "int64")
    return np.abs(values) if "variance" in weight.name else values


def make(text):
    """A fresh layer, named as the first of its kind."""
    keras.utils.clear_session()
    return eval(text, vars(keras.layers) | {"Activations": keras.activations})


def given(tensor, mask):
    """A copy, for a mask that an earlier run has put on a tensor would stay there."""
    copy = tf.identity(tensor)
    if mask is not None:
        backend.set_keras_mask(copy, tf.constant(np.asarray(mask, "bool")))
    return copy


def several(layer, first, others, spec):
    """What a layer of several inputs is called with."""
    masks = [*spec.other_masks, *[None] * len(others)]
    inputs = [first, *map(given, others, masks)]
    named = dict(spec.call)
    if "attention_mask" in named:
        named["attention_mask"] = tf.math.greater(inputs.pop(), 0)
    if "count_weights" in named:
        named["count_weights"] = inputs.pop()
    one = isinstance(layer, keras.layers.Attention)
    return ([inputs] if one else inputs), named


def call(layer, x, mask, training, dynamic, others, spec):
    def body(x):
        x = given(x, mask)
        arguments, named = several(layer, x, others, spec)
        y = layer(*arguments, training=training, **named)
        first, *states = y if isinstance(y, (list, tuple)) else [y]
        # Whole numbers too.
        first = first if first.dtype == "float32" else tf.cast(first, "float32")
        return first, states, backend.get_keras_mask(first)

    if not dynamic:
        return body(x)
    unknown = tf.TensorSpec([None, None, *x.shape[2:]], x.dtype)
    return tf.function(body, input_signature=[unknown])(x)


def run(layer, random, x, mask, reset, training, dynamic, given_seed, others, spec):
    if reset:
        layer.reset_state()
    x = tf.constant(x)
    others = [tf.constant(each) for each in others]
    with tf.GradientTape(persistent=True) as tape:
        tape.watch([x, *others])
        y, states, y_mask = call(layer, x, mask, training, dynamic, others, spec)
        losses = sum(layer.losses) if layer.losses else None
        r = small(random, y.shape)
        objective = tf.reduce_sum(y * r)
        state_random = np.random.RandomState(7)
        states_r = [small(state_random, state.shape) for state in states]
        of_states = sum(tf.reduce_sum(s * f) for s, f in zip(states, states_r))
    result = {"reset": reset, "training": training, "x": golden.array(x, 4)}
    result["mask"] = None if mask is None else golden.array(np.asarray(mask, "int32"))
    result["y"] = golden.array(y)
    result["states"] = [golden.array(state) for state in states]
    result["y_mask"] = None if y_mask is None else golden.array(y_mask.numpy().astype("int32"))
    if others:
        result["others"] = [golden.array(each, 4) for each in others]
        result["other_masks"] = [
            None if each is None else golden.array(np.asarray(each, "int32"))
            for each in [*spec.other_masks, *[None] * len(others)][: len(others)]
        ]
    if others or spec.call:
        result["call"] = sorted(spec.call)
    if training:
        # Those of the other inputs come last.
        weights = [*[weight.value for weight in layer.trainable_weights], *others]
        dx, *dw = tape.gradient(objective, [x, *weights], unconnected_gradients="zero")
        result |= {"r": golden.array(r, 4), "dx": golden.array(dx)}
        # The gradient of an embedding is of single rows.
        result["dw"] = [golden.array(tf.convert_to_tensor(each)) for each in dw]
        if states:
            dx, *dw = tape.gradient(of_states, [x, *weights], unconnected_gradients="zero")
            result["states_r"] = [golden.array(each, 4) for each in states_r]
            result["states_dx"] = golden.array(dx)
            result["states_dw"] = [golden.array(each) for each in dw]
        if losses is not None:
            result["losses"] = golden.numbers(losses)[0]
    seeds = [
        variable.value.numpy().tolist()
        for variable in layer.variables
        if variable.name == "seed_generator_state"
    ]
    if seeds and given_seed:
        result["seeds"] = seeds
    return result


def case(name, spec):
    random = np.random.RandomState(zlib.crc32(name.encode()) % 2**32)
    layer = make(spec.layer)
    result = {"layer": spec.layer, "config": layer.get_config()}
    shapes = [step.get("shape", spec.shape) for step in spec.runs]
    given = [None, *shapes[0][1:]]
    if any(shape != shapes[0] for shape in shapes) or spec.dynamic:
        given[1] = None
    inputs = spec.others[: len(spec.others) - bool(LAST_INPUT & spec.call.keys())]
    as_list = isinstance(layer, keras.layers.Attention)

    def of_shapes(function, first, **named):
        return function([first, *inputs]) if as_list else function(first, *inputs, **named)

    reverse = {"reverse": True} if "reverse" in spec.call else {}
    output_shape = of_shapes(layer.compute_output_shape, tuple(given), **reverse)
    if isinstance(output_shape[0], tuple):  # the output's and the states'
        output_shape = output_shape[0]
    result["input_shape"] = given
    result["output_shape"] = output_shape
    if not layer.built:
        of_shapes(layer.build, tuple(shapes[0]))
    layer.set_weights([start(random, weight) for weight in layer.weights])
    if isinstance(layer, keras.layers.Normalization):
        layer.finalize_state()
    trainable = [id(weight) for weight in layer.trainable_weights]
    result["weights"] = [
        {
            "name": weight.name,
            "trainable": id(weight) in trainable,
            "value": golden.array(weight.value, 4),
        }
        for weight in layer.weights
    ]
    result["dynamic"] = spec.dynamic
    result["runs"] = []
    for step, shape in zip(spec.runs, shapes):
        x = small(random, shape)
        others = [small(random, other) for other in spec.others]
        if spec.change is not None:
            spec.change(x)
        training = step.get("training", "both")
        arguments = (step.get("mask", spec.mask), step.get("reset", False))
        rest = (spec.dynamic, "seed=" in spec.layer, others, spec)
        done = run(layer, random, x, *arguments, training is not False, *rest)
        if training == "both":
            other = run(layer, random, x, *arguments, False, *rest)
            assert all(other[key] == done.get(key) for key in other if key in ("y", "seeds")), name
            done["training"] = "both"
        result["runs"].append(done)
    return result


def main(wanted):
    share = int(os.environ.get("GOLDEN_SHARE", "1"))  # See check.sh.
    for file, cases in FILES.items():
        if not wanted or file in wanted:
            names = random.sample(sorted(cases), -(-len(cases) // share))
            content = {name: case(name, cases[name]) for name in cases if name in names}
            golden.write(f"layers/{file}", {"cases": content})


if __name__ == "__main__":
    assert keras.__version__ == "3.15.1", keras.__version__
    main(sys.argv[1:])
