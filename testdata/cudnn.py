"""Writes the golden files of the LSTM over cuDNN: what Keras gives the op and makes of its results.

There is no GPU here. Keras's own way to cuDNN runs with a stand-in for the op, a plain LSTM that
takes its weights in cuDNN's layout; its results must be those of Keras's layer.
"""

import types

import keras
import numpy as np
import tensorflow as tf
from keras.src.backend.tensorflow.rnn import _cudnn_lstm

import golden

BATCH, TIMESTEPS, FEATURES, UNITS = 2, 4, 3, 5

CASES = {
    "last_output": {},
    "sequences": {"return_sequences": True},
    "backwards": {"return_sequences": True, "go_backwards": True},
    "backwards_last_output": {"go_backwards": True},
    "states": {"return_state": True},
    "sequences_and_states": {"return_sequences": True, "return_state": True},
}


def unpacked(params):
    """cuDNN's layout: input weights, recurrent weights, two sets of biases; each i, f, c, o."""
    sizes = [UNITS * FEATURES] * 4 + [UNITS * UNITS] * 4 + [UNITS] * 8
    parts = tf.split(params, sizes)
    kernels = [tf.reshape(part, (UNITS, FEATURES)) for part in parts[:4]]
    recurrent = [tf.reshape(part, (UNITS, UNITS)) for part in parts[4:8]]
    return kernels, recurrent, parts[8:12], parts[12:]


def lstm(x, h, c, params):
    """(timesteps, batch, units), (batch, units), (batch, units)."""
    kernels, recurrent, input_biases, biases = unpacked(params)
    outputs = []
    for step in tf.unstack(x):
        i, f, g, o = [
            tf.matmul(step, w, transpose_b=True) + a + tf.matmul(h, r, transpose_b=True) + b
            for w, r, a, b in zip(kernels, recurrent, input_biases, biases)
        ]
        c = tf.sigmoid(f) * c + tf.sigmoid(i) * tf.tanh(g)
        h = tf.sigmoid(o) * tf.tanh(c)
        outputs.append(h)
    return tf.stack(outputs), h, c


def stand_in(seen):
    """In place of CudnnRNNV3; notes down what goes in and out, forward and back."""

    def op(
        input, input_h, input_c, params, is_training, rnn_mode, sequence_lengths, time_major
    ):
        assert is_training and rnn_mode == "lstm" and not time_major

        @tf.custom_gradient
        def run(x, h, c, params):
            with tf.GradientTape() as tape:
                given = (x, h, c, params)
                tape.watch(given)
                # Our op is time-major, Keras's is not; so are the numbers that are noted down.
                ys, last_h, last_c = lstm(
                    tf.transpose(x, (1, 0, 2)), h[:, 0], c[:, 0], params
                )
                results = (tf.transpose(ys, (1, 0, 2)), last_h[:, None], last_c[:, None])
            seen["in"] = [swapped(x), swapped(h), swapped(c), params, sequence_lengths]
            seen["out"] = [swapped(each) for each in results]

            def back(*upstream):
                found = tape.gradient(results, given, output_gradients=upstream)
                seen["gradients_in"] = [swapped(each) for each in upstream]
                seen["gradients_out"] = [swapped(each) for each in found[:3]] + [found[3]]
                return found

            return results, back

        return (*run(input, input_h, input_c, params), None, None)

    return op


def swapped(values):
    return np.swapaxes(np.asarray(values), 0, 1)


def case(name, arguments, seed):
    draw = np.random.default_rng(seed)

    def numbers(*shape):
        return draw.uniform(-1, 1, shape).astype("float32")

    layer = keras.layers.LSTM(UNITS, use_cudnn=False, **arguments)
    layer.build((BATCH, TIMESTEPS, FEATURES))
    layer.set_weights([numbers(*weight.shape) for weight in layer.weights])
    x = tf.Variable(numbers(BATCH, TIMESTEPS, FEATURES))
    start = [tf.Variable(numbers(BATCH, UNITS)) for _ in range(2)]
    weights = [weight.value for weight in layer.weights]
    sequences = arguments.get("return_sequences", False)

    seen = {}
    op, tf.raw_ops = tf.raw_ops, types.SimpleNamespace(CudnnRNNV3=stand_in(seen))
    try:
        with tf.GradientTape() as tape:
            last, outputs, states = _cudnn_lstm(
                x,
                *start,
                *weights,
                mask=None,
                time_major=False,
                go_backwards=arguments.get("go_backwards", False),
                return_sequences=sequences,
            )
            found = [outputs if sequences else last]
            found += states if arguments.get("return_state") else []
            factors = [numbers(*each.shape) for each in found]
            loss = sum(tf.reduce_sum(each * r) for each, r in zip(found, factors))
        gradients = tape.gradient(loss, [x, *start, *weights])
    finally:
        tf.raw_ops = op
    check(layer, x, start, found, factors, gradients)
    return {
        "layer": {"units": UNITS, **arguments},
        "x": golden.array(x),
        "start": [golden.array(each) for each in start],
        "weights": [golden.array(each) for each in weights],
        "factors": [golden.array(each) for each in factors],
        "op": {key: [golden.array(each) for each in seen[key]] for key in seen},
        "outputs": [golden.array(each) for each in found],
        "gradients": [golden.array(each) for each in gradients],
    }


def check(layer, x, start, found, factors, gradients):
    """The stand-in is an LSTM: Keras's layer, without cuDNN, gives the same."""
    with tf.GradientTape() as tape:
        outputs = layer(x, initial_state=start)
        outputs = outputs if isinstance(outputs, (list, tuple)) else [outputs]
        loss = sum(tf.reduce_sum(each * r) for each, r in zip(outputs, factors))
    weights = [weight.value for weight in layer.weights]
    expected = tape.gradient(loss, [x, *start, *weights])
    for a, b in zip([*found, *gradients], [*outputs, *expected], strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-5, atol=1e-5)


if __name__ == "__main__":
    golden.write(
        "cudnn/lstm",
        {
            "cases": {
                name: case(name, arguments, seed)
                for seed, (name, arguments) in enumerate(CASES.items())
            }
        },
    )
