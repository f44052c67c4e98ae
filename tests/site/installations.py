"""Installations of their own, spoken to as a person speaks to them: on a terminal."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

DATABASE = "montada.sqlite3"


def montada(
    folder: Path, *words: object, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run `montada WORDS` on the installation in `folder`."""
    ours = {
        "MONTADA_VAR": str(folder),
        "DJANGO_SETTINGS_MODULE": "montada.settings.local",
    }
    return subprocess.run(
        [sys.executable, "-m", "montada", *map(str, words)],
        env=os.environ | ours | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def asked(database: Path, question: str, *values: object) -> list[tuple[Any, ...]]:
    """Return the rows that the database file answers with; what it changes is kept."""
    with closing(sqlite3.connect(database, timeout=20)) as connection:
        rows = connection.execute(question, values).fetchall()
        connection.commit()
    return rows
