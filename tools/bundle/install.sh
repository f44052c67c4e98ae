#!/bin/sh
# Installs Montada from this folder alone; no network is asked.
#   sh install.sh [FOLDER]        default: /opt/montada
#   PYTHON=python3.11 sh install.sh
set -eu
into=$(mkdir -p "${1:-/opt/montada}" && cd "${1:-/opt/montada}" && pwd)
cd "$(dirname "$0")"
python=${PYTHON:-python3}
needed=$(cat python-version)

sha256sum --quiet -c SHA256SUMS || {
  echo "This copy is damaged: the files above differ. Copy the archive again." >&2; exit 1; }
[ "$(uname -sm)" = "$(cat machine)" ] || {
  echo "This archive is for $(cat machine); this machine is $(uname -sm)." >&2; exit 1; }
there=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])') || {
  echo "There is no $python. Name Python $needed: PYTHON=python$needed sh install.sh" >&2; exit 1; }
[ "$there" = "$needed" ] || {
  echo "This archive is for Python $needed; $python is $there. Try: PYTHON=python$needed sh install.sh" >&2; exit 1; }
"$python" -c 'import ensurepip, venv' 2>/dev/null || {
  echo "Python cannot make environments here. It needs the package python3-venv." >&2; exit 1; }

"$python" -m venv "$into/venv"
pip="$into/venv/bin/python -m pip --quiet --disable-pip-version-check"
$pip install --no-index --find-links wheels --require-hashes -r requirements.lock
$pip install --no-index --no-deps --force-reinstall wheels/montada-*.whl
mkdir -p "$into/var"
echo "Montada is installed. Next:"
echo "  cd $into && venv/bin/montada demo      # a forum of real facts to look at"
echo "  cd $into && venv/bin/montada serve     # http://127.0.0.1:8000"
