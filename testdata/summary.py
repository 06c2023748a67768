"""Writes what model.summary() prints, and what it is made from, for the tests of SummaryTable."""

import contextlib
import io
import os
from unittest import mock

import golden
import keras
import numpy as np
import rich.text
from keras import layers
from keras.src.utils import summary_utils


def plain(markup):
    return rich.text.Text.from_markup(markup).plain


def connections(model, layer):
    relevant = [node for nodes in model._nodes_by_depth.values() for node in nodes]
    sources = []
    for node in layer._inbound_nodes:
        if node in relevant:
            for tensor in node.input_tensors:
                source = tensor._keras_history
                sources.append(f"{source.operation.name}[{source.node_index}][{source.tensor_index}]")
    return ", ".join(sources) or "-"


def row(model, layer, connected, trainable, level):
    params = f"{layer.count_params():,}" if layer.built else "0 (unbuilt)"
    content = {
        "name": layer.name,
        "type": type(layer).__name__,
        "output_shape": plain(summary_utils.format_layer_shape(layer)),
        "params": params,
        "nested": level,
    }
    if connected:
        content["connected_to"] = connections(model, layer)
    if trainable:
        content["trainable"] = ("Y" if layer.trainable else "N") if layer.weights else "-"
    return content


def rows(model, listed, connected, trainable, expand, level=0):
    for layer in listed:
        yield row(model, layer, connected, trainable, level)
        if expand and getattr(layer, "layers", None):
            yield from rows(model, layer.layers, connected, trainable, expand, level + 1)


def total(weights):
    return {
        "count": summary_utils.count_params(weights),
        "bytes": summary_utils.weight_memory_size(weights),
    }


def case(name, model, columns=80, connected=False, **arguments):
    with mock.patch.dict(os.environ, {"COLUMNS": str(columns)}):
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            model.summary(**arguments)
        text = out.getvalue()
    with open(os.path.join(golden.HERE, "summary", name + ".txt"), "w", newline="\n") as file:
        file.write(text)
    listed = model._operations if connected else model.layers
    content = {
        "name": name,
        "model": model.name,
        "columns": columns,
        "line_length": arguments.get("line_length"),
        "positions": arguments.get("positions"),
        "rows": list(
            rows(
                model,
                listed,
                connected,
                arguments.get("show_trainable", False),
                arguments.get("expand_nested", False),
            )
        ),
        "trainable": total(model.trainable_weights),
        "non_trainable": total(model.non_trainable_weights),
    }
    if model.compiled and model.optimizer.built:
        content["optimizer"] = total(model.optimizer.variables)
    return content


def stateful():
    model = keras.Sequential(
        [
            keras.Input(batch_shape=(7, 5, 100)),
            layers.LSTM(20, return_sequences=True, stateful=True),
            layers.TimeDistributed(layers.Dense(100, activation="softmax")),
        ]
    )
    model.compile(loss="categorical_crossentropy", optimizer="adam", metrics=["acc"])
    return model


def long_names():
    return keras.Sequential(
        [
            keras.Input((None, 12)),
            layers.LSTM(8, return_sequences=True, name="encoder_of_the_sequence_one"),
            layers.LSTM(8, return_sequences=True, name="decoder-of-the-sequence-that-was-read-before"),
            layers.Bidirectional(layers.GRU(300, return_sequences=True), name="both ways at once, one after"),
            layers.Dense(1200, name="x" * 60),
            layers.Dense(123456, name="d"),
        ],
        name="a_model_with_a_name_that_is_too_long_for_one_line_and_goes_on_in_the_next_" + "y" * 90,
    )


def wide_characters():
    return keras.Sequential(
        [
            keras.Input((3,)),
            layers.Dense(2, name="日本語レイヤー"),
            layers.Dense(2, name="ü-ß-é-e\u0301"),
            layers.Dense(2, name="長い名前の層です。それは一行に収まりません、だから切られます"),
            layers.Dense(2, name="x長い名前の層です。それは一行に収まりません、だから切られます"),
            layers.Dense(1, name="dense 한국어 레이어 이름이 두 줄로"),
        ],
        name="広い" * 30,
    )


def inputs_and_states():
    left = keras.Input((None, 3), name="left")
    right = keras.Input((5,), name="right")
    sequence, hidden, cell = layers.LSTM(5, return_sequences=True, return_state=True, name="lstm")(left)
    shared = layers.Dense(5, name="shared")
    joined = layers.Concatenate(name="joined")([hidden, cell, shared(right), shared(hidden)])
    attended = layers.Add(name="added")([layers.GlobalMaxPooling1D(name="pooled")(sequence), hidden])
    return keras.Model([left, right], [layers.Dense(1, name="out")(joined), attended], name="two")


def nested():
    inner = keras.Sequential(
        [keras.Input((6,)), layers.Dense(4, name="first"), layers.BatchNormalization(name="norm")],
        name="inner",
    )
    frozen = layers.Dense(3, name="frozen")
    model = keras.Sequential([keras.Input((6,)), inner, layers.Dropout(0.5, name="drop"), frozen], name="outer")
    frozen.trainable = False
    return model


def main():
    os.makedirs(os.path.join(golden.HERE, "summary"), exist_ok=True)
    keras.utils.set_random_seed(1)
    model = stateful()
    cases = [case("stateful", model)]
    model.fit(np.zeros((7, 5, 100)), np.ones((7, 5, 100)) / 100, batch_size=7, verbose=0)
    cases.append(case("trained", model))
    cases.append(case("wide", model, columns=120))
    cases.append(case("narrow", model, columns=40))
    cases.append(case("line_length", model, line_length=61))
    cases.append(case("positions", model, positions=[0.3, 0.5, 0.7]))
    unbuilt = keras.Sequential([layers.LSTM(4, name="lstm"), layers.Dense(1, name="dense")], name="unbuilt")
    cases.append(case("unbuilt", unbuilt))
    cases.append(case("long_names", long_names()))
    cases.append(case("wide_characters", wide_characters()))
    functional = inputs_and_states()
    cases.append(case("connected", functional, connected=True))
    cases.append(case("connected_wide", functional, connected=True, columns=200, show_trainable=True))
    cases.append(case("nested", nested(), expand_nested=True, show_trainable=True))
    golden.write("summary/models", {"cases": cases})

    sizes = [0, 1, 512, 1023, 1024, 4936, 1048575, 1048576, 123456789, 2**40 + 2**33]
    sizes = [{"bytes": size, "text": summary_utils.readable_memory_size(size)} for size in sizes]
    golden.write("summary/sizes", {"cases": sizes})


if __name__ == "__main__":
    main()
