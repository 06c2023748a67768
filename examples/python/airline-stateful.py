"""Airline passengers of the next month from those of three, by a stack of LSTMs that remember the
whole series: stateful=True, one epoch at a time.

keras==3.15.1, tensorflow-cpu==2.21.0, pandas==3.1.1, scikit-learn==1.9.1; --plot needs matplotlib
"""

import argparse
import os

import numpy as np
import pandas as pd
from keras import Sequential, layers, utils
from sklearn.metrics import root_mean_squared_error
from sklearn.preprocessing import MinMaxScaler

parser = argparse.ArgumentParser()
parser.add_argument("--epochs", type=int, default=50)
parser.add_argument("--seed", type=int, default=1)
parser.add_argument("--plot")
options = parser.parse_args()

utils.set_random_seed(options.seed)

DATA = os.path.join(os.path.dirname(__file__), "..", "resources", "data")
LOOK_BACK = 3

frame = pd.read_csv(os.path.join(DATA, "airline-passengers.csv"), usecols=["Passengers"])
scaler = MinMaxScaler()
dataset = scaler.fit_transform(frame.values.astype("float32"))
train_size = int(len(dataset) * 0.67)


def windows(values):
    x = [values[i : i + LOOK_BACK] for i in range(len(values) - LOOK_BACK)]
    return np.array(x), values[LOOK_BACK:]


train_x, train_y = windows(dataset[:train_size])
test_x, test_y = windows(dataset[train_size:])

model = Sequential()
model.add(layers.Input(batch_shape=(1, LOOK_BACK, 1)))
model.add(layers.LSTM(4, stateful=True, return_sequences=True))
model.add(layers.LSTM(4, stateful=True))
model.add(layers.Dense(1))
model.compile(loss="mean_squared_error", optimizer="adam")
for epoch in range(options.epochs):
    history = model.fit(train_x, train_y, epochs=1, batch_size=1, verbose=2, shuffle=False)
    for layer in model.layers[:2]:
        layer.reset_state()

train_predicted = scaler.inverse_transform(model.predict(train_x, batch_size=1, verbose=0))
test_predicted = scaler.inverse_transform(model.predict(test_x, batch_size=1, verbose=0))
train_score = root_mean_squared_error(scaler.inverse_transform(train_y), train_predicted)
test_score = root_mean_squared_error(scaler.inverse_transform(test_y), test_predicted)
print("Train score: %.2f RMSE" % train_score)
print("Test score: %.2f RMSE" % test_score)
print("loss", history.history["loss"][-1])

if options.plot:
    import matplotlib.pyplot as plt

    both = np.full((len(dataset), 1), np.nan)
    both[LOOK_BACK:train_size] = train_predicted
    both[train_size + LOOK_BACK :] = test_predicted
    plt.plot(frame.values)
    plt.plot(both)
    plt.axvline(train_size)
    plt.savefig(options.plot)
