"""The temperature a day ahead from ten days of weather, after chapter 10 of "Deep Learning with
Python" (Chollet, 2021). The data are made by the script.

keras==3.15.1, tensorflow-cpu==2.21.0; --plot needs matplotlib
"""

import argparse

import numpy as np
from keras import Sequential, layers, utils

parser = argparse.ArgumentParser()
parser.add_argument("--epochs", type=int, default=15)
parser.add_argument("--seed", type=int, default=1)
parser.add_argument("--plot")
options = parser.parse_args()

utils.set_random_seed(options.seed)

STEPS = 6000  # One each three hours.
A_DAY = 8
SEQUENCE = 40
SAMPLING = 2
DELAY = SAMPLING * (SEQUENCE + A_DAY // SAMPLING - 1)


def climate():
    """Temperature, pressure and humidity: the day, the year, and weather that comes and goes."""
    noise = np.random.rand(STEPS, 2) - 0.5
    steps = np.arange(STEPS)
    front, pressure = np.zeros(STEPS), np.zeros(STEPS)
    for i in range(1, STEPS):
        front[i] = 0.97 * front[i - 1] + 2 * noise[i, 0]
        pressure[i] = 0.9 * pressure[i - 1] - 0.3 * front[i] + noise[i, 1]
    day = 4 * np.sin(2 * np.pi * steps / A_DAY)
    year = 12 * np.sin(2 * np.pi * steps / (365 * A_DAY))
    temperature = 9 + day + year + front
    humidity = 70 - 2 * day + pressure
    return np.stack([temperature, 1000 + pressure, humidity], axis=1)


raw = climate()
train, val = STEPS // 2, STEPS // 4
degrees = raw[:train, 0].std()
raw -= raw[:train].mean(axis=0)
raw /= raw[:train].std(axis=0)


def dataset(start, end, shuffle):
    return utils.timeseries_dataset_from_array(
        raw[:-DELAY],
        targets=raw[DELAY:, 0],
        sampling_rate=SAMPLING,
        sequence_length=SEQUENCE,
        shuffle=shuffle,
        seed=options.seed,
        batch_size=128,
        start_index=start,
        end_index=end,
    )


train_set = dataset(0, train, True)
val_set = dataset(train, train + val, False)
test_set = dataset(train + val, None, False)


def naive(data):
    """The error in degrees of saying that it will be as warm as now."""
    total, seen = 0.0, 0
    for x, y in data:
        total += np.sum(np.abs(x[:, -1, 0] - y))
        seen += len(y)
    return degrees * total / seen


model = Sequential()
model.add(layers.Input(shape=(SEQUENCE, raw.shape[-1])))
model.add(layers.LSTM(32))
model.add(layers.Dropout(0.2))
model.add(layers.Dense(1))
model.compile(optimizer="adam", loss="mse", metrics=["mae"])
history = model.fit(train_set, epochs=options.epochs, validation_data=val_set, verbose=2)
loss, mae = model.evaluate(test_set, verbose=0)
print("Naive test MAE: %.4f" % naive(test_set))
print("Test MAE: %.4f" % (degrees * mae))
print("loss", history.history["loss"][-1])

if options.plot:
    import matplotlib.pyplot as plt

    plt.plot(history.history["mae"], label="Training MAE")
    plt.plot(history.history["val_mae"], label="Validation MAE")
    plt.legend()
    plt.savefig(options.plot)
