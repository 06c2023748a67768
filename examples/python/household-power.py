"""A household's power of each day of the next week, from two weeks: an encoder and a decoder, walked
forward week by week. The data are made by the script.

keras==3.15.1, tensorflow-cpu==2.21.0, scikit-learn==1.9.1; --plot needs matplotlib
"""

import argparse

import numpy as np
from keras import Sequential, layers, utils
from sklearn.metrics import root_mean_squared_error

parser = argparse.ArgumentParser()
parser.add_argument("--epochs", type=int, default=60)
parser.add_argument("--seed", type=int, default=1)
parser.add_argument("--plot")
options = parser.parse_args()

utils.set_random_seed(options.seed)

WEEKS = 150
TESTED = 46
WEEK = 7
KNOWN = 14
WEEKEND = [0, -1, -1, 0, 1, 6, 5]  # From Monday on: people are at home on Saturday and Sunday.

days = np.arange(WEEKS * WEEK)
noise = np.random.rand(len(days)) - 0.5
kilowatts = 20 + 6 * np.cos(2 * np.pi * days / 365) + 3 * noise + np.take(WEEKEND, days % WEEK)
mean = kilowatts[: -TESTED * WEEK].mean()
scaled = ((kilowatts - mean) / 5).astype("float32")

train = scaled[: -TESTED * WEEK]
starts = range(len(train) - KNOWN - WEEK + 1)
x = np.array([train[i : i + KNOWN] for i in starts])[..., np.newaxis]
y = np.array([train[i + KNOWN : i + KNOWN + WEEK] for i in starts])[..., np.newaxis]

model = Sequential()
model.add(layers.Input(shape=(KNOWN, 1)))
model.add(layers.LSTM(32, activation="relu"))
model.add(layers.RepeatVector(WEEK))
model.add(layers.LSTM(32, activation="relu", return_sequences=True))
model.add(layers.TimeDistributed(layers.Dense(16, activation="relu")))
model.add(layers.TimeDistributed(layers.Dense(1)))
model.compile(loss="mse", optimizer="adam")
history = model.fit(x, y, epochs=options.epochs, batch_size=16, verbose=2)

# Each week is predicted from the two that were really before it.
first = len(train)
known = np.array([scaled[first + w * WEEK - KNOWN : first + w * WEEK] for w in range(TESTED)])
predicted = model.predict(known[..., np.newaxis], verbose=0)[..., 0] * 5 + mean
actual = kilowatts[first:].reshape(TESTED, WEEK)
for day, name in enumerate(["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]):
    print("%s %.3f" % (name, root_mean_squared_error(actual[:, day], predicted[:, day])))
print("RMSE: %.3f" % root_mean_squared_error(actual.reshape(-1), predicted.reshape(-1)))
before = kilowatts[first - WEEK : -WEEK]
print("RMSE of the week before: %.3f" % root_mean_squared_error(actual.reshape(-1), before))
print("loss", history.history["loss"][-1])

if options.plot:
    import matplotlib.pyplot as plt

    plt.plot(actual.reshape(-1), label="power")
    plt.plot(predicted.reshape(-1), label="predicted")
    plt.legend()
    plt.savefig(options.plot)
