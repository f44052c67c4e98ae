"""What themes are made of: public contributions and open statements, read."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

import numpy as np
from django.db.models import Model, Q
from django.urls import reverse

from montada.consultation.choices import ContributionState, DeclineReason
from montada.consultation.engine.themes_likeness import Text
from montada.consultation.models import Answer, Contribution, Statement
from montada.framework import queries as framework
from montada.language import queries as language
from montada.language.engine.text import NO_TEXT, LocalizedText
from montada.language.engine.vectors import Vectors

Kind = Literal["contribution", "statement"]

MOST_READ = 4_000
"""Characters of a contribution: what it is about is said by then."""

AXES = {"action_lines": "line", "goals": "goal"}


@dataclass(frozen=True, slots=True)
class Said:
    """A contribution or a statement as themes show it; in nobody's name."""

    kind: Kind
    pk: int
    reference: str
    """Receipt of a contribution; number of a statement."""
    title: LocalizedText
    words: LocalizedText
    """All that is read, the title first."""
    group: str
    """Code of the stakeholder group; "" where none is stated."""
    labels: tuple[tuple[str, float], ...]
    """As `engine.themes_likeness.Text` has them."""
    grouped_under: LocalizedText
    merged_into: str = ""
    """Receipt of the contribution as a part of which it goes on."""

    @property
    def key(self) -> str:
        """How an address names it."""
        return self.reference if self.kind == "contribution" else f"S{self.pk}"

    @property
    def url(self) -> str:
        if self.kind == "contribution":
            return reverse("consultation:input", args=[self.reference])
        return reverse("consultation:statement", args=[self.pk])

    @property
    def decided(self) -> str:
        """The theme under which people put it, as one text; "" for none."""
        words = self.grouped_under.by_language
        return json.dumps(words, sort_keys=True, ensure_ascii=False) if words else ""


def said_in(edition_pk: int) -> tuple[Said, ...]:
    """
    Return what is grouped: what anybody may read and nobody took back.

    Seven queries.
    """
    return (*_contributions(edition_pk), *_statements(edition_pk))


def _contributions(edition_pk: int) -> Iterator[Said]:
    withdrawn = Q(
        state=ContributionState.DECLINED, steps__reason=DeclineReason.WITHDRAWN
    )
    found = Contribution.objects.public().filter(call__edition=edition_pk)
    rows = list(
        found.exclude(pk__in=found.filter(withdrawn).order_by().values("pk"))
        .select_related("merged_into")
        .order_by("pk")
    )
    bodies, labels = _answered(edition_pk)
    suggested = _suggested(Contribution, rows)
    for row in rows:
        words = "\n".join((str(row.title), *bodies[row.pk]))[:MOST_READ]
        own = suggested[row.pk] | labels[row.pk]
        goes_on_as = row.merged_into or row
        yield Said(
            kind="contribution",
            pk=row.pk,
            reference=row.receipt,
            title=row.title,
            words=LocalizedText.of(row.language, words),
            group=row.stakeholder_group_id or "",
            labels=tuple(sorted(own.items())),
            grouped_under=row.grouped_under or goes_on_as.grouped_under,
            merged_into=row.merged_into.receipt if row.merged_into else "",
        )


def _answered(
    edition_pk: int,
) -> tuple[defaultdict[int, list[str]], defaultdict[int, dict[str, float]]]:
    """Return long texts, and lines and goals as authors state them, by contribution."""
    bodies: defaultdict[int, list[str]] = defaultdict(list)
    labels: defaultdict[int, dict[str, float]] = defaultdict(dict)
    answers = Answer.objects.filter(
        contribution__call__edition=edition_pk,
        contribution__may_publish=True,
        question__is_public=True,
        question__kind__in=("long_text", *AXES),
    )
    rows = answers.values_list("contribution_id", "question__kind", "value")
    for pk, kind, value in rows:
        if kind in AXES:
            labels[pk] |= {f"{AXES[kind]}:{code}": 1.0 for code in value}
        else:
            bodies[pk].append(str(value))
    return bodies, labels


def _suggested(
    table: type[Model], rows: Sequence[Model]
) -> defaultdict[int, dict[str, float]]:
    """Return what a machine suggests of each row and nobody has decided about."""
    found: defaultdict[int, dict[str, float]] = defaultdict(dict)
    wanted = {row.pk for row in rows}
    labels = framework.open_suggestions(table._meta.label_lower) if wanted else ()
    for one in labels:
        if one.subject_pk in wanted:
            found[one.subject_pk][_label(one)] = round(one.score, 4)
    return found


def _label(one: Any) -> str:
    return f"{'line' if one.axis == 'action_line' else 'goal'}:{one.code}"


def _statements(edition_pk: int) -> Iterator[Said]:
    found = Statement.objects.open().filter(edition=edition_pk).order_by("pk")
    rows = list(found.only("pk", "text", "stakeholder_group_id"))
    labels = _suggested(Statement, rows)
    for one in framework.confirmed_labels(Statement._meta.label_lower):
        labels[one.subject_pk][_label(one)] = 1.0
    for row in rows:
        yield Said(
            kind="statement",
            pk=row.pk,
            reference=str(row.pk),
            title=row.text,
            words=row.text,
            group=row.stakeholder_group_id or "",
            labels=tuple(sorted(labels[row.pk].items())),
            grouped_under=NO_TEXT,
        )


def as_text(said: Said) -> Text:
    """Return what the engine compares."""
    words = str(said.words)
    return Text(
        key=said.key,
        words=words,
        language=said.words.written_in,
        terms=_terms(words, said.words.written_in),
        labels=said.labels,
        decided=said.decided,
    )


@lru_cache(maxsize=8192)
def _terms(words: str, tag: str) -> tuple[str, ...]:
    return tuple(language.terms_of(words, tag))


def vectors_of(said: tuple[Said, ...]) -> Vectors | None:
    """
    Return what each text means, zeros where it is not known yet; None if none is.

    As the site's index keeps it, which encodes in the background what was published.
    """
    rows: Vectors | None = None
    kinds: tuple[Kind, ...] = ("contribution", "statement")
    for kind in kinds:
        places = [at for at, one in enumerate(said) if one.kind == kind]
        keys = [said[at].reference for at in places]
        found = language.vectors_of_records(kind, keys) if keys else None
        if found is not None:
            if rows is None:
                rows = np.zeros((len(said), found.shape[1]), np.float32)
            rows[places] = found
    return rows
