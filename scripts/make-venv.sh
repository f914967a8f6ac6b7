#!/bin/sh
# Makes the virtual environment in the folder given; explains what to do when Python is too old or incomplete.
set -eu

folder=$1

supported() {
    "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' >/dev/null 2>&1
}

find_python() {
    for candidate in ${PYTHON:-} python3 python3.13 python3.12 python3.11 python; do
        if command -v "$candidate" >/dev/null 2>&1 && supported "$candidate"; then
            command -v "$candidate"
            return 0
        fi
    done
    return 1
}

if ! python=$(find_python); then
    echo "Salescoach needs Python 3.11, 3.12 or 3.13; found: $(python3 --version 2>/dev/null || echo none)." >&2
    echo "Install one of them, or name it: make PYTHON=/path/to/python3.12 setup" >&2
    exit 1
fi

# Debian and Ubuntu keep the venv module in a package of its own.
if ! "$python" -c 'import venv, ensurepip' >/dev/null 2>&1; then
    package="python$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv"
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        echo "Installing $package ..."
        apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$package" >/dev/null
    else
        echo "$python has no venv module. On Debian or Ubuntu: sudo apt-get install $package" >&2
        exit 1
    fi
fi

echo "Making $folder with $("$python" --version) ..."
"$python" -m venv --clear "$folder"
