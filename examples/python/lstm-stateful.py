"""A moving average with and without memory: what stateful=True is for. After Keras's lstm_stateful.

keras==3.15.1, tensorflow-cpu==2.21.0; --plot needs matplotlib
"""

import argparse

import numpy as np
import pandas as pd
from keras import Sequential, layers, utils

parser = argparse.ArgumentParser()
parser.add_argument("--epochs", type=int, default=10)
parser.add_argument("--seed", type=int, default=1)
parser.add_argument("--plot")
options = parser.parse_args()

utils.set_random_seed(options.seed)

LENGTH = 400
WINDOW = 2  # The average is over so many steps, of which the model sees one at a time.

numbers = pd.DataFrame((np.random.rand(LENGTH) - 0.5) * 0.2)
average = numbers.rolling(window=WINDOW).mean()
x = numbers.values[WINDOW - 1 :].reshape(-1, 1, 1)
y = average.values[WINDOW - 1 :]
train = int(len(x) * 0.8)


def model(stateful):
    made = Sequential()
    made.add(layers.Input(batch_shape=(1, 1, 1)))
    made.add(layers.LSTM(20, stateful=stateful))
    made.add(layers.Dense(1))
    made.compile(loss="mse", optimizer="adam")
    return made


def errors(stateful):
    made = model(stateful)
    for epoch in range(options.epochs):
        made.fit(x[:train], y[:train], batch_size=1, epochs=1, shuffle=False, verbose=0)
        made.layers[0].reset_state()
    # The states after the training series are those before the test series.
    made.predict(x[:train], batch_size=1, verbose=0)
    predicted = made.predict(x[train:], batch_size=1, verbose=0)
    return predicted, float(((predicted - y[train:]) ** 2).mean())


with_states, mse_stateful = errors(True)
without, mse_stateless = errors(False)
print("Mean squared error, stateful:  %.10f" % mse_stateful)
print("Mean squared error, stateless: %.10f" % mse_stateless)

if options.plot:
    import matplotlib.pyplot as plt

    plt.plot(y[train:], label="average")
    plt.plot(with_states, label="stateful")
    plt.plot(without, label="stateless")
    plt.legend()
    plt.savefig(options.plot)
