#!/bin/sh
# Installs one hash-pinned lock file into the virtual environment: with uv, and with pip where uv cannot
# (uv does not read pip's configuration, so a mirror that only pip knows of needs pip).
# Usage: install-locked.sh VENV LOCK [OPTION...]
set -eu

venv=$1
lock=$2
shift 2

echo "Installing $lock ..."
if ! "$venv/bin/uv" pip install --quiet --python "$venv/bin/python" --compile-bytecode --require-hashes "$@" -r "$lock"; then
    echo "uv could not install $lock; trying pip ..." >&2
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes "$@" -r "$lock"
fi
