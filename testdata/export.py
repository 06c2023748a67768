"""Loads the SavedModels and the files of ONNX that Java has exported, as Python and its tools load
any, and holds what they answer against what Java's predict has answered. Restores a backup of a
training, too.

    export.py FOLDER
"""

import contextlib
import io
import json
import os
import subprocess
import sys

import keras
import numpy as np
import onnxruntime
import tensorflow as tf
from tensorflow.python.tools import saved_model_cli

TOLERANCE = 1e-6
# ONNX Runtime has kernels of its own.
TOLERANCE_ONNX = 1e-5
SERVING = ["serving_default", "serve"]


def array(stored):
    return np.array(stored["data"], dtype="float32").reshape(stored["shape"])


def check(what, got, expected, tolerance=TOLERANCE):
    difference = float(np.max(np.abs(np.asarray(got) - expected)))
    if got.shape != expected.shape or not difference <= tolerance:
        sys.exit(f"{what}: shape {got.shape}, {difference:.1e} from Java's predict")
    return difference


def streamed(step, key, x, states):
    """The outputs of all timesteps, one call each."""
    inputs = step.structured_input_signature[1]
    state = {name: tf.zeros((len(x), inputs[name].shape[1])) for name in states}
    outputs = []
    for t in range(x.shape[1]):
        given = step(**{key: tf.constant(x[:, t])}, **state)
        state = {name: given[name] for name in states}
        outputs.append(given["output_0"])
    return outputs


def check_signatures(name, folder, answer, x, y):
    loaded = tf.saved_model.load(folder)
    if sorted(loaded.signatures) != sorted(answer["signatures"]):
        sys.exit(f"{name}: signatures {list(loaded.signatures)}")
    whole = loaded.signatures["serving_default"]
    (key,) = whole.structured_input_signature[1]
    worst = max(
        check(f"{name}: {s}", loaded.signatures[s](**{key: tf.constant(x)})["output_0"], y)
        for s in SERVING
    )
    # One row alone is answered as it is among others.
    worst = max(worst, check(f"{name}: one row", whole(**{key: tf.constant(x[:1])})["output_0"], y[:1]))
    if answer["states"]:
        outputs = streamed(loaded.signatures["step"], key, x, answer["states"])
        got = outputs[-1] if y.ndim == 2 else tf.stack(outputs, axis=1)
        worst = max(worst, check(f"{name}: step", got, y))
    return key, worst


def check_graph(folder, answer):
    """A decoder with three inputs and outputs by name, whole and one timestep at a time."""
    loaded = tf.saved_model.load(folder)
    inputs = {name: array(stored) for name, stored in answer["inputs"].items()}
    outputs = {name: array(stored) for name, stored in answer["outputs"].items()}
    given = loaded.signatures["serving_default"](**{k: tf.constant(v) for k, v in inputs.items()})
    if sorted(given) != sorted(outputs):
        sys.exit(f"graph: outputs {sorted(given)}, not {sorted(outputs)}")
    worst = max(check(f"graph: {name}", given[name], y) for name, y in outputs.items())
    given = onnx(folder + ".onnx", inputs)
    for name, y in outputs.items():
        check(f"graph: ONNX, {name}", given[name], y, TOLERANCE_ONNX)
    state = {name: tf.constant(inputs[name]) for name in answer["states"]}
    for t in range(inputs["said"].shape[1]):
        given = loaded.signatures["step"](said=tf.constant(inputs["said"][:, t]), **state)
        state = {name: given[name] for name in state}
        worst = max(worst, check(f"graph: step {t}", given["next"], outputs["next"][:, t]))
    check("graph: state", state["h"], outputs["h_after"])
    return worst


def onnx(path, inputs):
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    names = [output.name for output in session.get_outputs()]
    return dict(zip(names, session.run(names, inputs)))


def check_onnx(name, path, key, x, y, states):
    """The same in ONNX Runtime, whole and one timestep at a time."""
    worst = check(f"{name}: ONNX", onnx(path + ".onnx", {key: x})["output_0"], y, TOLERANCE_ONNX)
    if not states:
        return worst
    session = onnxruntime.InferenceSession(path + ".step.onnx")
    widths = {each.name: each.shape[1] for each in session.get_inputs()}
    state = {each: np.zeros((len(x), widths[each]), "float32") for each in states}
    outputs = []
    for t in range(x.shape[1]):
        wanted = ["output_0", *(f"{each}_after" for each in states)]
        output, *after = session.run(wanted, {key: x[:, t], **state})
        outputs.append(output)
        state = dict(zip(states, after))
    got = outputs[-1] if y.ndim == 2 else np.stack(outputs, axis=1)
    return max(worst, check(f"{name}: ONNX, step", got, y, TOLERANCE_ONNX))


def check_keras_layer(name, folder, x, y):
    layer = keras.layers.TFSMLayer(folder, call_endpoint="serving_default")
    check(f"{name}: TFSMLayer", layer(x)["output_0"], y)


def check_session(name, folder, x, y):
    """As TensorFlow 1 and the older servers run it: one graph, a session, tensors by name."""
    with tf.Graph().as_default(), tf.compat.v1.Session() as session:
        meta = tf.compat.v1.saved_model.load(session, ["serve"], folder)
        signature = meta.signature_def["serving_default"]
        (fed,) = signature.inputs.values()
        check(f"{name}: session", session.run(signature.outputs["output_0"].name, {fed.name: x}), y)


def cli(arguments):
    """saved_model_cli, in this process; its output."""
    printed = io.StringIO()
    before = sys.argv
    sys.argv = ["saved_model_cli", *arguments]
    try:
        with contextlib.redirect_stdout(printed):
            saved_model_cli.main()
    except SystemExit as end:
        if end.code:
            raise
    finally:
        sys.argv = before
    return printed.getvalue()


def check_cli(name, folder, key, x, y, signatures):
    shown = cli(["show", "--dir", folder, "--all"])
    for signature in signatures:
        if f"signature_def['{signature}']" not in shown:
            sys.exit(f"{name}: saved_model_cli shows no {signature}:\n{shown}")
    np.save(os.path.join(folder, "..", "x.npy"), x)
    to = os.path.join(folder, "..", "cli")
    cli(
        ["run", "--dir", folder, "--tag_set", "serve", "--signature_def", "serving_default"]
        + ["--inputs", f"{key}={os.path.join(folder, '..', 'x.npy')}", "--outdir", to, "--overwrite"]
    )
    check(f"{name}: saved_model_cli run", np.load(os.path.join(to, "output_0.npy")), y)


def check_backup(folder, answer):
    """Keras goes on from a backup that Java has made, at the epoch where it ended."""
    model = keras.Sequential([keras.Input((4, 2)), keras.layers.LSTM(3), keras.layers.Dense(1)])
    model.compile(loss="mse", optimizer="adam")
    x = array(answer["x"])
    restore = keras.callbacks.BackupAndRestore(folder, delete_checkpoint=False)
    fitted = model.fit(x, np.ones((len(x), 1)), epochs=2, callbacks=[restore], verbose=0)
    if fitted.epoch:
        sys.exit(f"backup: Keras trained the epochs {fitted.epoch} again")
    check("backup", model.predict(x, verbose=0), array(answer["y"]))
    steps = int(model.optimizer.iterations.numpy())
    if steps != answer["steps"]:
        sys.exit(f"backup: {steps} steps of the optimizer, not {answer['steps']}")


def check_answers(folder):
    """Models of any kind in ONNX Runtime."""
    with open(os.path.join(folder, "answers.json"), encoding="utf-8") as file:
        answers = json.load(file)
    worst = 0.0
    for answer in answers:
        session = onnxruntime.InferenceSession(os.path.join(folder, answer["file"]))
        names = [each.name for each in session.get_inputs()]
        outputs = session.run(None, dict(zip(names, map(array, answer["x"]))))
        for output, stored in zip(outputs, answer["y"], strict=True):
            y = array(stored)
            scale = max(1.0, float(np.max(np.abs(y), initial=0)))
            difference = check(f"ONNX, {answer['case']}", output, y, scale * TOLERANCE_ONNX)
            worst = max(worst, difference / scale)
    return len(answers), worst


def main(folder):
    with open(os.path.join(folder, "answers.json"), encoding="utf-8") as file:
        answers = json.load(file)
    backup, graph = answers.pop("backup"), answers.pop("graph")
    for name, answer in answers.items():
        model = os.path.join(folder, name)
        x, y = array(answer["x"]).astype(answer["dtype"]), array(answer["y"])
        key, worst = check_signatures(name, model, answer, x, y)
        check_session(name, model, x, y)
        check_cli(name, model, key, x, y, answer["signatures"])
        check_keras_layer(name, model, x, y)
        worst = max(worst, check_onnx(name, model, key, x, y, answer["states"]))
        called = ", ".join(answer["signatures"])
        print(f"exported {name}: {called}: at most {worst:.1e} from predict")
    worst = check_graph(os.path.join(folder, "graph"), graph)
    print(f"exported graph: at most {worst:.1e} from predict")
    check_backup(os.path.join(folder, "backup"), backup)
    print("backup: Keras goes on from it")
    for kind in ["layers", "scripts"]:
        count, worst = check_answers(os.path.join(folder, kind))
        print(f"exported {count} {kind} to ONNX: at most {worst:.1e} from predict")
    # The tool itself, once: the same code, started as a user starts it.
    tool = os.path.join(os.path.dirname(sys.executable), "saved_model_cli")
    model = os.path.join(folder, next(iter(answers)))
    subprocess.run(
        [tool, "show", "--dir", model, "--tag_set", "serve", "--signature_def", "step"],
        check=True,
        stdout=subprocess.DEVNULL,
    )


if __name__ == "__main__":
    main(sys.argv[1])
