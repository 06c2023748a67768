"""Models that cross between Keras and Java in files, and what they do on the other side.

    saving.py save FOLDER              builds models, trains them for two steps, saves each as
                                       .keras, .weights.h5 and .h5, loads the .keras again, and
                                       writes to FOLDER/cases.json what it predicts and how three
                                       further training steps go
    saving.py load FOLDER              loads what Java has saved in FOLDER/java, does the same with
                                       it, compares that with what Java wrote to
                                       FOLDER/java/cases.json, and prints a table
    saving.py keep                     writes a few of the first kind to testdata/saving, for tests
                                       without Python

Random layers without a seed draw one when they are made: the seed of the process is set before a
model is loaded, here as in Java.
"""

import argparse
import json
import os
import random
import sys
import warnings
import zlib

import keras
import numpy as np
import tensorflow as tf
from keras import layers, losses, metrics
from keras.optimizers import schedules

import functional
import golden
import layer_cases
import optimizers as optimizer_cases
import same_seed

STEPS = 3
TOLERANCE = 1e-5

# The arguments that each layer is saved with. A layer is in a model after Dense and before Flatten and Dense.
LAYERS = {
    "Activation": ["Activation('gelu')"],
    "Bidirectional": [
        "Bidirectional(LSTM(3, return_sequences=True, dropout=0.2, seed=2))",
        "Bidirectional(GRU(2, return_sequences=True), merge_mode='sum', "
        "backward_layer=SimpleRNN(2, return_sequences=True, go_backwards=True))",
    ],
    "Cropping1D": ["Cropping1D((1, 2))"],
    "Dense": [
        "Dense(3, activation='tanh', use_bias=False)",
        "Dense(5, kernel_regularizer=keras.regularizers.L1L2(0.01, 0.02), "
        "kernel_constraint=keras.constraints.MaxNorm(1.5), bias_constraint='non_neg', "
        "bias_initializer=keras.initializers.Constant(0.2), activity_regularizer='l2')",
        "Dense(2, trainable=False)",
    ],
    "Dropout": ["Dropout(0.3, seed=7)", "Dropout(0.2)"],
    "ELU": ["ELU(alpha=0.4)"],
    "Flatten": ["Flatten()"],
    "GRU": [
        "GRU(5, return_sequences=True, dropout=0.2, recurrent_dropout=0.1, seed=4)",
        "GRU(4, return_sequences=True, go_backwards=True, reset_after=False)",
        "GRU(3, activation='relu', recurrent_activation='hard_sigmoid', use_bias=False)",
    ],
    "GRU, stateful": ["GRU(4, return_sequences=True, stateful=True)", "GRU(3, stateful=True)"],
    "GaussianNoise": ["GaussianNoise(0.1, seed=3)", "GaussianNoise(0.2)"],
    "GlobalAveragePooling1D": ["Masking(0.0)", "GlobalAveragePooling1D(keepdims=True)"],
    "GlobalMaxPooling1D": ["GlobalMaxPooling1D()"],
    "LSTM": [
        "LSTM(5, return_sequences=True, dropout=0.2, recurrent_dropout=0.1, seed=4)",
        "LSTM(4, return_sequences=True, go_backwards=True, unit_forget_bias=False)",
        "LSTM(3, activation='relu', recurrent_activation='hard_sigmoid', use_bias=False)",
    ],
    "LSTM, stateful": ["LSTM(4, return_sequences=True, stateful=True)", "LSTM(3, stateful=True)"],
    "LayerNormalization": [
        "LayerNormalization(epsilon=0.01)",
        "LayerNormalization(axis=[1, 2], center=False)",
    ],
    "LeakyReLU": ["LeakyReLU(negative_slope=0.1)"],
    "Masking": ["Masking(mask_value=0.0)", "LSTM(3, return_sequences=True)", "LSTM(3)"],
    "PReLU": ["PReLU(alpha_initializer='uniform')", "PReLU(shared_axes=[1])"],
    "Permute": ["Permute((2, 1))"],
    "RNN": [
        "RNN([GRUCell(3), LSTMCell(2), GRUCell(2, reset_after=False)], return_sequences=True)",
        "RNN(SimpleRNNCell(3))",
    ],
    "ReLU": ["ReLU(max_value=1.5, negative_slope=0.2, threshold=0.1)"],
    "RepeatVector": ["Flatten()", "RepeatVector(3)"],
    "Reshape": ["Reshape((3, -1))"],
    "Sequential": [
        "keras.Sequential([keras.Input((None, 4)), Dense(3), "
        "keras.Sequential([keras.Input((None, 3)), LSTM(5, return_sequences=True), Dense(3)])])",
        "Dense(3)",
        "TimeDistributed(keras.Sequential([keras.Input((3,)), Dense(2), Dense(3)]))",
    ],
    "SimpleRNN": [
        "SimpleRNN(5, return_sequences=True, dropout=0.2)",
        "SimpleRNN(4, return_sequences=True, unroll=True, recurrent_regularizer='l1')",
        "SimpleRNN(3, use_bias=False, activation=None)",
    ],
    "Softmax": ["Softmax(axis=1)"],
    "SpatialDropout1D": ["SpatialDropout1D(0.3, seed=5)"],
    "TimeDistributed": [
        "TimeDistributed(Dense(3, activation='softmax'))",
        "TimeDistributed(Dropout(0.2, seed=1))",
        "TimeDistributed(PReLU())",
    ],
    "UpSampling1D": ["UpSampling1D(size=3)"],
    "ZeroPadding1D": ["ZeroPadding1D(padding=(2, 1))"],
}

LOSSES = {
    "losses.Huber(delta=0.5)": ["mae", "mse"],
    "losses.CategoricalCrossentropy(label_smoothing=0.1)": ["acc", "metrics.AUC(num_thresholds=50)"],
    "losses.BinaryFocalCrossentropy(apply_class_balancing=True)": [
        "metrics.Precision(thresholds=0.3)",
        "metrics.TopKCategoricalAccuracy(k=1)",
    ],
    "'poisson'": ["metrics.RootMeanSquaredError(name='root')", "'cosine_similarity'"],
}


# Models of functional.py with one input and one output.
GRAPHS = [
    "branches",
    "skip",
    "deep_shared",
    "attention",
    "nested_twice",
    "sequential_inside",
    "model_for_each_timestep",
    "functions",
    "both_ways",
    "masked_decoder",
    "regularized",
]

# The models kept in testdata/saving, in .keras, and the first one in the other formats too.
KEPT = [
    "Sequential",
    "GRU",
    "LSTM",
    "Masking",
    "RMSprop(learning_rate=0.05, momentum=0.5, centered=True, rho=0.95)",
    "Nadam()",
    "losses.CategoricalCrossentropy(label_smoothing=0.1), acc, metrics.AUC(num_thresholds=50)",
    "noise",
]


def body(expressions, batch=4):
    scope = {**vars(layers), "keras": keras}
    inside = [eval(expression, scope) for expression in expressions]
    return keras.Sequential(
        [keras.Input(batch_shape=(batch, 6, 4)), layers.Dense(4), *inside]
        + [layers.Flatten(), layers.Dense(2)]
    )


def of_case(case):
    """A layer as layer_cases.py has it, before what makes two numbers of it."""
    x = keras.Input(batch_shape=case.shape)
    # Further inputs are made of the only one, which the checks feed.
    shapes = iter([None, *case.others])
    first = lambda: x if (shape := next(shapes)) is None else layers.Dense(shape[-1])(x)
    _, made = layer_cases.called(case, lambda _: first())
    return keras.Model(x, layers.Dense(2)(layers.Flatten()(made)))


def first_cases():
    """The first case of each file, by its name, but for the layers that LAYERS has."""
    known = {text.split("(")[0] for inside in LAYERS.values() for text in inside}
    firsts = [next(iter(layer_cases.FILES[file].values())) for file in layer_cases.SINGLE]
    return {c.layer.split("(")[0]: c for c in firsts if c.layer.split("(")[0] not in known}


def small():
    return keras.Sequential(
        [keras.Input((3,)), layers.Dense(4, activation="tanh"), layers.Dense(2)]
    )


def compiled(model, loss="mse", optimizer=None, **arguments):
    optimizer = optimizer or keras.optimizers.Adam(0.01)
    model.compile(loss=loss, optimizer=optimizer, **arguments)
    return model


def optimizer_models():
    models = {}

    def add(name, arguments, shown=None):
        text = ", ".join(f"{key}={value}" for key, value in (shown or arguments).items())
        models[f"{name}({text})"] = lambda: compiled(
            small(), optimizer=getattr(keras.optimizers, name)(**arguments)
        )

    for name, own in optimizer_cases.OWN.items():
        for arguments in [{}, *own]:
            add(name, arguments)
    for arguments in optimizer_cases.COMMON:
        add("Adam", arguments)
    several = keras.optimizers.OptimizerMap(
        keras.optimizers.SGD(0.1, momentum=0.9),
        {".*kernel": keras.optimizers.Adam(0.01), ".*dense_1/bias": keras.optimizers.SGD(0.05)},
    )
    models["MultiOptimizer"] = lambda: compiled(
        small(), optimizer=keras.optimizers.MultiOptimizer(several)
    )
    for name, positional, named in optimizer_cases.SCHEDULES[::3]:
        schedule = getattr(schedules, name)(*positional, **named)
        shown = ", ".join([*map(str, positional), *(f"{k}={v}" for k, v in named.items())])
        add("SGD", {"learning_rate": schedule}, {"learning_rate": f"{name}({shown})"})
    return models


def loss_models():
    scope = {"losses": losses, "metrics": metrics}

    def made(loss, names):
        measured = [eval(n, scope) if "." in n or "'" in n else n for n in names]
        model = keras.Sequential(
            [keras.Input((3,)), layers.Dense(4, activation="softmax")]
        )
        return compiled(model, eval(loss, scope), metrics=measured, weighted_metrics=["mae"])

    return {
        f"{loss}, {', '.join(names)}": lambda loss=loss, names=names: made(loss, names)
        for loss, names in LOSSES.items()
    }


def all_models():
    """By kind and name: what builds them, compiled."""
    models = {
        ("layer", name): lambda inside=inside: compiled(body(inside))
        for name, inside in LAYERS.items()
    }
    share = int(os.environ.get("GOLDEN_SHARE", "1"))  # See saving.sh.
    firsts = first_cases()
    for name in random.sample(sorted(firsts), -(-len(firsts) // share)):
        models["layer", name] = lambda case=firsts[name]: compiled(of_case(case))
    models |= {("optimizer", name): build for name, build in optimizer_models().items()}
    # The gradient of an embedding is of single rows, which optimizers treat in their own way.
    rows = next(iter(layer_cases.FILES["embedding"].values()))
    for name in optimizer_cases.OWN:
        optimizer = getattr(keras.optimizers, name)
        models["optimizer", f"{name} of rows"] = lambda optimizer=optimizer: compiled(
            of_case(rows), optimizer=optimizer(0.01)
        )
    models["optimizer", "SGD with momentum of rows"] = lambda: compiled(
        of_case(rows), optimizer=keras.optimizers.SGD(0.01, momentum=0.9)
    )
    models["optimizer", "RMSprop with momentum of rows"] = lambda: compiled(
        of_case(rows), optimizer=keras.optimizers.RMSprop(0.01, momentum=0.5)
    )
    models["optimizer", "Adam with amsgrad of rows"] = lambda: compiled(
        of_case(rows), optimizer=keras.optimizers.Adam(0.01, amsgrad=True)
    )
    for clip in ("clipnorm", "clipvalue", "global_clipnorm"):
        models["optimizer", f"Adam with {clip} of rows"] = lambda clip=clip: compiled(
            of_case(rows), optimizer=keras.optimizers.Adam(0.01, **{clip: 0.005})
        )
    models |= {("loss, metrics", name): build for name, build in loss_models().items()}
    for graph in GRAPHS:
        build = getattr(functional, graph)
        models["graph", graph] = lambda build=build: compiled(build())
    models |= {("model", b.__name__): lambda b=b: b()[0] for b in same_seed.CHAINS}
    return models


def sizes(shape):
    batch, *rest = shape
    return (batch or 4, *(size or 5 for size in rest))


def targets(model, rng):
    shape = sizes(model.output_shape)
    loss = model.loss if isinstance(model.loss, str) else model.loss.name
    if loss.startswith("sparse"):
        return rng.integers(0, shape[-1], shape[:-1]).astype("float32")
    if loss.startswith("categorical") or loss == "poisson":
        return np.eye(shape[-1], dtype="float32")[rng.integers(0, shape[-1], shape[:-1])]
    if loss.startswith("binary"):
        return rng.integers(0, 2, shape).astype("float32")
    return rng.normal(size=shape).astype("float32")


def spread(weights, rng):
    """Other weights than a model starts with, of about the same size."""
    return [w + 0.05 * rng.normal(size=w.shape).astype("float32") for w in weights]


def reset(model):
    for layer in model.layers:
        if getattr(layer, "stateful", False):
            layer.reset_state()


def predict(model, x):
    reset(model)
    y = model.predict_on_batch(x)
    reset(model)
    return y


def behaviour(model, x, y):
    """Predictions of the model, logs of three training steps, and predictions afterwards."""
    before = predict(model, x)
    logs = []
    for _ in range(STEPS):
        model.reset_metrics()
        log = model.train_on_batch(x, y, return_dict=True)
        logs.append([float(log[key]) for key in sorted(log)])
    return {"predict": before, "steps": np.array(logs), "after": predict(model, x)}


def written(behaviour):
    return {key: golden.array(value) for key, value in behaviour.items()}


def array(json_array):
    return np.array(json_array["data"], "float32").reshape(json_array["shape"])


def save(folder, only):
    cases = []
    for index, ((kind, name), build) in enumerate(all_models().items()):
        if only and name not in only:
            continue
        seed = zlib.crc32(name.encode()) % 10000
        rng = np.random.default_rng(seed)
        keras.utils.clear_session(free_memory=False)
        keras.utils.set_random_seed(seed)
        model = build()
        x = rng.normal(size=sizes(model.input_shape)).astype("float32")
        if model.layers[0].__class__ is layers.Masking:
            x[1, :2] = model.layers[0].mask_value
        if name.endswith("of rows"):
            layer_cases.indices(x)
        if name in first_cases() and first_cases()[name].change:
            first_cases()[name].change(x)
        y = targets(model, rng)
        model.set_weights(spread(model.get_weights(), rng))
        for _ in range(2):
            model.train_on_batch(x, y)
        file = f"case{index:03}"
        path = os.path.join(folder, file)
        model.save(path + ".keras")
        if not only or name == only[0]:
            model.save_weights(path + ".weights.h5")
            # Keras cannot write Adafactor to .h5: two of its variables have the same name.
            if not isinstance(model.optimizer, keras.optimizers.Adafactor):
                model.save(path + ".h5")
        keras.utils.set_random_seed(seed)
        done = behaviour(keras.models.load_model(path + ".keras"), x, y)
        cases.append(
            {
                "kind": kind,
                "name": name,
                "file": file,
                "seed": seed,
                "x": golden.array(x),
                "y": golden.array(y),
                **written(done),
            }
        )
    golden.write("cases", cases, folder)


def difference(ours, theirs):
    """The largest one, relative to the value, or to a tenth of the largest value."""
    if ours.shape != theirs.shape:
        return np.inf
    scale = np.maximum(np.abs(ours), 0.1 * np.abs(ours).max(initial=0))
    return float((np.abs(ours - theirs) / np.maximum(scale, 1e-30)).max(initial=0))


def same_weights(model, path, load):
    """Whether another file of the same model has the same weights."""
    other = load(model, path)
    return all(np.array_equal(a, b) for a, b in zip(model.get_weights(), other.get_weights()))


def by_weights(model, path):
    other = keras.models.clone_model(model)
    other.set_weights([w + 1 for w in other.get_weights()])
    other.load_weights(path)
    return other


def uncompiled(_, path):
    """Keras 3.15.1 cannot load compiled models whose loss is a string, its own ones neither."""
    return keras.models.load_model(path, compile=False)


def load(folder):
    with open(os.path.join(folder, "cases.json"), encoding="utf-8") as file:
        cases = {case["file"]: case for case in json.load(file)}
    with open(os.path.join(folder, "java", "cases.json"), encoding="utf-8") as file:
        java = json.load(file)
    rows = []
    failed = 0
    for saved in java:
        case = cases[saved["file"]]
        path = os.path.join(folder, "java", case["file"])
        keras.utils.clear_session(free_memory=False)
        keras.utils.set_random_seed(case["seed"])
        model = keras.models.load_model(path + ".keras")
        formats = {".weights.h5": by_weights, ".h5": uncompiled}
        if case["kind"] == "optimizer":
            formats = {}
        if case["name"] == "functions":  # Keras reads no x[..., 0] from .h5, its own neither.
            formats = {".weights.h5": by_weights}
        files = [end for end, way in formats.items() if not same_weights(model, path + end, way)]
        done = behaviour(model, array(case["x"]), array(case["y"]))
        there = [saved["to java"]["predict"], max(saved["to java"][k] for k in ("steps", "after"))]
        back = {key: difference(array(saved[key]), done[key]) for key in done}
        back = [back["predict"], max(back["steps"], back["after"])]
        wrong = [d for d in there + back if not d <= TOLERANCE]
        failed += bool(wrong or files)
        verdict = "" if not wrong and not files else "FAILED " + " ".join(files)
        rows.append((case["kind"], case["name"], *(f"{d:.0e}" for d in there + back), verdict))
    head = ("", "", "Python to Java: predict", "3 steps", "Java to Python: predict", "3 steps", "")
    for row in [head, ("---",) * 6 + ("",), *rows]:
        print("| " + " | ".join(row[:6]) + " |" + row[6])
    print(f"models saved and loaded: {len(rows) - failed} of {len(cases)} agree within {TOLERANCE}")
    return failed == 0 and len(rows) == len(cases)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["save", "load", "keep"])
    parser.add_argument("folder", nargs="?", default=os.path.join(golden.HERE, "saving"))
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    tf.config.run_functions_eagerly(True)
    if options.what == "keep":
        os.makedirs(options.folder, exist_ok=True)
    if options.what in ("save", "keep"):
        save(options.folder, KEPT if options.what == "keep" else [])
    elif not load(options.folder):
        sys.exit(1)


if __name__ == "__main__":
    main()
