"""The workloads in PyTorch: run as bench_torch.py WORKLOAD SECONDS, where the seconds are those to warm up, prints one line of JSON.

The training loop is what a PyTorch user writes, with the loss and the accuracy summed up as Keras's
fit does.
"""

import json
import resource
import statistics
import sys
import time

import numpy as np
import torch
from torch import nn

RANDOM = np.random.default_rng(1)

WARM_UP = float(sys.argv[2])


def warm_up(work):
    """Does what is to be measured until the time to warm up is over, once at least."""
    start = time.perf_counter()
    while True:
        work()
        if time.perf_counter() - start >= WARM_UP:
            return


def one_hot(count, timesteps, features):
    numbers = RANDOM.integers(0, features, size=(count, timesteps))
    return torch.from_numpy(np.eye(features, dtype="float32")[numbers])


def random(*shape):
    return torch.from_numpy(RANDOM.random(shape, dtype="float32"))


class PerStep(nn.Module):
    """A recurrent layer and a Dense layer on each timestep's output."""

    def __init__(self, units, features):
        super().__init__()
        self.lstm = nn.LSTM(features, units, batch_first=True)
        self.dense = nn.Linear(units, features)

    def forward(self, x, states=None):
        y, states = self.lstm(x, states)
        return self.dense(y), states


class Last(nn.Module):
    """A recurrent layer and a Dense layer on its last output."""

    def __init__(self, layer, units):
        super().__init__()
        self.layer = layer
        self.dense = nn.Linear(units, 1)

    def forward(self, x):
        return self.dense(self.layer(x)[0][:, -1])


class EncoderDecoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = nn.LSTM(100, 150, batch_first=True)
        self.decoder = nn.LSTM(150, 150, batch_first=True)
        self.dense = nn.Linear(150, 100)

    def forward(self, x):
        y, _ = self.encoder(x)
        y, _ = self.decoder(y[:, -1:].expand(-1, 2, -1))
        return self.dense(y), None


def classify(model, optimizer, x, y, states=None):
    """One step with one-hot targets; gives the loss, the accuracy and the states."""
    optimizer.zero_grad()
    logits, states = model(x, states) if states is not None else model(x)
    loss = nn.functional.cross_entropy(logits.flatten(0, 1), y.flatten(0, 1))
    loss.backward()
    optimizer.step()
    with torch.no_grad():
        right = (logits.argmax(-1) == y.argmax(-1)).float().mean()
    return loss.item(), right.item(), states


def regress(model, optimizer, x, y):
    optimizer.zero_grad()
    prediction = model(x)
    loss = nn.functional.mse_loss(prediction, y)
    loss.backward()
    optimizer.step()
    with torch.no_grad():
        error = (prediction - y).abs().mean()
    return loss.item(), error.item()


def step_time(model, step, x, y, batch, steps):
    optimizer = torch.optim.Adam(model.parameters())
    n = len(x) // batch

    def epoch():
        total = 0.0
        for i in range(steps):
            k = i % n * batch
            total += step(model, optimizer, x[k : k + batch], y[k : k + batch])[0]
        return total

    warm_up(epoch)
    times = []
    for _ in range(3):
        start = time.perf_counter()
        epoch()
        times.append((time.perf_counter() - start) * 1000 / steps)
    return statistics.median(times)


def echo():
    x, y = one_hot(700, 5, 100), one_hot(700, 5, 100)
    return {"echo": step_time(PerStep(20, 100), classify, x, y, 7, 1000)}


def echo_loop():
    model = PerStep(20, 100)
    optimizer = torch.optim.Adam(model.parameters())

    def turn():
        x = one_hot(21, 5, 100)
        states = (torch.zeros(1, 7, 20), torch.zeros(1, 7, 20))
        for k in range(0, 21, 7):
            _, _, states = classify(model, optimizer, x[k : k + 7], x[k : k + 7], states)
            states = tuple(state.detach() for state in states)

    warm_up(turn)
    start = time.perf_counter()
    for _ in range(200):
        turn()
    return {"echo-loop": (time.perf_counter() - start) * 1000 / 200}


def partial():
    x = one_hot(210, 5, 100)
    return {"partial": step_time(EncoderDecoder(), classify, x, x[:, :2], 21, 300)}


def rnn():
    x = random(640, 3, 1)
    model = Last(nn.RNN(1, 5, batch_first=True), 5)
    return {"rnn": step_time(model, regress, x, x[:, 0], 32, 1000)}


def med():
    x, y = one_hot(64, 100, 64), one_hot(64, 100, 64)
    return {"med": step_time(PerStep(128, 64), classify, x, y, 32, 30)}


def big():
    x, y = one_hot(64, 100, 128), one_hot(64, 100, 128)
    return {"big": step_time(PerStep(512, 128), classify, x, y, 64, 4)}


def gru():
    x = random(64, 100, 64)
    model = Last(nn.GRU(64, 128, batch_first=True), 128)
    return {"gru": step_time(model, regress, x, x[:, 0, :1], 32, 30)}


class BothWays(nn.Module):
    def __init__(self):
        super().__init__()
        self.lstm = nn.LSTM(64, 64, batch_first=True, bidirectional=True)
        self.dense = nn.Linear(128, 64)

    def forward(self, x):
        y, states = self.lstm(x)
        return self.dense(y), states


def bidir():
    x, y = one_hot(64, 100, 64), one_hot(64, 100, 64)
    return {"bidir": step_time(BothWays(), classify, x, y, 32, 30)}


class Translator(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = nn.LSTM(71, 256, batch_first=True)
        self.decoder = nn.LSTM(71, 256, batch_first=True)
        self.dense = nn.Linear(256, 71)

    def forward(self, x):
        _, states = self.encoder(x[:, :16])
        y, states = self.decoder(x[:, 16:], states)
        return self.dense(y), states


def seq2seq():
    x = one_hot(1280, 32, 71)
    return {"seq2seq": step_time(Translator(), classify, x, x[:, 16:], 64, 20)}


class Text(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(20_000, 128)
        self.last = Last(nn.LSTM(128, 64, batch_first=True), 64)

    def forward(self, x):
        return self.last(self.embedding(x.long()))


def text():
    x = (random(960, 80) * 20_000).floor()
    return {"text": step_time(Text(), regress, x, x[:, :1] / 20_000, 32, 30)}


class Convolved(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv1d(128, 64, 5)
        self.last = Last(nn.LSTM(64, 70, batch_first=True), 70)

    def forward(self, x):
        y = nn.functional.max_pool1d(self.conv(x.transpose(1, 2)), 4)
        return self.last(y.transpose(1, 2))


def conv():
    x = random(640, 100, 128)
    return {"conv": step_time(Convolved(), regress, x, x[:, 0, :1], 32, 20)}


class ConvLSTM(nn.Module):
    def __init__(self):
        super().__init__()
        self.inputs = nn.Conv2d(1, 64, 3)
        self.states = nn.Conv2d(16, 64, 3, padding=1, bias=False)
        self.dense = nn.Linear(16 * 30 * 30, 1)

    def forward(self, x):
        batch, steps = x.shape[:2]
        gates = self.inputs(x.flatten(0, 1)).unflatten(0, (batch, steps))
        h = c = torch.zeros(batch, 16, 30, 30)
        for t in range(steps):
            i, f, g, o = (gates[:, t] + self.states(h)).chunk(4, 1)
            c = f.sigmoid() * c + i.sigmoid() * g.tanh()
            h = o.sigmoid() * c.tanh()
        return self.dense(h.flatten(1))


def convlstm():
    x = random(32, 10, 1, 32, 32)
    return {"convlstm": step_time(ConvLSTM(), regress, x, x[:, 0, 0, 0, :1], 8, 4)}


class Heads(nn.Module):
    """Four heads of 32, as nn.MultiheadAttention cannot have them: it divides the features."""

    def __init__(self):
        super().__init__()
        self.projections = nn.ModuleList(nn.Linear(64, 128) for _ in range(3))
        self.output = nn.Linear(128, 64)

    def forward(self, x):
        heads = [p(x).unflatten(2, (4, 32)).transpose(1, 2) for p in self.projections]
        mean = nn.functional.scaled_dot_product_attention(*heads)
        return self.output(mean.transpose(1, 2).flatten(2))


class Attending(nn.Module):
    def __init__(self):
        super().__init__()
        self.heads = nn.ModuleList(Heads() for _ in range(2))
        self.norms = nn.ModuleList(nn.LayerNorm(64) for _ in range(2))
        self.dense = nn.Linear(64, 1)

    def forward(self, x):
        for heads, norm in zip(self.heads, self.norms):
            x = norm(x + heads(x))
        return self.dense(x.mean(1))


def attention():
    x = random(640, 64, 64)
    return {"attention": step_time(Attending(), regress, x, x[:, 0, :1], 32, 20)}


def long():
    x = random(32, 1000, 8)
    start = time.perf_counter()
    model = Last(nn.LSTM(8, 64, batch_first=True), 64)
    regress(model, torch.optim.Adam(model.parameters()), x[:16], x[:16, 0, :1])
    first = time.perf_counter() - start
    return {"long": step_time(model, regress, x, x[:, 0, :1], 16, 8), "long-first": first}


class Sequences(nn.Module):
    """Recurrent layers over sequences padded with zeros, which are packed if they are masked."""

    def __init__(self, layer, masked):
        super().__init__()
        self.layer = layer
        self.masked = masked
        self.dense = nn.Linear(64, 1)

    def forward(self, x):
        if self.masked:
            lengths = (x != 0).any(-1).sum(1)
            x = nn.utils.rnn.pack_padded_sequence(
                x, lengths, batch_first=True, enforce_sorted=False
            )
        last = self.layer(x)[1]
        return self.dense((last[0] if isinstance(last, tuple) else last)[-1])


KINDS = {"plain": nn.LSTM, "masked": nn.LSTM, "gru-plain": nn.GRU, "gru-masked": nn.GRU, "simple": nn.RNN}


def recurrent(name):
    """Recurrent layers of some kind, of those that PyTorch has: see Bench.java."""
    kind, timesteps, *more = name.split("/")
    timesteps, count = int(timesteps), int(more[1]) if len(more) > 1 else 2
    x = random(320, timesteps, 8)
    if kind.endswith("masked"):
        for i in range(len(x)):
            x[i, timesteps - i % (timesteps // 2) :] = 0
    y = random(320, 1)
    other = Last(nn.LSTM(3, 2, batch_first=True), 2)  # what Java's and Keras's peers do as well
    regress(other, torch.optim.Adam(other.parameters()), random(2, 4, 3), random(2, 1))
    start = time.perf_counter()
    layer = KINDS[kind](8, 64, num_layers=count, batch_first=True)
    model = Sequences(layer, kind.endswith("masked"))
    if more and more[0] == "predict":
        with torch.no_grad():
            model(x[:32]).numpy()
    else:
        regress(model, torch.optim.Adam(model.parameters()), x[:32], y[:32])
    first = time.perf_counter() - start
    if more:
        return {name: first}
    return {name: step_time(model, regress, x, y, 32, 10), name + "/first": first}


def lengths():
    data = [
        torch.from_numpy(RANDOM.integers(0, 2, size=(2000, t, 1)).astype("float32"))
        for t in range(5, 20)
    ]

    def once():
        start = time.perf_counter()
        model = Last(nn.LSTM(1, 4, batch_first=True), 4)
        with torch.no_grad():
            for x in data:
                loss = right = 0.0
                for k in range(0, 2000, 32):
                    y = x[k : k + 32, 0]
                    logits = model(x[k : k + 32])
                    loss += nn.functional.binary_cross_entropy_with_logits(logits, y).item() * len(y)
                    right += ((logits > 0) == (y > 0.5)).sum().item()
        return time.perf_counter() - start

    warm_up(once)
    return {"lengths": once()}


def predict():
    x = random(10_000, 50, 8)
    model = Last(nn.LSTM(8, 64, batch_first=True), 64)

    def once():
        with torch.no_grad():
            return torch.cat([model(x[k : k + 256]) for k in range(0, len(x), 256)]).numpy()

    warm_up(once)
    times = []
    for _ in range(3):
        start = time.perf_counter()
        once()
        times.append(time.perf_counter() - start)
    return {"predict": statistics.median(times)}


def latency():
    x = RANDOM.random((1, 50, 8), dtype="float32")
    model = Last(nn.LSTM(8, 64, batch_first=True), 64)

    def once():
        with torch.no_grad():
            return model(torch.from_numpy(x)).numpy()

    warm_up(once)
    times = []
    for _ in range(2000):
        start = time.perf_counter()
        once()
        times.append((time.perf_counter() - start) * 1000)
    return {"latency": float(np.percentile(times, 50)), "latency-p99": float(np.percentile(times, 99))}


def memory():
    x, y = one_hot(640, 100, 64), one_hot(640, 100, 64)
    model = PerStep(128, 64)
    optimizer = torch.optim.Adam(model.parameters())
    for _ in range(2):
        for k in range(0, 640, 32):
            classify(model, optimizer, x[k : k + 32], y[k : k + 32])
    return {"memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


if __name__ == "__main__":
    name = sys.argv[1]
    print(json.dumps(recurrent(name) if "/" in name else globals()[name.replace("-", "_")]()))
