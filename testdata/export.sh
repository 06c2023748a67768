#!/usr/bin/env bash
# Exports models from Java, loads them in Python with TensorFlow alone, with Keras and with
# saved_model_cli, and holds the answers against those of Java's predict. Needs the compiled tests.
# PYTHON is an interpreter with testdata/requirements.txt installed.
set -euo pipefail
cd "$(dirname "$0")/.."
python="${PYTHON:-python3}"

aside="$(mktemp -d)"
trap 'rm -rf "$aside"' EXIT
export TF_CPP_MIN_LOG_LEVEL=3 KERAS_BACKEND=tensorflow PYTHONDONTWRITEBYTECODE=1
mvn -B -q exec:java -Dexec.classpathScope=test \
  -Dexec.mainClass=keras.models.ExportedModels "-Dexec.args=$aside"
mvn -B -q exec:java -Dgolden.share=1 -Dexec.classpathScope=test \
  -Dexec.mainClass=keras.layers.ExportedLayers "-Dexec.args=$aside/layers"
"$python" testdata/export.py "$aside" 2>"$aside/messages" || { cat "$aside/messages" >&2; exit 1; }
echo "exported models answer in Python as predict does in Java"
