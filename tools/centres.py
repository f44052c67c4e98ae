"""
The centres of the six languages, made from the vocabulary's titles.

    python -m tools.centres     # writes src/montada/language/data/centres.npz
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from montada.language.adapters import centres, encoders
from montada.language.engine.text import LANGUAGES
from montada.language.engine.vectors import Vectors

VOCABULARY = Path(__file__).parents[1] / "src/montada/framework/data/framework.toml"


def titles(language: str) -> list[str]:
    """Return the titles of lines and goals: the texts that stand in all six."""
    vocabulary = tomllib.loads(VOCABULARY.read_text(encoding="utf-8"))
    entries = vocabulary["action_line"] + vocabulary["sdg"]
    return [entry[f"title_{language}"] for entry in entries]


def means() -> Iterator[tuple[str, str, str, Vectors]]:
    """Yield encoder, role, language and the vectors of the titles."""
    for name in ("e5", "use"):
        encoder = encoders.BY_NAME[name]()
        for role in ("query", "passage"):
            encoded = encoder.query if role == "query" else encoder.passage
            for language in LANGUAGES:
                rows = np.array([encoded(title) for title in titles(language)])
                yield encoder.model, role, language, rows


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "montada.settings.local")
    centres.write_centres(means())
