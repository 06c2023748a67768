"""Trains models that are graphs of layers, and writes what they are and what comes of it.

Each file holds a compiled model as JSON, its first weights, the batches that it is trained on one by
one with the logs of each, the weights at the end, and predictions. The Java test makes the model of
the JSON. Inputs, targets and weights are lists in the model's order; null where there are none.

    functional.py                      writes all cases to testdata/functional
    functional.py FOLDER SEED COUNT    writes as many random graphs from this seed on elsewhere
"""

import contextlib
import io
import os
import random
import sys

import keras
import numpy as np
from keras import layers as L
from keras import ops

import golden

BATCH = 6
RANDOM_GRAPHS = 20
STEPS = 10


class Case:
    """A model with data for it."""

    def __init__(self, name, seed, folder=golden.HERE):
        self.name, self.folder = name, folder
        self.random = np.random.RandomState(seed)

    def draw(self, *shape, scale=1.0):
        values = np.round(self.random.uniform(-scale, scale, shape), 4)
        return values.astype("float32")

    def start(self, model):
        weights = [self.draw(*weight.shape, scale=0.6) for weight in model.get_weights()]
        for i, weight in enumerate(model.weights):
            if weight.name == "moving_variance":
                weights[i] = abs(weights[i]) + 0.1
        model.set_weights(weights)
        return [golden.array(weight) for weight in weights]

    def inputs(self, model, masked):
        drawn = []
        for tensor in model.inputs:
            shape = [6 if size is None else size for size in tensor.shape[1:]]
            x = self.draw(BATCH, *shape)
            if masked and len(shape) == 2:
                for i in range(BATCH):
                    x[i, len(shape) + i % 3 :] = 0.0
            drawn.append(x)
        return drawn

    def write(self, model, targets, masked=False, weights=None):
        """Trains and writes: targets(case, model) gives the targets of a batch."""
        result = self.trained(model, targets, masked, weights)
        golden.write("functional/" + self.name, result, self.folder)

    def trained(self, model, targets, masked=False, weights=None, nudge=0):
        """Trains, from weights that are larger by a factor of 1 + nudge than they are drawn."""
        result = {"json": model.to_json(), "names": [t.name for t in model.inputs]}
        result["output_names"] = model.output_names
        result["weights"] = self.start(model)
        if nudge:
            model.set_weights([weight * (1 + nudge) for weight in model.get_weights()])
        result["steps"] = []
        for _ in range(STEPS):
            x = self.inputs(model, masked)
            y = targets(self, model)
            weight = weights(self, model) if weights else None
            model.reset_metrics()
            logs = model.train_on_batch(
                fed(model, x), pack(y), None if weight is None else pack(weight), return_dict=True
            )
            step = {"x": arrays(x), "y": arrays(y)}
            if weight is not None:
                step["sample_weight"] = arrays(weight)
            step["logs"] = {key: float(f"{value:.9g}") for key, value in logs.items()}
            result["steps"].append(step)
        result["trained"] = [golden.array(weight) for weight in model.get_weights()]
        shown = self.inputs(model, masked)
        predicted = model.predict_on_batch(fed(model, shown))
        result["shown"] = arrays(shown)
        result["predicted"] = arrays(flat(predicted))
        text = io.StringIO()
        with contextlib.redirect_stdout(text):
            keras.models.model_from_json(result["json"]).summary()
        result["summary"] = text.getvalue()
        return result


def pack(given):
    return given[0] if isinstance(given, list) and len(given) == 1 else given


def fed(model, given):
    """The inputs by name where the model has names for them."""
    return dict(zip(sorted(model.input), given)) if isinstance(model.input, dict) else pack(given)


def arrays(given):
    values = [given[key] for key in sorted(given)] if isinstance(given, dict) else given
    return [golden.array(each) for each in values]


def flat(outputs):
    if isinstance(outputs, dict):
        return [outputs[key] for key in sorted(outputs)]
    return outputs if isinstance(outputs, (list, tuple)) else [outputs]


def regression(case, model):
    """Targets of the outputs' shapes."""
    return [case.draw(*[BATCH if s is None else s for s in t.shape]) for t in model.outputs]


def classes(case, model):
    """One class a sample, as numbers."""
    return [case.random.randint(0, t.shape[-1], (BATCH,)) for t in model.outputs]


# ---- the models


def branches():
    x = keras.Input((4,), name="x")
    left = L.Dense(3, activation="tanh", name="left")(x)
    right = L.Dense(3, activation="relu", name="right")(x)
    y = L.Dense(2, name="y")(L.Add(name="sum")([left, right]))
    return keras.Model(x, y)


def skip():
    x = keras.Input((5, 4), name="x")
    h = L.LSTM(4, return_sequences=True, name="lstm")(x)
    h = L.Add(name="skip")([x, h])
    h = L.LayerNormalization(name="norm")(h)
    return keras.Model(x, L.Dense(2, name="y")(h), name="residual")


def two_inputs():
    a = keras.Input((5, 3), name="series")
    b = keras.Input((2,), name="calendar")
    h = L.GRU(4, name="gru")(a)
    h = L.Concatenate(name="both")([h, b])
    return keras.Model([a, b], L.Dense(1, name="y")(h))


def two_outputs():
    x = keras.Input((5, 3), name="x")
    h = L.LSTM(4, name="lstm")(x)
    return keras.Model(x, [L.Dense(1, name="value")(h), L.Dense(3, activation="softmax", name="kind")(h)])


def by_name():
    b = keras.Input((3,), name="b")
    a = keras.Input((2,), name="a")
    h = L.Concatenate(name="c")([b, a])
    z = L.Dense(2, name="first")(h)
    w = L.Dense(1, name="second")(h)
    return keras.Model({"b": b, "a": a}, {"z": z, "w": w})


def shared():
    a = keras.Input((4, 3), name="a")
    b = keras.Input((4, 3), name="b")
    encode = L.LSTM(3, name="encode")
    distance = L.Subtract(name="difference")([encode(a), encode(b)])
    return keras.Model([a, b], L.Dense(1, activation="sigmoid", name="same")(distance))


def deep_shared():
    """A layer that is called at two depths, which decides where it stands in the order."""
    x = keras.Input((3,), name="x")
    again = L.Dense(3, activation="tanh", name="again")
    h = again(x)
    h = L.Dense(3, name="between")(h)
    return keras.Model(x, L.Dense(1, name="y")(again(h)))


def seq2seq():
    a = keras.Input((None, 3), name="source")
    b = keras.Input((None, 4), name="shifted")
    _, h, c = L.LSTM(5, return_state=True, name="encoder")(a)
    d, _, _ = L.LSTM(5, return_sequences=True, return_state=True, name="decoder")(
        b, initial_state=[h, c]
    )
    return keras.Model([a, b], L.Dense(4, activation="softmax", name="tokens")(d))


def gru_states():
    a = keras.Input((4, 3), name="a")
    _, h = L.GRU(4, return_state=True, reset_after=False, name="encoder")(a)
    rnn = L.SimpleRNN(4, return_sequences=True, name="decoder")(a, initial_state=h)
    return keras.Model(a, [rnn, h])


def attention():
    x = keras.Input((5, 4), name="x")
    h = L.LSTM(4, return_sequences=True, name="lstm")(x)
    scores = L.Dot(axes=(2, 2), name="scores")([h, x])
    weights = L.Softmax(name="weights")(scores)
    context = L.Dot(axes=(2, 1), name="context")([weights, h])
    y = L.Dense(2, name="y")(L.Concatenate(name="c")([h, context]))
    return keras.Model(x, y)


def merges():
    a = keras.Input((4,), name="a")
    b = keras.Input((4,), name="b")
    p = L.Dense(4, name="p")(a)
    q = L.Dense(4, name="q")(b)
    parts = [
        L.Multiply(name="product")([p, q]),
        L.Average(name="mean")([p, q, a]),
        L.Maximum(name="most")([p, q]),
        L.Minimum(name="least")([p, q]),
        L.Subtract(name="less")([p, q]),
        L.Dot(axes=1, normalize=True, name="cosine")([p, q]),
    ]
    return keras.Model([a, b], L.Dense(1, name="y")(L.Concatenate(name="all")(parts)))


def broadcasts():
    a = keras.Input((5, 3), name="a")
    b = keras.Input((3,), name="b")
    p = L.Dense(3, name="p")(b)
    h = L.Multiply(name="gated")([a, p])
    h = L.Add(name="moved")([h, L.Dense(1, name="q")(a)])
    return keras.Model([a, b], L.GRU(2, name="y")(h))


def masked_merges():
    a = keras.Input((5, 3), name="a")
    b = keras.Input((5, 3), name="b")
    m = L.Masking(name="ma")(a)
    n = L.Masking(name="mb")(b)
    parts = [
        L.Add(name="sum")([m, n]),
        L.Multiply(name="product")([m, n]),
        L.Maximum(name="most")([m, n, b]),
        L.Minimum(name="least")([m, n]),
        L.Concatenate(name="along", axis=-1)([m, b]),
    ]
    y = [L.LSTM(2, name=f"lstm_{i}")(part) for i, part in enumerate(parts)]
    return keras.Model([a, b], L.Concatenate(name="all")(y))


def masked_time():
    a = keras.Input((4, 3), name="a")
    b = keras.Input((3, 3), name="b")
    h = L.Concatenate(name="one_after_the_other", axis=1)([L.Masking(name="ma")(a), L.Masking(name="mb")(b)])
    return keras.Model([a, b], L.SimpleRNN(3, name="y")(h))


def nested():
    x = keras.Input((3,), name="inner_x")
    h = L.Dense(4, activation="tanh", name="inner_h")(x)
    inner = keras.Model(x, [L.Dense(2, name="inner_a")(h), h], name="inner")
    p = keras.Input((3,), name="p")
    q = keras.Input((3,), name="q")
    a, h = inner(p)
    b, g = inner(q)
    y = L.Concatenate(name="c")([a, b, h, g])
    return keras.Model([p, q], L.Dense(1, name="y")(y), name="outer")


def nested_twice():
    """Models within models, one of them called twice, with several outputs."""
    x = keras.Input((3,), name="x")
    h = L.Dense(4, activation="tanh", name="h")(x)
    inner = keras.Model(x, [L.Dense(2, name="a")(h), h], name="inner")
    y = keras.Input((3,), name="y")
    a, h = inner(y)
    b, g = inner(y[:, ::-1])
    middle = keras.Model(y, L.Concatenate(name="c")([a, b, h, g]), name="middle")
    z = keras.Input((3,), name="z")
    return keras.Model(z, L.Dense(1, name="d")(middle(L.Dense(3, name="e")(z))))


def nested_by_name():
    a = keras.Input((3,), name="first")
    b = keras.Input((2,), name="second")
    inner = keras.Model({"one": a, "two": b}, L.Dense(2, name="d")(L.Concatenate(name="c")([b, a])), name="inner")
    p = keras.Input((3,), name="p")
    q = keras.Input((2,), name="q")
    return keras.Model([p, q], L.Dense(1, name="y")(inner({"one": p, "two": q})))


def sequential_inside():
    x = keras.Input((4, 3), name="x")
    tower = keras.Sequential([L.Dense(3, activation="tanh", name="t1"), L.LSTM(3, name="t2")], name="tower")
    return keras.Model(x, L.Dense(1, name="y")(L.Average(name="m")([tower(x), L.GRU(3, name="g")(x)])))


def model_for_each_timestep():
    s = keras.Input((3,), name="s")
    step = keras.Model(s, L.Add(name="r")([s, L.Dense(3, activation="relu", name="d")(s)]), name="step")
    x = keras.Input((4, 3), name="x")
    return keras.Model(x, L.Dense(1, name="y")(L.TimeDistributed(step, name="each")(x)))


def operators():
    x = keras.Input((5, 4), name="x")
    y = keras.Input((5, 4), name="y")
    last = x[:, -1]
    even = ops.mean(x[:, ::2], axis=1)
    h = L.Dense(4, name="d")(last * 0.5 + even - 1.0)
    g = 1.0 - ops.sigmoid(h)
    mix = g * ops.tanh(h) + (1.0 - g) * ops.max(y, axis=1) / 2.0
    scores = ops.softmax(ops.matmul(x, ops.transpose(y, (0, 2, 1))))
    context = ops.sum(ops.matmul(scores, y), axis=1)
    return keras.Model([x, y], L.Dense(2, name="out")(ops.concatenate([mix, context], axis=-1)))


def functions():
    x = keras.Input((4, 6), name="x")
    h = L.Dense(6, name="d")(x)
    parts = [
        ops.exp(h), ops.log(ops.square(h) + 1.0), ops.sqrt(ops.abs(h) + 0.5), ops.clip(h, -0.3, 0.4),
        ops.relu(h), ops.where(h > 0.1, h, -h), ops.flip(h, axis=1), ops.zeros_like(h) + h,
        ops.ones_like(h) * 0.5, ops.maximum(h, 0.2), ops.minimum(h, x), ops.power(h, 2),
        ops.reshape(ops.reshape(h, (-1, 3, 8)), (-1, 4, 6)), ops.swapaxes(ops.swapaxes(h, 1, 2), 1, 2),
        ops.tile(h[:, :, :2], (1, 1, 3)), ops.repeat(h[:, :2], 2, axis=1), ops.cumsum(h, axis=1),
        ops.cast(h, "float32"), ops.softplus(h), ops.gelu(h), ops.silu(h), ops.rsqrt(ops.square(h) + 1.0),
        ops.expand_dims(h[..., 0], -1) * h, ops.squeeze(h[:, :, :1], -1)[:, :, None] + h,
        ops.normalize(h), ops.log_softmax(h), h / (1.0 + ops.std(h, axis=-1, keepdims=True)),
        h - ops.min(h, axis=[1, 2], keepdims=True), h * ops.prod(h, axis=-1, keepdims=True),
        ops.einsum("bij,bkj->bik", h, h)[:, :, :1] * h, ops.logsumexp(h, axis=-1, keepdims=True) * h,
        ops.split(h, 2, axis=-1)[1][:, :, :1] + h, ops.stack([h, x], axis=1)[:, 1],
        ops.one_hot(ops.argmax(h, axis=-1), 6) * h, ops.take(h, 1, axis=1)[:, None] + h,
        ops.var(h, axis=-1, keepdims=True) + h, ops.greater(h, x) * h, ops.not_equal(h, 0.0) * h,
    ]
    return keras.Model(x, L.Dense(1, name="y")(ops.concatenate(parts, axis=-1)))


def input_is_output():
    x = keras.Input((3,), name="x")
    return keras.Model(x, [x, L.Dense(2, name="y")(x)])


def unused_input():
    x = keras.Input((3,), name="x")
    y = keras.Input((2,), name="y")
    return keras.Model([x, y], L.Dense(2, name="z")(x))


def inner_outputs():
    model = skip()
    return keras.Model(model.input, [model.get_layer("lstm").output, model.output], name="with_inner")


def inner_inputs():
    model = skip()
    return keras.Model(model.get_layer("lstm").output, L.Dense(1, name="e")(model.get_layer("lstm").output), name="head")


def masked_decoder():
    a = keras.Input((6, 3), name="a")
    m = L.Masking(name="m")(a)
    e, h, c = L.LSTM(3, return_sequences=True, return_state=True, name="e")(m)
    d = L.LSTM(3, return_sequences=True, name="d")(e, initial_state=[h, c])
    return keras.Model(a, L.TimeDistributed(L.Dense(2), name="y")(d))


def explicit_masks():
    x, m = keras.Input((5, 3), name="x"), keras.Input((5,), name="m")
    keep = ops.greater(m, -0.5)
    y, h = L.GRU(3, return_sequences=True, return_state=True, name="gru")(x, mask=keep)
    z, *states = L.LSTM(3, return_sequences=True, return_state=True, name="lstm")(
        y, initial_state=[h, h], mask=keep
    )
    mean = L.GlobalAveragePooling1D(name="mean")(z)
    kept = L.GlobalAveragePooling1D(name="kept")(z, mask=keep)
    both = L.Bidirectional(L.SimpleRNN(2), name="both")(z, mask=keep)
    return keras.Model([x, m], L.Dense(1, name="y")(L.Concatenate(name="c")([mean, kept, both, *states])))


def given_masks():
    """Masks of queries, values and keys, given and found; MultiHeadAttention takes them off."""
    x, m, n = keras.Input((5, 3), name="x"), keras.Input((5,), name="m"), keras.Input((5,), name="n")
    first, second = ops.greater(m, -0.5), ops.greater(n, -0.5)
    masked = L.Masking(name="mask")(x)
    before = L.GRU(2, return_sequences=True, name="before")(masked)
    d = L.Dense(3, name="d")(masked)
    scored = L.Attention(name="scored")([x, d], mask=[first, second])
    values = L.AdditiveAttention(name="values")([d, x], mask=[None, second])
    heads = L.MultiHeadAttention(1, 2, name="heads")(masked, x, value_mask=second)
    keys = L.MultiHeadAttention(2, 2, name="keys")(d, x, scored, key_mask=first)
    grouped = L.GroupQueryAttention(2, 2, 1, name="grouped")(d, x, query_mask=first, value_mask=second)
    after = L.GRU(2, return_sequences=True, name="after")(masked)
    y = L.Concatenate(name="c")([before, scored, values, heads, keys, grouped, after])
    return keras.Model([x, m, n], L.Dense(1, name="y")(y))


def both_ways():
    x = keras.Input((5, 3), name="x")
    y, *states = L.Bidirectional(
        L.LSTM(3, return_sequences=True, return_state=True, name="lstm"), name="both"
    )(x)
    z = L.Bidirectional(L.LSTM(3, name="last"), merge_mode="ave", name="again")(
        y, initial_state=states
    )
    a, b = L.Bidirectional(L.GRU(2, name="gru"), merge_mode=None, name="apart")(x)
    return keras.Model(x, L.Dense(1, name="y")(L.Concatenate(name="c")([z, a, b])))


def regularized():
    x = keras.Input((3,), name="x")
    d = L.Dense(3, kernel_regularizer=keras.regularizers.L2(0.01), activity_regularizer=keras.regularizers.L1(0.02), name="d")
    return keras.Model(x, L.Dense(1, name="y")(d(d(x))))


class RandomGraph:
    """A graph of layers drawn at random: sequences of (5, 3) and vectors of 3 in many ways."""

    TIMESTEPS, WIDTH = 5, 3

    def __init__(self, seed, masked):
        self.random = np.random.RandomState(seed)
        self.masked = masked
        self.shared = {"sequence": [], "vector": []}

    def one(self, choices):
        return choices[self.random.randint(len(choices))]

    def sequence_layer(self):
        width = self.WIDTH
        return self.one(
            [
                lambda: L.LSTM(width, return_sequences=True),
                lambda: L.GRU(width, return_sequences=True, reset_after=bool(self.random.randint(2))),
                lambda: L.SimpleRNN(width, return_sequences=True, activation=self.one(["tanh", "relu"])),
                lambda: L.Bidirectional(L.LSTM(width, return_sequences=True), merge_mode=self.one(["sum", "ave", "mul"])),
                lambda: L.RNN(self.one([L.GRUCell, L.LSTMCell, L.SimpleRNNCell])(width), return_sequences=True),
                lambda: L.Dense(width, activation=self.one(["tanh", "gelu", "linear"])),
                lambda: L.LayerNormalization(),
                lambda: L.TimeDistributed(L.Dense(width, activation="tanh")),
                lambda: L.Softmax(),
                lambda: L.Conv1D(width, 2, padding=self.one(["same", "causal"]), activation="tanh"),
                lambda: L.SeparableConv1D(width, 3, padding="same"),
                lambda: L.DepthwiseConv1D(2, padding="same"),
                lambda: L.Conv1DTranspose(width, 3, padding="same"),
                lambda: L.MaxPooling1D(2, strides=1, padding="same"),
                lambda: L.AveragePooling1D(2, strides=1, padding="same"),
                lambda: L.AdaptiveAveragePooling1D(self.TIMESTEPS),
                lambda: L.BatchNormalization(momentum=0.7),
                lambda: L.GroupNormalization(groups=self.one([1, -1])),
                lambda: L.RMSNormalization(),
                lambda: L.UnitNormalization(),
                lambda: L.Normalization(mean=[0.1, -0.2, 0.3], variance=[0.5, 1.0, 2.0]),
                lambda: L.SpectralNormalization(L.Dense(width, activation="tanh")),
                lambda: L.EinsumDense("abc,cd->abd", (None, width), bias_axes="d"),
                lambda: self.inner((self.TIMESTEPS, width), L.GRU(width, return_sequences=True)),
            ]
        )()

    def vector_layer(self):
        width = self.WIDTH
        return self.one(
            [
                lambda: L.Dense(width, activation=self.one(["tanh", "selu", "softplus"])),
                lambda: L.Activation("sigmoid"),
                lambda: L.LeakyReLU(negative_slope=0.2),
                lambda: L.BatchNormalization(),
                lambda: L.Rescaling(0.5, offset=0.1),
                lambda: L.SpectralNormalization(L.Dense(width), power_iterations=2),
                lambda: L.Identity(),
                lambda: L.ActivityRegularization(l2=0.01),
                lambda: keras.Sequential([L.Dense(4, activation="tanh"), L.Dense(width)]),
                lambda: self.inner((width,), L.Dense(width, activation="tanh")),
            ]
        )()

    def inner(self, shape, layer):
        x = keras.Input(shape)
        return keras.Model(x, L.Add()([x, layer(x)]))

    def layer(self, kind):
        """A new layer, or one that was used before, which then has several calls."""
        before = self.shared[kind]
        if before and self.random.rand() < 0.25:
            return self.one(before)
        before.append(self.sequence_layer() if kind == "sequence" else self.vector_layer())
        return before[-1]

    def merged(self, a, b, dense):
        merge = self.one([L.Add, L.Multiply, L.Average, L.Maximum, L.Minimum, L.Subtract, L.Concatenate])
        y = merge()([a, b])
        return dense(L.Dense(self.WIDTH)(y)) if merge is L.Concatenate else y

    def counted(self, v):
        places = L.Discretization([-0.4, 0.0, 0.4])(v)
        encoding = L.CategoryEncoding(4, output_mode=self.one(["count", "multi_hot"]))
        return L.Dense(self.WIDTH)(encoding(places))

    def grow(self, sequences, vectors):
        s, t = self.one(sequences), self.one(sequences)
        v, w = self.one(vectors), self.one(vectors)
        kind, made = self.one(
            [
                lambda: ("s", self.layer("sequence")(s)),
                lambda: ("s", self.layer("sequence")(s)),
                lambda: ("v", self.layer("vector")(v)),
                lambda: ("v", L.LSTM(self.WIDTH)(s)),
                lambda: ("v", L.GlobalAveragePooling1D()(s)),
                lambda: ("v", L.GlobalMaxPooling1D()(s)),
                lambda: ("s", L.Attention(use_scale=True)([s, t])),
                lambda: ("s", L.AdditiveAttention()([s, t])),
                lambda: ("s", L.MultiHeadAttention(2, 2, use_bias=False)(s, t)),
                lambda: ("s", L.MultiHeadAttention(1, 2, use_bias=False)(s, s, use_causal_mask=True)),
                lambda: ("s", L.GroupQueryAttention(2, 2, 1, use_bias=False)(s, t)),
                lambda: ("s", L.ZeroPadding1D((2, 0))(L.Cropping1D((0, 2))(s))),
                lambda: ("s", L.ConvLSTM1D(1, 2, padding="same", return_sequences=True)(L.Reshape((self.TIMESTEPS, 3, 1))(s))[..., 0]),
                lambda: ("v", ops.max(s, axis=1)),
                lambda: ("v", self.counted(v)),
                lambda: ("v", L.Flatten()(L.Embedding(4, 1)(L.Discretization([-0.4, 0.0, 0.4])(v)))),
                lambda: ("v", s[:, -1]),
                lambda: ("s", s[:, ::-1] * 0.5),
                lambda: ("s", L.RepeatVector(self.TIMESTEPS)(v)),
                lambda: ("s", self.merged(s, t, lambda y: y)),
                lambda: ("v", self.merged(v, w, lambda y: y)),
                lambda: ("v", 1.0 - ops.tanh(v) * w),
                lambda: ("s", L.LSTM(self.WIDTH, return_sequences=True)(s, initial_state=[v, w])),
                lambda: ("v", L.GRU(self.WIDTH, return_state=True)(s)[1]),
                lambda: ("s", ops.matmul(ops.softmax(ops.matmul(s, ops.transpose(t, (0, 2, 1)))), t)),
            ]
        )()
        (sequences if kind == "s" else vectors).append(made)

    def model(self):
        x = [keras.Input((self.TIMESTEPS, self.WIDTH)) for _ in range(self.random.randint(1, 3))]
        z = keras.Input((self.WIDTH,))
        sequences = [L.Masking()(each) if self.masked else each for each in x]
        vectors = [L.Dense(self.WIDTH, activation="tanh")(z)]
        for _ in range(self.random.randint(5, 12)):
            self.grow(sequences, vectors)
        outputs = [L.Dense(2)(each) for each in (sequences[-1], vectors[-1])]
        return keras.Model([*x, z], outputs[self.random.randint(2) :])


def compiled(model, **arguments):
    arguments = {"optimizer": keras.optimizers.Adam(0.01), "loss": "mse"} | arguments
    model.compile(**arguments)
    return model


def weights_of_each(case, model):
    """A weight for each vector, and for each timestep of sequences."""
    return [np.abs(case.draw(BATCH, *t.shape[1:-1])) for t in model.outputs]


def mixed(case, model):
    return [case.draw(BATCH, 1), case.random.randint(0, 3, (BATCH,))]


PLAIN = [
    branches, skip, two_inputs, shared, deep_shared, attention, merges, broadcasts, nested, nested_twice,
    nested_by_name, sequential_inside, model_for_each_timestep, operators, functions, unused_input,
    inner_inputs, both_ways, regularized,
]


def main():
    cases = []

    def add(name, make, targets=regression, masked=False, weights=None, **arguments):
        cases.append((name, make, targets, masked, weights, arguments))

    for make in PLAIN:
        add(make.__name__, make, metrics=["mae"])
    for make in (masked_merges, masked_time, masked_decoder):
        add(make.__name__, make, masked=True, metrics=["mae"])
    add("seq2seq", seq2seq, tokens, loss="categorical_crossentropy", metrics=["acc"])
    add("gru_states", gru_states)
    add("input_is_output", input_is_output, loss=[None, "mse"])
    add("inner_outputs", inner_outputs)
    add("by_name", by_name, named, loss={"z": "mse", "w": "mae"}, metrics={"w": ["mse"]})
    add(
        "two_outputs",
        two_outputs,
        mixed,
        loss=["mse", "sparse_categorical_crossentropy"],
        loss_weights=[0.3, 2.0],
        metrics=[["mae"], ["acc"]],
    )
    add(
        "two_outputs_by_name",
        two_outputs,
        mixed,
        loss={"value": "mae", "kind": "sparse_categorical_crossentropy"},
        loss_weights={"value": 0.5, "kind": 1.5},
        metrics={"kind": "acc"},
        weighted_metrics={"value": ["mae", "mse"]},
        weights=weights_of_each,
    )
    add(
        "weighted",
        two_outputs,
        mixed,
        loss=["mse", "sparse_categorical_crossentropy"],
        metrics=["mae", "acc"],
        weighted_metrics=["mae", "acc"],
        weights=weights_of_each,
    )
    for seed in range(RANDOM_GRAPHS):
        cases.append(random_case(seed))
    add("explicit_masks", explicit_masks)
    add("given_masks", given_masks, masked=True)
    share = int(os.environ.get("GOLDEN_SHARE", "1"))  # See check.sh.
    made = random.sample(range(len(cases)), -(-len(cases) // share))
    for seed, (name, make, targets, masked, weights, arguments) in enumerate(cases):
        if seed not in made:
            continue
        keras.utils.clear_session()
        Case(name, seed).write(compiled(make(), **arguments), targets, masked, weights)


def random_case(seed):
    """A graph drawn at random; every fourth is masked, every fifth weighted."""
    masked = seed % 4 == 3
    name = f"masked_random_{seed:02}" if masked else f"random_{seed:02}"
    weights = weights_of_each if seed % 5 == 4 else None
    return name, lambda: RandomGraph(seed, masked).model(), regression, masked, weights, {}


def more(folder, first, count):
    for seed in range(first, first + count):
        keras.utils.clear_session()
        name, make, targets, masked, weights, _ = random_case(seed)
        try:
            nudged = Case(name, seed).trained(compiled(make()), targets, masked, weights, 1e-7)
            keras.utils.clear_session()
            model = compiled(make())
            case = Case(name, seed, folder)
            result = case.trained(model, targets, masked, weights)
            # How far Keras is from itself where gradients are nothing but rounding, as Adam's are.
            result["rounding"] = [
                float(np.abs(np.subtract(one["data"], other["data"])).max(initial=0))
                for one, other in zip(result["trained"], nudged["trained"])
            ]
            golden.write("functional/" + name, result, folder)
        except ValueError as refused:  # As Softmax refuses a mask of timesteps.
            print(f"seed {seed}: Keras does not run this graph: {refused}")


def tokens(case, model):
    return [np.eye(4, dtype="float32")[case.random.randint(0, 4, (BATCH, 6))]]


def named(case, model):
    return {"z": case.draw(BATCH, 2), "w": case.draw(BATCH, 1)}


if __name__ == "__main__":
    assert keras.__version__ == "3.15.1", keras.__version__
    if len(sys.argv) > 1:
        more(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
    else:
        main()
