"""
Measurements of near duplicates: copies with noise, and translations.

Copies are made of real project objectives with a fixed seed: one word in eight is left
out, and a stretch of words moves to another place.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

import numpy as np

from montada.language.adapters.centres import centre_of
from montada.language.adapters.encoders import BY_NAME
from montada.language.adapters.measuring import SDG_TEXTS, SEED, Tools, rows_of
from montada.language.adapters.measuring_vectors import encoded
from montada.language.engine.duplicates import (
    SAME_LETTERS,
    SIMILAR_LETTERS,
    Measure,
    close,
)
from montada.language.engine.figures import Figure, Measurement
from montada.language.engine.measures import share
from montada.language.engine.shingles import alike
from montada.language.engine.vectors import Vectors, centred

PROJECTS = Path("projects/worldbank_ict_projects_with_objective.csv")
LEFT_OUT = 0.12
MOVED = 0.1


def objectives(folder: Path) -> list[str]:
    """Return the different objectives of at least eight words, in file order."""
    with (folder / PROJECTS).open(encoding="utf-8-sig", newline="") as lines:
        texts = [" ".join(row["pdo"].split()) for row in csv.DictReader(lines)]
    return list(dict.fromkeys(text for text in texts if len(text.split()) >= 8))


def noisy_copy(text: str, rng: Random) -> str:
    """Return the text with words left out, and a tenth of them moved together."""
    words = [word for word in text.split() if rng.random() >= LEFT_OUT] or text.split()
    n_moved = max(1, round(len(words) * MOVED))
    start = rng.randrange(max(len(words) - n_moved, 1))
    moved, rest = words[start : start + n_moved], [*words[:start]]
    rest += words[start + n_moved :]
    place = rng.randrange(len(rest) + 1)
    return " ".join([*rest[:place], *moved, *rest[place:]])


def copies(folder: Path, _tools: Tools) -> Iterator[Figure]:
    """
    Measure how many copies are found by letters, and how many pairs found are copies.

    Objectives that are alike themselves (a project and its second phase) are no
    mistakes: pairs of texts from two such objectives are left out.
    """
    originals = objectives(folder)
    n, rng = len(originals), Random(SEED)
    texts = [*originals, *(noisy_copy(text, rng) for text in originals)]
    found = alike(texts, SIMILAR_LETTERS)
    kin = {(one, other) for one, other, _similarity in found if other < n}
    of_copies = {one: s for one, other, s in found if other == one + n}
    wrong = [
        pair
        for pair in ((one % n, other % n) for one, other, _similarity in found)
        if pair[0] != pair[1] and tuple(sorted(pair)) not in kin
    ]
    n_same = sum(similarity >= SAME_LETTERS for similarity in of_copies.values())
    n_right = len(of_copies)
    for name, measured in (
        ("recall", share(n_right, n)),
        ("recall_same", share(n_same, n)),
        ("precision", share(n_right, n_right + len(wrong))),
    ):
        path = ("duplicates", "copies", name)
        yield Figure(path, measured, "five-letter shingles", PROJECTS)


def translations(folder: Path, _tools: Tools) -> Iterator[Figure]:
    """Measure how many translations are found by meaning, and how many found are."""
    rows = rows_of(folder, "target") + rows_of(folder, "indicator")
    for other in ("ar", "fr", "zh"):
        texts = [row[tag] for tag in ("en", other) for row in rows]
        tags = [tag for tag in ("en", other) for _row in rows]
        found = close(_seen_from_centres(texts, tags), tags, Measure.ACROSS)
        # Some indicators stand under two targets, word for word.
        n_right = sum(
            texts[pair.first] == texts[pair.second - len(rows)]
            or texts[pair.first + len(rows)] == texts[pair.second]
            for pair in found
        )
        of_rows = {
            pair.first for pair in found if pair.second == pair.first + len(rows)
        }
        for name, measured in (
            ("recall", share(len(of_rows), len(rows))),
            ("precision", share(n_right, len(found))),
        ):
            path = ("duplicates", f"en_{other}", name)
            yield Figure(path, measured, "USE, cosine .70", SDG_TEXTS)


def _seen_from_centres(texts: Sequence[str], tags: Sequence[str]) -> Vectors:
    model, vectors = BY_NAME["use"]().model, encoded(tuple(texts), "use", "passage")
    centres = [centre_of(model, "passage", tag) for tag in tags]
    return np.array(
        [
            vector if centre is None else centred(vector, centre)
            for vector, centre in zip(vectors, centres, strict=True)
        ]
    )


MEASUREMENTS = (
    Measurement("duplicates", PROJECTS, copies),
    Measurement("duplicates", SDG_TEXTS, translations),
)
