"""Trains the models of the ported scripts, and models with masks, states and many timesteps.

Each file holds a model's first weights, the batches that it is trained on one by one, and what
Keras gives: the loss and the metrics of each batch, the weights at the end and the predictions that
they make. The models themselves are written in Java once more, by the files' names. Widths are
smaller than in the scripts (10 symbols in place of 100), the structure is theirs.
"""

import golden
import keras
import numpy as np
from keras import layers

RANDOM = np.random.RandomState(20)


def draw(*shape, scale=1.0):
    """Numbers of few digits, which float32 rounds to the same value everywhere."""
    return np.round(RANDOM.uniform(-scale, scale, shape), 4).astype("float32")


def start(model, scale=0.6):
    """Gives every weight other values, of a size that trains."""
    weights = [draw(*weight.shape, scale=scale) for weight in model.get_weights()]
    model.set_weights(weights)
    return [golden.array(weight) for weight in weights]


def reset(model):
    for layer in model.layers:
        if getattr(layer, "stateful", False):
            layer.reset_state()


def train(name, parts, arguments, batches, reset_every=0, shown=None, scale=0.6):
    """Trains on each batch (x, y, sample_weight) in turn; every so often the states start anew."""
    model = keras.Sequential(parts)
    model.compile(**arguments)
    weights = start(model, scale)
    steps = []
    for i, (x, y, weight) in enumerate(batches):
        fresh = bool(reset_every) and i % reset_every == 0
        if fresh:
            reset(model)
        model.reset_metrics()
        logs = model.train_on_batch(x, y, weight, return_dict=True)
        step = {"reset": fresh, "x": golden.array(x), "y": golden.array(y)}
        if weight is not None:
            step["sample_weight"] = golden.array(weight)
        step["logs"] = {key: float(f"{value:.9g}") for key, value in logs.items()}
        steps.append(step)
    reset(model)
    shown = batches[-1][0] if shown is None else shown
    golden.write(
        "models/" + name,
        {
            "weights": weights,
            "steps": steps,
            "trained": [golden.array(weight) for weight in model.get_weights()],
            "shown": golden.array(shown),
            "prediction": golden.array(model.predict(shown, batch_size=len(shown), verbose=0)),
        },
    )


def one_hot(symbols, count=10):
    return np.eye(count, dtype="int64")[symbols]


def echo(batch, output):
    """Sequences of five symbols, of which the first ones are to be repeated."""
    x = one_hot(RANDOM.randint(0, 10, (batch, 5)))
    return x, x[:, :output] if output < 5 else np.roll(x, 1, axis=1), None


CROSSENTROPY = {"loss": "categorical_crossentropy", "optimizer": "adam", "metrics": ["acc"]}


def scripts():
    train(
        "echo_whole",
        [
            layers.Input(batch_shape=(7, 5, 10)),
            layers.LSTM(8, return_sequences=True, stateful=True),
            layers.TimeDistributed(layers.Dense(10, activation="softmax")),
        ],
        CROSSENTROPY,
        [echo(7, 5) for _ in range(10)],
        reset_every=3,
    )
    train(
        "echo_partial",
        [
            layers.Input(batch_shape=(6, 5, 10)),
            layers.LSTM(7, stateful=True),
            layers.RepeatVector(2),
            layers.LSTM(6, return_sequences=True, stateful=True),
            layers.TimeDistributed(layers.Dense(10, activation="softmax")),
        ],
        CROSSENTROPY,
        [echo(6, 2) for _ in range(10)],
        reset_every=2,
    )
    after_seeds = np.tile([0, 0, 0, 0, 1, 1, 1, 1, 1], (4, 1))
    train(
        "seed_continuation",
        [
            layers.Input(shape=(9, 2)),
            layers.Dense(5),
            layers.LSTM(6, return_sequences=True),
            layers.Dense(4, activation="relu"),
            layers.Dense(1),
        ],
        {"loss": "mse", "optimizer": "adam", "metrics": ["mae"], "weighted_metrics": ["mse"]},
        [(draw(4, 9, 2), draw(4, 9, 1), after_seeds) for _ in range(10)],
    )
    pulse = np.array([1, 1, 0, 0, 0] * 8)
    windows = [np.array([pulse[i : i + 7] for i in range(k, k + 6)]) for k in range(10)]
    nexts = [np.array([pulse[i + 7] for i in range(k, k + 6)]) for k in range(10)]
    train(
        "pulse",
        [
            layers.Input(shape=(None, 1)),
            layers.LSTM(4),
            layers.Dense(1, activation="sigmoid"),
        ],
        {"loss": "binary_crossentropy", "optimizer": "adam", "metrics": ["acc"]},
        [(x[..., None], y, None) for x, y in zip(windows, nexts)],
        shown=pulse[:12].reshape(1, 12, 1),
    )
    sine = np.round(np.sin(np.arange(110) * 0.2), 4).astype("float32").reshape(11, 1, 10, 1)
    cosine = np.round(np.cos(np.arange(110) * 0.2), 4).astype("float32").reshape(11, 1, 10, 1)
    train(
        "sine_to_cosine",
        [
            layers.Input(batch_shape=(1, 10, 1)),
            layers.LSTM(8, return_sequences=True, stateful=True),
            layers.Dense(1),
        ],
        {"loss": "mse", "optimizer": "rmsprop"},
        [(x, y, None) for x, y in zip(sine[:10], cosine[:10])],
        reset_every=4,
    )
    numbers = np.arange(10).reshape(10, 1, 1) / 10 + np.arange(3).reshape(1, 3, 1) / 10
    train(
        "next_number",
        [layers.Input(shape=(3, 1)), layers.SimpleRNN(5), layers.Dense(1)],
        {"loss": "mse", "optimizer": "adam"},
        [(np.roll(numbers, i, 0)[:4], np.roll(numbers, i, 0)[:4, 2] + 0.1, None) for i in range(10)],
        shown=np.array([0.5, 0.6, 0.7]).reshape(1, 3, 1),
    )


def hidden(x, lengths):
    """The same with -1 from each length on, and one hole in the first sample."""
    x = x.copy()
    for sample, length in zip(x, lengths):
        sample[length:] = -1
    x[0, 1] = -1
    return x


def masks():
    mse = {"loss": "mse", "optimizer": "adam", "metrics": ["mse"], "weighted_metrics": ["mae"]}
    lengths = [[4, 6, 2], [6, 3, 5], [5, 5, 1]]
    train(
        "masked_last",
        [
            layers.Input(shape=(6, 2)),
            layers.Masking(-1),
            layers.LSTM(4),
            layers.Dense(1),
        ],
        mse,
        [(hidden(draw(3, 6, 2), lengths[i % 3]), draw(3, 1), None) for i in range(10)],
    )
    train(
        "masked_sequence",
        [
            layers.Input(shape=(None, 2)),
            layers.Masking(-1),
            layers.LSTM(4, return_sequences=True),
            layers.Dense(2),
        ],
        mse,
        [(hidden(draw(3, 6, 2), lengths[i % 3]), draw(3, 6, 2), None) for i in range(10)],
    )
    train(
        "masked_weighted",
        [
            layers.Input(batch_shape=(3, 6, 2)),
            layers.Masking(-1),
            layers.LSTM(4, return_sequences=True, stateful=True),
            layers.SimpleRNN(3, return_sequences=True),
            layers.TimeDistributed(layers.Dense(4, activation="softmax")),
        ],
        {
            "loss": "sparse_categorical_crossentropy",
            "optimizer": "adam",
            "metrics": ["accuracy"],
            "weighted_metrics": ["acc"],
        },
        [
            (
                hidden(draw(3, 6, 2), lengths[i % 3]),
                RANDOM.randint(0, 4, (3, 6)),
                np.abs(draw(3, 6)),
            )
            for i in range(10)
        ],
        reset_every=4,
    )
    long = [hidden(draw(2, 140, 1), [131, 137]) for _ in range(2)]
    train(
        "masked_long",
        [
            layers.Input(batch_shape=(2, 140, 1)),
            layers.Masking(-1),
            layers.LSTM(3, return_sequences=True, stateful=True),
            layers.Dense(1),
        ],
        mse,
        [(long[i % 2], np.roll(long[i % 2], 1, 1), None) for i in range(4)],
        reset_every=2,
    )


def shapes():
    train(
        "backwards",
        [
            layers.Input(shape=(5, 2)),
            layers.LSTM(4, return_sequences=True, go_backwards=True),
            layers.SimpleRNN(3, go_backwards=True),
            layers.Dense(1),
        ],
        {"loss": "mae", "optimizer": "sgd"},
        [(draw(3, 5, 2), draw(3), None) for _ in range(10)],
    )
    train(
        "stacked",
        [
            layers.Input(shape=(4, 3)),
            layers.LSTM(5, return_sequences=True),
            layers.SimpleRNN(4, return_sequences=True),
            layers.LSTM(3),
            layers.Dense(2, activation="tanh"),
        ],
        {"loss": "huber", "optimizer": "nadam", "metrics": ["cosine_similarity"]},
        [(draw(4, 4, 3), draw(4, 2), None) for _ in range(10)],
    )
    long = draw(2, 140, 1)
    train(
        "long",
        [
            layers.Input(shape=(140, 1)),
            layers.LSTM(3, return_sequences=True),
            layers.SimpleRNN(3, return_sequences=True),
            layers.Dense(1),
        ],
        {"loss": "mse", "optimizer": "adam"},
        [(np.roll(long, i, 1), np.roll(long, i + 3, 1), None) for i in range(5)],
    )
    train(
        "varying_timesteps",
        [
            layers.Input(shape=(None, 2)),
            layers.LSTM(4, return_sequences=True),
            layers.SimpleRNN(3),
            layers.Dense(1),
        ],
        {"loss": "mse", "optimizer": "adam"},
        [(draw(3, t, 2), draw(3, 1), None) for t in [3, 5, 4, 7, 2, 6, 9, 1, 7, 8, 131, 3]],
        shown=draw(2, 11, 2),
    )
    train(
        "varying_batches",
        [
            layers.Input(shape=(4, 2)),
            layers.LSTM(3),
            layers.Dense(3, activation="softmax"),
        ],
        {
            "loss": "sparse_categorical_crossentropy",
            "optimizer": "adam",
            "metrics": ["acc"],
        },
        [(draw(n, 4, 2), RANDOM.randint(0, 3, n), None) for n in [4, 2, 5, 1, 3, 6, 7, 4, 9, 1]],
    )


def states():
    """What fit, evaluate and predict give when they follow one another, with and without resets."""
    model = keras.Sequential(
        [
            layers.Input(batch_shape=(2, 3, 1)),
            layers.LSTM(4, return_sequences=True, stateful=True),
            layers.SimpleRNN(3, stateful=True),
            layers.Dense(1),
        ]
    )
    model.compile(loss="mse", optimizer="adam")
    weights = start(model)
    x, y = draw(6, 3, 1), draw(6, 1)
    results = []
    calls = ["predict", "fit", "evaluate", "predict", "reset", "predict", "evaluate", "fit", "fit"]
    calls += ["reset", "fit", "train", "test", "predict_on_batch", "predict"]
    for call in calls:
        result = None
        if call == "reset":
            reset(model)
        elif call == "fit":
            history = model.fit(x, y, batch_size=2, epochs=2, shuffle=False, verbose=0)
            result = golden.array(history.history["loss"])
        elif call == "evaluate":
            result = golden.array([model.evaluate(x, y, batch_size=2, verbose=0)])
        elif call == "predict":
            result = golden.array(model.predict(x, batch_size=2, verbose=0))
        elif call == "predict_on_batch":
            result = golden.array(model.predict_on_batch(x[:2]))
        else:
            model.reset_metrics()
            run = model.train_on_batch if call == "train" else model.test_on_batch
            result = golden.array([run(x[2:4], y[2:4])])
        results.append({"call": call, "result": result})
    golden.write(
        "models/states",
        {"weights": weights, "x": golden.array(x), "y": golden.array(y), "calls": results},
    )


def gates():
    """GRUs, with the reset gate after and before the product: long, masked, stateful, stacked."""
    long = draw(2, 140, 1)
    train(
        "gru_long",
        [
            layers.Input(shape=(140, 1)),
            layers.GRU(3, return_sequences=True),
            layers.GRU(3, return_sequences=True, reset_after=False),
            layers.Dense(1),
        ],
        {"loss": "mse", "optimizer": "adam"},
        [(np.roll(long, i, 1), np.roll(long, i + 3, 1), None) for i in range(5)],
    )
    train(
        "gru_varying_timesteps",
        [
            layers.Input(shape=(None, 2)),
            layers.GRU(4, return_sequences=True),
            layers.GRU(3),
            layers.Dense(1),
        ],
        {"loss": "mse", "optimizer": "adam"},
        [(draw(3, t, 2), draw(3, 1), None) for t in [3, 5, 4, 7, 2, 6, 9, 1, 7, 131]],
        shown=draw(2, 11, 2),
    )
    train(
        "gru_stacked",
        [
            layers.Input(shape=(12, 5)),
            layers.GRU(6, return_sequences=True),
            layers.GRU(4, return_sequences=True, go_backwards=True, use_bias=False),
            layers.GRU(5, bias_regularizer="l2"),
            layers.Dense(2, activation="tanh"),
        ],
        {"loss": "mae", "optimizer": "sgd"},
        [(draw(20, 12, 5), draw(20, 2), None) for _ in range(10)],
    )
    lengths = [[4, 6, 2], [6, 3, 5], [5, 5, 1]]
    train(
        "gru_masked",
        [
            layers.Input(batch_shape=(3, 6, 2)),
            layers.Masking(-1),
            layers.GRU(4, return_sequences=True, stateful=True),
            layers.GRU(3, return_sequences=True, reset_after=False),
            layers.TimeDistributed(layers.Dense(4, activation="softmax")),
        ],
        {"loss": "sparse_categorical_crossentropy", "optimizer": "adam", "metrics": ["accuracy"]},
        [
            (hidden(draw(3, 6, 2), lengths[i % 3]), RANDOM.randint(0, 4, (3, 6)), None)
            for i in range(10)
        ],
        reset_every=4,
    )
    train(
        "gru_stateful",
        [
            layers.Input(batch_shape=(3, 5, 2)),
            layers.GRU(4, return_sequences=True, stateful=True),
            layers.GRU(3, stateful=True),
            layers.Dense(1),
        ],
        {"loss": "mse", "optimizer": "adam"},
        [(draw(3, 5, 2), draw(3, 1), None) for _ in range(10)],
        reset_every=4,
    )


if __name__ == "__main__":
    scripts()
    masks()
    shapes()
    states()
    gates()
