"""Texts that wait to be read for labels."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from montada.framework.models import LabelledText
from montada.framework.queries.labels import suggested_labels

FEW = 500
"""Texts that are asked for by name; with more, all that were read are looked at."""


class TextToLabel(NamedTuple):
    """`subject` names the row as the trail does; `language` is "" where unknown."""

    subject: str
    text: str
    language: str = ""


def unread_texts(texts: Iterable[TextToLabel]) -> list[TextToLabel]:
    """Return the texts that the present model has not read as they are. One query."""
    wanted, model = list(texts), suggested_labels("").model
    rows = LabelledText.objects.filter(model=model)
    if len(wanted) <= FEW:
        rows = rows.filter(subject__in=[text.subject for text in wanted])
    read = dict(rows.values_list("subject", "text"))
    return [text for text in wanted if read.get(text.subject) != text.text]
