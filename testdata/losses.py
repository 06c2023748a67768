"""Writes the golden files of keras.losses: values, gradients, weights, masks, configurations."""

import keras
import numpy as np
import tensorflow as tf
from keras import losses
from keras.src import backend

import golden

random = np.random.RandomState(23)


def f32(values):
    return np.asarray(values, "float32")


def probabilities(shape):
    raw = random.uniform(0.05, 1, shape)
    return f32(raw / raw.sum(-1, keepdims=True))


def one_hot(classes, count):
    return f32(np.eye(count)[classes])


def case(loss, y_true, y_pred):
    """The values, and what flows back to the predictions when dy flows into them."""
    loss = losses.get(loss)
    x = tf.constant(y_pred)
    with tf.GradientTape() as tape:
        tape.watch(x)
        values = loss.call(tf.constant(y_true), x)
    dy = f32(random.uniform(0.5, 1.5, values.shape))
    dx = tape.gradient(values, x, output_gradients=tf.constant(dy))
    return {
        "y_true": golden.array(y_true),
        "y_pred": golden.array(y_pred),
        "dy": golden.array(dy),
        "values": golden.array(values),
        "dx": golden.array(dx),
    }


def logits_case(loss, activation, y_true, logits):
    """The same through an activation; what flows back to what went into it."""
    x = tf.constant(logits)
    with tf.GradientTape() as tape:
        tape.watch(x)
        values = losses.get(loss).call(tf.constant(y_true), activation(x))
    dy = f32(random.uniform(0.5, 1.5, values.shape))
    dx = tape.gradient(values, x, output_gradients=tf.constant(dy))
    return {
        "y_true": golden.array(y_true),
        "logits": golden.array(logits),
        "dy": golden.array(dy),
        "values": golden.array(values),
        "dx": golden.array(dx),
    }


def data():
    """Targets and predictions by kind, each of rank 2, of rank 3, and at the edges."""
    real2 = f32(random.normal(size=(4, 3))), f32(random.normal(size=(4, 3)))
    real3 = f32(random.normal(size=(2, 3, 4)) * 2), f32(random.normal(size=(2, 3, 4)))
    positive2 = f32(random.uniform(0, 4, (4, 3))), f32(random.uniform(0.1, 4, (4, 3)))
    positive3 = f32(random.uniform(0, 4, (2, 3, 4))), f32(random.uniform(0.1, 4, (2, 3, 4)))
    # An error of 0, of exactly 1 (Huber's kink), targets of 0, far off; negative values where
    # logarithms do not want any.
    edge = (
        f32([[0, 1, 2, 0], [-1, 3, 1e-8, 40], [0, 0, 0, 0]]),
        f32([[0, 0, 3, -1], [-1, 3.5, 0, -60], [0.5, -0.25, 1, 2]]),
    )
    counts_edge = f32([[0, 1, 2, 0], [5, 3, 1, 40]]), f32([[0, 1e-8, 3, 0.5], [1, 3.5, 0, 60]])
    binary2 = f32(random.randint(0, 2, (4, 3))), f32(random.uniform(0.02, 0.98, (4, 3)))
    binary3 = f32(random.randint(0, 2, (2, 3, 4))), f32(random.uniform(0.02, 0.98, (2, 3, 4)))
    binary_edge = (
        f32([[0, 1, 0, 1], [0, 1, 1, 0], [0.3, 0.7, 1, 0]]),
        f32([[0, 1, 1, 0], [1e-8, 1 - 1e-7, 0.5, 0.5], [0.3, 0.3, 1e-7, 0.9999999]]),
    )
    signs2 = f32(random.choice([-1, 1], (4, 3))), f32(random.normal(size=(4, 3)))
    signs_edge = f32([[1, -1, 1, -1], [1, 1, -1, -1]]), f32([[1, -1, -1, 1], [0, 2, -3, 0.5]])
    classes2 = one_hot([2, 0, 1, 1], 3), probabilities((4, 3))
    classes3 = one_hot([[2, 0, 3], [1, 1, 0]], 4), probabilities((2, 3, 4))
    # Certain and right, certain and wrong, all equal, targets that are no vector of one class,
    # predictions that do not sum to 1.
    classes_edge = (
        f32([[1, 0, 0], [1, 0, 0], [0, 1, 0], [0.2, 0.5, 0.3], [0, 0, 0], [0, 0, 1]]),
        f32([[1, 0, 0], [0, 1, 0], [1 / 3] * 3, [0.1, 0.6, 0.3], [0.5, 0.25, 0.25], [1, 2, 5]]),
    )
    sparse2 = f32([2, 0, 1, 1]), classes2[1]
    column2 = f32([[2], [0], [1], [1]]), classes2[1]
    sparse3 = f32([[2, 0, 3], [1, 1, 0]]), classes3[1]
    column3 = f32([[[2], [0], [3]], [[1], [1], [0]]]), classes3[1]
    sparse_edge = f32([0, 0, 1, 2]), f32([[1, 0, 0], [0, 1, 0], [1 / 3] * 3, [1, 2, 5]])
    real = {"matrix": real2, "timesteps": real3, "edge": edge}
    positive = {"matrix": positive2, "timesteps": positive3, "edge": counts_edge}
    binary = {"matrix": binary2, "timesteps": binary3, "edge": binary_edge}
    hinge = {"binary": binary2, "signs": signs2, "timesteps": binary3, "edge": signs_edge}
    categorical = {"matrix": classes2, "timesteps": classes3, "edge": classes_edge}
    sparse = {
        "vector": sparse2,
        "column": column2,
        "timesteps": sparse3,
        "timesteps column": column3,
        "edge": sparse_edge,
    }
    ranks = {
        "vector with column": (f32(real2[0][:, 0]), real2[1][:, :1]),
        "column with vector": (real2[0][:, :1], f32(real2[1][:, 0])),
        "timesteps with column": (f32(real3[0][..., 0]), real3[1][..., :1]),
        "column with timesteps": (real3[0][..., :1], f32(real3[1][..., 0])),
    }
    return {
        "MeanSquaredError": real | ranks,
        "MeanAbsoluteError": real | ranks,
        "MeanAbsolutePercentageError": real,
        "MeanSquaredLogarithmicError": positive | {"negative": edge},
        "LogCosh": real,
        "Huber": real,
        "CosineSimilarity": {"matrix": real2, "timesteps": real3, "edge": (edge[0][:2], edge[1][:2])},
        "KLDivergence": categorical,
        "Poisson": positive,
        "Hinge": hinge,
        "SquaredHinge": hinge,
        "CategoricalHinge": categorical,
        "BinaryCrossentropy": binary
        | {
            "vector with column": (binary2[0][:, 0], binary2[1][:, :1]),
            "timesteps with column": (binary3[0][..., 0], binary3[1][..., :1]),
        },
        "BinaryFocalCrossentropy": binary,
        "CategoricalCrossentropy": categorical,
        "CategoricalFocalCrossentropy": categorical,
        "SparseCategoricalCrossentropy": sparse,
    }


def more(given):
    """The same for the losses of which numbers are drawn after those of all others."""
    binary = given["BinaryCrossentropy"]
    edge = [part[:2] for part in binary["edge"]]
    regions = {"matrix": binary["matrix"], "timesteps": binary["timesteps"], "edge": edge}
    return {
        "CategoricalGeneralizedCrossEntropy": {
            "vector": given["SparseCategoricalCrossentropy"]["vector"],
            "edge": (f32([0, 1, 2]), f32([[1, 0, 0], [0.2, 1e-4, 0.7], [1, 2, 5]])),
        },
        "Dice": regions,
        "Tversky": regions,
        "Circle": circles(),
        "CTC": labels(),
    }


def circles():
    """Vectors of length 1: several of a class, one alone in its class, all of one class."""

    def unit(*shape):
        drawn = random.normal(size=shape)
        return f32(drawn / np.linalg.norm(drawn, axis=-1, keepdims=True))

    near = unit(1, 3) + 0.01 * random.normal(size=(4, 3))
    return {
        "vector": (f32([0, 1, 0, 1, 0]), unit(5, 3)),
        "column": (f32([[2], [2], [0], [1]]), unit(4, 4)),
        "alone": (f32([2, 0, 1, 0, 3]), unit(5, 3)),
        "one class": (f32([1, 1, 1, 1]), f32(near / np.linalg.norm(near, axis=-1, keepdims=True))),
    }


def labels():
    """Labels of different lengths, with characters that follow themselves, and an empty one."""
    return {
        "plain": (f32([[1, 2, 3], [2, 0, 0], [3, 1, 0]]), f32(random.normal(size=(3, 6, 4)))),
        "repeated": (f32([[1, 1, 0], [2, 2, 2]]), f32(random.normal(size=(2, 7, 3)) * 3)),
        "just enough": (f32([[1, 2], [2, 0]]), f32(random.normal(size=(2, 2, 3)))),
        "empty": (f32([[0, 0], [1, 0]]), f32(random.normal(size=(2, 3, 3)))),
    }


def later(given):
    """Arguments of the losses that were added later."""
    timesteps, matrix = given["Dice"]["timesteps"], given["Dice"]["matrix"]
    circle = given["Circle"]["vector"]
    return {
        "CategoricalGeneralizedCrossEntropy(q=0.8)": case(
            losses.CategoricalGeneralizedCrossEntropy(q=0.8), *given["CategoricalGeneralizedCrossEntropy"]["vector"]
        ),
        "Dice(axis=(1, 2))": case(losses.Dice(axis=(1, 2)), *timesteps),
        "Dice(axis=(-1,))": case(losses.Dice(axis=(-1,)), *matrix),
        "Tversky(alpha=0.2, beta=0.7, axis=(1,))": case(losses.Tversky(alpha=0.2, beta=0.7, axis=(1,)), *timesteps),
        "Circle(gamma=5.0, margin=0.2, remove_diagonal=False)": case(
            losses.Circle(gamma=5.0, margin=0.2, remove_diagonal=False), *circle
        ),
    }


def arguments(given):
    """Losses with arguments other than the defaults."""
    binary, classes, real = (given[n] for n in ("BinaryCrossentropy", "CategoricalCrossentropy", "MeanSquaredError"))
    sparse = given["SparseCategoricalCrossentropy"]
    logits2 = f32(random.normal(size=(4, 3)) * 3)
    logits3 = f32(random.normal(size=(2, 3, 4)) * 3)
    far = f32([[0, 0, 0], [100, -100, 0], [-40, 40, 90], [1e-3, -1e-3, 0]])
    some = f32([2, -1, 1, -1]), sparse["vector"][1]
    padded = f32([[2, 0, 3], [0, 1, 0]])
    bce, cce = losses.BinaryCrossentropy, losses.CategoricalCrossentropy
    scce = losses.SparseCategoricalCrossentropy
    bfc, cfc = losses.BinaryFocalCrossentropy, losses.CategoricalFocalCrossentropy
    y2, y3 = binary["matrix"][0], binary["timesteps"][0]
    c2, c3 = classes["matrix"][0], classes["timesteps"][0]
    s2, s3 = sparse["vector"][0], sparse["timesteps"][0]
    return {
        "Huber(delta=0.4)": case(losses.Huber(delta=0.4), *real["timesteps"]),
        "CosineSimilarity(axis=1)": case(losses.CosineSimilarity(axis=1), *real["timesteps"]),
        "BinaryCrossentropy(from_logits=True)": case(bce(from_logits=True), y3, logits3),
        "BinaryCrossentropy(from_logits=True), far": case(bce(from_logits=True), y2, far),
        "BinaryCrossentropy(label_smoothing=0.2)": case(bce(label_smoothing=0.2), *binary["matrix"]),
        "BinaryCrossentropy(from_logits=True, label_smoothing=0.1, axis=1)": case(
            bce(from_logits=True, label_smoothing=0.1, axis=1), y3, logits3
        ),
        "BinaryFocalCrossentropy(from_logits=True)": case(bfc(from_logits=True), y2, logits2),
        "BinaryFocalCrossentropy(apply_class_balancing=True, alpha=0.3, gamma=1.5, label_smoothing=0.1)": case(
            bfc(apply_class_balancing=True, alpha=0.3, gamma=1.5, label_smoothing=0.1), *binary["timesteps"]
        ),
        "CategoricalCrossentropy(from_logits=True)": case(cce(from_logits=True), c2, logits2),
        "CategoricalCrossentropy(from_logits=True), timesteps": case(cce(from_logits=True), c3, logits3),
        "CategoricalCrossentropy(from_logits=True), far": case(cce(from_logits=True), c2, far),
        "CategoricalCrossentropy(label_smoothing=0.3)": case(cce(label_smoothing=0.3), *classes["timesteps"]),
        "CategoricalCrossentropy(axis=1)": case(cce(axis=1), *classes["timesteps"]),
        "CategoricalCrossentropy(from_logits=True, label_smoothing=0.1, axis=1)": case(
            cce(from_logits=True, label_smoothing=0.1, axis=1), c3, logits3
        ),
        "CategoricalFocalCrossentropy(from_logits=True)": case(cfc(from_logits=True), c3, logits3),
        "CategoricalFocalCrossentropy(alpha=0.4, gamma=1.3, label_smoothing=0.1, axis=1)": case(
            cfc(alpha=0.4, gamma=1.3, label_smoothing=0.1, axis=1), *classes["timesteps"]
        ),
        "SparseCategoricalCrossentropy(from_logits=True)": case(scce(from_logits=True), s3, logits3),
        "SparseCategoricalCrossentropy(from_logits=True), far": case(scce(from_logits=True), s2, far),
        "SparseCategoricalCrossentropy(ignore_class=-1)": case(scce(ignore_class=-1), *some),
        "SparseCategoricalCrossentropy(from_logits=True, ignore_class=0)": case(
            scce(from_logits=True, ignore_class=0), padded, logits3
        ),
    }


def through_activations(given):
    """Crossentropies of what comes straight out of softmax or sigmoid, as Keras computes them."""
    softmax, sigmoid = keras.activations.softmax, keras.activations.sigmoid
    near = f32(random.normal(size=(4, 3)) * 2)
    far = f32([[90, -90, 0], [0, 0, 0], [-40, 40, 120], [25, -25, 18]])
    steps = f32(random.normal(size=(2, 3, 4)) * 2)
    y2 = given["BinaryCrossentropy"]["matrix"][0]
    c2, c3 = (given["CategoricalCrossentropy"][n][0] for n in ("matrix", "timesteps"))
    s2, s3 = (given["SparseCategoricalCrossentropy"][n][0] for n in ("vector", "timesteps column"))
    cases = {
        "CategoricalCrossentropy softmax": (c2, near),
        "CategoricalCrossentropy softmax far": (c2, far),
        "CategoricalCrossentropy softmax timesteps": (c3, steps),
        "CategoricalCrossentropy sigmoid": (c2, far),
        "SparseCategoricalCrossentropy softmax": (s2, far),
        "SparseCategoricalCrossentropy softmax timesteps": (s3, steps),
        "BinaryCrossentropy sigmoid": (y2, near),
        "BinaryCrossentropy sigmoid far": (y2, far),
        "BinaryCrossentropy sigmoid column": (y2[:, 0], far[:, :1]),
        "BinaryCrossentropy softmax": (y2, far),
        "BinaryFocalCrossentropy sigmoid": (y2, near),
    }
    return {
        name: logits_case(name.split()[0], softmax if "softmax" in name else sigmoid, *pair)
        for name, pair in cases.items()
    }


class Given(losses.Loss):
    """Takes the predictions for the values of the loss."""

    def call(self, y_true, y_pred):
        return y_pred


def reductions():
    """Weights, masks and reductions of given values, batch 5."""
    shapes = {
        "vector": ((5,), [None, (5,), (5, 1)], [None, (5,)]),
        "timesteps": ((5, 3), [None, (5, 1), (5, 3), (5, 3, 1)], [None, (5, 3)]),
        "column": ((5, 1), [(5,), (5, 1)], [None, (5,), (5, 1)]),
        "column, spread": ((5, 1), [(5, 3)], [None]),
        "images": ((5, 2, 3), [None, (5, 1, 1), (5, 2, 3), (5, 2, 3, 1)], [None]),
    }
    cases = []
    for name, (shape, weight_shapes, mask_shapes) in shapes.items():
        values = f32(random.normal(size=shape))
        for weight_shape in weight_shapes:
            for mask_shape in mask_shapes:
                weight = None if weight_shape is None else f32(random.uniform(0, 2, weight_shape))
                mask = None if mask_shape is None else random.uniform(size=mask_shape) < 0.6
                cases.append((name, values, weight, mask))
    values = f32(random.normal(size=(5, 3)))
    cases.append(("all masked", values, None, np.zeros((5, 3), bool)))
    cases.append(("all masked, weighted", values, f32(random.uniform(size=(5, 1))), np.zeros((5, 3), bool)))
    cases.append(("weights of zero", values, np.zeros((5, 3), "float32"), None))
    return [
        {
            "name": name,
            "values": golden.array(values),
            "weight": None if weight is None else golden.array(weight),
            "mask": None if mask is None else golden.array(f32(mask)),
            "losses": {
                reduction: golden.array(reduce(values, weight, mask, reduction))
                for reduction in ("sum_over_batch_size", "sum", "mean", "mean_with_sample_weight", "none")
            },
        }
        for name, values, weight, mask in cases
    ]


def reduce(values, weight, mask, reduction):
    y_pred = tf.constant(values)
    if mask is not None:
        backend.set_keras_mask(y_pred, tf.constant(mask))
    return Given(reduction=reduction)(y_pred, y_pred, sample_weight=weight)


def ignored():
    """ignore_class is a mask too, and is joined with that of the predictions."""
    loss = losses.SparseCategoricalCrossentropy(ignore_class=0)
    y_true = f32([[2, 0, 1], [0, 1, 1], [2, 2, 0], [0, 0, 0]])
    y_pred = probabilities((4, 3, 3))
    mask = np.array([[1, 1, 0], [1, 1, 1], [0, 1, 1], [1, 1, 1]], bool)
    weight = f32(random.uniform(0.5, 1.5, (4, 3)))
    masked = tf.constant(y_pred)
    backend.set_keras_mask(masked, tf.constant(mask))
    return {
        "y_true": golden.array(y_true),
        "y_pred": golden.array(y_pred),
        "mask": golden.array(f32(mask)),
        "weight": golden.array(weight),
        "plain": golden.array(loss(y_true, tf.constant(y_pred))),
        "masked": golden.array(loss(y_true, masked)),
        "masked and weighted": golden.array(loss(y_true, masked, sample_weight=weight)),
    }


def names():
    """What keras.losses.get finds, and what it is called in a compiled model."""
    from keras.src.losses import ALL_OBJECTS_DICT
    from keras.src.trainers.compile_utils import get_loss

    left_out = {"Loss", "LossFunctionWrapper"}
    y = np.zeros((2, 3))
    return {name: get_loss(name, y, y).name for name in sorted(set(ALL_OBJECTS_DICT) - left_out)}


def main():
    given = data()
    cases = {name: cases_of(name, pairs) for name, pairs in given.items()}
    with_arguments = arguments(given)
    golden.write("losses/activations", through_activations(given))
    golden.write("losses/reductions", {"cases": reductions()})
    golden.write("losses/ignore_class", ignored())
    added = more(given)
    cases |= {name: cases_of(name, pairs) for name, pairs in added.items()}
    for name, each in cases.items():
        golden.write(f"losses/{name}", each)
    golden.write("losses/arguments", with_arguments | later(added))
    golden.write("losses/names", names())
    golden.write("losses/configs", {name: getattr(losses, name)().get_config() for name in cases})


def cases_of(name, pairs):
    # Keras's own call squeezes or expands ranks before the formula.
    return {shape: case(getattr(losses, name)(), *pair) for shape, pair in pairs.items()}


if __name__ == "__main__":
    assert keras.__version__ == "3.15.1", keras.__version__
    main()
