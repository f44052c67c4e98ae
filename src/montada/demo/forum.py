"""
Build the demonstration forum by calling operations, as its users would.

Everything of earlier years is real and names its source. One edition is made up, and so
are the people who work in it; both say so. Building twice adds nothing.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from montada.demo.calendar import KIND_OF_STAGE, N_DAYS, first_day, phases
from montada.demo.consultation import consult
from montada.demo.entries import enter_projects
from montada.demo.opinions import fill_opinions
from montada.demo.people import VISITORS, Visitor
from montada.demo.programme import plan_programme
from montada.djangokit.refusals import Refusal
from montada.djangokit.tables import ImportReport
from montada.edition import operations as edition
from montada.edition import queries as editions
from montada.edition.engine.values import EditionFacts, PhasePlan, RoomPlan
from montada.framework import operations as framework
from montada.framework import queries as vocabulary
from montada.indicators import operations as indicators
from montada.language.engine.text import LocalizedText
from montada.participation import operations as participation
from montada.participation import queries as people
from montada.programme import operations as programme
from montada.selection import operations as selection
from montada.stocktaking import operations as stocktaking

FACTS = Path(__file__).parent / "facts"
TRANSLATOR = "translator@example.org"
LINK_LASTS = timedelta(days=7)

THEME = LocalizedText.of(
    "ar",
    "عشرون عامًا من بناء مجتمع المعلومات: ماذا أنجزنا، وإلى أين نمضي؟",
    en="Twenty years of building the information society: what have we achieved, "
    "and where do we go from here?",
    fr="Vingt ans de construction de la société de l’information : qu’avons-nous "
    "accompli, et où allons-nous ?",
)
PHASE_NAMES = {
    "consultation": LocalizedText.of(
        "ar", "تشاور مفتوح", en="Open consultation", fr="Consultation ouverte"
    ),
    "submission": LocalizedText.of(
        "ar", "تقديم المشروعات", en="Projects submitted", fr="Dépôt des projets"
    ),
    "selection": LocalizedText.of(
        "ar", "التصويت والاختيار", en="Voting and selection", fr="Vote et sélection"
    ),
    "programme": LocalizedText.of(
        "ar", "البرنامج النهائي", en="Final programme", fr="Programme final"
    ),
    "forum": LocalizedText.of("ar", "المنتدى", en="The forum", fr="Le Forum"),
    "review": LocalizedText.of(
        "ar", "التقارير والمراجعة", en="Reports and review", fr="Rapports et examen"
    ),
}
N_ROOMS = 15

Step = tuple[str, str]


class OtherStageOpen(Refusal):
    code = "demo.other_stage_open"
    message = _(
        "The demonstration %(edition)s stands here, and “%(stage)s” is not open in it. "
        "Build another in an empty folder that MONTADA_VAR names, or empty this one."
    )


class FactsRefused(RuntimeError):
    """The facts that the product carries were refused: the product is broken."""


def build(*, stage: str, seed: int, at: datetime) -> Iterator[Step]:
    """
    Build the forum step by step; yield each step's name and what it counted.

    `stage` is what is open in the made-up edition at `at`; `seed` decides what is made
    up in it.
    """
    framework.load_framework(at=at)
    yield "framework", f"{len(vocabulary.countries())} countries"
    participation.load_known_organisations(at=at)
    yield "organisations", "known"
    facts: dict[str, Callable[[], Any]] = {
        "editions": lambda: edition.load_editions(at=at),
        "figures": lambda: indicators.load_own_figures(at=at),
        "projects": lambda: selection.import_prizes(
            path=FACTS / "prizes.csv", imported_by=None, at=at
        ),
        "sessions": lambda: programme.import_sessions(
            path=FACTS / "sessions.csv", imported_by=None, at=at
        ),
    }
    for name, load in facts.items():
        report = load()
        for part in report if isinstance(report, list) else [report]:
            yield name, _counted(part)
    made_up = made_up_edition(stage=stage, seed=seed, at=at)
    yield "made-up edition", made_up.slug
    _people(made_up, at=at)
    yield "made-up people", str(len(VISITORS))
    translated = stocktaking.load_translations(
        path=FACTS / "titles_ar.csv",
        approved_by=people.person_of_email(TRANSLATOR),
        at=at,
    )
    yield "Arabic titles", _counted(translated)
    yield "made-up entries", str(enter_projects(at=at))
    yield "made-up inputs", str(consult(edition=made_up, at=at))
    yield "made-up votes", str(fill_opinions(made_up, seed=seed, at=at))
    n_sessions = plan_programme(edition=made_up, seed=seed, at=at)
    yield "made-up sessions", str(n_sessions)


def sign_in_keys(*, at: datetime) -> Iterator[tuple[Visitor, str]]:
    """Make a one-time key for each made-up person."""
    for visitor in VISITORS:
        person = people.person_of_email(visitor.email)
        assert person is not None
        yield (
            visitor,
            participation.make_sign_in_link(person=person, at=at, lasts=LINK_LASTS),
        )


def _counted(report: ImportReport) -> str:
    if report.n_refused:
        raise FactsRefused("\n".join(report.lines()))
    return list(report.lines())[-1]


def made_up_edition(*, stage: str, seed: int, at: datetime) -> Any:
    """
    Return the made-up edition, opened with `stage` open at `at` if there is none yet.

    Raises
    ------
    OtherStageOpen
    """
    found = editions.editions().filter(is_made_up=True).first()
    if found is not None:
        kinds = {p.kind for p in editions.phases_of(found) if p.is_open_at(at)}
        if KIND_OF_STAGE.get(stage, stage) not in kinds:
            raise OtherStageOpen(edition=found.slug, stage=stage)
        return found
    start = first_day(stage, at.date())
    made = edition.open_edition(facts=_facts(start), opened_by=None, at=at)
    _rooms(made.pk, random.Random(seed), at=at)
    for window in phases(start):
        plan = PhasePlan(
            kind=window.kind,
            name=PHASE_NAMES[window.kind],
            opens_at=window.opens_at,
            closes_at=window.closes_at,
        )
        edition.set_phase(edition_id=made.pk, phase=plan, set_by=None, at=at)
    return made


def _facts(start: date) -> EditionFacts:
    return EditionFacts(
        slug=f"demo-{start.year}",
        year=start.year,
        name=LocalizedText.of(
            "ar",
            f"منتدى القمة {start.year}",
            en=f"WSIS Forum {start.year}",
            fr=f"Forum du SMSI {start.year}",
        ),
        theme=THEME,
        starts_on=start,
        ends_on=start + timedelta(days=N_DAYS - 1),
        city=LocalizedText.of("ar", "جنيف", en="Geneva", fr="Genève"),
        country_id="CHE",
        mode="hybrid",
        is_made_up=True,
    )


def _rooms(edition_id: int, rng: random.Random, *, at: datetime) -> None:
    """Open rooms of made-up sizes, the largest first."""
    seats = sorted((rng.randrange(60, 400, 10) for _n in range(N_ROOMS)), reverse=True)
    for order, n_seats in enumerate(seats):
        name = LocalizedText.of(
            "ar",
            f"القاعة {order + 1} (تجريبية)",
            en=f"Room {order + 1} (made up)",
            fr=f"Salle {order + 1} (fictive)",
        )
        room = RoomPlan(name=name, seats=n_seats, order=order)
        edition.set_room(edition_id=edition_id, room=room, set_by=None, at=at)


def _people(made_up: Any, *, at: datetime) -> None:
    for visitor in VISITORS:
        person = people.person_of_email(visitor.email) or participation.add_person(
            email=visitor.email,
            name=visitor.name,
            language=visitor.language,
            added_by=None,
            at=at,
        )
        participation.grant_role(
            person=person,
            kind=visitor.kind,
            edition=None if visitor.everywhere else made_up,
            country=vocabulary.country(visitor.country or ""),
            action_line=vocabulary.action_line(visitor.action_line or ""),
            granted_by=None,
            at=at,
        )
