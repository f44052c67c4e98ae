"""
Made-up contributions to a consultation, one at each step of their way.

They say that they are made up; nobody real has written them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

TARGETS = (
    ("group", "government", 15),
    ("group", "civil", 20),
    ("group", "private", 15),
    ("group", "academia", 10),
    ("group", "technical", 10),
    ("region", "itu-africa", 20),
    ("region", "itu-arab", 15),
    ("seat", "itu-americas", 10),
    ("language", "ar", 20),
    ("language", "fr", 15),
    ("gender", "woman", 50),
)
"""Made up too: shares that such an edition might want, in percent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """A contribution and how far it has come; `steps` are taken one day apart."""

    author: str
    call: str
    language: str
    title: str
    summary: str
    days_ago: int
    group: str
    country: str
    region: str | None = None
    signed_as: str = "person"
    organisation: str = ""
    gender: str = ""
    may_publish: bool = True
    entry_note: str = ""
    """Why the secretariat entered it, if it came late."""
    answers: dict[str, Any] = field(default_factory=dict)
    steps: tuple[tuple[str, str], ...] = ()
    """Each a step and its words."""
    is_read: bool = False
    """Whether its labels are suggested already, which takes a second."""


SESSION: dict[str, Any] = {
    "session_type": "thematic_workshop",
    "mode": "hybrid",
    "length": "60",
    "binding": "yes",
}

VOICES = (
    Voice(
        author="focal-point@example.org",
        call="session",
        language="ar",
        title="ورشة وطنية: الخدمات الرقمية للقرى البعيدة (مثال افتراضي)",
        summary="مثال افتراضي للعرض: تعرض الورشة كيف تصل الخدمات الحكومية الرقمية إلى "
        "القرى البعيدة عبر مراكز صغيرة يديرها شباب مدربون، وما الذي ينبغي تغييره في "
        "التمويل والتنظيم حتى تبقى هذه المراكز بعد انتهاء المشروع.",
        days_ago=40,
        group="government",
        country="EGY",
        region="itu-arab",
        signed_as="state",
        answers=SESSION
        | {
            "session_type": "country_workshop",
            "workshop_country": "EGY",
            "expected_outcomes": "دليل من خمس خطوات تطبقه بلدان أخرى.",
            "action_lines": ["C2", "C7-egov"],
            "goals": ["9", "16"],
        },
        steps=(("accept", ""), ("schedule", "ننتظر تأكيدكم."), ("confirm", "")),
        is_read=True,
    ),
    Voice(
        author="reviewer@example.org",
        call="session",
        language="en",
        title="Community networks for oases and remote villages (made-up example)",
        summary="A made-up example: people who built networks of their own, and those "
        "who regulate spectrum, say what made them last: shared towers, simple "
        "licences, local training, and a tariff that pays for repairs.",
        days_ago=36,
        group="academia",
        country="CHN",
        region="itu-africa",
        gender="woman",
        answers=SESSION
        | {
            "expected_outcomes": "A list of licence rules that helped, with contacts.",
            "action_lines": ["C2", "C3"],
            "goals": ["9", "10"],
        },
        steps=(("accept", "Close to two other proposals."), ("schedule", "")),
        is_read=True,
    ),
    Voice(
        author="submitter@example.org",
        call="session",
        language="fr",
        title="Réseaux communautaires au Sahel (exemple fictif)",
        summary="Exemple fictif : des associations du Sahel montrent comment elles "
        "partagent une antenne, forment des techniciennes et fixent ensemble le prix "
        "de l’accès, et ce qu’elles attendent des régulateurs de la région.",
        days_ago=33,
        group="civil",
        country="MRT",
        region="itu-africa",
        signed_as="organisation",
        organisation="Association fictive de pêcheurs",
        gender="woman",
        answers=SESSION
        | {
            "expected_outcomes": "Une feuille de route commune pour trois pays.",
            "action_lines": ["C2"],
            "goals": ["9"],
        },
        steps=(("merge", "Le même sujet, la même région : une seule séance."),),
    ),
    Voice(
        author="donor@example.org",
        call="partnership",
        language="es",
        title="Becas de viaje para ponentes jóvenes (ejemplo ficticio)",
        summary="Ejemplo ficticio: ofrecemos veinte becas de viaje para ponentes "
        "jóvenes de países menos adelantados.",
        days_ago=30,
        group="private",
        country="ESP",
        signed_as="organisation",
        organisation="Fundación ficticia",
        gender="man",
        answers={"offer": "money", "amount": "40000", "goals": ["4", "17"]},
        steps=(("accept", "Gracias: responde a una petición frecuente."),),
    ),
    Voice(
        author="donor@example.org",
        call="exhibition",
        language="es",
        title="Un puesto para mostrar sensores de agua (ejemplo ficticio)",
        summary="Ejemplo ficticio: un puesto con sensores de agua baratos y sus datos.",
        days_ago=29,
        group="private",
        country="ESP",
        signed_as="organisation",
        organisation="Fundación ficticia",
        answers={"space": "stand", "square_metres": "9", "binding": "yes"},
        steps=(("decline", "Había cuatro solicitudes por cada puesto."),),
    ),
    Voice(
        author="moderator@example.org",
        call="views",
        language="ar",
        title="جلسات مسائية للمشاركين عن بُعد (مثال افتراضي)",
        summary="مثال افتراضي: ليُعقد بعض الجلسات مساءً بالعربية والفرنسية حتى يتمكن "
        "المشاركون عن بُعد من إفريقيا من الحضور بعد ساعات العمل.",
        days_ago=20,
        group="technical",
        country="TUN",
        region="itu-africa",
        gender="woman",
        answers={"innovations": ["remote", "languages"], "action_lines": ["C3"]},
        steps=(("group", "المشاركة عن بُعد واللغات"),),
        is_read=True,
    ),
    Voice(
        author="submitter@example.org",
        call="speakers",
        language="fr",
        title="Une ingénieure pour le volet de haut niveau (exemple fictif)",
        summary="Exemple fictif : une ingénieure qui a relié quarante écoles rurales.",
        days_ago=18,
        group="civil",
        country="MRT",
        region="itu-africa",
        signed_as="organisation",
        organisation="Association fictive de pêcheurs",
        answers={
            "nominated_for": "speaker",
            "people": [{"name": "Aïcha (fictive)", "gender": "woman"}],
        },
        steps=(("change", "Merci de préciser le thème de son intervention."),),
    ),
    Voice(
        author="reviewer@example.org",
        call="review",
        language="en",
        title="Indicators for each action line (made-up example)",
        summary="A made-up example: every action line needs a few indicators with a "
        "source, so that the next review can say what was reached.",
        days_ago=12,
        group="academia",
        country="CHN",
        answers={
            "about": "text",
            "proposed_text": "Each action line has up to five indicators, published "
            "yearly with their sources.",
            "action_lines": ["C1", "C11"],
        },
    ),
    Voice(
        author="ministry@example.org",
        call="views",
        language="ar",
        title="محور عن تمويل الشبكات في الأرياف (مثال افتراضي)",
        summary="مثال افتراضي: ليكن تمويل الشبكات في الأرياف محورًا من محاور المنتدى، "
        "يجتمع فيه المنظمون والبلديات والمانحون.",
        days_ago=9,
        group="government",
        country="EGY",
        region="au",
        signed_as="organisation",
        organisation="وزارة افتراضية للتحول الرقمي",
        gender="woman",
        answers={
            "innovations": ["matchmaking"],
            "action_lines": ["C2"],
            "goals": ["9"],
        },
        steps=(("accept", ""),),
    ),
    Voice(
        author="moderator@example.org",
        call="views",
        language="ar",
        title="لغة الإشارة في الجلسات الرئيسية (مثال افتراضي)",
        summary="مثال افتراضي لم يأذن صاحبه بنشره: لغة الإشارة في كل جلسة رئيسية.",
        days_ago=4,
        group="technical",
        country="TUN",
        gender="woman",
        may_publish=False,
    ),
)

APPEALED = Voice(
    author="focal-point@example.org",
    call="speakers",
    language="ar",
    title="متحدثة من القرى البعيدة في الافتتاح (مثال افتراضي)",
    summary="مثال افتراضي: لتتحدث في الافتتاح مديرة مركز رقمي في قرية بعيدة.",
    days_ago=4,
    group="government",
    country="EGY",
    region="itu-arab",
    gender="woman",
    answers={
        "nominated_for": "speaker",
        "people": [{"name": "هدى (افتراضية)", "gender": "woman"}],
    },
    steps=(
        ("decline", "كل أماكن الافتتاح مشغولة."),
        ("appeal", "انسحب متحدثان من الافتتاح أمس، فهل يُعاد النظر؟"),
    ),
)
"""Declined a few days ago: its author appeals, and the secretariat has to answer."""

DRAFT = Voice(
    author="submitter@example.org",
    call="review",
    language="fr",
    title="Le financement du suivi (exemple fictif, brouillon)",
    summary="",
    days_ago=1,
    group="civil",
    country="MRT",
)

FLOOR = Voice(
    author="",
    call="views",
    language="en",
    title="More time for questions from the floor (made-up example)",
    summary="A made-up example, said in the room: keep a third of each session for "
    "questions, and take those of remote people first.",
    days_ago=21,
    group="civil",
    country="KEN",
    region="itu-africa",
    gender="man",
)
"""What somebody without an account said at the first meeting."""

LATE = Voice(
    author="ministry@example.org",
    call="exhibition",
    language="ar",
    title="جناح للخدمات الرقمية في الأرياف (مثال افتراضي)",
    summary="مثال افتراضي: جناح يعرض الخدمات الرقمية في القرى البعيدة.",
    days_ago=2,
    group="government",
    country="EGY",
    region="itu-arab",
    signed_as="organisation",
    organisation="وزارة افتراضية للتحول الرقمي",
    answers={"space": "stand", "square_metres": "12", "binding": "yes"},
    entry_note="وصل بالبريد قبل الموعد ولم يُفتح إلا بعده (مثال افتراضي).",
)
"""What came after its call was closed; the secretariat enters it."""

LATE_CALL_CLOSED = 5
"""Days ago: the exhibition is planned before the rest."""


@dataclass(frozen=True, slots=True)
class Misplaced:
    """A statement that belongs to another call, and what its moderator says."""

    author: str
    language: str
    text: str
    call: str
    note: str
    days_ago: int


MISPLACED = Misplaced(
    author="donor@example.org",
    language="es",
    text="Ofrezco veinte ordenadores para las escuelas del foro (ejemplo ficticio)",
    call="partnership",
    note="عرض شراكة، مكانه نداء الشراكات.",
    days_ago=16,
)
