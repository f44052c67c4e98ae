"""
What the committee has still to choose: made-up proposals, supporters and points.

Everything goes through the operations that supporters, reviewers and the secretariat
use. Nothing is decided about these proposals: whoever tries the demonstration does.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from montada.demo.ideas import IDEAS, LEANINGS, SUPPORTERS, Idea
from montada.demo.sketches import speakers
from montada.language.engine.text import LocalizedText
from montada.participation import operations as participation
from montada.programme import operations
from montada.programme.engine.values import ProposalFacts
from montada.programme.queries import rules_of
from montada.programme.queries.choosing import n_places_left

if TYPE_CHECKING:
    from montada.participation.models import Organisation, Person
    from montada.programme.models import Proposal

REVIEWERS = {
    "reviewer@example.org": 0,
    "Made-up reviewer 2": -1,
    "محكّم تجريبي 3": 1,
}
"""How much milder than the others each one is, in points."""

SUMMARY = LocalizedText.of(
    "ar",
    "مقترح تجريبي: لم تقدّمه جهة، ومن يؤيدونه غير حقيقيين.",
    en="A made-up proposal: nobody handed it in, and its supporters are not real.",
    fr="Proposition fictive : personne ne l’a déposée et ses soutiens sont inventés.",
)
MIDDLE = 5
"""The strength at which a proposal draws as LEANINGS says."""


def leave_open(
    *,
    edition: Any,
    organisations: Mapping[str, Organisation],
    rng: random.Random,
    by: Person | None,
    at: datetime,
) -> list[Proposal]:
    """
    Put proposals before the committee, with supporters, points and two choices.

    `organisations` are those of the demonstration, by stakeholder group; `by` is of
    the secretariat. The choice that is before the committee follows the edition's
    rules; the simulation gives every supporter the same.
    """
    rows = [_proposed(edition, idea, organisations, at) for idea in IDEAS]
    _supported(rows, organisations, rng, at)
    _scored(edition, rows, rng, by, at)
    n_places = n_places_left(edition, rules_of(edition).n_places)
    for endowment, is_simulation in (("voter", True), ("group", False)):
        operations.choose_by_shares(
            edition=edition,
            endowment=endowment,
            n_places=n_places,
            seed=edition.year,
            is_simulation=is_simulation,
            made_by=by,
            at=at,
        )
    return rows


def _proposed(
    edition: Any, idea: Idea, organisations: Mapping[str, Organisation], at: datetime
) -> Proposal:
    facts = ProposalFacts(
        title=idea.title,
        summary=SUMMARY,
        kind=idea.kind,
        mode="hybrid",
        audience=20 + 10 * idea.strength,
        lines=(idea.line,),
        goals=(idea.goal,),
        organisers=(organisations[idea.group].pk,),
    )
    return operations.propose(edition=edition, facts=facts, submitted_by=None, at=at)


def _supported(
    rows: Sequence[Proposal],
    organisations: Mapping[str, Organisation],
    rng: random.Random,
    at: datetime,
) -> None:
    names = iter(speakers(sum(SUPPORTERS.values()), rng))
    for group, n_people in SUPPORTERS.items():
        for n in range(1, n_people + 1):
            person = participation.add_person(
                email=f"{group}-{n}@example.org",
                name=next(names).name,
                organisation=organisations[group],
                added_by=None,
                at=at,
            )
            for idea, row in zip(IDEAS, rows, strict=True):
                likely = LEANINGS[group][idea.theme] * idea.strength / MIDDLE
                if rng.random() * 100 < likely:
                    operations.support(proposal=row, person=person, at=at)


def _scored(
    edition: Any,
    rows: Sequence[Proposal],
    rng: random.Random,
    by: Person | None,
    at: datetime,
) -> None:
    criteria = operations.open_criteria(edition=edition, opened_by=by, at=at)
    for idea, row in zip(IDEAS, rows, strict=True):
        for reviewer, mildness in REVIEWERS.items():
            middle = idea.strength / 2 + mildness / 2
            points = {
                one.key: Decimal(
                    min(max(round(middle + rng.uniform(-1.5, 1.5)), 0), one.most)
                )
                for one in criteria
            }
            operations.give_scores(
                proposal=row, reviewer=reviewer, points=points, given_by=by, at=at
            )
