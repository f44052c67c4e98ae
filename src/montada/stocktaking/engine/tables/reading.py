"""The cells of one row, taken one after the other: what they say, what is wrong."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from montada.language.engine.text import NO_TEXT
from montada.stocktaking.engine.record import (
    NO_RECORD,
    TEXTS,
    Money,
    Partner,
    Place,
    ProjectRecord,
    Replication,
)
from montada.stocktaking.engine.tables import cells as read
from montada.stocktaking.engine.tables.labels import labels_in
from montada.stocktaking.engine.tables.stored import harmless_part, part_of_record
from montada.stocktaking.engine.tables.values import (
    AMOUNTS,
    CHOICES,
    REPLICATION,
    CellFault,
    Note,
    Vocabulary,
    parts_of,
)
from montada.stocktaking.engine.tables.wordings import Wordings
from montada.stocktaking.engine.values import LabelOf, is_public_address

LONGEST_IDENTIFIER, LONGEST_SYSTEM = 300, 80
LONGEST_NAME = 300
"""Characters of an organisation's name, as its own table holds."""

_LABELS = ("action_lines", "goals", "targets", "objectives")


@dataclass(slots=True)
class Reading:
    """What the cells of one row say, cell by cell."""

    vocabulary: Vocabulary
    plain: dict[str, str] = field(default_factory=dict)
    parts: dict[str, Any] = field(default_factory=dict)
    money: dict[str, Any] = field(default_factory=dict)
    replication: dict[str, str] = field(default_factory=dict)
    degrees: dict[str, float] = field(default_factory=dict)
    partners: list[Partner] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    labels: list[LabelOf] = field(default_factory=list)
    wordings: Wordings = field(default_factory=Wordings)
    stored: ProjectRecord = NO_RECORD
    country_id: str | None = None
    year: int | None = None
    column_of: dict[str, str] = field(default_factory=dict)
    faults: list[Note] = field(default_factory=list)
    remarks: list[Note] = field(default_factory=list)

    def take(self, column: str, name: str, value: Any) -> None:
        """Read one cell; what cannot be becomes a fault of the row."""
        base, inside = parts_of(name)
        self.column_of.setdefault(base, column)
        try:
            value, has_lost = harmless_part(value)
            if has_lost:
                self.remarks.append(Note("signs_removed", column))
            if isinstance(value, str) and read.is_nothing(value, self.vocabulary.empty):
                return
            self._read(base, inside, value, column)
        except CellFault as fault:
            self.faults.append(Note(fault.code, column, fault.details))

    def _read(self, base: str, inside: str, value: Any, column: str) -> None:
        if base in ("record", "evidence", "texts") or isinstance(value, dict | list):
            self._take_stored(base, value)
        elif base in TEXTS:
            self.wordings.add(base, inside, value)
        elif base in _LABELS:
            self.labels += labels_in(value, base, self.vocabulary)
        elif base in CHOICES:
            self.parts[base] = self._code(base, value)
        elif base in AMOUNTS:
            self._take_amount(base, inside, value)
        elif base in REPLICATION:
            self.replication[base.partition(".")[2]] = value
        else:
            getattr(self, f"_take_{base}")(value, inside, column)

    def _take_stored(self, base: str, value: Any) -> None:
        """Take what is written as a record writes it: our own files, mostly."""
        if base == "record":
            self.stored = part_of_record(None, value)
        elif base == "texts":
            self.wordings.add_stored(part_of_record(None, value))
        elif base == "partners":
            self.partners += part_of_record(base, value).partners
        elif base == "places":
            self.places += part_of_record(base, value).places
        elif base == "evidence":
            self.parts[base] = part_of_record(base, value).evidence
        else:
            raise CellFault("no_plain_value", value=read.shown(value))

    def _take_identifier(self, value: str, _inside: str, _column: str) -> None:
        self.plain["identifier"] = _short(value, LONGEST_IDENTIFIER)

    def _take_system(self, value: str, _inside: str, _column: str) -> None:
        self.plain["system"] = _short(value, LONGEST_SYSTEM)

    def _take_system_identifier(self, value: str, _inside: str, _column: str) -> None:
        self.plain["system_identifier"] = _short(value, LONGEST_IDENTIFIER)

    def _take_source_url(self, value: str, _inside: str, _column: str) -> None:
        self.plain["source_url"] = _address(value)

    def _take_website(self, value: str, _inside: str, _column: str) -> None:
        self.parts["website"] = _address(value)

    def _take_language(self, value: str, _inside: str, _column: str) -> None:
        language = self.vocabulary.languages.get(read.key(value), "")
        if not language:
            raise CellFault("no_language", value=read.shown(value))
        self.wordings.language = language

    def _take_organisation(self, value: str, _inside: str, _column: str) -> None:
        first, *others = read.names(value)
        if not self.plain.get("organisation"):
            if not read.key(first[: read.LONGEST_SHOWN]):
                raise CellFault("no_name", value=read.shown(first))
            self.plain["organisation"] = _short(first, LONGEST_NAME)
        self.partners += [Partner(name) for name in others]

    def _take_stakeholder_group(self, value: str, _inside: str, _column: str) -> None:
        self.plain["stakeholder_group"] = self._code("stakeholder_group", value)

    def _take_country(self, value: str, _inside: str, column: str) -> None:
        told = read.codes(value, self.vocabulary.countries)
        unknown = [words for words, code in told if not code]
        for words in unknown:
            if read.key(words) not in self.vocabulary.areas:
                raise CellFault("no_country", value=read.shown(words))
        if len(told) == 1 and not unknown:
            self.country_id = told[0][1]
            return
        self.places += self._places(value)
        code = "area" if unknown else "several_countries"
        self.remarks.append(Note(code, column, {"value": read.shown(value)}))

    def _take_places(self, value: str, _inside: str, _column: str) -> None:
        if value.startswith("[{"):
            self._take_stored("places", value)
        else:
            self.places += self._places(value)

    def _places(self, value: str) -> list[Place]:
        """Return what a cell names: countries by code, anything else by its name."""
        found = []
        for words, code in read.codes(value, self.vocabulary.countries):
            name = self.vocabulary.areas.get(read.key(words), words)
            found.append(Place("" if code else name, code or None))
        return found

    def _take_partners(self, value: str, inside: str, _column: str) -> None:
        if value.startswith("[{"):
            self._take_stored("partners", value)
        else:
            self.partners += [Partner(name, inside) for name in read.names(value)]

    def _take_donors(self, value: str, _inside: str, _column: str) -> None:
        known = self.money.get("donors", ())
        self.money["donors"] = tuple(dict.fromkeys((*known, *read.names(value))))

    def _take_beneficiaries(self, value: str, _inside: str, _column: str) -> None:
        found = read.codes(value, self.vocabulary.values["beneficiaries"])
        for words, code in found:
            if not code:
                raise CellFault("no_beneficiaries", value=read.shown(words))
        self.parts["beneficiaries"] = tuple(dict.fromkeys(code for _, code in found))

    def _take_currency(self, value: str, _inside: str, _column: str) -> None:
        self.money["currency"] = read.currency(value)

    def _take_amount(self, base: str, inside: str, value: str) -> None:
        amount, currency = read.amount(value)
        if amount < 0:
            raise CellFault("negative", value=read.shown(value))
        self.money[base] = amount
        self.money.setdefault("currency", currency or inside)

    def _take_starts_on(self, value: str, _inside: str, _column: str) -> None:
        self.parts["starts_on"] = read.day(value)

    def _take_ends_on(self, value: str, _inside: str, _column: str) -> None:
        self.parts["ends_on"] = read.day(value, is_end=True)

    def _take_year(self, value: str, _inside: str, _column: str) -> None:
        self.year = read.year(value)

    def _take_latitude(self, value: str, _inside: str, _column: str) -> None:
        self.degrees["latitude"] = _degrees(value, 90)

    def _take_longitude(self, value: str, _inside: str, _column: str) -> None:
        self.degrees["longitude"] = _degrees(value, 180)

    def _code(self, base: str, value: str) -> str:
        code = self.vocabulary.values[base].get(read.key(value), "")
        if not code:
            raise CellFault(f"no_{base}", value=read.shown(value))
        return code

    def record(self) -> ProjectRecord:
        """Return what the cells say together."""
        parts = dict(self.parts)
        for name in TEXTS:
            text = self.wordings.text(name)
            if text != NO_TEXT:
                parts[name] = text
        if self.money:
            parts["money"] = Money(**{"currency": "", **self.money})
        if self.replication:
            parts["replication"] = Replication(**self.replication)
        if self.partners:
            parts["partners"] = tuple(dict.fromkeys(self.partners))
        if places := self._all_places():
            parts["places"] = places
        return replace(self.stored, **parts)

    def _all_places(self) -> tuple[Place, ...]:
        """Return each place once; degrees belong to the one place there is."""
        places = list(dict.fromkeys(self.places))
        if self.degrees:
            one = (
                places.pop() if len(places) == 1 else Place(country_id=self.country_id)
            )
            places.append(
                replace(
                    one,
                    latitude=self.degrees.get("latitude"),
                    longitude=self.degrees.get("longitude"),
                )
            )
        return tuple(places)


def _short(value: str, most: int) -> str:
    value = " ".join(value.split())
    if len(value) > most:
        raise CellFault("cell_too_long", n=len(value), most=most)
    return value


def _address(value: str) -> str:
    address = f"https://{value}" if value.startswith("www.") else value
    address = address.replace(" ", "%20")
    if not is_public_address(address):
        raise CellFault("no_address", value=read.shown(value))
    return address


def _degrees(value: str, most: int) -> float:
    degrees = read.number(value)
    if not -most <= degrees <= Decimal(most):
        raise CellFault("no_degrees", value=read.shown(value), most=most)
    return float(degrees)
