#!/usr/bin/env bash
# Makes golden files anew with real Keras, aside, and compares them with those that are kept here,
# so that they cannot drift. Without arguments all scripts run, layers.py and functional.py with a
# sixteenth of their cases, drawn anew each time; with names, as "layers losses", only those scripts,
# with all cases. PYTHON is an interpreter with testdata/requirements.txt installed.
set -euo pipefail
cd "$(dirname "$0")"
python="${PYTHON:-python3}"
# What is imported, what is checked with another seed each time (see same_seed.sh), and what writes
# files that differ each time (see saving.sh) or reads Java's (see export.sh, board.sh).
left_out=" golden layer_cases compare board same_seed same_seed_layers saving legacy keras2 export write_bundle "

names=("$@")
if [[ ${#names[@]} -eq 0 ]]; then
  export GOLDEN_SHARE=16 # Read by layers.py, functional.py and compare.py.
  for script in *.py; do
    [[ $left_out == *" ${script%.py} "* ]] || names+=("${script%.py}")
  done
fi

aside="$(mktemp -d)"
trap 'rm -rf "$aside"' EXIT
cp ./*.py "$aside"
export PORTING_GUIDE="$PWD/../docs/porting-from-keras.md" # Read by porting.py.
export OWN_LAYERS="$PWD/../docs/your-own-layers.md" # Read by own_layers.py.
export OWN_MODELS="$PWD/../docs/your-own-models.md" # Read by own_models.py.
export TF_CPP_MIN_LOG_LEVEL=3 KERAS_BACKEND=tensorflow PYTHONDONTWRITEBYTECODE=1

passed=0
failed=0
for name in "${names[@]}"; do
  if (cd "$aside" && "$python" "$name.py" >/dev/null) && "$python" compare.py "$name" "$aside"; then
    passed=$((passed + 1))
  else
    echo "golden files of $name: FAILED"
    failed=$((failed + 1))
  fi
done
echo "golden files: $passed passed, $failed failed"
[[ $failed -eq 0 ]]
