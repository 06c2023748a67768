#!/usr/bin/env bash
# Trains the same model in Python and in Java, each with its TensorBoard callback, and has
# TensorBoard's own reader compare what they wrote. Needs the compiled tests. PYTHON is an
# interpreter with testdata/requirements.txt installed.
set -euo pipefail
cd "$(dirname "$0")/.."
python="${PYTHON:-python3}"

aside="$(mktemp -d)"
trap 'rm -rf "$aside"' EXIT
export TF_CPP_MIN_LOG_LEVEL=3 KERAS_BACKEND=tensorflow PYTHONDONTWRITEBYTECODE=1
"$python" testdata/board.py make "$aside" 2>"$aside/messages" ||
  { cat "$aside/messages" >&2; exit 1; }
mvn -B -q exec:java -Dexec.classpathScope=test \
  -Dexec.mainClass=keras.callbacks.LoggedTraining "-Dexec.args=$aside"
"$python" testdata/board.py compare "$aside" 2>"$aside/messages" ||
  { cat "$aside/messages" >&2; exit 1; }
