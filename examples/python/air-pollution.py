"""Air pollution from the weather: several columns in, one out. The data are made by the script.

keras==3.15.1, tensorflow-cpu==2.21.0, scikit-learn==1.9.1, pandas==3.1.1; --plot needs matplotlib
"""

import argparse

import numpy as np
import pandas as pd
from keras import Sequential, layers, utils
from sklearn.metrics import root_mean_squared_error
from sklearn.preprocessing import LabelEncoder, MinMaxScaler

parser = argparse.ArgumentParser()
parser.add_argument("--epochs", type=int, default=30)
parser.add_argument("--seed", type=int, default=1)
parser.add_argument("--plot")
options = parser.parse_args()

utils.set_random_seed(options.seed)

HOURS = 2000
TRAINED = 1500
DIRECTIONS = ["NE", "NW", "SE", "calm"]


def weather():
    """Hours with pollution, temperature, wind and its direction. Wind carries the dirt away."""
    noise = np.random.rand(HOURS) - 0.5
    wind = 1 + 7 * np.random.rand(HOURS)
    direction = [DIRECTIONS[int(each * 4)] for each in np.random.rand(HOURS)]
    hours = np.arange(HOURS)
    temperature = 10 * np.sin(hours * np.pi / 12) + 5 * np.sin(hours * np.pi / 120)
    pollution = np.zeros(HOURS)
    before = 100.0
    for hour in range(HOURS):
        carried = 3 * wind[hour] * (2 if direction[hour] == "NW" else 1)
        before = 0.8 * before + 40 - temperature[hour] - carried + 10 * noise[hour]
        pollution[hour] = max(before, 0)
    columns = {"pollution": pollution, "temperature": temperature, "wind": wind}
    return pd.DataFrame({**columns, "direction": direction})


frame = weather()
frame["direction"] = LabelEncoder().fit_transform(frame["direction"])
values = frame.values.astype("float32")
scaler = MinMaxScaler()
scaled = scaler.fit_transform(values)
x = scaled[:-1].reshape(-1, 1, 4)  # What is known an hour before.
y = scaled[1:, 0]

model = Sequential()
model.add(layers.Input(shape=(1, 4)))
model.add(layers.LSTM(50))
model.add(layers.Dense(1))
model.compile(loss="mae", optimizer="adam")
history = model.fit(
    x[:TRAINED],
    y[:TRAINED],
    epochs=options.epochs,
    batch_size=72,
    validation_data=(x[TRAINED:], y[TRAINED:]),
    verbose=2,
    shuffle=False,
)

predicted = scaled[TRAINED + 1 :].copy()
predicted[:, 0] = model.predict(x[TRAINED:], verbose=0)[:, 0]
predicted = scaler.inverse_transform(predicted)[:, 0]
actual = values[TRAINED + 1 :, 0]
print("Test RMSE: %.3f" % root_mean_squared_error(actual, predicted))
print("RMSE of the hour before: %.3f" % root_mean_squared_error(actual, values[TRAINED:-1, 0]))
print("val_loss", history.history["val_loss"][-1])

if options.plot:
    import matplotlib.pyplot as plt

    plt.plot(actual, label="pollution")
    plt.plot(predicted, label="predicted")
    plt.legend()
    plt.savefig(options.plot)
