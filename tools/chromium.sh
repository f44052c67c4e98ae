#!/bin/sh
# A browser for the journeys: taken from the system, installed where we may.
set -eu
command -v chromium >/dev/null 2>&1 && exit 0
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
  echo "Installing chromium for the browser journeys (once)"
  if apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium >/dev/null; then
    exit 0
  fi
fi
echo "There is no chromium: browser journeys are skipped. To run them: apt-get install chromium"
