"""A series of hourly loads and a calendar; the next load, and whether somebody should know of it.

keras==3.15.1, tensorflow-cpu==2.21.0
"""

import argparse

import keras
import numpy as np
from keras import layers, utils

HOURS, WINDOW, UNSEEN, ALARM = 24 * 7 * 20, 24, 24 * 7 * 4, 0.75

parser = argparse.ArgumentParser()
parser.add_argument("--epochs", type=int, default=20)
parser.add_argument("--seed", type=int, default=1)
options = parser.parse_args()
utils.set_random_seed(options.seed)

hours = np.arange(HOURS)
weekend = hours // 24 % 7 >= 5
angle = 2 * np.pi * (hours % 24) / 24
drawn, drift, loads = np.random.rand(HOURS), 0.0, np.zeros(HOURS, "float32")
for hour in hours:
    drift = 0.8 * drift + 0.4 * (drawn[hour] - 0.5)
    loads[hour] = np.sin(angle[hour]) - (0.6 if weekend[hour] else 0) + drift


def data(first, last):
    at = hours[first:last]
    series = np.stack([loads[hour - WINDOW : hour] for hour in at])[..., np.newaxis]
    calendar = np.stack([np.sin(angle[at]), np.cos(angle[at]), weekend[at]], axis=1)
    value = loads[at][:, np.newaxis]
    targets = {"value": value, "alarm": (value > ALARM).astype("float32")}
    return {"series": series, "calendar": calendar.astype("float32")}, targets


x, y = data(WINDOW, HOURS - UNSEEN)
unseen, right = data(HOURS - UNSEEN, HOURS)

series = keras.Input((WINDOW, 1), name="series")
calendar = keras.Input((3,), name="calendar")
read = layers.LSTM(32)(series)
known = layers.Dense(16, activation="relu")(calendar)
both = layers.Concatenate()([read, known])
mixed = layers.Dense(32, activation="relu")(both)
value = layers.Dense(1, name="value")(mixed)
alarm = layers.Dense(1, activation="sigmoid", name="alarm")(mixed)
model = keras.Model([series, calendar], [value, alarm])
model.compile(
    optimizer=keras.optimizers.Adam(0.005),
    loss={"value": "mse", "alarm": "binary_crossentropy"},
    loss_weights={"value": 1.0, "alarm": 0.5},
    metrics={"value": "mae", "alarm": "acc"},
)
model.fit(
    x, y, epochs=options.epochs, batch_size=64, verbose=2, validation_data=(unseen, right)
)
figures = model.evaluate(unseen, right, verbose=0, return_dict=True)
print("value_error", figures["value_mae"])
print("last_value_error", np.abs(right["value"][:, 0] - unseen["series"][:, -1, 0]).mean())
print("alarm_accuracy", figures["alarm_acc"])
print("no_alarm_accuracy", 1 - right["alarm"].mean())
