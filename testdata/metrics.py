"""Writes the golden files of keras.metrics: results after several updates, names, configurations."""

import keras
import numpy as np
import tensorflow as tf
from keras import losses, metrics
from keras.src import backend
from keras.src.metrics import ALL_OBJECTS_DICT
from keras.src.trainers.compile_utils import get_metric

import golden

random = np.random.RandomState(31)
ROWS = (5, 4, 2)  # samples in each update; timesteps are 3, classes 6, so that no two agree


def f32(values):
    return np.asarray(values, "float32")


def batches(make):
    return [make(rows) for rows in ROWS]


def pairs(true, pred):
    return [{"y_true": true(n), "y_pred": pred(n)} for n in ROWS]


def probabilities(*shape):
    raw = random.uniform(0.05, 1, shape)
    return f32(raw / raw.sum(-1, keepdims=True))


def one_hot(*shape, count=6):
    return f32(np.eye(count)[random.randint(0, count, shape)])


def normal(*shape):
    return f32(random.normal(size=shape))


def binary(*shape):
    return f32(random.randint(0, 2, shape))


def uniform(*shape):
    return f32(random.uniform(0, 1, shape))


def data():
    def classes(*shape):
        return f32(random.randint(0, 6, shape))

    return {
        "real": pairs(lambda n: normal(n, 6), lambda n: normal(n, 6)),
        "real timesteps": pairs(lambda n: normal(n, 3, 6), lambda n: normal(n, 3, 6)),
        "real column": pairs(lambda n: normal(n), lambda n: normal(n, 1)),
        "whole": pairs(lambda n: f32(random.randint(0, 3, (n, 6))), lambda n: f32(random.randint(0, 3, (n, 6)))),
        "positive timesteps": pairs(lambda n: uniform(n, 3, 6) * 3, lambda n: uniform(n, 3, 6) * 3 + 0.1),
        "binary": pairs(lambda n: binary(n, 6), lambda n: uniform(n, 6)),
        "binary column": pairs(lambda n: binary(n, 1), lambda n: uniform(n, 1)),
        "binary vector": pairs(lambda n: binary(n), lambda n: uniform(n, 1)),
        "binary timesteps": pairs(lambda n: binary(n, 3, 1), lambda n: uniform(n, 3, 1)),
        "binary timesteps, many": pairs(lambda n: binary(n, 3, 6), lambda n: uniform(n, 3, 6)),
        "classes": pairs(lambda n: one_hot(n), lambda n: probabilities(n, 6)),
        "classes timesteps": pairs(lambda n: one_hot(n, 3), lambda n: probabilities(n, 3, 6)),
        "sparse": pairs(lambda n: classes(n), lambda n: probabilities(n, 6)),
        "sparse column": pairs(lambda n: classes(n, 1), lambda n: probabilities(n, 6)),
        "sparse timesteps": pairs(lambda n: classes(n, 3), lambda n: probabilities(n, 3, 6)),
        "sparse timesteps column": pairs(lambda n: classes(n, 3, 1), lambda n: probabilities(n, 3, 6)),
        "logits timesteps": pairs(lambda n: classes(n, 3), lambda n: normal(n, 3, 6) * 3),
        "sorted ids": pairs(lambda n: classes(n), lambda n: f32([random.permutation(6) for _ in range(n)])),
    }


def weights():
    # The second update's weights are zero for one sample; the mask leaves nothing of the third.
    def weight(*inner):
        made = batches(lambda n: f32(random.uniform(0.2, 2, (n, *inner))))
        made[1][1] = 0
        return made

    def mask(*inner):
        made = batches(lambda n: f32(random.uniform(size=(n, *inner)) < 0.6))
        made[2][:] = 0
        return made

    return {
        "(n,)": weight(),
        "(n, 1)": weight(1),
        "(n, 3)": weight(3),
        "(n, 3, 1)": weight(3, 1),
        "mask (n,)": mask(),
        "mask (n, 3)": mask(3),
    }


PLAIN = [(None, None)]
VECTOR = [(None, None), ("(n,)", None), ("(n, 1)", None), (None, "mask (n,)"), ("(n,)", "mask (n,)")]
STEPS = [
    (None, None),
    ("(n,)", None),
    ("(n, 1)", None),
    ("(n, 3)", None),
    ("(n, 3, 1)", None),
    (None, "mask (n, 3)"),
    ("(n, 3)", "mask (n, 3)"),
    ("(n, 1)", "mask (n, 3)"),
    ("(n,)", "mask (n, 3)"),
]
SAMPLES = [(None, None), ("(n,)", None)]
CASES = {
    "Accuracy": (metrics.Accuracy, {"whole": VECTOR}),
    "BinaryAccuracy": (
        metrics.BinaryAccuracy,
        {"binary": VECTOR, "binary column": VECTOR, "binary vector": VECTOR, "binary timesteps": STEPS, "binary timesteps, many": STEPS},
    ),
    "BinaryAccuracy(threshold=0.3)": (lambda: metrics.BinaryAccuracy(threshold=0.3), {"binary": PLAIN}),
    "CategoricalAccuracy": (metrics.CategoricalAccuracy, {"classes": VECTOR, "classes timesteps": STEPS}),
    "SparseCategoricalAccuracy": (
        metrics.SparseCategoricalAccuracy,
        {"sparse": VECTOR, "sparse column": VECTOR, "sparse timesteps": STEPS, "sparse timesteps column": STEPS},
    ),
    "TopKCategoricalAccuracy": (metrics.TopKCategoricalAccuracy, {"classes": VECTOR}),
    "TopKCategoricalAccuracy(k=2)": (lambda: metrics.TopKCategoricalAccuracy(k=2), {"classes timesteps": STEPS}),
    "SparseTopKCategoricalAccuracy": (metrics.SparseTopKCategoricalAccuracy, {"sparse": VECTOR}),
    "SparseTopKCategoricalAccuracy(k=2)": (
        lambda: metrics.SparseTopKCategoricalAccuracy(k=2),
        {"sparse timesteps": STEPS},
    ),
    "SparseTopKCategoricalAccuracy(k=3, from_sorted_ids=True)": (
        lambda: metrics.SparseTopKCategoricalAccuracy(k=3, from_sorted_ids=True),
        {"sorted ids": VECTOR},
    ),
    "MeanSquaredError": (metrics.MeanSquaredError, {"real": VECTOR, "real timesteps": STEPS, "real column": VECTOR}),
    "RootMeanSquaredError": (
        metrics.RootMeanSquaredError,
        {"real": VECTOR, "real timesteps": STEPS, "real column": VECTOR},
    ),
    "MeanAbsoluteError": (metrics.MeanAbsoluteError, {"real timesteps": STEPS}),
    "MeanAbsolutePercentageError": (metrics.MeanAbsolutePercentageError, {"real": PLAIN}),
    "MeanSquaredLogarithmicError": (metrics.MeanSquaredLogarithmicError, {"positive timesteps": PLAIN}),
    "CosineSimilarity": (metrics.CosineSimilarity, {"real timesteps": PLAIN}),
    "CosineSimilarity(axis=1)": (lambda: metrics.CosineSimilarity(axis=1), {"real timesteps": PLAIN}),
    "LogCoshError": (metrics.LogCoshError, {"real timesteps": PLAIN}),
    "KLDivergence": (metrics.KLDivergence, {"classes": PLAIN}),
    "Poisson": (metrics.Poisson, {"positive timesteps": PLAIN}),
    "Hinge": (metrics.Hinge, {"binary": PLAIN}),
    "SquaredHinge": (metrics.SquaredHinge, {"binary": PLAIN}),
    "CategoricalHinge": (metrics.CategoricalHinge, {"classes": PLAIN}),
    "BinaryCrossentropy": (metrics.BinaryCrossentropy, {"binary": VECTOR, "binary timesteps": STEPS}),
    "BinaryCrossentropy(from_logits=True, label_smoothing=0.2)": (
        lambda: metrics.BinaryCrossentropy(from_logits=True, label_smoothing=0.2),
        {"binary": PLAIN},
    ),
    "CategoricalCrossentropy": (metrics.CategoricalCrossentropy, {"classes": VECTOR, "classes timesteps": STEPS}),
    "CategoricalCrossentropy(label_smoothing=0.1, axis=-1)": (
        lambda: metrics.CategoricalCrossentropy(label_smoothing=0.1, axis=-1),
        {"classes": PLAIN},
    ),
    "SparseCategoricalCrossentropy": (
        metrics.SparseCategoricalCrossentropy,
        {"sparse column": VECTOR, "sparse timesteps": STEPS},
    ),
    "SparseCategoricalCrossentropy(from_logits=True, ignore_class=2)": (
        lambda: metrics.SparseCategoricalCrossentropy(from_logits=True, ignore_class=2),
        {"logits timesteps": STEPS},
    ),
    "TruePositives": (metrics.TruePositives, {"binary": VECTOR, "binary timesteps": STEPS}),
    "FalsePositives": (metrics.FalsePositives, {"binary": VECTOR}),
    "TrueNegatives": (metrics.TrueNegatives, {"binary vector": VECTOR}),
    "FalseNegatives": (metrics.FalseNegatives, {"binary timesteps, many": STEPS}),
    "Precision": (metrics.Precision, {"binary": VECTOR, "binary column": VECTOR, "binary timesteps": STEPS}),
    "Precision(thresholds=0.7)": (lambda: metrics.Precision(thresholds=0.7), {"binary": PLAIN}),
    "Precision(top_k=2)": (lambda: metrics.Precision(top_k=2), {"classes": VECTOR}),
    "Precision(class_id=1)": (lambda: metrics.Precision(class_id=1), {"binary": VECTOR}),
    "Recall": (metrics.Recall, {"binary": VECTOR, "binary timesteps": STEPS}),
    "Recall(top_k=3, class_id=4)": (lambda: metrics.Recall(top_k=3, class_id=4), {"classes timesteps": PLAIN}),
    "AUC": (metrics.AUC, {"binary": VECTOR, "binary column": VECTOR, "binary timesteps": STEPS}),
    "AUC(num_thresholds=7)": (lambda: metrics.AUC(num_thresholds=7), {"binary": PLAIN}),
    "AUC(curve=PR)": (lambda: metrics.AUC(curve="PR"), {"binary": PLAIN}),
    "AUC(num_thresholds=9, curve=PR, summation_method=majoring)": (
        lambda: metrics.AUC(num_thresholds=9, curve="PR", summation_method="majoring"),
        {"binary": PLAIN},
    ),
    "AUC(num_thresholds=9, summation_method=minoring)": (
        lambda: metrics.AUC(num_thresholds=9, summation_method="minoring"),
        {"binary": PLAIN},
    ),
    "AUC(num_thresholds=11, from_logits=True)": (
        lambda: metrics.AUC(num_thresholds=11, from_logits=True),
        {"binary": PLAIN},
    ),
    "PrecisionAtRecall(recall=0.6)": (
        lambda: metrics.PrecisionAtRecall(0.6),
        {"binary": VECTOR, "binary column": VECTOR, "binary timesteps": STEPS},
    ),
    "RecallAtPrecision(precision=0.55, num_thresholds=9)": (
        lambda: metrics.RecallAtPrecision(0.55, num_thresholds=9),
        {"binary": VECTOR},
    ),
    "SensitivityAtSpecificity(specificity=0.4, class_id=2)": (
        lambda: metrics.SensitivityAtSpecificity(0.4, class_id=2),
        {"binary": PLAIN},
    ),
    "SpecificityAtSensitivity(sensitivity=0.3, num_thresholds=1)": (
        lambda: metrics.SpecificityAtSensitivity(0.3, num_thresholds=1),
        {"binary": PLAIN},
    ),
    "PrecisionAtRecall(recall=1.0, num_thresholds=2)": (
        lambda: metrics.PrecisionAtRecall(1.0, num_thresholds=2),
        {"binary": PLAIN},
    ),
    "F1Score(average=macro)": (lambda: metrics.F1Score(average="macro"), {"classes": SAMPLES, "binary": SAMPLES}),
    "F1Score(average=micro, threshold=0.4)": (
        lambda: metrics.F1Score(average="micro", threshold=0.4),
        {"binary": SAMPLES},
    ),
    "FBetaScore(average=weighted, beta=2.0, threshold=0.3)": (
        lambda: metrics.FBetaScore(average="weighted", beta=2.0, threshold=0.3),
        {"binary": SAMPLES},
    ),
    "R2Score": (metrics.R2Score, {"real": SAMPLES, "real column": SAMPLES}),
    "R2Score(class_aggregation=variance_weighted_average, num_regressors=3)": (
        lambda: metrics.R2Score(class_aggregation="variance_weighted_average", num_regressors=3),
        {"real": SAMPLES},
    ),
    "IoU(num_classes=3, target_class_ids=(0, 2))": (lambda: metrics.IoU(3, (0, 2)), {"whole": SAMPLES[:1]}),
    "IoU(num_classes=2, target_class_ids=(1,), ignore_class=0)": (
        lambda: metrics.IoU(2, (1,), ignore_class=0),
        {"whole": PLAIN},
    ),
    "BinaryIoU": (metrics.BinaryIoU, {"binary": PLAIN, "binary timesteps": PLAIN}),
    "BinaryIoU(target_class_ids=(1,), threshold=0.3)": (
        lambda: metrics.BinaryIoU((1,), threshold=0.3),
        {"binary": PLAIN, "binary vector": SAMPLES},
    ),
    "MeanIoU(num_classes=6, sparse_y_pred=False)": (
        lambda: metrics.MeanIoU(6, sparse_y_pred=False),
        {"sparse": SAMPLES, "sparse timesteps": PLAIN},
    ),
    "OneHotIoU(num_classes=6, target_class_ids=(1, 4))": (
        lambda: metrics.OneHotIoU(6, (1, 4)),
        {"classes": SAMPLES, "classes timesteps": PLAIN},
    ),
    "OneHotMeanIoU(num_classes=6, ignore_class=2)": (
        lambda: metrics.OneHotMeanIoU(6, ignore_class=2),
        {"classes": PLAIN},
    ),
    "PearsonCorrelation": (metrics.PearsonCorrelation, {"real": VECTOR, "real timesteps": STEPS}),
    "PearsonCorrelation(axis=1)": (lambda: metrics.PearsonCorrelation(axis=1), {"real timesteps": PLAIN}),
    "ConcordanceCorrelation": (metrics.ConcordanceCorrelation, {"real": VECTOR, "real timesteps": STEPS}),
}


def run(make, given, weight, mask):
    """The result after each update, or None where Keras refuses the weights' shape."""
    metric = make()
    results = []
    for i, update in enumerate(given):
        y_pred = tf.constant(update["y_pred"])
        if mask is not None:
            backend.set_keras_mask(y_pred, tf.constant(mask[i] > 0))
        try:
            metric.update_state(
                tf.constant(update["y_true"]),
                y_pred,
                sample_weight=None if weight is None else tf.constant(weight[i]),
            )
        except (ValueError, tf.errors.InvalidArgumentError):
            return None
        results.append(float(metric.result()))
    return golden.numbers(f32(results))


def values():
    """Mean and Sum, which are fed with values."""
    single = [1.5, -4.0, 0.25]
    rows = batches(lambda n: normal(n, 3))
    vector, wide = (batches(lambda n, s=s: f32(random.uniform(0, 2, (n, *s)))) for s in ((), (3,)))
    out = {
        "rows": [golden.array(x) for x in rows],
        "single": single,
        "(n,)": [golden.array(x) for x in vector],
        "(n, 3)": [golden.array(x) for x in wide],
    }
    for name, make in {"Mean": metrics.Mean, "Sum": metrics.Sum}.items():
        cases = {
            "single": (single, None),
            "rows": (rows, None),
            "rows (n,)": (rows, vector),
            "rows (n, 3)": (rows, wide),
        }
        out[name] = {}
        for case, (given, weight) in cases.items():
            metric, results = make(), []
            for i in range(3):
                metric.update_state(given[i], None if weight is None else weight[i])
                results.append(float(metric.result()))
            out[name][case] = golden.numbers(f32(results))
    return out


def functions(given):
    """Functions and losses as metrics: a reduced loss is averaged over batches."""
    mean = metrics.MeanMetricWrapper(lambda a, b: keras.ops.mean(keras.ops.abs(a - b), axis=-1))
    scalar = metrics.MeanMetricWrapper(lambda a, b: keras.ops.mean(keras.ops.abs(a - b)))
    loss = metrics.MeanMetricWrapper(losses.MeanAbsoluteError())
    return {
        name: run(lambda: metric, given["real timesteps"], None, None)
        for name, metric in {"per timestep": mean, "per batch": scalar, "loss": loss}.items()
    }


def several(given):
    """One score for each class or output."""
    made = {
        "F1Score": (metrics.F1Score(), given["classes"]),
        "FBetaScore": (metrics.FBetaScore(beta=0.5, threshold=0.6), given["binary"]),
        "R2Score": (metrics.R2Score(class_aggregation=None, num_regressors=2), given["real"]),
    }
    results = {}
    for name, (metric, updates) in made.items():
        for update in updates:
            metric.update_state(update["y_true"], update["y_pred"])
        results[name] = golden.array(metric.result())
    return results


def names():
    """Classes of metrics that are asked for by name, and their names in logs."""
    # Those that cannot be made without arguments.
    left_out = {
        "Metric", "MeanMetricWrapper", "PrecisionAtRecall", "RecallAtPrecision", "SensitivityAtSpecificity",
        "SpecificityAtSensitivity", "IoU", "MeanIoU", "OneHotIoU", "OneHotMeanIoU",
    }  # fmt: skip
    y = np.zeros((2, 3))
    found = {}
    for name, cls in sorted(ALL_OBJECTS_DICT.items()):
        if cls.__name__ in left_out:
            continue
        metric = get_metric(name, y, y)
        found[name] = {"class": type(metric).__name__, "name": metric.name}
    return found


def accuracies():
    shapes = [
        ((None,), (None, 1)), ((None, 1), (None, 1)), ((None, 3), (None, 3)), ((None,), (None, 3)),
        ((None, 1), (None, 3)), ((None, 5), (None, 5, 1)), ((None, 5, 1), (None, 5, 1)),
        ((None, 5), (None, 5, 3)), ((None, 5, 1), (None, 5, 3)), ((None, 5, 3), (None, 5, 3)),
        ((None, 1), (None, 5, 3)),
    ]  # fmt: skip
    return [
        {
            "y_true": [-1 if d is None else d for d in t],
            "y_pred": [-1 if d is None else d for d in p],
            "class": type(get_metric("acc", keras.KerasTensor(t), keras.KerasTensor(p))).__name__,
        }
        for t, p in shapes
    ]


def config(make):
    # Metrics without a name of their own are numbered: precision, precision_1.
    keras.utils.clear_session()
    return make().get_config()


def main():
    given, weight = data(), weights()
    golden.write(
        "metrics/data",
        {
            name: [{key: golden.array(values) for key, values in update.items()} for update in updates]
            for name, updates in given.items()
        },
    )
    golden.write("metrics/weights", {name: [golden.array(w) for w in made] for name, made in weight.items()})
    golden.write(
        "metrics/results",
        {
            name: [
                {
                    "data": data_name,
                    "weight": w,
                    "mask": m,
                    "results": run(make, given[data_name], weight.get(w), weight.get(m)),
                }
                for data_name, weightings in sets.items()
                for w, m in weightings
            ]
            for name, (make, sets) in CASES.items()
        },
    )
    golden.write("metrics/values", values())
    golden.write("metrics/functions", functions(given))
    golden.write("metrics/several", several(given))
    golden.write("metrics/names", names())
    golden.write("metrics/accuracies", {"cases": accuracies()})
    golden.write(
        "metrics/directions",
        {name: getattr(make(), "_direction", None) for name, (make, _) in CASES.items()},
    )
    golden.write("metrics/configs", {name: config(make) for name, (make, _) in CASES.items()})
    wrapped = keras.metrics.MeanMetricWrapper(keras.losses.Huber(delta=2.0), name="error")
    golden.write("metrics/wrapped", wrapped.get_config())


if __name__ == "__main__":
    assert keras.__version__ == "3.15.1", keras.__version__
    main()
