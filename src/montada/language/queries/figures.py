"""How good the language tools are, on the data at hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from montada.language.adapters import (
    measuring,
    measuring_duplicates,
    measuring_summary,
    measuring_vectors,
)
from montada.language.engine.figures import Figure, Measurement
from montada.language.queries import tools

MEASUREMENTS = (
    *measuring.MEASUREMENTS,
    *measuring_vectors.MEASUREMENTS,
    *measuring_duplicates.MEASUREMENTS,
    *measuring_summary.MEASUREMENTS,
)
"""What can be measured of the language tools; features above have their own."""


def measured_tools(
    folder: Path, measurements: Sequence[Measurement] = MEASUREMENTS
) -> tuple[Iterator[Figure], list[Path]]:
    """Return the figures that the data in `folder` allow, and the missing files."""
    there = [one for one in measurements if (folder / one.file).is_file()]
    missing = {one.file for one in measurements} - {one.file for one in there}
    measured = measuring.Tools(
        language_of=tools.language_of,
        plain_words=tools.plain_words,
        terms_of=tools.terms_of,
        background_phrases=tools.background_phrases,
        key_phrases_of=lambda texts, language, n, background: tools.key_phrases_of(
            texts, language, n=n, background=background
        ),
    )
    figures = (figure for one in there for figure in one.figures(folder, measured))
    return figures, sorted(missing)
