#!/bin/sh
# Puts everything an installation needs into dist/montada-<version>.tar.gz.
# Wheels are those of this machine's kind and Python; install.sh says which.
set -eu
cd "$(dirname "$0")/../.."
python=.venv/bin/python
pip="$python -m pip --quiet --disable-pip-version-check"

version=$($python -c 'import montada; print(montada.__version__)')
folder=dist/montada-$version
rm -rf "$folder" "$folder.tar.gz"
mkdir -p "$folder/wheels"

$pip download --require-hashes --only-binary :all: --dest "$folder/wheels" -r requirements.lock
$pip wheel --no-deps --no-build-isolation --wheel-dir "$folder/wheels" .
cp requirements.lock LICENSE tools/bundle/install.sh "$folder/"
cp docs/how-to/install-without-internet.md "$folder/README.md"
$python -c 'import sys; print("%d.%d" % sys.version_info[:2])' >"$folder/python-version"
uname -sm >"$folder/machine"
(cd "$folder" && find . -type f ! -name SHA256SUMS | sort | xargs sha256sum >SHA256SUMS)
tar --sort=name --owner=0 --group=0 -C dist -czf "$folder.tar.gz" "montada-$version"
rm -rf "$folder"
du -h "$folder.tar.gz"
