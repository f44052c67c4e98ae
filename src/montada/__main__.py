"""The `montada` command: what a person runs on a terminal."""

from __future__ import annotations

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "montada.settings.local")
    # Django reads its settings when its command line is imported.
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    asks_for_help = sys.argv[1:2] in ([], ["--help"], ["-h"], ["help"])
    if asks_for_help and len(sys.argv) <= 2:
        sys.argv[1:] = ["overview"]
    execute_from_command_line(["montada", *sys.argv[1:]])


if __name__ == "__main__":
    main()
