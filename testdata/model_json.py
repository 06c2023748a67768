"""Writes what model.to_json() gives: for each layer, models of them, and models that are compiled.

Each layer stands once with other arguments than the defaults. model_from_json must read it all.
In changed.json are those that Keras itself writes otherwise once it has read them.
"""

import functools
import json
import random

import golden
import keras
import layer_cases
from keras import initializers, layers, losses, metrics, optimizers, regularizers
from keras.optimizers import schedules




def of(shape, *made):
    return keras.Sequential([keras.Input(shape), *made])


def dense():
    return of(
        (3,),
        layers.Dense(
            4,
            activation="selu",
            use_bias=True,
            kernel_initializer=initializers.HeNormal(seed=1),
            bias_initializer=initializers.Constant(0.25),
            kernel_regularizer=regularizers.L1L2(l1=0.01, l2=0.02),
            bias_regularizer="l2",
            activity_regularizer=regularizers.L1(0.125),
            kernel_constraint=keras.constraints.MaxNorm(3, axis=[0]),
            bias_constraint="non_neg",
            name="all_arguments",
        ),
        layers.Dense(2, use_bias=False, trainable=False),
        layers.Dense(2, activation=layers.ReLU(max_value=6, negative_slope=0.1)),
        layers.Dense(2, activation=layers.LeakyReLU(name="leaky")),
        layers.Dense(2, activation=layers.ELU(alpha=0.5)),
        layers.Dense(2, activation=layers.Softmax()),
        layers.Dense(2, activation=layers.ReLU()),
    )


def some_initializers():
    generator = keras.random.SeedGenerator(7, name="own")
    made = [
        initializers.Zeros(),
        initializers.Ones(),
        initializers.Constant(2),
        initializers.Identity(gain=2.0),
        initializers.RandomNormal(mean=1.0, stddev=0.5, seed=3),
        initializers.RandomUniform(minval=-1.0, maxval=0.5, seed=generator),
        initializers.TruncatedNormal(mean=0.5, stddev=0.25, seed=2**40),
        initializers.VarianceScaling(2.0, "fan_out", "uniform", seed=5),
        initializers.GlorotNormal(seed=1),
        initializers.GlorotUniform(),
        initializers.HeUniform(seed=2),
        initializers.LecunNormal(seed=3),
        initializers.LecunUniform(),
        initializers.Orthogonal(gain=0.5, seed=4),
    ]
    return of((2,), *[layers.Dense(2, kernel_initializer=each) for each in made])


def fourier():
    window = initializers.STFT("imag", window="hamming", scaling="spectrum", periodic=True)
    return of((4, 1, 3), layers.PReLU(alpha_initializer=window))


def some_regularizers():
    return of(
        (2,),
        layers.Dense(2, kernel_regularizer=regularizers.OrthogonalRegularizer(0.5, "columns")),
        layers.Dense(2, kernel_regularizer="l1"),
        layers.Dense(2, kernel_constraint=keras.constraints.MinMaxNorm(0.5, 2.0, 0.75, axis=1)),
        layers.Dense(2, kernel_constraint="unit_norm"),
    )


def lstm():
    return keras.Sequential(
        [
            keras.Input(batch_shape=(2, 5, 3)),
            layers.LSTM(
                4,
                activation="relu",
                recurrent_activation="hard_sigmoid",
                use_bias=False,
                unit_forget_bias=False,
                kernel_initializer="he_normal",
                recurrent_initializer="glorot_normal",
                bias_initializer="ones",
                kernel_regularizer="l1",
                recurrent_regularizer=regularizers.L2(0.5),
                bias_regularizer="l1l2",
                activity_regularizer="l2",
                kernel_constraint="max_norm",
                recurrent_constraint=keras.constraints.UnitNorm(),
                bias_constraint="min_max_norm",
                dropout=0.25,
                recurrent_dropout=0.5,
                seed=9,
                return_sequences=True,
                go_backwards=True,
                stateful=True,
                unroll=True,
                zero_output_for_mask=True,
            ),
            layers.LSTM(3),
        ],
        name="recurrent",
    )


def gru():
    return of(
        (None, 3),
        layers.GRU(
            4,
            activation="relu",
            recurrent_activation="hard_sigmoid",
            reset_after=False,
            recurrent_initializer="glorot_normal",
            bias_regularizer="l1l2",
            recurrent_constraint=keras.constraints.UnitNorm(),
            dropout=0.25,
            recurrent_dropout=0.5,
            seed=9,
            return_sequences=True,
            go_backwards=True,
        ),
        layers.GRU(3, use_bias=False, name="second"),
    )


def simple_rnn():
    return of(
        (None, 3),
        layers.Masking(mask_value=-1.0),
        layers.SimpleRNN(4, activation="linear", dropout=0.5, seed=3, return_sequences=True),
        layers.SimpleRNN(2, use_bias=False, recurrent_initializer=initializers.Orthogonal(2.0, seed=1)),
    )


def sequences():
    return of(
        (6, 3),
        layers.Masking(mask_value=2.5),
        layers.GaussianNoise(0.125, seed=4),
        layers.SpatialDropout1D(0.25, seed=5),
        layers.Dropout(0.5, noise_shape=(None, 1, 3), seed=6),
        layers.Dropout(0.0),
        layers.LayerNormalization(
            axis=[1, 2],
            epsilon=0.01,
            center=False,
            gamma_initializer="zeros",
            gamma_regularizer="l2",
            gamma_constraint="non_neg",
        ),
        layers.LayerNormalization(scale=False, beta_initializer=initializers.RandomNormal(seed=2)),
        layers.ZeroPadding1D((2, 1), data_format="channels_last"),
        layers.ZeroPadding1D(1),
        layers.Cropping1D((0, 3)),
        layers.Cropping1D(1),
        layers.UpSampling1D(3),
        layers.Permute((2, 1)),
        layers.PReLU(
            alpha_initializer=initializers.Constant(0.5),
            alpha_regularizer="l1",
            alpha_constraint="non_neg",
            shared_axes=[1],
        ),
        layers.TimeDistributed(layers.Dense(2, activation="relu"), name="each"),
        layers.TimeDistributed(layers.Dropout(0.25, seed=1), trainable=False),
        layers.GlobalMaxPooling1D(data_format="channels_first", keepdims=True),
        layers.GlobalAveragePooling1D(keepdims=True),
    )


def vectors():
    return of(
        (4, 2),
        layers.Flatten(data_format="channels_first"),
        layers.ReLU(max_value=4.0, negative_slope=0.5, threshold=0.25),
        layers.LeakyReLU(negative_slope=0.125),
        layers.ELU(alpha=2.0),
        layers.RepeatVector(3),
        layers.Reshape((-1, 4)),
        layers.Activation("softplus"),
        layers.Activation("swish"),
        layers.Softmax(axis=[1, 2]),
        layers.Softmax(axis=1),
    )


def unbuilt():
    return keras.Sequential([layers.Dense(2), layers.LSTM(3)])


def told():
    return keras.Sequential([layers.Dense(2, input_shape=(3,)), layers.Dense(1)])


def built():
    model = keras.Sequential([layers.TimeDistributed(layers.Dense(2)), layers.Flatten()])
    model.build((None, 4, 3))
    return model


def nested():
    inner = keras.Sequential([layers.Dense(2), layers.Activation("relu")], name="inner")
    compiled = keras.Sequential([layers.Dense(3), layers.TimeDistributed(inner)])
    compiled.compile("adam", "mse", metrics=["mae"])
    outer = keras.Sequential([keras.Input((4, 3)), compiled, layers.Flatten(), layers.Dense(1)])
    outer.compile(optimizers.SGD(0.5), losses.Huber(0.5))
    return outer


def cells():
    stacked = [
        layers.GRUCell(3, reset_after=False, dropout=0.25),
        layers.SimpleRNNCell(2, use_bias=False, recurrent_dropout=0.5),
    ]
    return of(
        (4, 3),
        layers.RNN(
            layers.LSTMCell(2, activation="relu", unit_forget_bias=False, kernel_regularizer="l2"),
            return_sequences=True,
            zero_output_for_mask=True,
        ),
        layers.RNN(stacked, return_sequences=True, go_backwards=True),
        layers.Bidirectional(
            layers.LSTM(2, return_sequences=True, dropout=0.5, kernel_initializer="he_normal"),
            merge_mode="ave",
        ),
        layers.Bidirectional(
            layers.GRU(2), backward_layer=layers.SimpleRNN(2, go_backwards=True), name="two_kinds"
        ),
    )


def merged():
    a = keras.Input((4, 3), name="a")
    b = keras.Input((4, 3), name="b")
    parts = [
        layers.Add()([a, b]),
        layers.Subtract()([a, b]),
        layers.Multiply()([a, b]),
        layers.Average()([a, b]),
        layers.Maximum()([a, b]),
        layers.Minimum(trainable=False)([a, b]),
        layers.Dot((2, 2), normalize=True)([a, b]),
    ]
    return keras.Model([a, b], layers.Concatenate(axis=2)(parts))


def looked_up():
    """Layers that read strings and whole numbers, each with an input of its own."""
    words = ["red", "green", "blue"]
    made = [
        ("string", layers.TextVectorization(vocabulary=words)),
        ("string", layers.TextVectorization(20, "lower", "character", 2, output_sequence_length=5, vocabulary=words)),
        ("string", layers.TextVectorization(20, None, ngrams=(2, 3), output_mode="count", pad_to_max_tokens=True)),
        ("string", layers.TextVectorization(output_mode="tf_idf", vocabulary=words, idf_weights=[0.5, 1.0, 2.0])),
        ("string", layers.StringLookup(vocabulary=words, mask_token="", oov_token="?", num_oov_indices=2, salt=[3, 4])),
        ("string", layers.StringLookup(max_tokens=8, vocabulary=words, output_mode="multi_hot", pad_to_max_tokens=True)),
        ("string", layers.StringLookup(vocabulary=words, idf_weights=[0.5, 1.0, 2.0], output_mode="tf_idf")),
        ("int64", layers.IntegerLookup(vocabulary=[12, 1234567890123], mask_token=0, oov_token=-2)),
        ("int64", layers.IntegerLookup(num_oov_indices=3, oov_method="farmhash", salt=7, name="several")),
        ("int64", layers.IntegerLookup(vocabulary=[12, 13], idf_weights=[0.25, 4.0], output_mode="tf_idf")),
        ("string", layers.Hashing(5, mask_value="", salt=[1, 2])),
        ("int64", layers.Hashing(5, mask_value=7, output_mode="one_hot")),
    ]
    inputs, outputs = [], []
    for dtype, layer in made:
        inputs.append(keras.Input((1,), dtype=dtype))
        outputs.append(layer(inputs[-1]))
    for dtype, layer in [("string", layers.HashedCrossing(5)), ("int32", layers.HashedCrossing(5, output_mode="one_hot"))]:
        pair = [keras.Input((1,), dtype=dtype), keras.Input((1,), dtype=dtype)]
        inputs += pair
        outputs.append(layer(pair))
    return keras.Model(inputs, outputs)


def cases_of(file):
    """A model of all cases of a file of layer_cases.py, each with an input of its own."""
    inputs, outputs = [], []
    for case in layer_cases.FILES[file].values():
        batch = case.shape[0] if "stateful" in case.layer else None
        given, output = layer_cases.called(
            case, lambda shape, batch=batch: keras.Input(batch_shape=(batch, *shape))
        )
        inputs += given
        outputs += output if isinstance(output, (list, tuple)) else [output]
    return keras.Model(inputs, outputs)


def frozen():
    model = of((3,), layers.Dense(2), layers.Dense(1))
    model.trainable = False
    return model


def started():
    return keras.Sequential([keras.Input((None, 3), name="data")], name="started")


MODELS = [
    dense,
    some_initializers,
    fourier,
    some_regularizers,
    lstm,
    gru,
    simple_rnn,
    sequences,
    vectors,
    unbuilt,
    told,
    built,
    nested,
    cells,
    merged,
    frozen,
    started,
    looked_up,
]

# Those that are compared letter by letter.
TEXTS = ["gru", "simple_rnn", "nested"]

SEEDED = ["dense", "some_initializers", "gru", "simple_rnn", "sequences", "built", "nested", "cells"]

OPTIMIZERS = {
    "adadelta": optimizers.Adadelta(0.5, rho=0.9, epsilon=1e-6),
    "adagrad": optimizers.Adagrad(0.01, initial_accumulator_value=0.2, epsilon=1e-6),
    "adam": optimizers.Adam(0.01, beta_1=0.8, beta_2=0.99, epsilon=1e-6, amsgrad=True, name="mine"),
    "adam_clipnorm": optimizers.Adam(clipnorm=1.5, weight_decay=0.01),
    "adamax": optimizers.Adamax(0.02, beta_1=0.8, beta_2=0.99, epsilon=1e-6, clipvalue=0.5),
    "adamw": optimizers.AdamW(weight_decay=0.02, global_clipnorm=2.0),
    "lion": optimizers.Lion(0.02, beta_1=0.8, beta_2=0.95),
    "lamb": optimizers.Lamb(0.02, beta_1=0.8, beta_2=0.95, epsilon=1e-6),
    "ftrl": optimizers.Ftrl(
        0.02,
        learning_rate_power=-0.6,
        initial_accumulator_value=0.2,
        l1_regularization_strength=0.01,
        l2_regularization_strength=0.02,
        l2_shrinkage_regularization_strength=0.1,
        beta=0.3,
    ),
    "adafactor": optimizers.Adafactor(
        0.02, beta_2_decay=-0.5, epsilon_1=1e-8, epsilon_2=0.25, clip_threshold=0.5, relative_step=False
    ),
    "multi": optimizers.MultiOptimizer(
        optimizers.OptimizerMap(
            optimizers.SGD(0.1), {"dense/.*\\d": optimizers.Adam(), "dense_1/.*": optimizers.Lion(0.02)}
        ),
        loss_scale_factor=2.0,
    ),
    "muon_layers": optimizers.Muon(exclude_layers=["last", "dense_[0-9]"]),
    "muon": optimizers.Muon(
        0.02,
        adam_beta_1=0.8,
        adam_beta_2=0.95,
        adam_weight_decay=0.25,
        epsilon=1e-6,
        exclude_embeddings=False,
        muon_a=3.0,
        muon_b=-4.0,
        muon_c=2.0,
        adam_lr_ratio=0.5,
        momentum=0.75,
        ns_steps=3,
        nesterov=False,
        rms_rate=None,
    ),
    "schedule_free": optimizers.ScheduleFreeAdamW(0.02, beta_1=0.8, beta_2=0.95, epsilon=1e-6, warmup_steps=10),
    "nadam": optimizers.Nadam(0.02, beta_1=0.8, beta_2=0.99, epsilon=1e-6),
    "rmsprop": optimizers.RMSprop(0.02, rho=0.8, momentum=0.5, epsilon=1e-6, centered=True),
    "sgd": optimizers.SGD(0.1, momentum=0.9, nesterov=True),
    "sgd_average": optimizers.SGD(use_ema=True, ema_momentum=0.9, ema_overwrite_frequency=10),
    "sgd_scaled": optimizers.SGD(loss_scale_factor=8.0, gradient_accumulation_steps=4),
    "cosine": optimizers.SGD(
        schedules.CosineDecay(0.1, 100, alpha=0.1, warmup_target=0.2, warmup_steps=10)
    ),
    "cosine_restarts": optimizers.Adam(
        schedules.CosineDecayRestarts(0.1, 10, t_mul=3.0, m_mul=0.5, alpha=0.25, name="restarts")
    ),
    "exponential": optimizers.Adam(schedules.ExponentialDecay(0.1, 10, 0.9, staircase=True)),
    "inverse_time": optimizers.Adam(schedules.InverseTimeDecay(0.1, 10, 0.9, staircase=True)),
    "piecewise": optimizers.Adam(schedules.PiecewiseConstantDecay([10, 20], [0.1, 0.01, 0.001])),
    "polynomial": optimizers.Adam(schedules.PolynomialDecay(0.1, 10, 0.01, power=2.0, cycle=True)),
    "text": "rmsprop",
    "upper": "Adam",
}

LOSSES = {
    "mse": "mse",
    "class": "MeanSquaredError",
    "function": losses.mean_absolute_error,
    "ce": "crossentropy",
    "mse_sum": losses.MeanSquaredError(reduction="sum"),
    "mae": losses.MeanAbsoluteError(name="mine"),
    "mape": losses.MeanAbsolutePercentageError(),
    "msle": losses.MeanSquaredLogarithmicError(),
    "binary": losses.BinaryCrossentropy(from_logits=True, label_smoothing=0.1, axis=1),
    "binary_focal": losses.BinaryFocalCrossentropy(
        apply_class_balancing=True, alpha=0.5, gamma=3.0, from_logits=True, label_smoothing=0.1
    ),
    "categorical": losses.CategoricalCrossentropy(from_logits=True, label_smoothing=0.1, axis=1),
    "categorical_focal": losses.CategoricalFocalCrossentropy(
        alpha=0.5, gamma=3.0, from_logits=True, label_smoothing=0.1
    ),
    "sparse": losses.SparseCategoricalCrossentropy(from_logits=True, ignore_class=2, axis=1),
    "kld": losses.KLDivergence(),
    "poisson": losses.Poisson(),
    "cosine": losses.CosineSimilarity(axis=1),
    "log_cosh": losses.LogCosh(reduction=None),
    "huber": losses.Huber(delta=2.0),
    "hinge": losses.Hinge(),
    "squared_hinge": losses.SquaredHinge(),
    "categorical_hinge": losses.CategoricalHinge(),
    "generalized": losses.CategoricalGeneralizedCrossEntropy(q=0.25),
    "dice": losses.Dice(axis=(1, 2)),
    "dice_of_all": losses.Dice(),
    "tversky": losses.Tversky(alpha=0.25, beta=0.75, axis=(1,)),
    "circle": losses.Circle(gamma=64.0, margin=0.25, remove_diagonal=False),
    "ctc": losses.CTC(),
}

METRICS = {
    "names": ["mae", "acc", "AUC"],
    "functions": [keras.metrics.mean_squared_error, keras.losses.poisson],
    "accuracies": [
        metrics.Accuracy(name="mine"),
        metrics.BinaryAccuracy(threshold=0.75),
        metrics.CategoricalAccuracy(),
        metrics.SparseCategoricalAccuracy(),
        metrics.TopKCategoricalAccuracy(k=3),
        metrics.SparseTopKCategoricalAccuracy(k=3, from_sorted_ids=True),
        metrics.SparseTopKCategoricalAccuracy(name="unsorted"),
    ],
    "means": [
        metrics.MeanSquaredError(),
        metrics.RootMeanSquaredError(),
        metrics.MeanAbsoluteError(),
        metrics.MeanAbsolutePercentageError(),
        metrics.MeanSquaredLogarithmicError(),
        metrics.CosineSimilarity(axis=1),
        metrics.LogCoshError(),
        metrics.KLDivergence(),
        metrics.Poisson(),
        metrics.Hinge(),
        metrics.SquaredHinge(),
        metrics.CategoricalHinge(),
        metrics.MeanMetricWrapper(losses.Huber(delta=0.5), name="hubers"),
        losses.LogCosh(),
    ],
    "values": [metrics.Mean(name="m"), metrics.Sum()],
    "crossentropies": [
        metrics.BinaryCrossentropy(from_logits=True, label_smoothing=0.25),
        metrics.CategoricalCrossentropy(from_logits=True, label_smoothing=0.25, axis=1),
        metrics.SparseCategoricalCrossentropy(from_logits=True, ignore_class=1, axis=1),
    ],
    "confusion": [
        metrics.Precision(top_k=2, class_id=1, name="p"),
        metrics.Recall(thresholds=0.25),
        metrics.TruePositives(),
        metrics.FalsePositives(thresholds=0.75),
        metrics.TrueNegatives(thresholds=0.25),
        metrics.FalseNegatives(),
        metrics.AUC(num_thresholds=10, curve="PR", summation_method="minoring", from_logits=True),
        metrics.PrecisionAtRecall(0.25, num_thresholds=20, class_id=1),
        metrics.RecallAtPrecision(0.25),
        metrics.SensitivityAtSpecificity(0.75, num_thresholds=10),
        metrics.SpecificityAtSensitivity(0.75, name="s"),
    ],
    "scores": [
        metrics.F1Score(average="macro", threshold=0.25),
        metrics.FBetaScore(average="weighted", beta=2.0),
        metrics.R2Score(class_aggregation="variance_weighted_average", num_regressors=2),
        metrics.PearsonCorrelation(axis=1),
        metrics.ConcordanceCorrelation(),
    ],
    "regions": [
        metrics.IoU(3, (0, 2), ignore_class=1, sparse_y_true=False),
        metrics.BinaryIoU((1,), threshold=0.25),
        metrics.MeanIoU(4, sparse_y_pred=False),
        metrics.OneHotIoU(3, (1,), sparse_y_pred=True),
        metrics.OneHotMeanIoU(5, ignore_class=0, name="mine"),
    ],
}


def compiled(**arguments):
    keras.utils.clear_session()
    model = of((3,), layers.Dense(2))
    model.compile(**arguments)
    return json.loads(model.to_json())


def seeded(text):
    """Weights drawn while a model is read, and the number that would be drawn next."""
    keras.utils.set_random_seed(42)
    model = keras.models.model_from_json(text)
    return {
        "weights": [golden.numbers(weight)[:4] for weight in model.get_weights()],
        "next": random.randint(1, 10**9),
    }


def main():
    models = {}
    changed = {}
    texts = {}
    made = {make.__name__: make for make in MODELS}
    # Recurrent layers have too many cases; they are in models above.
    for file in layer_cases.SINGLE:
        made[file] = functools.partial(cases_of, file)
    for name, make in made.items():
        keras.utils.clear_session()
        text = make().to_json()
        again = keras.models.model_from_json(text).to_json()
        models[name] = json.loads(text)
        if name in TEXTS:
            texts[name] = text
        if again != text:
            changed[name] = json.loads(again)
    golden.write("model_json/models", models)
    golden.write("model_json/changed", changed)
    golden.write("model_json/texts", texts)
    golden.write("model_json/seeds", {name: seeded(json.dumps(models[name])) for name in SEEDED})
    golden.write(
        "model_json/optimizers",
        {name: compiled(optimizer=each, loss="mse") for name, each in OPTIMIZERS.items()},
    )
    golden.write(
        "model_json/losses", {name: compiled(loss=each) for name, each in LOSSES.items()}
    )
    golden.write(
        "model_json/metrics",
        {
            **{name: compiled(metrics=each) for name, each in METRICS.items()},
            "weighted": compiled(loss="mse", metrics=["mse"], weighted_metrics=["mae"]),
            "lists": compiled(loss=["mse"], metrics=[["mse"]], loss_weights=[1.0]),
            "named": compiled(loss={"dense": "mse"}, metrics={"dense": ["mae"]}),
            "single": compiled(loss="mse", metrics=[metrics.MeanSquaredError()]),
            "switches": compiled(
                loss="mse", run_eagerly=True, steps_per_execution=3, jit_compile=False
            ),
            "nothing": compiled(),
            "none": compiled(loss="mse", metrics=[], weighted_metrics=[]),
        },
    )


if __name__ == "__main__":
    main()
