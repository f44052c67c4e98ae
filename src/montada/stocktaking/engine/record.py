"""
What a project says of itself, as one value: what forms write, files bring, and
versions keep.

Texts of the author carry language and translations. Names, units and conditions are
words in the language the record is written in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import PlainSerializer, PlainValidator, TypeAdapter, with_config
from pydantic import WithJsonSchema as JsonSchema

from montada.language.engine.text import NO_TEXT, LocalizedText

TextName = Literal[
    "title", "summary", "aims", "activities", "results", "challenges", "future"
]
TEXTS: tuple[TextName, ...] = (
    "title",
    "summary",
    "aims",
    "activities",
    "results",
    "challenges",
    "future",
)
"""Names of a record's texts in the order in which people tell of a project."""


# Unknown parts are refused: a slip of the pen must not lose what was meant.
_STRICT = with_config(extra="forbid")


def _text(value: Any) -> LocalizedText:
    if isinstance(value, LocalizedText):
        return value
    try:
        return LocalizedText.from_json(value)
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError("not a text as `LocalizedText.as_json` stores it") from error


Text = Annotated[
    LocalizedText,
    PlainValidator(_text),
    PlainSerializer(LocalizedText.as_json),
    JsonSchema({"type": "object"}),
]


@_STRICT
@dataclass(frozen=True, slots=True)
class Evidence:
    """One result that was measured. Baseline and value are in `unit`."""

    indicator: str
    baseline: Decimal | None = None
    value: Decimal | None = None
    unit: str = ""
    measured_on: date | None = None
    source: str = ""
    """Who measured it, or where it can be read; a web address or words."""
    file_id: int | None = None


@_STRICT
@dataclass(frozen=True, slots=True)
class Money:
    """What it costs and who pays, in `currency` (ISO 4217); nothing is negative."""

    budget: Decimal | None = None
    currency: str = ""
    funded: Decimal | None = None
    """Promised or paid by anybody, the owner's own share included."""
    own_share: Decimal | None = None
    """Co-financing: what the owner brings."""
    donors: tuple[str, ...] = ()

    @property
    def gap(self) -> Decimal | None:
        """What is still missing; `None` where budget or what is funded is not said."""
        if self.budget is None or self.funded is None:
            return None
        return max(self.budget - self.funded, Decimal(0))


@_STRICT
@dataclass(frozen=True, slots=True)
class Replication:
    """What another place needs to do the same; empty where nothing is said."""

    connectivity: str = ""
    income: str = ""
    languages: str = ""
    legal_base: str = ""
    institution: str = ""
    skills: str = ""


@_STRICT
@dataclass(frozen=True, slots=True)
class Partner:
    name: str
    role: str = ""
    country_id: str | None = None
    """ISO 3166-1 alpha-3."""


@_STRICT
@dataclass(frozen=True, slots=True)
class Place:
    """Where work is done: a country, or a named place in it, with degrees if known."""

    name: str = ""
    country_id: str | None = None
    latitude: float | None = None
    longitude: float | None = None


@_STRICT
@dataclass(frozen=True, slots=True)
class ProjectRecord:
    """All that one version of a project says; what it does not say is empty."""

    title: Text = NO_TEXT
    summary: Text = NO_TEXT
    aims: Text = NO_TEXT
    activities: Text = NO_TEXT
    results: Text = NO_TEXT
    challenges: Text = NO_TEXT
    future: Text = NO_TEXT
    entry_type: str = ""
    """A value of `choices.EntryType`, as are the next three of their own."""
    status: str = ""
    coverage: str = ""
    beneficiaries: tuple[str, ...] = ()
    starts_on: date | None = None
    ends_on: date | None = None
    website: str = ""
    evidence: tuple[Evidence, ...] = ()
    money: Money = Money()
    replication: Replication = Replication()
    partners: tuple[Partner, ...] = ()
    places: tuple[Place, ...] = ()

    @property
    def written_in(self) -> str:
        """Language of the author: that of the first text there is; "" without any."""
        texts = (self.text(name) for name in TEXTS)
        return next((text.written_in for text in texts if text), "")

    def text(self, name: TextName) -> LocalizedText:
        found: LocalizedText = getattr(self, name)
        return found

    def with_texts(self, texts: Mapping[TextName, LocalizedText]) -> ProjectRecord:
        changed: Any = dict(texts)
        return replace(self, **changed)

    def as_json(self) -> dict[str, Any]:
        """Return the stored form, without what is empty."""
        stored: dict[str, Any] = _RECORD.dump_python(
            self, mode="json", exclude_defaults=True
        )
        return stored

    @classmethod
    def from_json(cls, stored: Any) -> ProjectRecord:
        """
        Return the record that `as_json` stored, or that a program sent.

        Raises
        ------
        pydantic.ValidationError
            If a part has another shape, or there is a part that no record has.
        """
        return _RECORD.validate_python(stored)

    @classmethod
    def json_schema(cls) -> dict[str, Any]:
        """Return the JSON Schema of the stored form."""
        return _RECORD.json_schema(mode="serialization")


_RECORD: TypeAdapter[ProjectRecord] = TypeAdapter(ProjectRecord)

PARTS = tuple(field.name for field in fields(ProjectRecord))
"""Names of everything a record holds, texts first."""

NO_RECORD = ProjectRecord()
