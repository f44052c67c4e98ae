"""The trained arrays of labelling: `data/labels.npz`, read once and written whole."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from montada.framework.engine.label_model import (
    Calibration,
    Head,
    LabelModel,
    Vocabulary,
)

FILE = Path(__file__).parents[1] / "data" / "labels.npz"
VERSION = "labels-1"


@cache
def shipped() -> LabelModel:
    """Return the model that is carried along; some 3 MB, read in 20 ms."""
    return read_model(FILE)


def read_model(file: Path) -> LabelModel:
    """Return the model in a file."""
    with np.load(file) as kept:
        arrays = {name: kept[name] for name in kept.files}
    terms = bytes(arrays["terms"]).decode("utf-8").split("\n")
    vocabulary = Vocabulary(
        MappingProxyType({term: place for place, term in enumerate(terms)}),
        arrays["rarity"].astype(np.float32),
    )
    heads = (_head("action_line", arrays), _head("goal", arrays))
    return LabelModel(_name_of(arrays), vocabulary, heads)


def write_model(model: LabelModel, file: Path) -> str:
    """Write a model and return its name; the same model gives the same bytes."""
    terms = "\n".join(model.vocabulary.places).encode("utf-8")
    arrays: dict[str, NDArray[Any]] = {
        "terms": np.frombuffer(terms, np.uint8),
        "rarity": model.vocabulary.rarity.astype(np.float16),
    }
    for head in model.heads:
        arrays |= {
            f"{head.axis}_{name}": array for name, array in _arrays(head).items()
        }
    np.savez_compressed(file, **arrays)  # type: ignore[arg-type]  # numpy's stub
    return _name_of(arrays)


def _arrays(head: Head) -> dict[str, NDArray[Any]]:
    given = head.calibration
    return {
        "codes": np.array(head.codes),
        "words": head.words.astype(np.float16),
        "meaning": head.meaning.astype(np.float16),
        "bias": head.bias.astype(np.float32),
        "relevance": head.relevance.astype(np.float16),
        "calibration": np.array([given.own, given.against], np.float32),
        "offset": given.offset.astype(np.float32),
        "limits": np.array([head.threshold, head.most], np.float32),
    }


def _head(axis: Any, arrays: dict[str, NDArray[Any]]) -> Head:
    def of(name: str) -> NDArray[Any]:
        return arrays[f"{axis}_{name}"]

    own, against = of("calibration").tolist()
    return Head(
        axis=axis,
        codes=tuple(of("codes").tolist()),
        # Tables stay small in memory; the few rows of a text are widened when read.
        words=of("words"),
        meaning=of("meaning").astype(np.float32),
        bias=of("bias"),
        relevance=of("relevance").astype(np.float32),
        calibration=Calibration(own, against, of("offset")),
        threshold=float(of("limits")[0]),
        most=int(of("limits")[1]),
    )


def _name_of(arrays: dict[str, NDArray[Any]]) -> str:
    digest = hashlib.sha256()
    for name in sorted(arrays):
        digest.update(name.encode())
        digest.update(np.ascontiguousarray(arrays[name]).tobytes())
    return f"{VERSION}-{digest.hexdigest()[:8]}"
