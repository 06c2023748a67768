"""The data of the echo scripts: random integers, one-hot, in windows that slide by one."""

import argparse
import json
import random
import time

import keras
import numpy as np

CLASSES = 100
LENGTH = 25
STEPS = 5
FRESH_SEQUENCES = 50


def options(epochs):
    """Reads --epochs, --seed and --verbose, and seeds everything that is random."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--epochs", type=int, default=epochs)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--verbose", action="store_true")
    args = parser.parse_args()
    keras.utils.set_random_seed(args.seed)
    args.start = time.perf_counter()
    return args


def verbose(args, round_):
    """The verbosity of fit in this round: one line, or nothing for most."""
    every = max(1, args.epochs // 10)
    return 2 if args.verbose or (round_ + 1) % every == 0 else 0


def sequence():
    return [random.randint(0, CLASSES - 1) for _ in range(LENGTH)]


def windows(rows, steps, echoed):
    """All windows of so many rows, with the first few rows of each as its target."""
    x = np.stack([rows[i : i + steps] for i in range(len(rows) - steps + 1)])
    return x, x[:, :echoed]


def one_hot_windows(echoed):
    return windows(np.eye(CLASSES, dtype="float32")[sequence()], STEPS, echoed)


def reset_states(model):
    for layer in model.layers:
        if hasattr(layer, "reset_state"):
            layer.reset_state()


def decoded(y):
    """The likeliest integer of each step; -1 where there is none, a step that is missing."""
    return np.where(y.max(-1) > 0, y.argmax(-1), -1)


def train(model, args, batch_size, data):
    """One epoch on new data each round; the losses."""
    losses = []
    for i in range(args.epochs):
        x, y = data()
        history = model.fit(
            x, y, epochs=1, batch_size=batch_size, verbose=verbose(args, i), shuffle=False
        )
        losses.append(history.history["loss"][0])
        reset_states(model)
    return losses


def evaluate(model, batch_size, data, decode=decoded):
    """The share of integers echoed rightly over fresh sequences; prints the first one."""
    shares = []
    for i in range(FRESH_SEQUENCES):
        x, y = data()
        expected = decode(y)
        predicted = decode(model.predict(x, batch_size=batch_size, verbose=0))
        reset_states(model)
        if i == 0:
            for row, guess in zip(expected, predicted):
                print("Expected:", row.tolist(), "Predicted:", guess.tolist())
        shares.append(float((expected == predicted)[expected >= 0].mean()))
    return sum(shares) / len(shares)


def figures(model, args, batch_size, data, decode=decoded):
    """Trains and judges a model."""
    start = time.perf_counter()
    losses = train(model, args, batch_size, data)
    accuracy = evaluate(model, batch_size, data, decode)
    return {
        "parameters": model.count_params(),
        "first_loss": losses[0],
        "last_loss": losses[-1],
        "accuracy": accuracy,
        "seconds": time.perf_counter() - start,
    }


def table(models):
    print(f"{'model':30} {'parameters':>10} {'first loss':>10} {'last loss':>10} {'accuracy':>10}")
    for name, of in models.items():
        print(
            f"{name:30} {of['parameters']:10d} {of['first_loss']:10.5f} "
            f"{of['last_loss']:10.5f} {of['accuracy']:10.4f}"
        )


def result(example, args, **figures):
    seconds = time.perf_counter() - args.start
    print("RESULT", json.dumps({"example": example, "seconds": seconds, **figures}))
