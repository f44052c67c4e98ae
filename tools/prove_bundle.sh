#!/bin/sh
# Proves that the newest archive installs with the package index switched off.
set -eu
cd "$(dirname "$0")/.."
archive=$(ls -t dist/montada-*.tar.gz 2>/dev/null | head -n 1)
[ -n "$archive" ] || { echo "There is no archive yet: make bundle"; exit 1; }
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
tar -xzf "$archive" -C "$room"

# An index that does not exist, twice over: whatever asked for it would fail.
export PIP_NO_INDEX=1 PIP_INDEX_URL=http://127.0.0.1:9/ PIP_CONFIG_FILE=/dev/null
unset PYTHONPATH MONTADA_VAR || true
sh "$room"/montada-*/install.sh "$room/forum"

cd "$room/forum"
venv/bin/montada --help
venv/bin/montada demo >/dev/null
venv/bin/montada collectstatic --no-input --verbosity 0
venv/bin/montada doctor
echo "proved: $(basename "$archive") installs and runs without an index"
