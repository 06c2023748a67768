"""The paths of the weights of each kind of layer, for VariablePathsTest, with what they are made of."""

import re

import keras

import golden
import layer_cases


def paths(model):
    return [weight.path for weight in model.weights]


def of_layers():
    """One case of each layer and of what is within it."""
    cases = []
    for cases_of_file in layer_cases.FILES.values():
        firsts = {str(re.findall(r"[A-Z]\w+\(", case.layer)): case for case in cases_of_file.values()}
        for case in firsts.values():
            keras.utils.clear_session()
            batch = case.shape[0] if "stateful" in case.layer else None
            inputs, output = layer_cases.called(
                case, lambda shape, batch=batch: keras.Input(batch_shape=(batch, *shape))
            )
            model = keras.Model(inputs, output)
            if model.weights:
                cases.append({"json": model.to_json(), "paths": paths(model)})
    return cases


def of_models():
    layers = keras.layers

    def sequential():
        return keras.Sequential([keras.Input((4, 3)), layers.LSTM(2), layers.Dense(1, name="last")])

    def functional():
        x = keras.Input((4, 3))
        y = layers.Dense(3, name="first")(x)
        inner = keras.Sequential([keras.Input((4, 3)), layers.Dense(2)], name="inner")
        z = keras.Input((2,))
        small = keras.Model(z, layers.Dense(2, name="deep")(z), name="small")
        return keras.Model(x, layers.TimeDistributed(small)(inner(y)))

    cases = []
    for build in (sequential, functional):
        keras.utils.clear_session()
        model = build()
        cases.append({"json": model.to_json(), "paths": paths(model)})
    return cases


if __name__ == "__main__":
    assert keras.__version__ == "3.15.1", keras.__version__
    golden.write("paths/weights", {"cases": of_layers() + of_models()})
