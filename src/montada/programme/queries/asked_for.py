"""What a request of the consultation asks for, in the words of the programme."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from montada.consultation import queries as consultation
from montada.consultation.engine.questions import day
from montada.language.engine.folding import folded
from montada.language.engine.text import NO_TEXT, LocalizedText
from montada.participation.fields import Gender
from montada.programme.adapters.kind_files import default_kinds
from montada.programme.choices import Feature, SeatRole, SessionMode
from montada.programme.engine.values import ProposalFacts, SpeakerFacts
from montada.programme.queries.rules import days_of

if TYPE_CHECKING:
    from montada.consultation.models import Contribution
    from montada.programme.models import SessionKind

REMOTE = frozenset({SessionMode.VIRTUAL.value, SessionMode.HYBRID.value})
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class AskedSeat:
    facts: SpeakerFacts
    organisation: str
    role: str
    is_remote: bool
    has_confirmed: bool

    def facts_with(self, organisation_id: int | None) -> SpeakerFacts:
        return replace(self.facts, organisation_id=organisation_id)


@dataclass(frozen=True, slots=True)
class Asked:
    """A request read: its answers, and the kind of session they mean."""

    title: LocalizedText
    language: str
    answers: Mapping[str, Any]
    kind: SessionKind
    days: frozenset[str]
    groups: frozenset[str]

    def facts(self, organisers: Sequence[int]) -> ProposalFacts:
        """Return what the proposal says; whatever does not fit is left to be asked."""
        said = self.answers
        wanted = day(str(said.get("preferred_day", "")))
        is_wished = wanted is not None and wanted.isoformat() in self.days
        mode = said.get("mode", "")
        return ProposalFacts(
            title=self.title or LocalizedText.of(self.language, "…"),
            summary=self._text("summary"),
            outcomes=self._text("expected_outcomes"),
            kind=self.kind.code,
            minutes=self._minutes(),
            mode=mode if mode in SessionMode.values else "",
            needs=tuple(self._needs()),
            wishes={"days": [wanted]} if is_wished else {},
            lines=tuple(said.get("action_lines", ())),
            goals=tuple(int(n) for n in said.get("goals", ()) if n.isdecimal()),
            organisers=tuple(organisers),
        )

    def _text(self, key: str) -> LocalizedText:
        words = self.answers.get(key, "")
        return LocalizedText.of(self.language, words) if words else NO_TEXT

    def _minutes(self) -> int:
        """Return the length asked for, if the kind has it; else what is usual."""
        wanted = str(self.answers.get("length", ""))
        lengths = self.kind.choice_of_minutes
        is_offered = wanted.isdecimal() and int(wanted) in lengths
        return int(wanted) if is_offered else self.kind.minutes

    def _needs(self) -> Iterator[str]:
        wanted = {*self.answers.get("accessibility", ()), *self.kind.needs}
        if self.answers.get("mode") in REMOTE:
            wanted.add(Feature.REMOTE.value)
        yield from (value for value in Feature.values if value in wanted)

    def co_organisers(
        self, countries: Mapping[str, str]
    ) -> Iterator[tuple[str, str | None]]:
        """Yield name and country of each line "organisation, country"."""
        for line in str(self.answers.get("co_organisers", "")).splitlines():
            words = line.replace("،", ",").strip(" -•*\t;.")
            name, _comma, place = words.rpartition(",")
            country = countries.get(folded(place)) if name else None
            # Without a country that is known the comma belongs to the name.
            whole = (name if country else words).strip()[:LONGEST_NAME]
            if whole:
                yield whole, country

    def seats(self) -> Iterator[AskedSeat]:
        """Yield who is to speak, then who moderates from afar."""
        for row in self.answers.get("panellists", ()):
            if row.get("name"):
                yield self._seat(row)
        if name := self.answers.get("remote_moderator"):
            role = SeatRole.REMOTE_MODERATOR.value
            facts = SpeakerFacts(name=name[:LONGEST_NAME])
            yield AskedSeat(facts, "", role, is_remote=True, has_confirmed=False)

    def _seat(self, row: Mapping[str, str]) -> AskedSeat:
        role, group = row.get("role", ""), row.get("stakeholder_group_id", "")
        gender = row.get("gender", "")
        facts = SpeakerFacts(
            name=row["name"][:LONGEST_NAME],
            position=row.get("position", "")[:LONGEST_NAME],
            stakeholder_group_id=group if group in self.groups else None,
            country_id=row.get("country_id") or None,
            gender=gender if gender in Gender.values else "",
        )
        is_moderator = role == SeatRole.MODERATOR
        return AskedSeat(
            facts,
            row.get("organisation", ""),
            (SeatRole.MODERATOR if is_moderator else SeatRole.PANELLIST).value,
            is_remote=role == "remote",
            has_confirmed=row.get("confirmed") == "yes",
        )


def asked_for(row: Contribution, kinds: Sequence[SessionKind], edition: Any) -> Asked:
    """Read a request: what it answers, in its author's language. Two queries."""
    answers = consultation.answers_of(row)
    return Asked(
        title=row.title,
        language=row.language,
        answers=answers,
        kind=_kind(row.call.kind, answers, kinds),
        days=frozenset(one.isoformat() for one in days_of(edition)),
        groups=frozenset(code for code, _n in consultation.groups_to_choose("en")),
    )


def _kind(
    call: str, answers: Mapping[str, Any], kinds: Sequence[SessionKind]
) -> SessionKind:
    """
    Return the kind of session that answers mean.

    By the data file, else by the code itself, else the first that everybody may ask
    for: the secretariat sees it and corrects it.
    """
    is_stand = call == "exhibition"
    said = str(answers.get("space" if is_stand else "session_type", ""))
    by_code = {kind.code: kind for kind in kinds if kind.is_stand == is_stand}
    for plan in default_kinds():
        if said in plan.answers and plan.code in by_code:
            return by_code[plan.code]
    if said in by_code:
        return by_code[said]
    asked = {plan.code for plan in default_kinds() if plan.answers}
    usual = (kind for kind in by_code.values() if kind.code in asked)
    return next(usual, next(iter(by_code.values()), kinds[0]))
