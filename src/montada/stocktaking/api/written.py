"""What programs may write of a project; every part has its bounds."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, StrictBool

from montada.djangokit.reads import Described
from montada.stocktaking.choices import (
    Beneficiary,
    Coverage,
    EntryType,
    ProjectStatus,
    RemarkKind,
)

Tag = Literal["ar", "en", "fr", "es", "zh", "ru", "und"]
Unsaid = Literal[""]

# No control characters, none that turn the direction of what follows.
_PLAIN = r"^[^\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]*$"
Line = Annotated[str, Field(max_length=300, pattern=_PLAIN)]
ShortLine = Annotated[str, Field(max_length=60, pattern=_PLAIN)]
LongLine = Annotated[str, Field(max_length=500, pattern=_PLAIN)]
Iso3 = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
Amount = Annotated[Decimal, Field(ge=0, le=10**15, max_digits=17, decimal_places=2)]
Measure = Annotated[
    Decimal, Field(ge=-(10**15), le=10**15, max_digits=21, decimal_places=6)
]


class Strict(Described):
    """A slip of the pen in a name must not lose what was meant."""

    model_config = ConfigDict(extra="forbid")


class WordingIn(Strict):
    text: Annotated[str, Field(max_length=20_000)]
    state: Literal["approved", "draft", "machine"] = "approved"


class TextIn(Strict):
    written_in: Tag | Unsaid = ""
    wordings: dict[Tag, WordingIn] = {}


class EvidenceIn(Strict):
    indicator: Annotated[str, Field(min_length=1, max_length=300, pattern=_PLAIN)]
    baseline: Measure | None = None
    value: Measure | None = None
    unit: ShortLine = ""
    measured_on: date | None = None
    source: LongLine = ""
    file_id: Annotated[int, Field(ge=1, le=2**53)] | None = None


class MoneyIn(Strict):
    budget: Amount | None = None
    currency: Annotated[str, Field(pattern=r"^([A-Z]{3})?$")] = ""
    funded: Amount | None = None
    own_share: Amount | None = None
    donors: Annotated[list[Line], Field(max_length=100)] = []


class ReplicationIn(Strict):
    connectivity: LongLine = ""
    income: LongLine = ""
    languages: LongLine = ""
    legal_base: LongLine = ""
    institution: LongLine = ""
    skills: LongLine = ""


class PartnerIn(Strict):
    name: Annotated[str, Field(min_length=1, max_length=300, pattern=_PLAIN)]
    role: Line = ""
    country_id: Iso3 | None = None


class PlaceIn(Strict):
    name: Line = ""
    country_id: Iso3 | None = None
    latitude: Annotated[float, Field(ge=-90, le=90)] | None = None
    longitude: Annotated[float, Field(ge=-180, le=180)] | None = None


class RecordIn(Strict):
    """A whole record: what is not in it is not said."""

    title: TextIn = TextIn()
    summary: TextIn = TextIn()
    aims: TextIn = TextIn()
    activities: TextIn = TextIn()
    results: TextIn = TextIn()
    challenges: TextIn = TextIn()
    future: TextIn = TextIn()
    entry_type: EntryType | Unsaid = ""
    status: ProjectStatus | Unsaid = ""
    coverage: Coverage | Unsaid = ""
    beneficiaries: Annotated[list[Beneficiary], Field(max_length=20)] = []
    starts_on: date | None = None
    ends_on: date | None = None
    website: LongLine = ""
    evidence: Annotated[list[EvidenceIn], Field(max_length=100)] = []
    money: MoneyIn = MoneyIn()
    replication: ReplicationIn = ReplicationIn()
    partners: Annotated[list[PartnerIn], Field(max_length=200)] = []
    places: Annotated[list[PlaceIn], Field(max_length=300)] = []


class DraftIn(Strict):
    record: RecordIn
    organisation: Line = ""
    """The name of who enters it; the register looks for it, or learns it."""
    country: Iso3 | None = None
    """Of the seat of who enters it, ISO 3166-1 alpha-3."""
    stakeholder_group: Annotated[str, Field(max_length=40)] | None = None


class SavedDraftIn(DraftIn):
    revision: Annotated[int, Field(ge=0, le=2**31 - 1)]
    """Of the draft as you read it: 409 if somebody saved it since."""


class LabelIn(Strict):
    axis: Literal["action_line", "goal", "target", "objective"]
    code: Annotated[str, Field(min_length=1, max_length=12, pattern=r"^[\w.-]+$")]


class LabelsIn(Strict):
    labels: Annotated[list[LabelIn], Field(max_length=250)]


class RemarkIn(Strict):
    kind: RemarkKind
    text: Annotated[str, Field(max_length=5000)] = ""
    """Of a request or a comment; an endorsement has none."""


class ColumnsIn(Strict):
    mapping: Annotated[
        dict[
            Annotated[str, Field(max_length=300)], Annotated[str, Field(max_length=80)]
        ],
        Field(max_length=500),
    ]
    """Column of the file → field of ours; empty to leave a column out."""
    system: Annotated[str, Field(max_length=80, pattern=_PLAIN)] = ""
    """Whose identifiers the rows carry; as it was recognised if empty."""


class StartIn(Strict):
    is_trial: StrictBool = False
    """Say what would become of each row, and keep none."""
