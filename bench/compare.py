"""Runs each workload in every peer alternately, each time in a process of its own.

A process prints one line of JSON with what it measured. The table shows the median over the rounds
and the spread (the interquartile range as a share of the median); BENCH lines are for machines.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
PEERS = ("ours", "keras", "torch", "jax")

# The ratios that were reached, and how far below them a quick look may find them: machines are
# noisy, one round more so.
RECORD = os.path.join(HERE, "record.json")
ALLOWED = 0.6

# For how many seconds every peer does a workload before it is measured.
WARM_UP = 3
QUICK_WARM_UP = 1

# name: (unit, bar against Keras, bar against PyTorch[, bar against Keras on JAX])
WORKLOADS = {
    "echo": ("ms/step", 7, 3.5),
    "echo-loop": ("ms/turn", 40, 2),
    "partial": ("ms/step", 4, 1.3),
    "rnn": ("ms/step", 8, 3),
    "med": ("ms/step", 3.2, 1.2),
    "big": ("ms/step", 2, 1.15),
    "gru": ("ms/step", 2.5, 1.2),
    "bidir": ("ms/step", 3, 1.1, 1.5),
    "seq2seq": ("ms/step", 3, 1.1, 1.5),
    "own-cell": ("ms/step", 1, None),
    "text": ("ms/step", 3, 1.1, 1.5),
    "conv": ("ms/step", 2, 1, 1.2),
    "convlstm": ("ms/step", 1.2, 1, 1),
    "attention": ("ms/step", 1.2, 1, 1),
    "rows-sgd-5000": ("ms/step", 1, None),
    "rows-sgd-500000": ("ms/step", 1, None),
    "rows-adam-5000": ("ms/step", 1, None),
    "rows-adam-500000": ("ms/step", 1, None),
    "long": ("ms/step", 3, 1),
    "long-first": ("s", None, None),
    "lengths": ("s", 2, 1),
    "predict": ("s", 2, 1),
    "latency": ("ms p50", 20, 1.5),
    "latency-p99": ("ms p99", 20, 1.5),
    "start": ("s", 2, None),
    "memory": ("MiB", 1.5, None),
}

# Two recurrent layers of a kind.
KINDS = ("masked", "relu", "recdrop", "hard", "gru-masked", "simple")
for kind in KINDS:
    for timesteps in (100, 400):
        WORKLOADS[f"{kind}/{timesteps}"] = ("ms/step", 2, None, 0.9)
        WORKLOADS[f"{kind}/{timesteps}/first"] = ("s", 1, None)

# The first step and the first prediction of one to four layers; not a part of a whole run.
FIRST = {
    f"{kind}/{timesteps}/{what}/{layers}": ("s", bar, None)
    for kind in KINDS
    for what, bar in (("first", 1), ("predict", 1 / 1.2))
    for timesteps in (20, 100, 400, 1000)
    for layers in (1, 2, 4)
}

# What is measured along with another workload, in the same process.
ALONG_WITH = {"long-first": "long", "latency-p99": "latency"}
ALONG_WITH |= {name: "rows" for name in WORKLOADS if name.startswith("rows-")}
ALONG_WITH |= {name: name.rpartition("/")[0] for name in WORKLOADS if name.endswith("/first")}


def command(peer, workload, warm_up):
    if peer == "ours":
        with open(os.path.join(ROOT, "target", "bench-classpath.txt"), encoding="utf-8") as file:
            dependencies = file.read().strip()
        places = [os.path.join(ROOT, "target", name) for name in ("classes", "test-classes")]
        path = os.pathsep.join(places + [dependencies])
        return ["java", "-cp", path, "keras.bench.Bench", workload, str(warm_up)]
    script = "bench_torch.py" if peer == "torch" else "bench_keras.py"
    return [sys.executable, os.path.join(HERE, "peers", script), workload, str(warm_up)]


def run(peer, workload, warm_up):
    """The values of one process, or None if it has no such workload."""
    backend = "jax" if peer == "jax" else "tensorflow"
    environment = dict(os.environ, TF_CPP_MIN_LOG_LEVEL="3", KERAS_BACKEND=backend)
    start = time.perf_counter()
    process = subprocess.Popen(
        command(peer, workload, warm_up),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
        text=True,
    )
    out, err = process.communicate()
    seconds = time.perf_counter() - start
    lines = [line for line in out.splitlines() if line.startswith("{")]
    if process.returncode != 0 or not lines:
        return None, err.strip().splitlines()[-1:] or [f"exit status {process.returncode}"]
    values = json.loads(lines[-1])
    if workload == "start":
        values = {"start": seconds}
    return values, None


def spread(values):
    if len(values) < 2:
        return 0.0
    low, _, high = statistics.quantiles(values, n=4)
    return (high - low) / statistics.median(values)


def compares(peer, workload):
    """Whether a workload is run in a peer; first steps are in ours and in Keras alone."""
    return peer in ("ours", "keras") or workload in WORKLOADS


def measure(workload, rounds, warm_up, found):
    missing = {}
    for _ in range(rounds):
        for peer in PEERS:
            if peer in missing or not compares(peer, workload):
                continue
            values, problem = run(peer, workload, warm_up)
            if problem:
                missing[peer] = problem[0]
                continue
            for name, value in values.items():
                found.setdefault(name, {}).setdefault(peer, []).append(value)
    for peer, problem in missing.items():
        print(f"  {workload}: {peer} is missing: {problem}", file=sys.stderr)


def show(name, peers):
    unit, *bars = WORKLOADS.get(name) or FIRST[name]
    middle = {peer: statistics.median(values) for peer, values in peers.items()}
    row = f"{name:22s} {unit:8s}"
    for peer in PEERS:
        text = f"{middle[peer]:.3f} ±{100 * spread(peers[peer]):.0f}%" if peer in middle else "-"
        row += f" {text:>16s}"
    result = {"workload": name, "unit": unit}
    result.update({peer: middle.get(peer) for peer in PEERS})
    for peer, bar in zip(PEERS[1:], bars + [None] * (3 - len(bars))):
        ratio = middle[peer] / middle["ours"] if peer in middle and "ours" in middle else None
        result["ratio_" + peer] = ratio
        text = "-" if ratio is None else f"{ratio:.2f}"
        if ratio is not None and bar is not None:
            text += f" (bar {bar:g}{'' if ratio >= bar else ', MISSED'})"
        row += f"  {text:>20s}"
    print(row, flush=True)
    return result


def ratios(result):
    return {key: value for key, value in result.items() if key.startswith("ratio_") and value}


def record(results):
    """Keeps the ratios for later quick looks, beside those of workloads that were not run."""
    with open(RECORD, encoding="utf-8") as file:
        known = json.load(file)
    for result in results:
        known[result["workload"]] = {key: round(v, 2) for key, v in ratios(result).items()}
    with open(RECORD + ".new", "w", encoding="utf-8") as file:
        json.dump(known, file, indent=2, sort_keys=True)
        file.write("\n")
    os.replace(RECORD + ".new", RECORD)


def guard(results):
    """Whether no ratio is far below the one on record; says which are."""
    with open(RECORD, encoding="utf-8") as file:
        known = json.load(file)
    fine = True
    for result in results:
        for key, ratio in ratios(result).items():
            expected = known.get(result["workload"], {}).get(key)
            if expected is None:
                continue
            good = ratio >= ALLOWED * expected
            fine = fine and good
            verdict = "ok" if good else f"SLOWER than {ALLOWED:.0%} of it"
            print(f"GUARD {result['workload']} {key} {ratio:.2f}, on record {expected:.2f}: {verdict}")
    return fine


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int)
    parser.add_argument(
        "--quick", action="store_true", help="one round, compared with the ratios on record"
    )
    parser.add_argument("--record", action="store_true", help="put the ratios on record")
    parser.add_argument("workloads", nargs="*", metavar="workload")
    options = parser.parse_args()
    single = [name for name in WORKLOADS if name not in ALONG_WITH]
    if options.workloads == ["first"]:
        options.workloads = list(FIRST)
    unknown = set(options.workloads) - set(single) - set(FIRST)
    if unknown:
        parser.error(f"unknown workloads {sorted(unknown)}; known are {single}")
    print(f"{'workload':22s} {'unit':8s}" + "".join(f" {peer:>16s}" for peer in PEERS), end="")
    print("".join(f"  {peer + ' / ours':>20s}" for peer in PEERS[1:]), flush=True)
    results = []
    for workload in options.workloads or single:
        found = {}
        rounds = options.rounds or (1 if options.quick else 5)
        measure(workload, rounds, QUICK_WARM_UP if options.quick else WARM_UP, found)
        results += [show(name, found[name]) for name in (*WORKLOADS, *FIRST) if name in found]
    for result in results:
        print("BENCH " + json.dumps(result))
    if options.record:
        record(results)
    if options.quick and not guard(results):
        sys.exit(1)


if __name__ == "__main__":
    main()
