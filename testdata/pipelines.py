"""Samples shuffled, batched and split as tf.data and Keras do, and texts from files. Writes
pipelines/*."""

import copy
import os
import shutil

import golden
import keras
import numpy as np
import tensorflow as tf

FOLDER = os.path.join(golden.HERE, "pipelines")
TEXTS = os.path.join(FOLDER, "texts")


def write_texts():
    shutil.rmtree(TEXTS, ignore_errors=True)
    for kind, count in (("good", 9), ("bad", 7), ("so-so", 3), (".hidden", 1)):
        for i in range(count):
            below = os.path.join(TEXTS, kind, "more" if i % 4 == 3 else "")
            os.makedirs(below, exist_ok=True)
            with open(os.path.join(below, f"{i}.txt"), "w", encoding="utf-8", newline="\n") as file:
                file.write(f"{kind} film {i}, naïve\n" + "really " * i)
    with open(os.path.join(TEXTS, "good", "notes.md"), "w", newline="\n") as file:
        file.write("no text of this kind\n")


def orders(dataset, epochs=2):
    """What the batches hold in each of some iterations."""
    return [[batch.numpy().reshape(-1).tolist() for batch in dataset] for _ in range(epochs)]


def pipelines():
    samples = tf.data.Dataset.from_tensor_slices(np.arange(11))
    return {
        "batches": orders(samples.batch(4)),
        "drop_remainder": orders(samples.batch(4, drop_remainder=True)),
        "shuffle": orders(samples.shuffle(11, seed=42).batch(4)),
        "small_buffer": orders(samples.shuffle(3, seed=7).batch(3)),
        "large_buffer": orders(samples.shuffle(1000, seed=7).batch(3)),
        "shuffled_batches": orders(samples.batch(2).shuffle(4, seed=1)),
        "take_skip": orders(samples.skip(2).take(7).batch(3)),
        "take_shuffled": orders(samples.shuffle(5, seed=3).take(4).batch(3)),
        "map_prefetch": orders(samples.map(lambda x: x * 2 + 1).batch(5).prefetch(2)),
    }


def fits():
    """What fit and evaluate see of a shuffled dataset: they leave out every second order."""
    seen = []

    class Seeing(keras.Model):
        def train_step(self, data):
            seen.append([int(value) for value in data.numpy().reshape(-1)])
            return {"loss": tf.constant(0.0)}

        test_step = train_step

        def call(self, x):
            return x

    def dataset():
        return tf.data.Dataset.from_tensor_slices(np.arange(8)).shuffle(8, seed=3).batch(4)

    def seen_by(run):
        seen.clear()
        model = Seeing()
        model.compile(run_eagerly=True)
        run(model)
        return list(seen)

    def evaluate(model):
        data = dataset()
        for _ in range(3):
            model.evaluate(data, verbose=0)

    return {
        "fit": seen_by(lambda model: model.fit(dataset(), epochs=4, verbose=0)),
        "evaluate": seen_by(evaluate),
    }


def splits():
    x = np.arange(13).astype("f4")
    cases = {
        "left": {"left_size": 0.8},
        "right": {"right_size": 4},
        "both": {"left_size": 0.3, "right_size": 0.5},
        "numbers": {"left_size": 3, "right_size": 2},
        "shuffled": {"left_size": 0.5, "shuffle": True, "seed": 42},
    }
    found = {}
    for name, arguments in cases.items():
        left, right = keras.utils.split_dataset(x, **arguments)
        found[name] = {
            "options": arguments,
            "left": [float(v) for v in left],
            "right": [float(v) for v in right],
        }
    batched = tf.data.Dataset.from_tensor_slices(x).batch(3)
    left, right = keras.utils.split_dataset(batched, left_size=7)
    found["batched"] = {
        "options": {"left_size": 7},
        "left": [batch.numpy().tolist() for batch in left],
        "right": [batch.numpy().tolist() for batch in right],
    }
    return found


def texts():
    cases = {
        "in_order": {"shuffle": False, "batch_size": 4},
        "shuffled": {"seed": 42, "batch_size": 4},
        "small_buffer": {"seed": 3, "batch_size": 1},
        "training": {"seed": 5, "validation_split": 0.3, "subset": "training"},
        "validation": {"seed": 5, "validation_split": 0.3, "subset": "validation"},
        "binary": {"class_names": ["good", "bad"], "label_mode": "binary", "seed": 1},
        "categorical": {"label_mode": "categorical", "max_length": 14, "shuffle": False},
        "no_labels": {"label_mode": None, "seed": 8},
        "own_labels": {"labels": [i % 4 for i in range(20)], "seed": 8, "batch_size": 7},
    }
    found = {}
    for name, arguments in cases.items():
        given = copy.deepcopy(arguments)  # Keras shuffles the labels that it is given.
        dataset = keras.utils.text_dataset_from_directory(TEXTS, **given)
        epochs = []
        for _ in range(2):
            batches = []
            for element in dataset:
                x, y = element if isinstance(element, tuple) else (element, None)
                batch = {"texts": [text.decode("utf-8", "replace") for text in x.numpy()]}
                if y is not None:
                    batch["labels"] = golden.array(y.numpy().astype("f4"))
                batches.append(batch)
            epochs.append(batches)
        found[name] = {
            "options": arguments,
            "class_names": dataset.class_names or [],
            "epochs": epochs,
        }
    return found


def main():
    write_texts()
    golden.write("pipelines/expected", {"tf_data": pipelines(), "fits": fits(), "splits": splits(), "texts": texts()})


if __name__ == "__main__":
    main()
