"""Shampoo sales a month ahead, walking forward: a stateful LSTM on differences.

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
parser.add_argument("--epochs", type=int, default=300)
parser.add_argument("--seed", type=int, default=1)
parser.add_argument("--plot")
options = parser.parse_args()

utils.set_random_seed(options.seed)

DATA = os.path.join(os.path.dirname(__file__), "..", "resources", "data")
TESTED = 12

frame = pd.read_csv(os.path.join(DATA, "shampoo-sales.csv"), usecols=["Sales"])
sales = frame["Sales"].values
# Changes from month to month, each to be told from the one before it.
changes = frame.diff(1)
pairs = np.hstack([changes.shift(1).fillna(0).values, changes.values])[1:]
train, test = pairs[:-TESTED], pairs[-TESTED:]
scaler = MinMaxScaler(feature_range=(-1, 1)).fit(train)
train, test = scaler.transform(train), scaler.transform(test)
x, y = train[:, :1].reshape(-1, 1, 1), train[:, 1:]

model = Sequential()
model.add(layers.Input(batch_shape=(1, 1, 1)))
model.add(layers.LSTM(4, stateful=True))
model.add(layers.Dense(1))
model.compile(loss="mean_squared_error", optimizer="adam")
lstm = model.layers[0]
for epoch in range(options.epochs):
    history = model.fit(x, y, epochs=1, batch_size=1, verbose=0, shuffle=False)
    lstm.reset_states()
loss = history.history["loss"][-1]

model.predict(x, batch_size=1, verbose=0)
predicted = []
for i in range(TESTED):
    scaled = model.predict(test[i, :1].reshape(1, 1, 1), verbose=0)[0, 0]
    change = scaler.inverse_transform([[test[i, 0], scaled]])[0, 1]
    predicted.append(change + sales[len(sales) - TESTED - 1 + i])
    print("Month=%d, Predicted=%f, Expected=%f" % (i + 1, predicted[i], sales[i - TESTED]))
print("Test RMSE: %.3f" % root_mean_squared_error(sales[-TESTED:], predicted))
print("loss", loss)

if options.plot:
    import matplotlib.pyplot as plt

    plt.plot(sales[-TESTED:])
    plt.plot(predicted)
    plt.savefig(options.plot)
