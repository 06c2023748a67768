#!/usr/bin/env bash
# Has real Keras save a model for every layer, every optimizer and the models of the scripts; has
# Java load them, compare, train and save them; has Keras load those. Prints how far predictions and
# three training steps are apart, either way. The same for models that are given strings. Needs the
# compiled tests. PYTHON is an interpreter with testdata/requirements.txt installed. Of the layers
# that are tensors in, tensors out, one in eight is drawn; all are with `saving.sh 1`.
set -euo pipefail
cd "$(dirname "$0")"
python="${PYTHON:-python3}"

aside="$(mktemp -d)"
trap 'rm -rf "$aside"' EXIT
export GOLDEN_SHARE="${1:-8}" TF_CPP_MIN_LOG_LEVEL=3 KERAS_BACKEND=tensorflow PYTHONDONTWRITEBYTECODE=1
"$python" saving.py save "$aside" 2>"$aside/log" || { cat "$aside/log"; exit 1; }
mkdir -p "$aside/preprocessing"
"$python" preprocessing.py save "$aside/preprocessing" 2>"$aside/log" || { cat "$aside/log"; exit 1; }
(cd .. && mvn -B -q surefire:test -Dtest=SavedModelsTest,StringModelsTest \
  "-Dsaving.folder=$aside" "-Dpreprocessing.folder=$aside/preprocessing")
"$python" saving.py load "$aside"
"$python" preprocessing.py load "$aside/preprocessing"
