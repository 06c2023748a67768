"""Trains a model with Keras's TensorBoard callback ("make"), and holds Java's event files of the same
training against its own, both read by TensorBoard's own reader ("compare")."""

import os
import sys

import keras
import numpy as np
from tensorboard.backend.event_processing import event_accumulator
from tensorboard.util import tensor_util

TOLERANCE = 1e-5


def make(folder):
    keras.utils.set_random_seed(3)
    model = keras.Sequential(
        [
            keras.layers.Input((5, 3)),
            keras.layers.LSTM(4),
            keras.layers.Dense(1, bias_initializer="ones"),
        ],
        name="net",
    )
    model.compile(loss="mse", optimizer=keras.optimizers.Adam(0.01), metrics=["mae"])
    model.save(os.path.join(folder, "model.keras"))
    x = np.sin(np.arange(20 * 5 * 3)).reshape(20, 5, 3)
    y = np.cos(np.arange(20)).reshape(20, 1)
    board = keras.callbacks.TensorBoard(
        os.path.join(folder, "python"), histogram_freq=1, update_freq=2
    )
    arguments = {"validation_split": 0.3, "shuffle": False, "batch_size": 4, "verbose": 0}
    model.fit(x, y, epochs=3, callbacks=[board], **arguments)


def read(folder):
    """Steps and values of each tag, with the plugin that shows it."""
    found = {}
    for part in ["train", "validation"]:
        events = event_accumulator.EventAccumulator(
            os.path.join(folder, part), size_guidance={"tensors": 0}
        ).Reload()
        for tag in events.Tags()["tensors"]:
            plugin = events.SummaryMetadata(tag).plugin_data
            values = [
                (event.step, tensor_util.make_ndarray(event.tensor_proto))
                for event in events.Tensors(tag)
            ]
            found[f"{part}: {tag}"] = (plugin.plugin_name, plugin.content, values)
    return found


def compare(folder):
    own = read(os.path.join(folder, "java"))
    keras_ = read(os.path.join(folder, "python"))
    assert sorted(own) == sorted(keras_), f"tags {sorted(own)}, in Keras {sorted(keras_)}"
    values = 0
    for tag, (plugin, content, expected) in keras_.items():
        assert own[tag][0] == plugin, f"{tag}: plugin {own[tag][0]}, in Keras {plugin}"
        if plugin == "graph_keras_model":
            assert own[tag][1] == content
            text = own[tag][2][0][1].item()
            model = keras.models.model_from_json(text.decode() if isinstance(text, bytes) else text)
            assert [layer.name for layer in model.layers] == ["lstm", "dense"]
            continue
        assert [s for s, _ in own[tag][2]] == [s for s, _ in expected], f"{tag}: other steps"
        for (step, given), (_, wanted) in zip(own[tag][2], expected):
            assert given.shape == wanted.shape and given.dtype == wanted.dtype, f"{tag}: {given}"
            if plugin == "histograms":
                # Which of two ranges a number on their border is in, is a matter of rounding.
                assert given[:, 2].sum() == wanted[:, 2].sum(), f"{tag}: other counts"
                given, wanted = given[:, :2], wanted[:, :2]
            assert np.allclose(given, wanted, atol=TOLERANCE), f"{tag}, {step}: {given}, {wanted}"
            values += 1
    print(f"TensorBoard reads {len(own)} tags and {values} values of Java as those of Keras")


if __name__ == "__main__":
    {"make": make, "compare": compare}[sys.argv[1]](sys.argv[2])
