"""The workloads in Keras: run as bench_keras.py WORKLOAD SECONDS, where the seconds are those to warm up, prints one line of JSON."""

import json
import resource
import statistics
import sys
import time

import keras
import numpy as np
from keras import layers

RANDOM = np.random.default_rng(1)

WARM_UP = float(sys.argv[2])


def warm_up(work):
    """Does what is to be measured until the time to warm up is over, once at least."""
    start = time.perf_counter()
    while True:
        work()
        if time.perf_counter() - start >= WARM_UP:
            return


def one_hot(count, timesteps, features):
    numbers = RANDOM.integers(0, features, size=(count, timesteps))
    return np.eye(features, dtype="float32")[numbers]


def classifier(units, timesteps, features, batch=None):
    shape = {"batch_shape": (batch, timesteps, features)} if batch else {"shape": (timesteps, features)}
    model = keras.Sequential(
        [
            layers.Input(**shape),
            layers.LSTM(units, return_sequences=True, stateful=bool(batch)),
            layers.TimeDistributed(layers.Dense(features, activation="softmax")),
        ]
    )
    model.compile(loss="categorical_crossentropy", optimizer="adam", metrics=["acc"])
    return model


def regressor(layer, timesteps, features):
    model = keras.Sequential([layers.Input((timesteps, features)), layer, layers.Dense(1)])
    model.compile(loss="mse", optimizer="adam", metrics=["mae"])
    return model


def step_time(model, x, y, batch, steps, epochs=1):
    """Milliseconds per step of a fit."""
    n = steps * batch
    x, y = np.resize(x, (n,) + x.shape[1:]), np.resize(y, (n,) + y.shape[1:])
    warm_up(lambda: model.fit(x, y, batch_size=batch, verbose=0))
    times = []
    for _ in range(3):
        start = time.perf_counter()
        model.fit(x, y, batch_size=batch, epochs=epochs, verbose=0)
        times.append((time.perf_counter() - start) * 1000 / steps / epochs)
    return statistics.median(times)


def fit_time(model, x, y, batch):
    """Milliseconds per step of a fit on all of the data."""
    warm_up(lambda: model.fit(x, y, batch_size=batch, verbose=0))
    times = []
    for _ in range(3):
        start = time.perf_counter()
        model.fit(x, y, batch_size=batch, verbose=0)
        times.append((time.perf_counter() - start) * 1000 / (len(y) // batch))
    return statistics.median(times)


def echo():
    return {"echo": step_time(classifier(20, 5, 100), one_hot(700, 5, 100), one_hot(700, 5, 100), 7, 1000)}


def echo_loop():
    model = classifier(20, 5, 100, batch=7)

    def turn():
        x = one_hot(21, 5, 100)
        model.fit(x, x, epochs=1, batch_size=7, verbose=0, shuffle=False)
        model.layers[0].reset_states()

    warm_up(turn)
    start = time.perf_counter()
    for _ in range(60):
        turn()
    return {"echo-loop": (time.perf_counter() - start) * 1000 / 60}


def partial():
    model = keras.Sequential(
        [
            layers.Input(batch_shape=(21, 5, 100)),
            layers.LSTM(150, stateful=True),
            layers.RepeatVector(2),
            layers.LSTM(150, return_sequences=True, stateful=True),
            layers.TimeDistributed(layers.Dense(100, activation="softmax")),
        ]
    )
    model.compile(loss="categorical_crossentropy", optimizer="adam", metrics=["acc"])
    x = one_hot(210, 5, 100)
    return {"partial": step_time(model, x, x[:, :2], 21, 300)}


def rnn():
    x = RANDOM.random((640, 3, 1), dtype="float32")
    return {"rnn": step_time(regressor(layers.SimpleRNN(5), 3, 1), x, x[:, 0], 32, 1000)}


def med():
    x, y = one_hot(64, 100, 64), one_hot(64, 100, 64)
    return {"med": step_time(classifier(128, 100, 64), x, y, 32, 30)}


def big():
    x, y = one_hot(64, 100, 128), one_hot(64, 100, 128)
    return {"big": step_time(classifier(512, 100, 128), x, y, 64, 4)}


def gru():
    x = RANDOM.random((64, 100, 64), dtype="float32")
    return {"gru": step_time(regressor(layers.GRU(128), 100, 64), x, x[:, 0, :1], 32, 30)}


def bidir():
    layer = layers.Bidirectional(layers.LSTM(64, return_sequences=True))
    model = keras.Sequential(
        [layers.Input((100, 64)), layer, layers.Dense(64, activation="softmax")]
    )
    model.compile(loss="categorical_crossentropy", optimizer="adam", metrics=["acc"])
    x, y = one_hot(64, 100, 64), one_hot(64, 100, 64)
    return {"bidir": step_time(model, x, y, 32, 30)}


def seq2seq():
    source, shifted = layers.Input((None, 71)), layers.Input((None, 71))
    _, h, c = layers.LSTM(256, return_state=True)(source)
    decoded, _, _ = layers.LSTM(256, return_sequences=True, return_state=True)(
        shifted, initial_state=[h, c]
    )
    outputs = layers.Dense(71, activation="softmax")(decoded)
    model = keras.Model([source, shifted], outputs)
    model.compile(loss="categorical_crossentropy", optimizer="rmsprop", metrics=["acc"])
    x = [one_hot(1280, 16, 71), one_hot(1280, 16, 71)]
    return {"seq2seq": fit_time(model, x, x[1], 64)}


def own_cell():
    model = regressor(layers.RNN(Gated(64)), 100, 64)
    x = RANDOM.random((640, 100, 64), dtype="float32")
    return {"own-cell": fit_time(model, x, x[:, 0, :1], 32)}


class Gated(layers.Layer):
    """The cell of docs/your-own-layers.md."""

    def __init__(self, units):
        super().__init__()
        self.units = self.state_size = units

    def build(self, input_shape):
        shape = (input_shape[-1] + self.units, self.units)
        self.gate = self.add_weight(name="gate", shape=shape)
        self.kernel = self.add_weight(name="kernel", shape=shape)

    def call(self, inputs, states):
        h = states[0]
        f = keras.ops.sigmoid(keras.ops.matmul(keras.ops.concatenate([inputs, h], axis=1), self.gate))
        left = keras.ops.concatenate([inputs, f * h], axis=1)
        h = h + f * (keras.ops.tanh(keras.ops.matmul(left, self.kernel)) - h)
        return h, [h]


def indices(count, vocabulary):
    return RANDOM.integers(0, vocabulary, size=(count, 80)).astype("float32")


def fitted(model):
    model.compile(loss="mse", optimizer="adam", metrics=["mae"])
    return model


def text():
    model = keras.Sequential(
        [layers.Input((80,)), layers.Embedding(20_000, 128), layers.LSTM(64), layers.Dense(1)]
    )
    return {"text": fit_time(fitted(model), indices(960, 20_000), RANDOM.random((960, 1)), 32)}


def rows():
    """Small and large vocabularies, with an optimizer that changes only the rows that were used."""
    times = {}
    for vocabulary in (5000, 500_000):
        for optimizer in ("sgd", "adam"):
            model = keras.Sequential(
                [
                    layers.Input((80,)),
                    layers.Embedding(vocabulary, 128),
                    layers.GlobalAveragePooling1D(),
                    layers.Dense(1),
                ]
            )
            model.compile(loss="mse", optimizer=optimizer)
            name = f"rows-{optimizer}-{vocabulary}"
            times[name] = fit_time(model, indices(320, vocabulary), RANDOM.random((320, 1)), 32)
    return times


def conv():
    model = keras.Sequential(
        [
            layers.Input((100, 128)),
            layers.Conv1D(64, 5),
            layers.MaxPooling1D(4),
            layers.LSTM(70),
            layers.Dense(1),
        ]
    )
    x = RANDOM.random((640, 100, 128), dtype="float32")
    return {"conv": fit_time(fitted(model), x, x[:, 0, :1], 32)}


def convlstm():
    model = keras.Sequential(
        [
            layers.Input((10, 32, 32, 1)),
            layers.ConvLSTM2D(16, (3, 3)),
            layers.Flatten(),
            layers.Dense(1),
        ]
    )
    x = RANDOM.random((32, 10, 32, 32, 1), dtype="float32")
    return {"convlstm": fit_time(fitted(model), x, x[:, 0, 0, 0], 8)}


def attention():
    x = y = layers.Input((64, 64))
    for _ in range(2):
        y = layers.LayerNormalization()(layers.Add()([y, layers.MultiHeadAttention(4, 32)(y, y)]))
    model = keras.Model(x, layers.Dense(1)(layers.GlobalAveragePooling1D()(y)))
    data = RANDOM.random((640, 64, 64), dtype="float32")
    return {"attention": fit_time(fitted(model), data, data[:, 0, :1], 32)}


def long():
    x = RANDOM.random((32, 1000, 8), dtype="float32")
    start = time.perf_counter()
    model = regressor(layers.LSTM(64), 1000, 8)
    model.fit(x[:16], x[:16, 0, :1], batch_size=16, verbose=0)
    first = time.perf_counter() - start
    return {"long": step_time(model, x, x[:, 0, :1], 16, 8), "long-first": first}


KINDS = {
    "plain": lambda **more: layers.LSTM(64, **more),
    "masked": lambda **more: layers.LSTM(64, **more),
    "relu": lambda **more: layers.LSTM(64, activation="relu", **more),
    "recdrop": lambda **more: layers.LSTM(64, recurrent_dropout=0.2, **more),
    "hard": lambda **more: layers.LSTM(64, recurrent_activation="hard_sigmoid", **more),
    "gru-plain": lambda **more: layers.GRU(64, **more),
    "gru-masked": lambda **more: layers.GRU(64, **more),
    "gru-before": lambda **more: layers.GRU(64, reset_after=False, **more),
    "simple": lambda **more: layers.SimpleRNN(64, **more),
}


def use_once():
    """Another model, as in Bench.java."""
    model = regressor(layers.LSTM(2), 4, 3)
    x = RANDOM.random((2, 4, 3), dtype="float32")
    model.fit(x, x[:, 0, :1], verbose=0)
    model.predict(x, verbose=0)


def recurrent(name):
    """Recurrent layers of some kind: see Bench.java."""
    kind, timesteps, *more = name.split("/")
    timesteps, count = int(timesteps), int(more[1]) if len(more) > 1 else 2
    x = RANDOM.random((320, timesteps, 8), dtype="float32")
    if kind.endswith("masked"):
        for i in range(len(x)):
            x[i, timesteps - i % (timesteps // 2) :] = 0
    y = RANDOM.random((320, 1), dtype="float32")
    use_once()
    start = time.perf_counter()
    model = keras.Sequential([layers.Input((timesteps, 8))])
    if kind.endswith("masked"):
        model.add(layers.Masking())
    for i in range(1, count + 1):
        model.add(KINDS[kind](return_sequences=i < count))
    model.add(layers.Dense(1))
    model.compile(loss="mse", optimizer="adam")
    if more and more[0] == "predict":
        model.predict(x[:32], verbose=0)
    else:
        model.fit(x[:32], y[:32], batch_size=32, verbose=0)
    first = time.perf_counter() - start
    if more:
        return {name: first}
    return {name: step_time(model, x, y, 32, 10), name + "/first": first}


def lengths():
    data = [RANDOM.integers(0, 2, size=(2000, t, 1)).astype("float32") for t in range(5, 20)]

    def once():
        start = time.perf_counter()
        model = keras.Sequential(
            [layers.Input((None, 1)), layers.LSTM(4), layers.Dense(1, activation="sigmoid")]
        )
        model.compile(loss="binary_crossentropy", optimizer="adam", metrics=["accuracy"])
        for x in data:
            model.evaluate(x, x[:, 0], verbose=0)
        return time.perf_counter() - start

    warm_up(once)
    return {"lengths": once()}


def predict():
    x = RANDOM.random((10_000, 50, 8), dtype="float32")
    model = regressor(layers.LSTM(64), 50, 8)
    warm_up(lambda: model.predict(x, batch_size=256, verbose=0))
    times = []
    for _ in range(3):
        start = time.perf_counter()
        model.predict(x, batch_size=256, verbose=0)
        times.append(time.perf_counter() - start)
    return {"predict": statistics.median(times)}


def latency():
    x = RANDOM.random((1, 50, 8), dtype="float32")
    model = regressor(layers.LSTM(64), 50, 8)
    warm_up(lambda: model.predict(x, verbose=0))
    times = []
    for _ in range(200):
        start = time.perf_counter()
        model.predict(x, verbose=0)
        times.append((time.perf_counter() - start) * 1000)
    return percentiles(times)


def percentiles(times):
    return {"latency": float(np.percentile(times, 50)), "latency-p99": float(np.percentile(times, 99))}


def start():
    """The driver takes the time from the start of the process to its end."""
    starts = np.arange(0, 71)[:, np.newaxis]
    x = ((starts + np.arange(3) * 10) / 100.0)[:, :, np.newaxis]
    regressor(layers.SimpleRNN(5), 3, 1).fit(x, (starts + 30) / 100.0, verbose=0)
    return {"start": 0}


def memory():
    x, y = one_hot(640, 100, 64), one_hot(640, 100, 64)
    classifier(128, 100, 64).fit(x, y, batch_size=32, epochs=2, verbose=0)
    return {"memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


if __name__ == "__main__":
    name = sys.argv[1]
    print(json.dumps(recurrent(name) if "/" in name else globals()[name.replace("-", "_")]()))
