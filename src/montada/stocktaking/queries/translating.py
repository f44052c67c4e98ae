"""What waits to be translated, and what helps who translates it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from django.db.models import (
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
)
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce

from montada.audit import queries as audit
from montada.language.engine.text import LocalizedText, TextState
from montada.participation import queries as participation
from montada.stocktaking.adapters.glossary import glossary
from montada.stocktaking.choices import Distinction, VersionState
from montada.stocktaking.engine.record import ProjectRecord
from montada.stocktaking.engine.terms import (
    Earlier,
    TermFound,
    earlier_titles,
    terms_in,
)
from montada.stocktaking.models import Project, ProjectDistinction, ProjectVersion

Translated = Literal["title", "summary"]
TRANSLATED: tuple[Translated, ...] = ("title", "summary")
"""Texts of a project that are translated for lists and searches."""


@dataclass(frozen=True, slots=True)
class TextToTranslate:
    """One text beside its translation, which is "" where there is none."""

    name: Translated
    text: LocalizedText
    words: str
    state: TextState | None
    approved_by: str
    """Name of who approved it; empty where nobody of the forum did."""
    terms: tuple[TermFound, ...]
    earlier: tuple[Earlier, ...]


def to_translate(language: str, *, country_id: str = "") -> QuerySet[Project]:
    """
    Return the public projects whose title or summary has no approved wording.

    Winners first, then the newest: what is read most.
    """
    published = ProjectVersion.objects.filter(
        project=OuterRef("pk"), state=VersionState.PUBLISHED
    ).order_by("-number")
    won = ProjectDistinction.objects.filter(
        project=OuterRef("pk"), kind=Distinction.WINNER
    )
    summary = published.annotate(
        has_it=KT("record__summary__written_in"),
        stands=_state("record__summary", language),
    )
    found = Project.objects.public().annotate(
        title_in=_or_empty(KT("title__written_in")),
        title_stands=_state("title", language),
        summary_in=_or_empty(Subquery(summary.values("has_it")[:1])),
        summary_stands=_or_empty(Subquery(summary.values("stands")[:1])),
        has_won=Exists(won),
    )
    if country_id:
        found = found.filter(country=country_id)
    return (
        found.filter(_waits("title") | _waits("summary"))
        .select_related("country", "organisation")
        .order_by("-has_won", "-last_year", "sort_key", "pk")
    )


def _state(path: str, language: str) -> Coalesce:
    return _or_empty(KT(f"{path}__wordings__{language}__state"))


def _or_empty(words: Any) -> Coalesce:
    return Coalesce(words, Value(""), output_field=TextField())


def _waits(name: str) -> Q:
    is_approved = Q(**{f"{name}_stands": TextState.APPROVED.value})
    return ~Q(**{f"{name}_in": ""}) & ~is_approved


def texts_to_translate(project: Project, language: str) -> list[TextToTranslate]:
    """Return the texts of a project that were written in another language."""
    texts = translated_texts(project)
    return [
        _to_translate(name, text, language)
        for name, text in texts.items()
        if text and text.written_in != language
    ]


def translated_texts(project: Project) -> dict[Translated, LocalizedText]:
    """Return title and summary as readers see them. One query."""
    published = project.versions.filter(state=VersionState.PUBLISHED).first()
    record = published.record if published else ProjectRecord()
    return {"title": project.title, "summary": record.summary}


def _to_translate(
    name: Translated, text: LocalizedText, language: str
) -> TextToTranslate:
    wording, original = text.wordings.get(language), str(text)
    by = wording.approved_by if wording else None
    person = participation.person(by) if by is not None else None
    terms = terms_in(
        original, glossary(), written_in=text.written_in, language=language
    )
    done = titles_done(text.written_in, language) if name == "title" else {}
    others = {one: words for one, words in done.items() if one != original}
    return TextToTranslate(
        name=name,
        text=text,
        words=wording.text if wording else "",
        state=wording.state if wording else None,
        approved_by=person.name if person else "",
        terms=tuple(terms),
        earlier=tuple(earlier_titles(original, others)),
    )


@audit.remembered("stocktaking.")
def titles_done(written_in: str, language: str) -> Mapping[str, str]:
    """Return titles and their approved translations. One query."""
    approved = TextState.APPROVED.value
    rows: Any = (
        Project.objects.public()
        .annotate(
            tag=_or_empty(KT("title__written_in")), stands=_state("title", language)
        )
        .filter(tag=written_in, stands=approved)
        .order_by("pk")
        .values_list("title", flat=True)
    )
    return {str(title): title.by_language[language] for title in rows}
