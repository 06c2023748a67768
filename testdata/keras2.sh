#!/usr/bin/env bash
# Has Keras 2 save models with numbers that nobody knew before, and has Java load, compare and train
# them. Needs the compiled tests. PYTHON2 is an interpreter with testdata/requirements-keras2.txt
# installed.
set -euo pipefail
cd "$(dirname "$0")"
python="${PYTHON2:-python3}"
seed="${1:-$RANDOM}"

aside="$(mktemp -d)"
trap 'rm -rf "$aside"' EXIT
export TF_CPP_MIN_LOG_LEVEL=3 PYTHONDONTWRITEBYTECODE=1
"$python" keras2.py "$aside" "$seed" >"$aside/log" 2>&1 || { cat "$aside/log"; exit 1; }
cd ..
mvn -B -q surefire:test -Dtest=Keras2ModelsTest "-Dkeras2.folder=$aside"
echo "seed $seed: files of Keras 2 predict and train on as in Keras 2"
