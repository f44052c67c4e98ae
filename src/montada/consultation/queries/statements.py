"""Statements: lists, one of them, who supplied them, and which say the same."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from montada.audit import queries as audit
from montada.consultation.choices import StatementState
from montada.consultation.models import (
    Contribution,
    Statement,
    StatementDecision,
    StatementRules,
    Vote,
)
from montada.djangokit.rows import row_where
from montada.edition import queries as editions
from montada.framework import queries as framework
from montada.language.engine.text import LocalizedText

CONSULTATION = "consultation"
"""The kind of phase in which statements are sent and voted on."""

RULE_BOUNDS = {
    "longest": (50, 500),
    "batch": (5, 100),
    "statements_a_day": (1, 100),
    "votes_a_minute": (5, 300),
    "fewest_voters": (5, 10_000),
}
"""Least and most of each number of the rules; fewer than five voters is nobody."""


@audit.remembered("consultation.")
def statement_rules(edition_pk: int) -> StatementRules:
    """Return an edition's rules about statements; the usual ones where it has none."""
    found = StatementRules.objects.filter(edition=edition_pk).first()
    return found or StatementRules(edition_id=edition_pk)


def is_voting_open(edition_pk: int, moment: datetime) -> bool:
    """Return whether statements are sent and voted on: in the consultation's phase."""
    return editions.is_phase_open(edition_pk, CONSULTATION, moment)


def open_statements(edition: Any) -> QuerySet[Statement]:
    return (
        Statement.objects.open()
        .filter(edition=edition)
        .select_related("stakeholder_group")
    )


def listed_statements(edition: Any, *, group: str = "", seeds: str = "") -> Any:
    """
    Return open statements, newest first.

    Parameters
    ----------
    group
        Code of the stakeholder group that supplied them; "" for all.
    seeds
        "yes" for seeds only, "no" for those of participants only.
    """
    found = open_statements(edition).order_by("-opened_at", "-pk")
    if group:
        found = found.filter(stakeholder_group=group)
    return found.filter(is_seed=seeds == "yes") if seeds else found


def statement(pk: int) -> Statement | None:
    """Return any statement, whatever became of it."""
    found = Statement.objects.select_related(
        "edition", "stakeholder_group", "in_favour_of", "held_by", "moved_to__call"
    )
    return found.filter(pk=pk).first()


def public_statement(pk: int) -> Statement | None:
    """Return a statement that anybody may read."""
    return _if_public(statement(pk))


def bare_statement(pk: int) -> Statement | None:
    """Return a statement that anybody may read, and nothing else: for voting on it."""
    return _if_public(row_where(Statement, id=pk))


def _if_public(one: Statement | None) -> Statement | None:
    public = (StatementState.OPEN, StatementState.RETIRED)
    return one if one and one.state in public else None


def decisions_about(one: Statement) -> list[StatementDecision]:
    """Return what was decided about a statement, newest first."""
    return list(one.decisions.all())


def decision(pk: int) -> StatementDecision | None:
    return StatementDecision.objects.select_related("statement").filter(pk=pk).first()


def public_log(edition: Any) -> QuerySet[StatementDecision]:
    """
    Return what was decided about an edition's statements, newest first.

    What was not taken up is in it with its reason; its words are for its author alone.
    """
    found = StatementDecision.objects.filter(statement__edition=edition)
    return found.select_related(
        "statement", "statement__in_favour_of", "statement__moved_to__call"
    )


def waiting_statements(edition: Any) -> QuerySet[Statement]:
    """Return what waits for a moderator, the oldest first."""
    found = Statement.objects.filter(edition=edition, state=StatementState.WAITING)
    return found.select_related("stakeholder_group", "held_by").order_by("pk")


def own_statements(edition: Any, person: Any) -> QuerySet[Statement]:
    """Return what a person proposed, newest first, with the decisions about each."""
    found = Statement.objects.filter(edition=edition, author=person)
    found = found.select_related("moved_to__call", "in_favour_of")
    return found.prefetch_related("decisions").order_by("-pk")


def moved_from(of: Contribution) -> list[Statement]:
    """Return the statements as which a contribution began. Two queries."""
    found = Statement.objects.filter(moved_to=of).select_related("stakeholder_group")
    return list(found.prefetch_related("decisions"))


def replaced_by(one: Statement) -> list[Statement]:
    """
    Return the public statements whose place one took, and theirs, level by level.

    A query for each level.
    """
    found: list[Statement] = []
    level = [one.pk]
    while level:
        rows = Statement.objects.public().filter(in_favour_of__in=level)
        found += (few := list(rows.select_related("stakeholder_group")))
        level = [row.pk for row in few]
    return found


def reasons_given(one: Statement) -> list[Vote]:
    """Return votes on a statement that say why, newest first; never with a name."""
    given = Vote.objects.filter(statement=one).exclude(why="")
    return list(given.order_by("-cast_at")[:100].only("value", "why"))


@dataclass(frozen=True, slots=True)
class Supplied:
    """How many statements a stakeholder group has before the voters."""

    code: str
    """"" for people who declared no group."""
    name: LocalizedText | None
    n_seeds: int
    n_others: int

    @property
    def n_all(self) -> int:
        return self.n_seeds + self.n_others


def balance(edition: Any) -> list[Supplied]:
    """Return for every stakeholder group what it supplied. Two queries."""
    rows = (
        Statement.objects.open()
        .filter(edition=edition)
        .order_by()
        .values("stakeholder_group")
        .annotate(
            n_seeds=Count("pk", filter=Q(is_seed=True)),
            n_others=Count("pk", filter=Q(is_seed=False)),
        )
    )
    seeds: Counter[str] = Counter()
    others: Counter[str] = Counter()
    for row in rows:
        code = row["stakeholder_group"] or ""
        seeds[code], others[code] = row["n_seeds"], row["n_others"]
    groups: list[tuple[str, LocalizedText | None]] = [
        (group.code, group.name) for group in framework.stakeholder_groups()
    ]
    if seeds[""] or others[""]:
        groups.append(("", None))
    return [Supplied(code, name, seeds[code], others[code]) for code, name in groups]
