"""What a file of IATI activities says, as values; what is wrong with it, as codes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from montada.language.engine.text import NO_TEXT, LocalizedText
from montada.stocktaking.engine.record import ProjectRecord

NAMESPACE = "urn:montada:record"
"""Of the few attributes by which our own files say what IATI has no word for."""


class Refused(StrEnum):
    """Why a whole file is not taken."""

    EMPTY = "empty"
    NOT_XML = "not_xml"
    SPREADSHEET = "spreadsheet"
    ARCHIVE = "archive"
    BROKEN_ARCHIVE = "broken_archive"
    TOO_LARGE = "too_large"
    """More bytes than `limit`."""
    BOMB = "bomb"
    """Packed more than `limit` times smaller than it is."""
    ACTIVITY_TOO_LARGE = "activity_too_large"
    VALUE_TOO_LARGE = "value_too_large"
    """One text, attribute or nesting beyond what the parser takes."""
    ENCODING = "encoding"
    ENTITIES = "entities"
    EXTERNAL = "external"
    """The document type names another file."""
    NOT_WELL_FORMED = "not_well_formed"
    """With `line` and `column`, from 1, and the parser's `words`."""
    ORGANISATION_FILE = "organisation_file"
    NOT_IATI = "not_iati"
    """With the `root` that was found."""


class NotIati(Exception):
    """A file that is refused whole: `code`, and what a sentence about it needs."""

    def __init__(self, code: Refused, **details: str | int) -> None:
        super().__init__(code.value, details)
        self.code = code
        self.details: Mapping[str, str | int] = details


class Finding(StrEnum):
    """What there is to say about a file or an activity that is taken all the same."""

    NO_VERSION = "no_version"
    UNKNOWN_VERSION = "unknown_version"
    IDENTIFIER_SIGNS = "identifier_signs"
    """The identifier holds spaces or one of / & | ?."""
    FOREIGN_IDENTIFIER = "foreign_identifier"
    """It does not begin with the reporting organisation's own."""
    SEVERAL_IDENTIFIERS = "several_identifiers"
    NO_ORGANISATION = "no_organisation"
    NO_ORGANISATION_REF = "no_organisation_ref"
    NO_DESCRIPTION = "no_description"
    NO_STATUS = "no_status"
    NO_DATES = "no_dates"
    CUT = "cut"
    OTHER_LANGUAGE = "other_language"
    """Texts in a language that the register does not carry were left out."""
    BROKEN_DATE = "broken_date"
    DATES_REVERSED = "dates_reversed"
    """The end comes before the start: the end is left out."""
    BROKEN_PERCENTAGE = "broken_percentage"
    PERCENTAGES = "percentages"
    """Shares of several parts do not add up to 100."""
    UNKNOWN_STATUS = "unknown_status"
    UNKNOWN_SCOPE = "unknown_scope"
    UNKNOWN_ROLE = "unknown_role"
    UNKNOWN_ORGANISATION_TYPE = "unknown_organisation_type"
    UNKNOWN_DATE_TYPE = "unknown_date_type"
    UNKNOWN_TRANSACTION_TYPE = "unknown_transaction_type"
    UNKNOWN_COUNTRY = "unknown_country"
    UNKNOWN_SECTOR = "unknown_sector"
    UNKNOWN_GOAL = "unknown_goal"
    UNKNOWN_TARGET = "unknown_target"
    BROKEN_POINT = "broken_point"
    BROKEN_NUMBER = "broken_number"
    """A baseline or a value of an indicator that is no number."""
    ONLY_PARTS = "only_parts"
    """A value is given by sex, age or place only: parts are not added up."""
    NOT_YET = "not_yet"
    """A value's period ends after the file was written: its date is left out."""
    BROKEN_AMOUNT = "broken_amount"
    NO_CURRENCY = "no_currency"
    SEVERAL_CURRENCIES = "several_currencies"
    """Only amounts in one are counted; nothing is converted."""
    NO_VALUE_DATE = "no_value_date"
    LONG_BUDGET = "long_budget"
    """A budget's period is longer than a year."""
    NEGATIVE_TOTAL = "negative_total"
    SECONDARY = "secondary"
    MONEY_BELOW = "money_below"
    """Money is counted at the activities below this one."""
    MONEY_ABOVE = "money_above"


class Reason(StrEnum):
    """Why one activity is not taken."""

    NO_IDENTIFIER = "no_identifier"
    LONG_IDENTIFIER = "long_identifier"
    DUPLICATE_IDENTIFIER = "duplicate_identifier"
    """`value` is the position of the activity that has it first."""
    NO_TITLE = "no_title"


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding, the first value it is about, and how often it was met."""

    finding: Finding
    value: str = ""
    n_times: int = 1


@dataclass(slots=True)
class Remarks:
    """Findings of one activity, gathered: one line each, however often."""

    _found: dict[Finding, Remark] = field(default_factory=dict)

    def add(self, finding: Finding, value: str = "") -> None:
        known = self._found.get(finding, Remark(finding, value[:80], 0))
        self._found[finding] = Remark(finding, known.value, known.n_times + 1)

    def listed(self) -> tuple[Remark, ...]:
        return tuple(self._found.values())


@dataclass(frozen=True, slots=True)
class Share:
    """A country (ISO 3166-1 alpha-2) or region as the file writes it, and its part."""

    code: str
    percentage: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Derived:
    """
    A label that a code of the file led to.

    `because` says of what kind the codes are; two sectors where only both together say
    it: a health project is e-health if it has a part in communications.
    """

    code: str
    because: Literal["sector", "goal", "target", "line"]
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Labels:
    lines: tuple[Derived, ...] = ()
    goals: tuple[Derived, ...] = ()
    targets: tuple[Derived, ...] = ()


@dataclass(frozen=True, slots=True)
class Flows:
    """
    Sums in one currency (ISO 4217), a kind of flow each; never to be added up.

    `None` where the file states none. Corrections may make a sum negative.
    """

    currency: str = ""
    budget: Decimal | None = None
    planned: Decimal | None = None
    commitments: Decimal | None = None
    incoming_commitments: Decimal | None = None
    incoming: Decimal | None = None
    disbursements: Decimal | None = None
    expenditures: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Organisation:
    """`type` is a code of IATI's list, `stakeholder_group` ours; "" where not known."""

    name: LocalizedText = NO_TEXT
    ref: str = ""
    type: str = ""
    stakeholder_group: str = ""


@dataclass(frozen=True, slots=True)
class Activity:
    """
    One activity, read.

    `record.money` holds amounts only where `counts_money`, so that sums over records
    are right; `flows` is what the file states, always.
    """

    position: int
    """Among the file's activities, from 1."""
    line: int
    identifier: str
    record: ProjectRecord
    organisation: Organisation = Organisation()
    countries: tuple[Share, ...] = ()
    regions: tuple[Share, ...] = ()
    labels: Labels = Labels()
    language: str = ""
    """Default language of its texts, as the register names it; "" if not stated."""
    hierarchy: int = 1
    parents: tuple[str, ...] = ()
    children: tuple[str, ...] = ()
    n_transactions: int = 0
    flows: Flows = Flows()
    is_secondary: bool = False
    counts_money: bool = True
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Skipped:
    """One activity that is not taken, and why."""

    position: int
    line: int
    identifier: str
    reason: Reason
    value: str = ""
    n_transactions: int = 0


@dataclass(frozen=True, slots=True)
class SectorRow:
    """What a sector says: always, or only beside a part in communications."""

    lines: tuple[str, ...]
    lines_with_ict: tuple[str, ...]
    goals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tables:
    """The framework's codes and the table of sectors, from outside."""

    countries: Mapping[str, str]
    """ISO 3166-1 alpha-2 → alpha-3."""
    lines: frozenset[str]
    targets: frozenset[str]
    sectors: Mapping[str, SectorRow]
    """By code: five digits, or three for all that begin so."""
    vocabulary_uri: str = ""
    """Address by which our own files name the list of action lines."""
