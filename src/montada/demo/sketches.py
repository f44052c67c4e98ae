"""
The made-up programme: what 220 sessions of a forum are about, and who speaks.

Subjects are real (action lines, goals, countries, groups of countries, in official
words); that anybody holds these sessions is made up, and so is every speaker.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from montada.framework import queries as framework
from montada.language.engine.text import LocalizedText

NAMES = Path(__file__).parent / "facts" / "made_up_names.csv"
LANGUAGES = ("ar", "en", "fr")

SEVERAL_REGIONS = (
    "itu-africa",
    "itu-americas",
    "itu-arab",
    "itu-asp",
    "itu-cis",
    "itu-europe",
)
COUNTRIES = (
    "EGY",
    "MRT",
    "SAU",
    "ARE",
    "TUN",
    "MAR",
    "DZA",
    "JOR",
    "OMN",
    "KEN",
    "RWA",
    "SEN",
    "NGA",
    "ZAF",
    "GHA",
    "IND",
    "BGD",
    "IDN",
    "JPN",
    "KOR",
    "CHN",
    "BRA",
    "CUB",
    "MEX",
    "URY",
    "CHE",
    "FRA",
    "EST",
    "GEO",
    "KAZ",
    "UZB",
    "FJI",
)
"""Countries that hold a workshop."""


@dataclass(frozen=True, slots=True)
class Sketch:
    """A session that is made up."""

    title: LocalizedText
    kind: str
    lines: tuple[str, ...] = ()
    goals: tuple[int, ...] = ()
    n_speakers: int = 4
    audience: int = 60
    needs: tuple[str, ...] = ()
    by_right: str = ""
    """Value of the programme's `RightHolder`; empty where it is to be chosen."""
    series: str = ""
    """Title key of the series it belongs to."""


@dataclass(frozen=True, slots=True)
class SpeakerSketch:
    name: str
    country_id: str
    group: str
    gender: str
    is_young: bool
    is_remote: bool


def sketches() -> Iterator[Sketch]:
    """Yield 220 sessions with hours and 18 stands, the same ones every time."""
    yield from _plenaries()
    yield from _of_lines()
    yield from _of_places()
    yield from _workshops()
    yield from _stands()


def _plenaries() -> Iterator[Sketch]:
    grand = ("interpretation", "captioning", "remote", "recording")
    for kind, *words in (
        ("opening", "الافتتاح", "Opening ceremony", "Cérémonie d’ouverture"),
        ("prize_ceremony", "حفل توزيع الجوائز", "Prize ceremony", "Remise des prix"),
        ("handover", "الختام", "Closing ceremony", "Cérémonie de clôture"),
    ):
        yield Sketch(_said(*words), kind, (), (), 4, 380, grand)
    for n in range(1, 13):
        yield Sketch(
            _said(
                f"جلسة السياسات رفيعة المستوى {n}",
                f"High-level policy session {n}",
                f"Séance politique de haut niveau {n}",
            ),
            "high_level_policy",
            n_speakers=6,
            audience=250,
            needs=grand,
            by_right="high_level",
            series="high-level",
        )
    for n in range(1, 4):
        yield Sketch(
            _said(
                f"مائدة مستديرة وزارية {n}",
                f"Ministerial round table {n}",
                f"Table ronde ministérielle {n}",
            ),
            "ministerial",
            n_speakers=6,
            audience=40,
            needs=("interpretation",),
        )


def _of_lines() -> Iterator[Sketch]:
    for line in framework.action_lines():
        title = _about(
            "اجتماع تيسير خط العمل {code}: {words}",
            "Facilitation meeting of action line {code}: {words}",
            "Réunion de facilitation de la grande orientation {code} : {words}",
            words=line.title,
            codes={"ar": line.code_ar, "": line.latin_code},
        )
        yield Sketch(
            title,
            "line_facilitation",
            (line.code,),
            n_speakers=3,
            audience=90,
            needs=("remote", "captioning"),
            by_right="facilitator",
        )
    yield Sketch(
        _said(
            "اجتماع ميسري خطوط العمل",
            "Meeting of the action line facilitators",
            "Réunion des facilitateurs des grandes orientations",
        ),
        "facilitators_meeting",
        n_speakers=5,
        audience=60,
    )


def _of_places() -> Iterator[Sketch]:
    for iso3 in COUNTRIES:
        country = framework.country(iso3)
        if country is not None:
            yield Sketch(
                _about(
                    "ورشة وطنية: {words}",
                    "Country workshop: {words}",
                    "Atelier de pays : {words}",
                    words=country.name,
                ),
                "country_workshop",
                n_speakers=2,
                audience=50,
                needs=("remote",),
            )
    names = {group.code: group.name for group in framework.country_groups()}
    for code in SEVERAL_REGIONS:
        yield Sketch(
            _about(
                "حوار إقليمي: {words}",
                "Regional dialogue: {words}",
                "Dialogue régional : {words}",
                words=names[code],
            ),
            "interactive",
            n_speakers=5,
            audience=120,
            needs=("interpretation", "remote"),
            by_right="co_organiser",
        )
    for n in range(1, 9):
        yield Sketch(
            _said(
                f"مسار الشباب، الجزء {n}",
                f"Youth track, part {n}",
                f"Parcours des jeunes, partie {n}",
            ),
            "interactive",
            ("C4",),
            (4,),
            4,
            80,
            ("remote",),
            series="youth",
        )


N_WORKSHOPS = 220 - 18 - 19 - len(COUNTRIES) - len(SEVERAL_REGIONS) - 8
"""So that there are 220 sessions with hours."""


def _workshops() -> Iterator[Sketch]:
    """Yield workshops on what a line does for a goal, as the matrix links them."""
    lines = {line.code: line for line in framework.action_lines()}
    goals = {goal.number: goal for goal in framework.goals()}
    matrix = framework.matrix_at()
    linked = [
        (code, number)
        for number in goals
        for code in lines
        if matrix.cell(code, number).is_linked
    ]
    for n in range(N_WORKSHOPS):
        code, number = linked[n % len(linked)]
        kind = ("thematic_workshop", "interactive", "knowledge_cafe")[n % 7 % 3]
        yield Sketch(
            _of_both(lines[code].title, goals[number].title, again=n // len(linked)),
            kind,
            (code,),
            (number,),
            2,
            40 + 10 * (n % 11),
            ("remote",) if n % 3 else ("remote", "interpretation"),
        )


def _of_both(line: LocalizedText, goal: LocalizedText, *, again: int) -> LocalizedText:
    patterns = (
        ("{line} في خدمة «{goal}»", "{line} for “{goal}”", "{line} pour « {goal} »"),
        (
            "«{goal}»: دور خط العمل «{line}»",
            "“{goal}”: the part of {line}",
            "« {goal} » : le rôle de la grande orientation « {line} »",
        ),
    )[again % 2]
    written = {
        language: pattern.format(
            line=line.shown_to(language).text, goal=goal.shown_to(language).text
        )
        for language, pattern in zip(LANGUAGES, patterns, strict=True)
    }
    return _said(*written.values())


def _stands() -> Iterator[Sketch]:
    for iso3 in COUNTRIES[:18]:
        country = framework.country(iso3)
        if country is not None:
            yield Sketch(
                _about(
                    "جناح {words}",
                    "Stand of {words}",
                    "Stand : {words}",
                    words=country.name,
                ),
                "stand",
                n_speakers=0,
                audience=0,
                by_right="project",
            )


def speakers(n: int, rng: random.Random) -> list[SpeakerSketch]:
    """Return `n` made-up people; names are common ones, mixed."""
    names = _names()
    groups = [group.code for group in framework.stakeholder_groups()][:6]
    found: dict[str, SpeakerSketch] = {}
    while len(found) < n:
        gender = rng.choice(("woman", "man"))
        first, family = rng.choice(names[gender]), rng.choice(names["family"])
        name = f"{first} {family}"
        if name in found:
            name = f"{name} {rng.choice(names['family'])}"
        found[name] = SpeakerSketch(
            name=name,
            country_id=rng.choice(COUNTRIES),
            group=rng.choice(groups),
            gender=gender,
            is_young=rng.random() < 0.15,
            is_remote=rng.random() < 0.2,
        )
    return list(found.values())


def _names() -> dict[str, list[str]]:
    names: dict[str, list[str]] = {}
    with NAMES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            names.setdefault(row["part"], []).append(row["name"])
    return names


def _said(ar: str, en: str, fr: str) -> LocalizedText:
    return LocalizedText.of("ar", ar, en=en, fr=fr)


def _about(
    ar: str,
    en: str,
    fr: str,
    *,
    words: LocalizedText,
    codes: dict[str, Any] | None = None,
) -> LocalizedText:
    """Return three patterns filled with words of the vocabulary."""

    def filled(pattern: str, language: str) -> str:
        code = (codes or {}).get(language) or (codes or {}).get("", "")
        return pattern.format(words=words.shown_to(language).text, code=code)

    return _said(filled(ar, "ar"), filled(en, "en"), filled(fr, "fr"))
