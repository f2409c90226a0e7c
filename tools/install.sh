#!/usr/bin/env bash
# Make .venv from the lock, with every file checked against its hash, and put the project itself in it, editable.
# Called by `make install`, which knows when that is needed.
set -euo pipefail
cd "$(dirname "$0")/.."

find_python() { # the first CPython 3.11 to 3.13 by any of its names
    local python
    for python in "${PYTHON:-python3}" python3.13 python3.12 python3.11; do
        if "$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; then
            command -v "$python"
            return
        fi
    done
    echo "Skøn needs Python 3.11, 3.12 or 3.13, and found none of them. On Debian: apt-get install python3 python3-venv" >&2
    return 1
}

make_venv() {
    local python version
    if .venv/bin/python -c 'import pip' 2>/dev/null; then
        return
    fi
    python=$(find_python)
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    if ! "$python" -c 'import ensurepip' 2>/dev/null; then # Debian keeps it apart from Python
        if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
            echo "Installing python$version-venv ..."
            apt-get update -qq
            DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "python$version-venv" >/dev/null
        else
            echo "Python $version cannot make a virtual environment here. On Debian: sudo apt-get install python$version-venv" >&2
            return 1
        fi
    fi
    echo "Making .venv with Python $version ..."
    "$python" -m venv --clear .venv
}

install_lock() {
    local total count=0 word rest
    total=$(grep -c '^[a-z0-9].*==' requirements.lock)
    echo "Installing the $total packages of requirements.lock into .venv (once; a few minutes) ..."
    .venv/bin/python -m pip install --disable-pip-version-check --no-input --progress-bar off \
        --require-hashes --requirement requirements.lock |
        while read -r word rest; do
            case $word in
            Collecting)
                count=$((count + 1))
                if ((count % 20 == 0)); then echo "  $count of $total fetched"; fi
                ;;
            Installing) echo "  unpacking them ..." ;;
            esac
        done
    .venv/bin/python -m pip install --disable-pip-version-check --no-input --quiet \
        --no-deps --no-build-isolation --editable .
}

make_venv
install_lock
touch .venv/installed
