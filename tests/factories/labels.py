"""Labels that titles suggest, as a machine would have left them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from montada.audit.queries import name_of
from montada.framework.models import LabelledText, LabelSuggestion

if TYPE_CHECKING:
    from django.db.models import Model

MODEL = "labels-of-a-test"


def a_reading(
    subject: Model, text: str, *, at: datetime, language: str = "en"
) -> LabelledText:
    """Say that a machine has read a row's text; of labels nothing yet."""
    row, _created = LabelledText.objects.update_or_create(
        subject=name_of(subject),
        defaults={
            "text": text,
            "language": language,
            "model": MODEL,
            "labelled_at": at,
        },
    )
    return row


def suggest(
    subject: Model,
    *codes: str,
    at: datetime,
    words: str = "",
    score: float = 0.5,
    language: str = "en",
) -> None:
    """
    Let the title of a project, or of a draft, suggest lines ("C2") and goals ("4").

    `words` of the title led to each; none by default.
    """
    told: Any = getattr(subject, "record", subject)
    text = str(told.title)
    reading = a_reading(subject, text, at=at, language=language)
    start = text.index(words)
    stretch = {
        "text": words,
        "start": start,
        "end": start + len(words),
        "weight": 0.2,
    }
    for code in codes:
        LabelSuggestion.objects.create(
            labelled_text=reading,
            axis="goal" if code.isdigit() else "action_line",
            code=code,
            score=score,
            evidence=[stretch] if words else [],
        )
