"""
The made-up programme: proposals, a plan that was solved, and its release.

Everything goes through the operations that organisers and the secretariat use.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from time import monotonic
from typing import TYPE_CHECKING, Any

from django.db import transaction

from montada.demo.choosing import leave_open
from montada.demo.sketches import Sketch, SpeakerSketch, sketches, speakers
from montada.edition import queries as editions
from montada.language.engine.text import LocalizedText
from montada.participation import operations as participation
from montada.participation import queries as people
from montada.programme import operations, queries
from montada.programme.engine.values import ProposalFacts, SpeakerFacts

if TYPE_CHECKING:
    from montada.programme.models import Proposal, Session

SECRETARIAT = "secretariat@example.org"
N_SPEAKERS = 300
N_WITH_BOOTHS = 5
"""Rooms for interpretation."""
ITERATIONS = 1_000
"""Of the solver, in some seconds: the plan is proved the best there is before."""

CONFIRMED = 0.9
"""Share of the speakers who have said that they come."""
N_PLENARIES = 3
HOURS_OF_PLENARIES = (0, 2 * 24 + 7, 4 * 24 + 6)
"""After the first morning's 9 o'clock: opening, prizes, closing."""

RULES = {"n_places": 206, "breaks": [["13:00", "14:30"]], "is_support_open": True}
"""Twenty places are still to be chosen when the first programme is out."""

ZONES = {"EGY": "Africa/Cairo", "JPN": "Asia/Tokyo", "MEX": "America/Mexico_City"}
"""Of some countries whose speakers take part from afar."""

SERIES = {
    "high-level": LocalizedText.of(
        "ar",
        "جلسات السياسات رفيعة المستوى",
        en="High-level policy sessions",
        fr="Séances politiques de haut niveau",
    ),
    "youth": LocalizedText.of(
        "ar", "مسار الشباب", en="Youth track", fr="Parcours des jeunes"
    ),
}

GROUPS = {
    "government": "وزارة تجريبية",
    "private": "شركة تجريبية",
    "civil": "جمعية تجريبية",
    "io": "منظمة دولية تجريبية",
    "academia": "جامعة تجريبية",
    "technical": "سجل نطاقات تجريبي",
}
"""A made-up organisation of each stakeholder group: nobody real sends a speaker."""


@transaction.atomic
def plan_programme(*, edition: Any, seed: int, at: datetime) -> int:
    """
    Make the programme of an edition through its operations; once.

    Return how many sessions its newest release has.
    """
    last = queries.last_release(edition)
    if last is None:
        last = _Programme(edition, random.Random(seed), at).everything()
    return len(last.places)


class _Programme:
    def __init__(self, edition: Any, rng: random.Random, at: datetime) -> None:
        self.edition, self.rng = edition, rng
        opens = datetime.combine(edition.starts_on, time(9), edition.zone)
        self.opens = opens
        # Of a forum that is over, too, the programme was made before it.
        self.at = min(at, opens - timedelta(days=20))
        self.salma = people.person_of_email(SECRETARIAT)
        self.speakers: Sequence[SpeakerSketch] = speakers(N_SPEAKERS, rng)
        self.organisations = {group: self._organisation(group) for group in GROUPS}

    def everything(self) -> Any:
        operations.open_kinds(edition=self.edition, opened_by=self.salma, at=self.at)
        operations.set_rules(
            edition=self.edition, values=RULES, set_by=self.salma, at=self.at
        )
        self._rooms()
        operations.take_in_requests(
            edition=self.edition, taken_by=self.salma, at=self.at
        )
        rights = {
            (row.right.holder, row.right.action_line_id): row.right
            for row in reversed(queries.rights_of(self.edition))
        }
        made = []
        for sketch in sketches():
            proposal = self._proposed(sketch)
            line = sketch.lines[0] if sketch.by_right == "facilitator" else None
            right = rights.get((sketch.by_right, line))
            made.append((sketch, self._accepted(proposal, right)))
        for name, title in SERIES.items():
            operations.set_series(
                edition=self.edition,
                title=title,
                is_in_order=True,
                sessions=[session for sketch, session in made if sketch.series == name],
                set_by=self.salma,
                at=self.at,
            )
        plenaries = [session for _sketch, session in made[:N_PLENARIES]]
        released = self._released(plenaries)
        leave_open(
            edition=self.edition,
            organisations=self.organisations,
            rng=self.rng,
            by=self.salma,
            at=self.at,
        )
        return released

    def _organisation(self, group: str) -> Any:
        return participation.name_organisation(
            name=GROUPS[group],
            language="ar",
            country_id=None,
            stakeholder_group_id=group,
            source_url="",
            at=self.at,
        )

    def _rooms(self) -> None:
        """Tell what each room has: the large ones booths, every fourth no recording."""
        for n, room in enumerate(editions.rooms_of(self.edition)):
            features = ["remote", "screen", "captioning", "step_free", "sign_language"]
            features += ["interpretation"] if n < N_WITH_BOOTHS else []
            features += ["recording"] if n % 4 != 3 else []
            operations.set_room_details(
                room=room,
                values={
                    "features": features,
                    "n_booths": 6 if n < N_WITH_BOOTHS else 0,
                },
                set_by=self.salma,
                at=self.at,
            )

    def _proposed(self, sketch: Sketch) -> Proposal:
        group = self.rng.choice(tuple(GROUPS))
        proposal = operations.propose(
            edition=self.edition,
            facts=ProposalFacts(
                title=sketch.title,
                kind=sketch.kind,
                mode="hybrid",
                needs=sketch.needs,
                audience=sketch.audience,
                lines=sketch.lines,
                goals=sketch.goals,
                organisers=(self.organisations[group].pk,),
            ),
            submitted_by=None,
            at=self.at,
        )
        chosen = self.rng.sample(self.speakers, sketch.n_speakers)
        for n, speaker in enumerate(chosen):
            self._seated(proposal, speaker, is_moderator=n == 0)
        return proposal

    def _seated(
        self, proposal: Proposal, speaker: SpeakerSketch, *, is_moderator: bool
    ) -> None:
        seat = operations.seat_speaker(
            proposal=proposal,
            facts=SpeakerFacts(
                name=speaker.name,
                organisation_id=self.organisations[speaker.group].pk,
                stakeholder_group_id=speaker.group,
                country_id=speaker.country_id,
                gender=speaker.gender,
                is_young=speaker.is_young,
                timezone=ZONES.get(speaker.country_id, "") if speaker.is_remote else "",
            ),
            role="moderator" if is_moderator else "panellist",
            is_remote=speaker.is_remote,
            seated_by=self.salma,
            at=self.at,
        )
        if self.rng.random() < CONFIRMED:
            operations.answer_seat(
                seat=seat, is_coming=True, answered_by=None, at=self.at
            )

    def _accepted(self, proposal: Proposal, right: Any) -> Session:
        reason = "merit"
        if right is not None and right.proposals.count() < right.n_places:
            reason = "by_right"
            operations.give_place(
                proposal=proposal, right=right, given_by=self.salma, at=self.at
            )
        return operations.accept_proposal(
            proposal=proposal, reason=reason, decided_by=self.salma, at=self.at
        )

    def _released(self, plenaries: Sequence[Session]) -> Any:
        """Lock the plenaries where they belong, solve the rest, and release it."""
        plan = operations.begin_plan(
            edition=self.edition, name="المسودة 1", made_by=self.salma, at=self.at
        )
        hall = editions.rooms_of(self.edition)[0]
        for session, hours in zip(plenaries, HOURS_OF_PLENARIES, strict=True):
            plan = operations.place(
                plan=plan,
                session=session,
                room=hall,
                starts_at=self.opens + timedelta(hours=hours),
                revision=plan.revision,
                changed_by=self.salma,
                at=self.at,
            )
            plan = operations.set_lock(
                plan=plan,
                session=session,
                is_locked=True,
                revision=plan.revision,
                changed_by=self.salma,
                at=self.at,
            )
        run = operations.ask_to_solve(
            plan=plan, iterations=ITERATIONS, asked_by=self.salma, at=self.at
        )
        operations.solve(run=run, at=self.at, clock=monotonic)
        return operations.release_plan(
            plan=plan,
            note="برنامج مؤقت من بيانات تجريبية.",
            released_by=self.salma,
            at=self.at,
        )
