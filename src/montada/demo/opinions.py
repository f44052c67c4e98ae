"""
Made-up statements and votes, so that the opinion page has something to show.

Nobody said any of this. Three camps are planted: some want money and access first,
some open markets and standards, some rights and safety; on a few things all agree.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from montada.consultation import operations, queries
from montada.consultation.engine.values import VoterTaken
from montada.language.engine.text import LocalizedText
from montada.participation import queries as people

AUTHORS = ("submitter@example.org", "focal-point@example.org", "donor@example.org")
N_VOTERS = 120
LEAST_ANSWERED, MOST_ANSWERED = 28, 40

GROUPS = ("government", "private", "civil", "io", "academia", "technical")
COUNTRIES = ("EGY", "MAR", "TUN", "SEN", "KEN", "IND", "IDN", "BRA", "MEX", "FRA")


@dataclass(frozen=True, slots=True)
class MadeUp:
    """
    A statement and how likely each camp agrees, in percent.

    `group` is the stakeholder group that supplied it as seed; "" for a participant's.
    """

    text: LocalizedText
    agree: tuple[int, int, int]
    group: str = ""


def _said(agree: tuple[int, int, int], group: str = "", **words: str) -> MadeUp:
    written_in, text = next(iter(words.items()))
    others = {tag: said for tag, said in words.items() if tag != written_in}
    return MadeUp(LocalizedText.of(written_in, text, **others), agree, group)


STATEMENTS = (
    # seeds, two or three from each stakeholder group
    _said(
        (97, 97, 97),
        "government",
        ar="ينبغي أن تُتاح كل جلسات المنتدى بالعربية والإنكليزية والفرنسية",
        en="All sessions should be interpreted into Arabic, English and French",
        fr="Toutes les séances interprétées en arabe, en anglais et en français",
    ),
    _said(
        (97, 18, 31),
        "government",
        ar="على الحكومات أن تمول الشبكات في القرى التي لا تصل إليها الشركات",
        en="Governments should pay for networks where companies do not come",
    ),
    _said(
        (8, 3, 97),
        "government",
        en="Platforms must answer to the law of the country in which their users live",
        ar="على المنصات أن تخضع لقانون البلد الذي يعيش فيه مستخدموها",
    ),
    _said(
        (10, 97, 18),
        "private",
        en="Fewer permits would bring broadband to more people than any new fund",
        ar="تقليل التراخيص يوصل النطاق العريض إلى عدد أكبر مما يوصله أي صندوق جديد",
        fr="Moins d’autorisations feraient plus pour le haut débit qu’un nouveau fonds",
    ),
    _said(
        (26, 97, 15),
        "private",
        en="Companies should sit on the committees that choose the programme",
    ),
    _said(
        (31, 18, 97),
        "civil",
        en="No digital identity without a court that people can turn to",
        ar="لا هوية رقمية من دون محكمة يلجأ إليها الناس",
        es="Ninguna identidad digital sin un tribunal al que acudir",
    ),
    _said(
        (97, 15, 97),
        "civil",
        fr="Le forum doit payer le voyage des orateurs des pays les moins avancés",
        en="The forum must pay the travel of speakers from least developed countries",
        ar="على المنتدى أن يدفع نفقات سفر المتحدثين من أقل البلدان نموًا",
    ),
    _said(
        (82, 58, 85),
        "io",
        en="Progress on the action lines should be measured with the same indicators",
        ar="ينبغي قياس التقدم في خطوط العمل بالمؤشرات نفسها",
    ),
    _said(
        (90, 66, 66),
        "io",
        fr="Les rapports du forum et ceux des ODD devraient n’en faire qu’un",
    ),
    _said(
        (66, 74, 97),
        "academia",
        en="Data of publicly funded projects should be open to researchers",
        ar="ينبغي أن تُفتح بيانات المشروعات الممولة من المال العام للباحثين",
    ),
    _said(
        (97, 8, 82),
        "academia",
        es="Las universidades del Sur deberían dirigir la mitad de los talleres",
    ),
    _said(
        (15, 97, 23),
        "technical",
        en="Open standards first: no public money for what talks to nothing else",
        ar="المعايير المفتوحة أولًا: لا مال عام لما لا يتواصل مع غيره",
    ),
    _said(
        (26, 97, 90),
        "technical",
        en="The technical community should be counted apart from academia",
        fr="Compter la communauté technique à part des milieux universitaires",
    ),
    # participants
    _said((97, 97, 97), ar="جلسات أقصر ووقت أطول للأسئلة"),
    _said((97, 97, 97), en="Captions on every session, in the room and online"),
    _said((97, 97, 97), fr="Publier le programme trois mois avant le forum"),
    _said(
        (97, 97, 97),
        en="Whoever is declined should get a reason in writing",
    ),
    _said((97, 26, 39), ar="ثلث ميزانية المنتدى لمشاركة شباب الريف"),
    _said((97, 18, 31), fr="Un fonds commun pour les écoles des îles et des oasis"),
    _said((97, 10, 23), es="La deuda debería poder cambiarse por redes comunitarias"),
    _said((97, 8, 15), en="Satellites should serve schools before ships"),
    _said((95, 26, 42), ar="أجهزة مستعملة مجانية للمدارس التي لا حواسيب فيها"),
    _said(
        (90, 15, 8),
        fr="Taxer la publicité en ligne pour l’accès des plus pauvres",
    ),
    _said((18, 97, 26), en="Let the market choose the technology, not the ministry"),
    _said((15, 97, 18), en="Start-ups belong on the main stage, not in the corridor"),
    _said((26, 97, 8), es="Menos discursos oficiales, más demostraciones de empresas"),
    _said((21, 95, 15), ar="الشراكات مع الشركات أسرع من الصناديق الحكومية"),
    _said((8, 97, 26), fr="Un seul guichet pour les entreprises qui veulent investir"),
    _said((15, 90, 39), en="Security updates for ten years, by law, for every device"),
    _said((23, 10, 97), en="Facial recognition has no place at the doors of the forum"),
    _said((20, 18, 97), ar="لا تُنشر بيانات الأطفال مهما كان الغرض"),
    _said((15, 5, 97), fr="Interdire la coupure d’internet pendant les élections"),
    _said((31, 26, 97), es="Las mujeres deben ser la mitad en todos los paneles"),
    _said((10, 15, 97), en="Algorithms that decide about benefits must be published"),
    _said((23, 8, 97), ar="على كل منصة أن توظف مشرفين يعرفون لهجات مستخدميها"),
    _said(
        (66, 58, 50), en="The forum should move to another continent every two years"
    ),
    _said((50, 66, 42), fr="Un forum entièrement en ligne une année sur trois"),
    _said(
        (58, 42, 50),
        en="Participants should vote on the theme of the next forum",
    ),
    _said((74, 66, 82), ar="جلسة لمراجعة ما لم يتحقق من وعود العام الماضي"),
    _said((82, 74, 90), en="Name the owner of every commitment, with a date"),
)


def fill_opinions(edition: Any, *, seed: int, at: datetime) -> int:
    """
    Make statements and votes in an edition whose consultation is open; once.

    Returns the number of votes; 0 where there are statements already, or no open phase.
    """
    is_filled = queries.open_statements(edition).exists()
    if is_filled or not queries.is_voting_open(edition.pk, at):
        return 0
    rows = [
        (_entered(edition, number, one, at).pk, one)
        for number, one in enumerate(STATEMENTS)
    ]
    voters = _voters(rows, random.Random(seed))
    return operations.take_votes_in(
        edition=edition, voters=voters, taken_in_by=None, at=at
    )


def _entered(edition: Any, number: int, one: MadeUp, at: datetime) -> Any:
    if one.group:
        return operations.add_seed(
            edition=edition,
            text=one.text,
            stakeholder_group_id=one.group,
            added_by=None,
            at=at,
        )
    author = people.person_of_email(AUTHORS[number % len(AUTHORS)])
    assert author is not None
    statement = operations.propose_statement(
        edition=edition,
        text=str(one.text),
        language=one.text.written_in,
        author=author,
        at=at,
    )
    operations.open_statement(statement=statement, opened_by=None, at=at)
    return statement


def _voters(rows: list[tuple[int, MadeUp]], rng: random.Random) -> list[VoterTaken]:
    voters = []
    for number in range(N_VOTERS):
        camp = (0, 0, 1, 2, 2)[number % 5]
        answered = rng.sample(rows, rng.randint(LEAST_ANSWERED, MOST_ANSWERED))
        voters.append(
            VoterTaken(
                votes={pk: _vote(one, camp, rng) for pk, one in answered},
                tier="organisation" if rng.random() < 0.6 else "person",
                stakeholder_group_id=rng.choice(GROUPS),
                country_id=rng.choice(COUNTRIES),
            )
        )
    return voters


def _vote(one: MadeUp, camp: int, rng: random.Random) -> int:
    if rng.random() < 0.12:
        return 0
    return 1 if rng.random() * 100 < one.agree[camp] else -1
