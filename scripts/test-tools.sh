#!/bin/sh
# Makes sure that the programs the tests drive are there: Chromium, tesseract with Dutch, PostgreSQL's server.
# Installs what is missing with apt-get where that is possible; says what to install where it is not.
set -eu

missing=""

if ! command -v chromium >/dev/null 2>&1 && ! command -v chromium-browser >/dev/null 2>&1 \
    && ! command -v google-chrome >/dev/null 2>&1; then
    missing="$missing chromium"
fi
if ! command -v tesseract >/dev/null 2>&1 || ! tesseract --list-langs 2>/dev/null | grep -qx eng; then
    missing="$missing tesseract-ocr"
fi
if ! command -v tesseract >/dev/null 2>&1 || ! tesseract --list-langs 2>/dev/null | grep -qx nld; then
    missing="$missing tesseract-ocr-nld"
fi
if ! command -v initdb >/dev/null 2>&1 && ! ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; then
    missing="$missing postgresql"
fi

[ -z "$missing" ] && exit 0

if [ "$(id -u)" = 0 ]; then
    as_root=""
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    as_root="sudo"
else
    as_root="none"
fi

if [ "$as_root" = none ] || ! command -v apt-get >/dev/null 2>&1; then
    echo "The tests need these programs, by their Debian names:$missing" >&2
    echo "On Debian or Ubuntu: sudo apt-get install$missing" >&2
    echo "On macOS: brew install --cask chromium; brew install tesseract tesseract-lang postgresql" >&2
    echo "'make check' runs the fast half of the checks without them." >&2
    exit 1
fi

echo "Installing for the tests:$missing ..."
$as_root apt-get update -qq
# The list of packages is split on purpose.
# shellcheck disable=SC2086
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
