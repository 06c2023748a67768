#!/usr/bin/env bash
# Draws graphs of layers that nobody has seen before, trains them in real Keras, and holds Java
# against that: graphs.sh [COUNT [SEED]]. Needs the compiled tests. With a folder as the third
# argument they are drawn only, as mvn -P graphs does. PYTHON is an interpreter with
# testdata/requirements.txt installed.
set -euo pipefail
cd "$(dirname "$0")"
python="${PYTHON:-python3}"
count="${1:-3}"
seed="${2:-$((RANDOM * 1000))}"

only="${3:-}"

aside="$(mktemp -d)"
trap 'rm -rf "$aside"' EXIT
export TF_CPP_MIN_LOG_LEVEL=3 KERAS_BACKEND=tensorflow PYTHONDONTWRITEBYTECODE=1
echo "random graphs from seed $seed on"
if [[ -n $only ]]; then
  rm -rf "$only" && mkdir -p "$only"
fi
"$python" functional.py "${only:-$aside}" "$seed" "$count" >"$aside/log" 2>&1 || { cat "$aside/log"; exit 1; }
grep "Keras does not run" "$aside/log" || true
[[ -z $only ]] || exit 0
cd ..
mvn -B -q surefire:test -Dtest=FunctionalModelsTest "-Dfunctional.folder=$aside"
echo "seed $seed: $count random graphs predict, train, are written and printed as in Keras"
