"""Mode, languages and goals of a session in a table, in the values that are kept."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from montada.programme.choices import LabelsBasis, SessionMode
from montada.programme.engine.timetable.importing import Published
from montada.programme.operations.schedule_organisers import shown_name

if TYPE_CHECKING:
    from montada.programme.models import Session

_TAG = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*", re.ASCII | re.IGNORECASE)
"""How BCP 47 writes a language, with its script and region."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a table says; empty for what it does not say."""

    mode: str = ""
    languages: tuple[str, ...] = ()
    goals: frozenset[int] = frozenset()

    def basis(self, *, has_lines: bool) -> str:
        """Return from where its lines and goals are known."""
        if has_lines:
            return LabelsBasis.DECLARED
        return LabelsBasis.DECLARED_GOALS if self.goals else ""


NO_FACTS = Facts()


def facts_of(
    session: Published, goals: Collection[int]
) -> tuple[Facts, tuple[str, ...]]:
    """Return what can be kept of a session, and in words which values are unknown."""
    mode = re.sub(r"[\s-]+", "_", session.mode.casefold())
    numbers = {told: _number(told) for told in session.goals}
    facts = Facts(
        mode if mode in SessionMode.values else "",
        tuple(dict.fromkeys(map(_tag, session.languages))),
        frozenset(number for number in numbers.values() if number in goals),
    )
    unknown_goals = [told for told, number in numbers.items() if number not in goals]
    return facts, tuple(_unknown(session, facts, unknown_goals))


def _unknown(
    session: Published, facts: Facts, unknown_goals: Collection[str]
) -> Iterator[str]:
    if session.mode and not facts.mode:
        yield _("Column %(column)s: “%(value)s” is none of %(known)s.") % {
            "column": "mode",
            "value": shown_name(session.mode),
            "known": ", ".join(SessionMode.values),
        }
    for told in session.languages:
        if not _TAG.fullmatch(told):
            said = {"column": "languages", "value": shown_name(told)}
            yield _("Column %(column)s: “%(value)s” is no code of a language.") % said
    for told in unknown_goals:
        said = {"column": "goals", "value": shown_name(told)}
        yield _("Column %(column)s: there is no goal “%(value)s”.") % said


def kept_otherwise(known: Session, facts: Facts) -> list[str]:
    """Return the columns in which a table says something else than is known here."""
    goals = {goal.number for goal in known.goals.all()}
    pairs = {
        "mode": (facts.mode, known.mode),
        "languages": (list(facts.languages), known.languages),
        "goals": (facts.goals, goals),
    }
    return [name for name, (told, here) in pairs.items() if told and told != here]


def _tag(told: str) -> str:
    first, *rest = told.split("-")
    return "-".join([first.lower(), *rest])


def _number(told: str) -> int:
    return int(told) if len(told) <= 2 and told.isdecimal() else 0
