"""
Made-up entries of the project register, one at each step of their way.

They say that they are made up; none of their figures is anybody's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from montada.language.engine.text import LocalizedText
from montada.participation import operations as participation
from montada.participation import queries as people
from montada.stocktaking import operations, queries
from montada.stocktaking.engine.record import (
    Evidence,
    Money,
    Partner,
    Place,
    ProjectRecord,
    Replication,
)
from montada.stocktaking.engine.values import LabelOf

if TYPE_CHECKING:
    from montada.participation.models import Person
    from montada.stocktaking.models import ProjectVersion

MINISTRY = "ministry@example.org"
NGO = "submitter@example.org"
FOCAL_POINT = "focal-point@example.org"
SECRETARIAT = "secretariat@example.org"


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry and how far it has come: "draft", "sent" or "published"."""

    author: str
    organisation: str
    group: str
    country: str
    lines: tuple[str, ...]
    goals: tuple[int, ...]
    record: ProjectRecord
    reached: str
    days_ago: int


def _ar(words: str) -> LocalizedText:
    return LocalizedText.of("ar", words)


def _fr(words: str) -> LocalizedText:
    return LocalizedText.of("fr", words)


VILLAGES = ProjectRecord(
    title=_ar("خدمات رقمية للقرى البعيدة (مثال افتراضي)"),
    summary=_ar(
        "مشروع افتراضي للعرض: مراكز صغيرة في القرى البعيدة تقدم الخدمات الحكومية "
        "الإلكترونية عبر وصلة نطاق عريض مشتركة، ويساعد فيها شباب مدربون كبار السن "
        "والنساء على استخراج الوثائق ودفع الرسوم وحجز المواعيد الطبية من دون سفر إلى "
        "المدينة، مع قياس الوقت والمال الموفرين لكل أسرة."
    ),
    aims=_ar("أن يصل كل ساكن قرية إلى الخدمة خلال ساعة من دون سفر."),
    activities=_ar("تجهيز المراكز، وتدريب الشباب، وربط الخدمات، ومتابعة الجودة شهريًا."),
    results=_ar("أرقام افتراضية: وفرت الأسرة ثلاث رحلات إلى المدينة في السنة."),
    challenges=_ar("انقطاع الكهرباء وكلفة الصيانة."),
    future=_ar("التوسع إلى محافظات أخرى بشراكة مع البلديات."),
    entry_type="project",
    status="ongoing",
    coverage="national",
    beneficiaries=("rural", "women", "older"),
    starts_on=date(2025, 3, 1),
    ends_on=date(2028, 2, 28),
    evidence=(
        Evidence(
            indicator="متوسط زمن الحصول على وثيقة (رقم افتراضي)",
            baseline=Decimal(16),
            value=Decimal(2),
            unit="ساعة",
            measured_on=date(2026, 6, 30),
            source="مثال للعرض",
        ),
    ),
    money=Money(
        budget=Decimal(1_200_000),
        currency="USD",
        funded=Decimal(800_000),
        own_share=Decimal(500_000),
        donors=("صندوق افتراضي",),
    ),
    replication=Replication(
        connectivity="وصلة نطاق عريض واحدة لكل قرية",
        languages="العربية",
        legal_base="قانون للخدمات الإلكترونية",
        institution="وزارة أو بلدية تشغّل المراكز",
        skills="شابان مدربان في كل مركز",
    ),
    partners=(Partner("بلديات افتراضية", "تشغيل المراكز", "EGY"),),
    places=(
        Place("أسيوط", "EGY", 27.18, 31.19),
        Place("أسوان", "EGY", 24.09, 32.90),
    ),
)

FISHERS = ProjectRecord(
    title=_fr("Alertes météo par SMS pour la pêche artisanale (exemple fictif)"),
    summary=_fr(
        "Projet fictif de démonstration : une association envoie chaque soir aux "
        "pêcheurs artisanaux un message vocal ou un SMS dans leur langue sur l’état de "
        "la mer, apprend aux équipages à le lire et recueille leurs observations pour "
        "améliorer les prévisions locales."
    ),
    aims=_fr("Moins d’accidents en mer et moins de sorties perdues."),
    results=_fr("Chiffres fictifs : les sorties perdues ont baissé d’un tiers."),
    entry_type="project",
    status="ongoing",
    coverage="local",
    beneficiaries=("rural", "poor"),
    starts_on=date(2024, 1, 15),
    money=Money(budget=Decimal(90_000), currency="EUR", funded=Decimal(30_000)),
    places=(Place("Nouadhibou", "MRT", 20.93, -17.03),),
)

SCHOOL = ProjectRecord(
    title=_ar("مكتبة رقمية لمدارس الواحات (مثال افتراضي)"),
    summary=_ar(
        "مشروع افتراضي للعرض: خادم صغير في كل مدرسة يحمل كتبًا ودروسًا مرئية تعمل من "
        "دون اتصال بالشبكة، وتُحدَّث كل شهر حين يزورها معلم متنقل، فيتعلم التلاميذ في "
        "الواحات البعيدة بلغتهم من المحتوى نفسه الذي يصل إلى مدارس المدن."
    ),
    entry_type="project",
    status="completed",
    coverage="regional",
    beneficiaries=("children", "rural"),
    starts_on=date(2022, 9, 1),
    ends_on=date(2025, 6, 30),
    places=(Place("سيوة", "EGY", 29.20, 25.52),),
)

BEGUN = ProjectRecord(
    title=_fr("Radio communautaire en ligne (exemple fictif, brouillon)")
)

ENTRIES: Sequence[Entry] = (
    Entry(
        MINISTRY,
        "وزارة افتراضية للتحول الرقمي",
        "government",
        "EGY",
        ("C7-egov", "C2"),
        (9, 16),
        VILLAGES,
        "sent",
        3,
    ),
    Entry(
        MINISTRY,
        "وزارة افتراضية للتحول الرقمي",
        "government",
        "EGY",
        ("C7-elearn",),
        (4,),
        SCHOOL,
        "published",
        500,
    ),
    Entry(
        NGO,
        "Association fictive de pêcheurs",
        "civil",
        "MRT",
        ("C7-eenv",),
        (13, 14),
        FISHERS,
        "published",
        40,
    ),
    Entry(NGO, "", "civil", "MRT", (), (), BEGUN, "draft", 1),
)


def enter_projects(*, at: datetime) -> int:
    """Make the entries through the operations their authors use; once."""
    _author_of_ministry(at)
    if any(queries.my_projects(_person(entry.author)).exists() for entry in ENTRIES):
        return 0
    for entry in ENTRIES:
        _enter(entry, at - timedelta(days=entry.days_ago))
    return len(ENTRIES)


def _enter(entry: Entry, at: datetime) -> None:
    author = _person(entry.author)
    version = operations.begin_project(
        record=entry.record,
        organisation_name=entry.organisation,
        country_id=entry.country,
        stakeholder_group_id=entry.group,
        begun_by=author,
        at=at,
    )
    operations.set_labels(version=version, labels=_labels(entry), set_by=author)
    if entry.reached != "draft":
        version = operations.submit_version(version=version, submitted_by=author, at=at)
    if entry.reached == "published":
        _publish(version, at)


def _publish(version: ProjectVersion, at: datetime) -> None:
    if version.due_on is not None:
        operations.endorse(version=version, endorsed_by=_person(FOCAL_POINT), at=at)
    operations.publish_entry(
        version=version, published_by=_person(SECRETARIAT), at=at + timedelta(days=1)
    )


def _labels(entry: Entry) -> list[LabelOf]:
    lines = [LabelOf("action_line", code, "author") for code in entry.lines]
    return lines + [LabelOf("goal", str(goal), "author") for goal in entry.goals]


def _author_of_ministry(at: datetime) -> None:
    if people.person_of_email(MINISTRY) is None:
        participation.add_person(
            email=MINISTRY,
            name="منى (وزارة افتراضية)",
            language="ar",
            added_by=None,
            at=at,
        )


def _person(email: str) -> Person:
    person = people.person_of_email(email)
    assert person is not None
    return person
