"""Models as Keras 2 wrote them: legacy files of Keras 3, rewritten in the layout of Keras 2.

Keras 2 is not to be had beside Keras 3, so what it wrote is put together here: `batch_input_shape`,
classes without modules, `implementation` and `time_major`, an optimizer's variables in its order,
and its hard sigmoid, which is not that of Keras 3. What the models have to predict, and how three
training steps have to go, is computed with Keras 3 and a function for that hard sigmoid.
"""

import json
import os
import warnings

import h5py
import keras
import numpy as np
import tensorflow as tf
from keras import layers

import golden
import saving

FOLDER = os.path.join(golden.HERE, "legacy")


def hard_sigmoid(x):
    """Keras 2's."""
    return keras.ops.clip(0.2 * x + 0.5, 0.0, 1.0)


def sequence():
    model = keras.Sequential(
        [
            keras.Input(batch_shape=(None, None, 3)),
            layers.Masking(mask_value=-1.0),
            layers.LSTM(4, recurrent_activation=hard_sigmoid, return_sequences=True),
            layers.TimeDistributed(layers.Dense(3, activation=hard_sigmoid)),
            layers.LeakyReLU(negative_slope=0.1),
            layers.SpatialDropout1D(0.0),
            layers.SimpleRNN(3),
            layers.Dense(2, activation="softmax"),
        ]
    )
    rate = keras.optimizers.schedules.InverseTimeDecay(0.01, 1, 0.05)
    model.compile(
        loss=keras.losses.CategoricalCrossentropy(),
        optimizer=keras.optimizers.Adam(rate),
        metrics=["accuracy"],
    )
    return model


def gates():
    """The first one is from before there was reset_after."""
    model = keras.Sequential(
        [
            keras.Input((4, 3)),
            layers.GRU(
                4,
                recurrent_activation=hard_sigmoid,
                return_sequences=True,
                reset_after=False,
                name="first",
            ),
            layers.GRU(3, return_sequences=True, reset_after=False),
            layers.GRU(3, recurrent_activation=hard_sigmoid),
            layers.Dense(2),
        ]
    )
    model.compile(loss="mse", optimizer=keras.optimizers.SGD(0.05, momentum=0.9, nesterov=True))
    return model


def vectors():
    model = keras.Sequential(
        [keras.Input((3,)), layers.Dense(4, activation="tanh"), layers.Dense(2)]
    )
    model.layers[0].trainable = False
    model.compile(loss="mse", optimizer=keras.optimizers.SGD(0.05, momentum=0.9, nesterov=True))
    return model


# ---- configurations


def old_object(value):
    """A regularizer, initializer or the like."""
    if isinstance(value, dict) and "class_name" in value:
        config = {key: old_object(inner) for key, inner in value["config"].items()}
        config.pop("input_axes", None)
        config.pop("output_axes", None)
        return {"class_name": value["class_name"], "config": config}
    return value


def old_layer(layer):
    name = layer["class_name"]
    config = {key: old_object(value) for key, value in layer["config"].items()}
    config["dtype"] = "float32"
    config.pop("optional", None)
    config.pop("quantization_config", None)
    for key, value in config.items():
        if isinstance(value, dict) and value.get("class_name") == "function":
            config[key] = value["config"]
        if isinstance(value, dict) and key == "layer":
            config[key] = old_layer(layer["config"]["layer"])
    for key in [key for key in config if key.endswith("_activation") or key == "activation"]:
        if "hard_sigmoid" in str(config[key]):
            config[key] = "hard_sigmoid"
    if name in ("GRU", "LSTM", "SimpleRNN"):
        config.pop("zero_output_for_mask", None)
        config.pop("seed", None)
        config["time_major"] = False
        if name != "SimpleRNN":
            config["implementation"] = 1
        if config["name"] == "first":
            config.pop("reset_after")
    if name == "InputLayer":
        config["batch_input_shape"] = config.pop("batch_shape")
    if name == "LeakyReLU":
        config["alpha"] = config.pop("negative_slope")
    if name == "SpatialDropout1D":
        config["noise_shape"] = None
        config["trainable"] = True
    return {"class_name": name, "config": config}


def old_model(model):
    config = json.loads(model.to_json())["config"]
    return {
        "class_name": "Sequential",
        "config": {"name": config["name"], "layers": [old_layer(each) for each in config["layers"]]},
    }


def without_input(old):
    """As Keras up to 2.2 wrote it: a list, the shape with the first layer."""
    first, *rest = old["config"]["layers"]
    rest[0]["config"]["batch_input_shape"] = first["config"]["batch_input_shape"]
    return {"class_name": "Sequential", "config": rest}


# ---- files


def write(path, version, model, model_config, training_config, optimizer):
    with h5py.File(path, "w") as file:
        file.attrs["keras_version"] = version
        file.attrs["backend"] = "tensorflow"
        file.attrs["model_config"] = json.dumps(model_config).encode()
        file.attrs["training_config"] = json.dumps(training_config).encode()
        root = file.create_group("model_weights")
        root.attrs["keras_version"] = version.encode()
        root.attrs["backend"] = b"tensorflow"
        root.attrs["layer_names"] = [layer.name.encode() for layer in model.layers]
        for layer in model.layers:
            variables = layer.trainable_weights + layer.non_trainable_weights
            arrays(root.create_group(layer.name), [(v.path + ":0", v.numpy()) for v in variables])
        if optimizer:
            arrays(file.create_group("optimizer_weights"), optimizer)


def arrays(group, named):
    group.attrs["weight_names"] = [name.encode() for name, _ in named]
    for name, value in named:
        group.create_dataset(name, data=value)


def old_slots(optimizer, kinds):
    """The number of steps, then a kind of slot for all weights before the next kind."""
    steps, *slots = [v for v in optimizer.variables if v.name != "learning_rate"]
    named = [(f"{optimizer.name}/iter:0", steps.numpy())]
    for kind in range(kinds):
        for slot in slots[kind::kinds]:
            named.append((f"{optimizer.name}/{slot.name}/{kind}:0", slot.numpy()))
    return named


OLD_ADAM = {
    "class_name": "Adam",
    "config": {
        "name": "Adam",
        "learning_rate": 0.01,
        "decay": 0.05,
        "beta_1": 0.9,
        "beta_2": 0.999,
        "epsilon": 1e-07,
        "amsgrad": False,
    },
}

OLD_SGD = {
    "class_name": "SGD",
    "config": {"lr": 0.05, "momentum": 0.9, "decay": 0.0, "nesterov": True},
}


def train(model, seed):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=saving.sizes(model.input_shape)).astype("float32")
    if len(x.shape) == 3:
        x[1, :2] = -1
    y = saving.targets(model, rng)
    model.set_weights(saving.spread(model.get_weights(), rng))
    for _ in range(2):
        model.train_on_batch(x, y)
    return x, y


def case(name, model, x, y):
    done = saving.written(saving.behaviour(model, x, y))
    return {"file": name, "x": golden.array(x), "y": golden.array(y), **done}


def main():
    warnings.simplefilter("ignore")
    tf.config.run_functions_eagerly(True)
    os.makedirs(FOLDER, exist_ok=True)
    cases = []

    keras.utils.set_random_seed(1)
    model = sequence()
    x, y = train(model, 1)
    metric = {"name": "accuracy", "dtype": "float32", "fn": "categorical_accuracy"}
    training = {
        "loss": {
            "class_name": "CategoricalCrossentropy",
            "config": {
                "reduction": "auto",
                "name": "categorical_crossentropy",
                "from_logits": False,
                "label_smoothing": 0,
            },
        },
        "metrics": [[{"class_name": "MeanMetricWrapper", "config": metric}]],
        "weighted_metrics": None,
        "loss_weights": None,
        "sample_weight_mode": None,
        "optimizer_config": OLD_ADAM,
    }
    path = os.path.join(FOLDER, "keras_2_4.h5")
    write(path, "2.4.0", model, old_model(model), training, old_slots(model.optimizer, 2))
    cases.append(case("keras_2_4", model, x, y))

    keras.utils.set_random_seed(2)
    model = vectors()
    x, y = train(model, 2)
    training = {
        "loss": "mse",
        "metrics": [],
        "sample_weight_mode": None,
        "loss_weights": None,
        "optimizer_config": OLD_SGD,
    }
    path = os.path.join(FOLDER, "keras_2_2.h5")
    config = without_input(old_model(model))
    write(path, "2.2.4", model, config, training, old_slots(model.optimizer, 1))
    cases.append(case("keras_2_2", model, x, y))

    keras.utils.set_random_seed(3)
    model = gates()
    x, y = train(model, 3)
    path = os.path.join(FOLDER, "keras_2_3.h5")
    write(path, "2.3.1", model, old_model(model), training, old_slots(model.optimizer, 1))
    cases.append(case("keras_2_3", model, x, y))

    golden.write("legacy/cases", cases)


if __name__ == "__main__":
    main()
