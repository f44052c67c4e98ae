"""What records mean, for features that compare their own."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from montada.language.engine.vectors import Vectors
from montada.language.models import IndexedText, TextVector
from montada.language.queries.index.waiting import encoder_in_use

AT_ONCE = 500


def vectors_of_records(kind: str, keys: Sequence[str]) -> Vectors | None:
    """
    Return a unit row for each record, in their order, of shape (n, dimensions).

    Zeros stand where a record is not encoded yet; None where none is, or no encoder
    works on this machine. Of a record in several languages one is taken.
    """
    in_use = encoder_in_use()
    if in_use is None:
        return None
    model = in_use.model
    place_of = {key: place for place, key in enumerate(keys)}
    texts = IndexedText.objects.filter(kind=kind).exclude(digest="").order_by("-pk")
    digest_of = dict(texts.values_list("key", "digest"))
    wanted = [(place_of[k], d) for k, d in digest_of.items() if k in place_of]
    rows: Vectors | None = None
    for start in range(0, len(wanted), AT_ONCE):
        few = wanted[start : start + AT_ONCE]
        stored = TextVector.objects.filter(model=model, digest__in=[d for _, d in few])
        vectors = dict(stored.values_list("digest", "vector"))
        for place, digest in few:
            if vector := vectors.get(digest):
                values = np.frombuffer(vector, "<f2").astype(np.float32)
                if rows is None:
                    rows = np.zeros((len(keys), len(values)), np.float32)
                rows[place] = values
    return rows
