"""Writes the golden files of keras.optimizers: 20 updates each, default configs, schedules."""

import keras
import numpy as np
import tensorflow as tf

import golden

STEPS = 20
SHAPES = {"kernel": (4, 3), "bias": (3,), "table": (2, 5)}

RATE = {"learning_rate": 0.05}

# What each optimizer is run with; a rate that moves the weights visibly, save in the first run.
OWN = {
    "SGD": [
        {"learning_rate": 0.3, "momentum": 0.9},
        {"learning_rate": 0.3, "momentum": 0.8, "nesterov": True},
        {"nesterov": True},
    ],
    "RMSprop": [
        {**RATE, "rho": 0.8, "epsilon": 1e-3},
        {**RATE, "momentum": 0.7},
        {**RATE, "centered": True},
        {**RATE, "momentum": 0.5, "centered": True, "rho": 0.95},
    ],
    "Adam": [
        {**RATE, "beta_1": 0.7, "beta_2": 0.9, "epsilon": 1e-2},
        {**RATE, "amsgrad": True, "beta_2": 0.7},
    ],
    "AdamW": [
        {**RATE, "weight_decay": 0.1, "amsgrad": True, "beta_2": 0.7},
    ],
    "Adagrad": [
        {**RATE, "initial_accumulator_value": 0.0, "epsilon": 1e-3},
        {**RATE, "initial_accumulator_value": 0.5},
    ],
    "Adadelta": [
        {"learning_rate": 1.0},
        {"learning_rate": 5.0, "rho": 0.7, "epsilon": 1e-4},
    ],
    "Adamax": [
        {**RATE, "beta_1": 0.7, "beta_2": 0.9, "epsilon": 1e-2},
    ],
    "Lion": [{"beta_1": 0.8, "beta_2": 0.95}, {"weight_decay": 0.02}],
    "Lamb": [{"beta_1": 0.8, "beta_2": 0.95, "epsilon": 1e-3}, {"weight_decay": 0.02}],
    "Ftrl": [
        {"learning_rate_power": -0.6, "initial_accumulator_value": 0.2},
        {"l1_regularization_strength": 0.01, "l2_regularization_strength": 0.02},
        {"l2_shrinkage_regularization_strength": 0.1, "beta": 0.3, "weight_decay": 0.02},
    ],
    "Adafactor": [
        {"beta_2_decay": -0.5, "epsilon_1": 1e-8, "epsilon_2": 0.1, "clip_threshold": 0.5},
        {**RATE, "relative_step": False, "weight_decay": 0.02},
    ],
    "Muon": [
        {"adam_beta_1": 0.8, "adam_beta_2": 0.95, "epsilon": 1e-3, "adam_lr_ratio": 2.0, "adam_weight_decay": 0.1},
        {**RATE, "muon_a": 3.0, "muon_b": -4.0, "muon_c": 2.0, "momentum": 0.9, "ns_steps": 3, "nesterov": False},
        {"rms_rate": None, "weight_decay": 0.2},
    ],
    "ScheduleFreeAdamW": [
        {"beta_1": 0.8, "beta_2": 0.95, "epsilon": 1e-3, "warmup_steps": 5},
        {**RATE, "weight_decay": 0.02},
    ],
    "Nadam": [
        {**RATE, "beta_1": 0.7, "beta_2": 0.9, "epsilon": 1e-2},
    ],
}

# What every optimizer is run with as well.
COMMON = [
    {**RATE, "clipnorm": 0.5},
    {**RATE, "clipvalue": 0.3},
    {**RATE, "global_clipnorm": 0.7},
    {**RATE, "weight_decay": 0.3},
    {**RATE, "use_ema": True, "ema_momentum": 0.8, "ema_overwrite_frequency": 7},
    {**RATE, "loss_scale_factor": 4.0},
    {**RATE, "gradient_accumulation_steps": 3},
]

# Runs under further conditions, for some optimizers.
SPECIAL = [
    {"arguments": RATE, "constrained": True},
    {"arguments": RATE, "missing": ["bias"]},
    {"arguments": RATE, "rates": {"5": 0.2, "12": 0.01}},
    {"arguments": {**RATE, "weight_decay": 0.3}, "undecayed": ["bias", "ta.le"]},
    {
        "arguments": {
            **RATE,
            "weight_decay": 0.1,
            "clipnorm": 0.5,
            "use_ema": True,
            "ema_momentum": 0.7,
            "ema_overwrite_frequency": 2,
            "gradient_accumulation_steps": 4,
        },
        "constrained": True,
        "missing": ["table"],
    },
]

SCHEDULED = ("ExponentialDecay", [0.05, 4, 0.5], {})

SCHEDULES = [
    ("ExponentialDecay", [0.1, 10, 0.5], {}),
    ("ExponentialDecay", [0.1, 10, 0.5], {"staircase": True, "name": "stairs"}),
    ("PiecewiseConstantDecay", [[3, 10, 20], [0.1, 0.05, 0.02, 0.01]], {}),
    ("PolynomialDecay", [0.1, 10], {}),
    ("PolynomialDecay", [0.1, 10], {"end_learning_rate": 0.01, "power": 2.0}),
    ("PolynomialDecay", [0.1, 10], {"end_learning_rate": 0.01, "power": 0.5, "cycle": True}),
    ("InverseTimeDecay", [0.1, 10, 0.5], {}),
    ("InverseTimeDecay", [0.1, 10, 0.5], {"staircase": True}),
    ("CosineDecay", [0.1, 10], {}),
    ("CosineDecay", [0.1, 10], {"alpha": 0.2}),
    ("CosineDecay", [0.01, 10], {"alpha": 0.1, "warmup_target": 0.1, "warmup_steps": 5}),
    ("CosineDecayRestarts", [0.1, 5], {}),
    ("CosineDecayRestarts", [0.1, 5], {"t_mul": 1.0, "m_mul": 0.8, "alpha": 0.1}),
    ("CosineDecayRestarts", [0.1, 5], {"t_mul": 1.5, "m_mul": 0.9}),
]


def data():
    """The weights that every run starts with, and the gradients of its steps."""
    rng = np.random.default_rng(7)
    start = {name: rng.normal(size=shape).astype("float32") for name, shape in SHAPES.items()}
    gradients = []
    for step in range(STEPS):
        scale = [1.0, 0.01, 3.0, 0.2][step % 4]
        gradients.append(
            {
                name: (scale * rng.normal(size=shape)).astype("float32")
                for name, shape in SHAPES.items()
            }
        )
    gradients[6]["table"][:] = 0
    return start, gradients


def constrain(variables):
    variables["kernel"].constraint = keras.constraints.MaxNorm(0.9)
    variables["bias"].constraint = keras.constraints.NonNeg()
    variables["table"].constraint = keras.constraints.MinMaxNorm(0.5, 0.8, rate=0.5, axis=1)


def run(name, arguments, start, gradients, constrained=False, missing=(), rates=None, undecayed=()):
    own = name if isinstance(name, keras.optimizers.Optimizer) else None
    optimizer = own or getattr(keras.optimizers, name)(**arguments)
    variables = {key: keras.Variable(value, name=key) for key, value in start.items()}
    if constrained:
        constrain(variables)
    if undecayed:
        optimizer.exclude_from_weight_decay(var_names=list(undecayed))
    result = {
        "arguments": arguments,
        "constrained": constrained,
        "missing": list(missing),
        "undecayed": list(undecayed),
        "rates": rates or {},
    }
    optimizer.build(list(variables.values()))
    for step in range(STEPS):
        if str(step) in result["rates"]:
            optimizer.learning_rate = result["rates"][str(step)]
        optimizer.apply(
            [
                None if key in missing else tf.constant(gradients[step][key])
                for key in variables
            ],
            list(variables.values()),
        )
        if step in (0, STEPS - 1):
            result[f"after {step + 1}"] = [golden.array(v) for v in variables.values()]
    result["variables"] = {}
    for variable in optimizer.variables:
        name = named(variable)
        while name in result["variables"]:  # Adafactor has two of the same name.
            name += " again"
        result["variables"][name] = golden.array(variable)
    if arguments.get("use_ema"):
        optimizer.finalize_variable_values(list(variables.values()))
        result["finalized"] = [golden.array(v) for v in variables.values()]
    return result


def several():
    """A MultiOptimizer: a path, a pattern, and a default for what is left."""
    optimizers = keras.optimizers
    return optimizers.MultiOptimizer(
        optimizers.OptimizerMap(
            optimizers.SGD(0.3, momentum=0.9),
            {
                "kernel": optimizers.Adam(0.05, clipnorm=0.5, weight_decay=0.1),
                "t.*e": optimizers.Adagrad(0.05, use_ema=True, ema_momentum=0.8, ema_overwrite_frequency=7),
            },
        ),
        loss_scale_factor=4.0,
    )


def named(variable):
    """Nadam has a variable without a name of its own: Keras numbers it through the process."""
    return "variable" if variable.name.startswith("variable_") else variable.name


def scheduled(start, gradients):
    name, positional, _ = SCHEDULED
    schedule = getattr(keras.optimizers.schedules, name)(*positional)
    return run("Adam", {"learning_rate": schedule}, start, gradients)


def cases(name, start, gradients):
    found = [run(name, {}, start, gradients)]
    for arguments in OWN[name] + COMMON:
        found.append(run(name, arguments, start, gradients))
    for special in SPECIAL:
        found.append(run(name, start=start, gradients=gradients, **special))
    return found


def schedules():
    found = []
    for name, positional, keywords in SCHEDULES:
        schedule = getattr(keras.optimizers.schedules, name)(*positional, **keywords)
        found.append(
            {
                "class": name,
                "positional": positional,
                "arguments": keywords,
                "serialized": keras.optimizers.schedules.serialize(schedule),
                "steps": list(range(0, 41)),
                "rates": golden.numbers(
                    [np.float32(schedule(tf.constant(step, tf.int64))) for step in range(41)]
                ),
            }
        )
    return found


if __name__ == "__main__":
    configs = {
        name: keras.optimizers.serialize(getattr(keras.optimizers, name)()) for name in OWN
    }
    golden.write("optimizers/configs", configs)
    golden.write("optimizers/schedules", {"cases": schedules()})
    start, gradients = data()
    golden.write(
        "optimizers/data",
        {
            "start": {key: golden.array(value) for key, value in start.items()},
            "gradients": [
                {key: golden.array(value) for key, value in each.items()} for each in gradients
            ],
        },
    )
    for name in OWN:
        golden.write(f"optimizers/{name.lower()}", {"cases": cases(name, start, gradients)})
    result = run(several(), {"use_ema": True}, start, gradients, constrained=True)
    golden.write("optimizers/multi", result | {"config": several().get_config()})
    result = scheduled(start, gradients)
    del result["arguments"]
    golden.write("optimizers/scheduled", result)
