"""Texts that wait to be read for labels."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from montada.framework.models import LabelledText
from montada.framework.queries.labels import suggested_labels


class TextToLabel(NamedTuple):
    """`subject` names the row as the trail does; `language` is "" where unknown."""

    subject: str
    text: str
    language: str = ""


def unread_texts(texts: Iterable[TextToLabel]) -> list[TextToLabel]:
    """Return the texts that the present model has not read as they are. One query."""
    model = suggested_labels("").model
    rows = LabelledText.objects.filter(model=model).values_list("subject", "text")
    read = dict(rows)
    return [text for text in texts if read.get(text.subject) != text.text]
