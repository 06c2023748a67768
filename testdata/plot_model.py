"""What plot_model draws: boxes with their texts, groups and arrows. Writes plot_model/expected.json."""

import re

import golden
import keras
from keras import Input, Model, Sequential, layers


def lstm_chain():
    return Sequential(
        [
            Input((5, 3)),
            layers.LSTM(4, return_sequences=True, name="first"),
            layers.Dropout(0.2, name="drop"),
            layers.Dense(2, activation="relu", name="last"),
        ],
        name="chain",
    )


def branches():
    a = Input((4,), name="a")
    b = Input((3,), name="b")
    shared = layers.Dense(5, activation="tanh", name="shared")
    left = shared(a)
    right = layers.Dense(4, name="widen")(b)
    again = shared(right)
    both = layers.Concatenate(name="both")([left, again])
    squared = both * both
    return Model([a, b], [layers.Dense(1, name="out", trainable=False)(squared), left], name="branches")


def states():
    x = Input((None, 2), name="x")
    whole, h, c = layers.LSTM(3, return_sequences=True, return_state=True, name="encoder")(x)
    out = layers.LSTM(3, name="decoder")(whole, initial_state=[h, c])
    return Model(x, out, name="states")


def nested():
    inner_input = Input((4,), name="inner_input")
    inner = Model(inner_input, layers.Dense(3, name="hidden")(inner_input), name="inner")
    tail = Sequential([Input((3,)), layers.Dense(2, name="t1"), layers.Dense(1, name="t2")], name="tail")
    x = Input((4,), name="x")
    twice = inner(x)
    return Model(x, [tail(twice), layers.ReLU(name="relu")(twice)], name="nested")


MODELS = {"chain": lstm_chain, "branches": branches, "states": states, "nested": nested}
OPTIONS = {
    "defaults": {},
    "names": {"show_layer_names": True},
    "everything": {
        "show_layer_names": True,
        "show_shapes": True,
        "show_layer_activations": True,
        "show_trainable": True,
        "expand_nested": True,
    },
    "shapes": {"show_shapes": True, "rankdir": "LR"},
}


def all_layers(model):
    for layer in getattr(model, "_operations", model.layers):
        yield layer
        if isinstance(layer, Model):
            yield from all_layers(layer)
    yield from model.layers


def rows(label):
    """The rows of a box, each a list of cells with bold text between asterisks."""
    found = []
    for row in re.findall(r"<tr>(.*?)</tr>", label):
        cells = re.findall(r"<td.*?>(.*?)</td>", row)
        found.append([re.sub(r"<.*?>", "", re.sub(r"</?b>", "*", cell)) for cell in cells])
    return found


def content(dot, group, boxes, arrows, names):
    for node in dot.get_nodes():
        if node.get_name() in names:
            label = rows(node.get("label"))
            boxes.append({"layer": names[node.get_name()], "group": group, "rows": label})
    for edge in dot.get_edges():
        arrows.append([names[edge.get_source()], names[edge.get_destination()]])
    for inner in dot.get_subgraphs():
        content(inner, inner.get("label"), boxes, arrows, names)


def main():
    expected = {}
    for name, make in MODELS.items():
        for kind, options in OPTIONS.items():
            keras.backend.clear_session()
            model = make()
            arguments = {"show_layer_names": False, **options}  # As plot_model has it.
            dot = keras.utils.model_to_dot(model, **arguments)
            names = {str(id(layer)): layer.name for layer in all_layers(model)}
            boxes, arrows = [], []
            content(dot, "", boxes, arrows, names)
            expected[f"{name}_{kind}"] = {
                "model": name,
                "options": options,
                "boxes": sorted(boxes, key=lambda box: box["layer"]),
                "arrows": sorted(arrows),
            }
    golden.write("plot_model/expected", expected)


if __name__ == "__main__":
    main()
