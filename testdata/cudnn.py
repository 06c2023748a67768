"""Writes the golden files of LSTM and GRU over cuDNN: what Keras gives the op and makes of it.

There is no GPU here. Keras's own way to cuDNN runs with a stand-in for the op, a plain LSTM or GRU
that takes its weights in cuDNN's layout; its results must be those of Keras's layer.
"""

import types

import keras
import numpy as np
import tensorflow as tf
from keras.src.backend.tensorflow.rnn import _cudnn_gru, _cudnn_lstm

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


# Where a GRU's op has something for the states that only an LSTM has. Nothing may depend on it.
MEANINGLESS = 0.5


def unpacked(params, gates):
    """cuDNN's layout: input weights, recurrent weights, two sets of biases; each gate by gate."""
    sizes = [UNITS * FEATURES] * gates + [UNITS * UNITS] * gates + [UNITS] * (2 * gates)
    parts = tf.split(params, sizes)
    kernels = [tf.reshape(part, (UNITS, FEATURES)) for part in parts[:gates]]
    recurrent = [tf.reshape(part, (UNITS, UNITS)) for part in parts[gates : 2 * gates]]
    return kernels, recurrent, parts[2 * gates : 3 * gates], parts[3 * gates :]


def lstm(x, h, c, params):
    """(timesteps, batch, units), (batch, units), (batch, units). Gates i, f, c, o."""
    kernels, recurrent, input_biases, biases = unpacked(params, 4)
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


def gru(x, h, c, params):
    """(timesteps, batch, units), (batch, units), a scalar. Gates r, z, h."""
    kernels, recurrent, input_biases, biases = unpacked(params, 3)
    outputs = []
    for step in tf.unstack(x):
        (input_r, state_r), (input_z, state_z), (input_h, state_h) = [
            (tf.matmul(step, w, transpose_b=True) + a, tf.matmul(h, r, transpose_b=True) + b)
            for w, r, a, b in zip(kernels, recurrent, input_biases, biases)
        ]
        z = tf.sigmoid(input_z + state_z)
        candidate = tf.tanh(input_h + tf.sigmoid(input_r + state_r) * state_h)
        h = (1 - z) * candidate + z * h
        outputs.append(h)
    return tf.stack(outputs), h, tf.constant(MEANINGLESS)


# For each of cuDNN's modes: Keras's layer, its way to the op, and what stands in for the op.
MODES = {
    "lstm": (keras.layers.LSTM, _cudnn_lstm, lstm),
    "gru": (keras.layers.GRU, _cudnn_gru, gru),
}


def stand_in(mode, seen):
    """In place of CudnnRNNV3; notes down what goes in and out, forward and back."""

    def op(
        input, input_h, input_c, params, is_training, rnn_mode, sequence_lengths, time_major
    ):
        assert is_training and rnn_mode == mode and not time_major
        compute = MODES[mode][2]

        @tf.custom_gradient
        def run(x, h, c, params):
            with tf.GradientTape() as tape:
                given = (x, h, c, params)
                tape.watch(given)
                # Our op is time-major, Keras's is not; so are the numbers that are noted down.
                ys, last_h, last_c = compute(
                    tf.transpose(x, (1, 0, 2)), h[:, 0], c[:, 0] if c.ndim else c, params
                )
                last_c = last_c[:, None] if c.ndim else last_c
                results = (tf.transpose(ys, (1, 0, 2)), last_h[:, None], last_c)
            seen["in"] = [swapped(x), swapped(h), swapped(c), params, sequence_lengths]
            seen["out"] = [swapped(each) for each in results]

            def back(*upstream):
                found = tape.gradient(results, given, output_gradients=upstream)
                found = [tf.constant(MEANINGLESS) if each is None else each for each in found]
                seen["gradients_in"] = [swapped(each) for each in upstream]
                seen["gradients_out"] = [swapped(each) for each in found[:3]] + [found[3]]
                return found

            return results, back

        # As TensorFlow does with what is no tensor.
        input_c = tf.convert_to_tensor(input_c, input.dtype)
        return (*run(input, input_h, input_c, params), None, None)

    return op


def swapped(values):
    values = np.asarray(values)
    return np.swapaxes(values, 0, 1) if values.ndim else values


def with_stand_in(mode, seen, call):
    """Calls something as with TensorFlow for CUDA: only there Keras reorders a GRU's gates."""
    ops, info = tf.raw_ops, tf.sysconfig.get_build_info
    tf.raw_ops = types.SimpleNamespace(CudnnRNNV3=stand_in(mode, seen))
    tf.sysconfig.get_build_info = lambda: {"is_cuda_build": True, "is_rocm_build": False}
    try:
        return call()
    finally:
        tf.raw_ops, tf.sysconfig.get_build_info = ops, info


def case(mode, arguments, seed):
    kind, to_cudnn, _ = MODES[mode]
    draw = np.random.default_rng(seed)

    def numbers(*shape):
        return draw.uniform(-1, 1, shape).astype("float32")

    layer = kind(UNITS, use_cudnn=False, **arguments)
    layer.build((BATCH, TIMESTEPS, FEATURES))
    layer.set_weights([numbers(*weight.shape) for weight in layer.weights])
    x = tf.Variable(numbers(BATCH, TIMESTEPS, FEATURES))
    start = [tf.Variable(numbers(BATCH, UNITS)) for _ in layer.state_size]
    weights = [weight.value for weight in layer.weights]
    sequences = arguments.get("return_sequences", False)

    seen = {}
    with tf.GradientTape() as tape:
        last, outputs, states = with_stand_in(
            mode,
            seen,
            lambda: to_cudnn(
                x,
                *start,
                *weights,
                mask=None,
                time_major=False,
                go_backwards=arguments.get("go_backwards", False),
                return_sequences=sequences,
            ),
        )
        found = [outputs if sequences else last]
        found += states if arguments.get("return_state") else []
        factors = [numbers(*each.shape) for each in found]
        loss = sum(tf.reduce_sum(each * r) for each, r in zip(found, factors))
    gradients = tape.gradient(loss, [x, *start, *weights])
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
    """The stand-in is what it stands in for: Keras's layer, without cuDNN, gives the same."""
    with tf.GradientTape() as tape:
        outputs = layer(x, initial_state=start)
        outputs = outputs if isinstance(outputs, (list, tuple)) else [outputs]
        loss = sum(tf.reduce_sum(each * r) for each, r in zip(outputs, factors))
    weights = [weight.value for weight in layer.weights]
    expected = tape.gradient(loss, [x, *start, *weights])
    for a, b in zip([*found, *gradients], [*outputs, *expected], strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-5, atol=1e-5)


if __name__ == "__main__":
    for mode in MODES:
        golden.write(
            f"cudnn/{mode}",
            {
                "cases": {
                    name: case(mode, arguments, seed)
                    for seed, (name, arguments) in enumerate(CASES.items())
                }
            },
        )
