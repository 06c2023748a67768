import h5py
import keras
import numpy as np


def write_bundle(model, x_batches, y_batches, path):
    """Writes what Parity of keras-java compares with. To be called between compile and fit."""
    if not model.built:
        model.build((None, *np.shape(x_batches[0])[1:]))
    model.optimizer.build(model.trainable_variables)
    variables = model.variables + model.optimizer.variables
    start = [variable.numpy() for variable in variables]

    def restart():
        [variable.assign(value) for variable, value in zip(variables, start)]
        [layer.reset_state() for layer in model.layers if getattr(layer, "stateful", False)]

    def put(place, arrays, dtype="float32"):
        for i, array in enumerate(keras.tree.flatten(arrays)):
            file[f"{place}/{i}"] = np.asarray(array, dtype)

    def put_layers(model, inputs, place):
        depths = sorted(getattr(model, "_functional", model)._nodes_by_depth.items(), reverse=True)
        nodes = [node for _, level in depths for node in level if not node.is_input]
        tensors = {str(i): [node.input_tensors, node.outputs] for i, node in enumerate(nodes)}
        probe = keras.Model(model.inputs, tensors)
        restart()
        values = probe(inputs, training=False)
        calls = [(node, values[str(i)]) for i, node in enumerate(nodes)]
        for layer in [layer for layer in model.layers if layer in [n.operation for n in nodes]]:
            own, seeds = f"{place}/{layer.name}", "seed_generator_state"
            of_layer = [value for node, value in calls if node.operation is layer]
            if isinstance(layer, keras.Model):
                put_layers(layer, of_layer[0][0], own + "/layers")
            put(own + "/weights", layer.get_weights())
            put(own + "/seeds", [v for v in layer.variables if v.name == seeds], "int64")
            put(own + "/outputs", [outputs for _, outputs in of_layer])

    with h5py.File(path, "w") as file:
        file.attrs["keras_version"] = keras.__version__
        file.attrs["iterations"] = int(model.optimizer.iterations)
        file["config"] = model.to_json()
        put_layers(model, keras.tree.flatten(x_batches[0]), "layers")
        restart()
        logs = []
        for i, (x, y) in enumerate(zip(x_batches, y_batches)):
            put(f"x/{i}", x)
            put(f"y/{i}", y)
            model.reset_metrics()
            logs.append(model.train_on_batch(x, y, return_dict=True))
        for name in logs[0]:
            file["logs/" + name] = [log[name] for log in logs]
    restart()
    model.reset_metrics()
