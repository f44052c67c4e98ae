"""
`montada train-labels`: the arrays of labelling, built again from their sources.

Every text is encoded alone and nothing is drawn by chance but the folds, which have a
seed: one machine gives the same file again. Another processor may round the encoder's
eight-bit arithmetic otherwise, and so move the coefficients.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, partial
from pathlib import Path

import numpy as np
from django.utils.translation import gettext_lazy as _

from montada.djangokit.refusals import Refusal
from montada.framework.adapters import label_arrays, label_heads, label_texts
from montada.framework.adapters.label_meaning import meaning_of
from montada.framework.adapters.label_regression import Tools
from montada.framework.engine.label_model import Matrix
from montada.language import queries as language_queries
from montada.language.engine.vectors import Vector


class TrainingToolsMissing(Refusal):
    code = "framework.training_tools_missing"
    message = _(
        "Training needs scikit-learn, which is not installed (%(why)s). Install the "
        "developers' tools: requirements-dev.lock."
    )


def missing_texts(folder: Path) -> list[Path]:
    """Return which of the files that training needs are not in a folder."""
    return label_texts.missing(folder)


def train(folder: Path, output: Path) -> str:
    """
    Write the arrays that the texts in `folder` give, and return the model's name.

    Encoding some 9,000 texts takes minutes.

    Raises
    ------
    TrainingToolsMissing
    EncoderMissing
    """
    try:
        # Looked for, so that its absence is said at once.
        import sklearn  # type: ignore[import-untyped]  # noqa: F401, PLC0415  # has none
    except ImportError as error:
        raise TrainingToolsMissing(why=error) from error
    model = label_heads.trained_model(folder, language_tools())
    return label_arrays.write_model(model, output)


def language_tools() -> Tools:
    """
    Return the language tools as training uses them: those of pages and commands.

    They encode a text once, though training and what it is tried on ask again.
    """
    return Tools(
        terms_of=language_queries.terms_of,
        language_of=lambda text: language_queries.language_of(text).language or "en",
        vectors_of=partial(_meanings_of, encode=cache(meaning_of)),
    )


def _meanings_of(
    texts: Sequence[str], language: str, encode: Callable[[str, str], Vector | None]
) -> Matrix:
    """Return one row a text; zeros for a text without a word."""
    found = [encode(text, language) for text in texts]
    width = max((len(row) for row in found if row is not None), default=0)
    return np.array(
        [np.zeros(width, np.float32) if row is None else row for row in found]
    )
