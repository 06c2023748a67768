#!/usr/bin/env bash
# Trains some models in real Keras with a seed that nobody knew before, and holds Java's runs with
# that seed against it. Needs the compiled tests. PYTHON is an interpreter with
# testdata/requirements.txt installed.
set -euo pipefail
cd "$(dirname "$0")"
python="${PYTHON:-python3}"
seed="${1:-$RANDOM}"

aside="$(mktemp -d)"
trap 'rm -rf "$aside"' EXIT
export TF_CPP_MIN_LOG_LEVEL=3 KERAS_BACKEND=tensorflow PYTHONDONTWRITEBYTECODE=1
models=(next_number perceptron recurrent_dropout both_ways siamese)
echo "seed $seed: ${models[*]}"
"$python" same_seed.py --to "$aside" --seed "$seed" "${models[@]}"
GOLDEN_SHARE=8 "$python" same_seed_layers.py --to "$aside" --seed "$seed" 2>/dev/null
cd ..
mvn -B -q surefire:test -Dtest=SameSeedTest "-DsameSeed.folder=$aside"
echo "seed $seed: Java's weights, losses and logs are those of Keras"
