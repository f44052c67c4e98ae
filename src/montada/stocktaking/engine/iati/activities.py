"""One element `iati-activity` → a value: the record, who reports it, what is odd."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from lxml.etree import _Element as Element

from montada.stocktaking.engine.iati.codes import CHILD, PARENT
from montada.stocktaking.engine.iati.dates import as_date
from montada.stocktaking.engine.iati.elements import (
    Parts,
    all_text,
    attribute,
    line_of,
    parts,
)
from montada.stocktaking.engine.iati.levels import Levels
from montada.stocktaking.engine.iati.money import money_of, read_flows
from montada.stocktaking.engine.iati.organisations import (
    is_secondary,
    read_organisation,
    read_participants,
)
from montada.stocktaking.engine.iati.places import check_sum, read_places, read_shares
from montada.stocktaking.engine.iati.sectors import read_labels
from montada.stocktaking.engine.iati.telling import read_telling
from montada.stocktaking.engine.iati.texts import Texts, language_of, ours
from montada.stocktaking.engine.iati.values import (
    Activity,
    Finding,
    Flows,
    Reason,
    Remarks,
    Skipped,
    Tables,
)
from montada.stocktaking.engine.record import Money

MAX_IDENTIFIER = 200
"""Characters of an identifier; the longest seen has 60."""

_ODD_SIGNS = re.compile(r"[\s/&|?]")


@dataclass(slots=True)
class ActivityReader:
    """
    Reads the activities of one file in their order.

    `language` and `written_on` are the file's, where an activity does not say its own.
    """

    tables: Tables
    language: str
    written_on: date | None = None
    _first_at: dict[str, int] = field(default_factory=dict)
    _levels: Levels = field(default_factory=Levels)

    def read(self, element: Element, position: int) -> Activity | Skipped:
        """Return what an activity says, or why it is not taken; never an error."""
        activity, remarks = parts(element), Remarks()
        line = line_of(element)
        n_transactions = len(activity.get("transaction", ()))
        identifier = _identifier(activity, remarks)
        reason, value = self._reason(identifier, position)
        texts = Texts(language_of(element) or self.language, remarks)
        title = texts.line(activity.get("title", ()))
        if reason is None and not title:
            reason = Reason.NO_TITLE
        if reason:
            return Skipped(
                position,
                line,
                identifier[:MAX_IDENTIFIER],
                reason,
                value,
                n_transactions,
            )
        self._first_at[identifier] = position
        stated = attribute(element, "last-updated-datetime")
        written_on = as_date(stated) or self.written_on
        read = self._read(
            activity,
            texts,
            remarks,
            Activity(
                position,
                line,
                identifier,
                read_telling(activity, title, written_on, texts, remarks),
                language=ours(texts.language),
                hierarchy=_hierarchy(element),
                n_transactions=n_transactions,
            ),
        )
        flows = read_flows(activity, attribute(element, "default-currency"), remarks)
        return replace(self._with_money(read, flows, remarks), remarks=remarks.listed())

    def _reason(self, identifier: str, position: int) -> tuple[Reason | None, str]:
        if not identifier:
            return Reason.NO_IDENTIFIER, ""
        if len(identifier) > MAX_IDENTIFIER:
            return Reason.LONG_IDENTIFIER, str(MAX_IDENTIFIER)
        if identifier in self._first_at:
            return Reason.DUPLICATE_IDENTIFIER, str(self._first_at[identifier])
        return None, ""

    def _read(
        self, activity: Parts, texts: Texts, remarks: Remarks, so_far: Activity
    ) -> Activity:
        """Return the activity with everything but its money."""
        organisation = read_organisation(activity, texts, remarks)
        if not so_far.identifier.startswith(organisation.ref):
            remarks.add(Finding.FOREIGN_IDENTIFIER, organisation.ref)
        donors, partners = read_participants(
            activity.get("participating-org", ()), organisation, texts, remarks
        )
        countries = read_shares(activity, "recipient-country", remarks)
        regions = read_shares(activity, "recipient-region", remarks)
        check_sum([*countries, *regions], remarks)
        places = read_places(activity, countries, self.tables, texts, remarks)
        related = activity.get("related-activity", ())
        return replace(
            so_far,
            record=replace(
                so_far.record,
                partners=partners,
                places=places,
                money=Money(donors=donors),
            ),
            organisation=organisation,
            countries=countries,
            regions=regions,
            labels=read_labels(activity, self.tables, remarks),
            parents=_related(related, PARENT),
            children=_related(related, CHILD),
            is_secondary=is_secondary(activity),
        )

    def _with_money(self, read: Activity, flows: Flows, remarks: Remarks) -> Activity:
        donors = read.record.money.donors
        money = money_of(flows, donors, remarks)
        objection = None
        if read.is_secondary:
            objection = Finding.SECONDARY
        elif money.currency:
            objection = self._levels.objection(
                read.identifier, read.parents, read.children
            )
        if objection:
            remarks.add(objection)
            money = Money(donors=donors)
        return replace(
            read,
            record=replace(read.record, money=money),
            flows=flows,
            counts_money=objection is None,
        )


def _identifier(activity: Parts, remarks: Remarks) -> str:
    stated = [
        " ".join(all_text(element).split())
        for element in activity.get("iati-identifier", ())
    ]
    identifier = next((words for words in stated if words), "")
    if len(set(stated)) > 1:
        remarks.add(Finding.SEVERAL_IDENTIFIERS, ", ".join(stated))
    odd = _ODD_SIGNS.search(identifier)
    if odd:
        remarks.add(Finding.IDENTIFIER_SIGNS, odd[0])
    return identifier


def _related(elements: Sequence[Element], kind: str) -> tuple[str, ...]:
    refs = (attribute(one, "ref") for one in elements if attribute(one, "type") == kind)
    return tuple(dict.fromkeys(ref for ref in refs if ref))


def _hierarchy(element: Element) -> int:
    stated = attribute(element, "hierarchy")
    is_level = stated.isascii() and stated.isdecimal() and len(stated) < 4
    return int(stated) if is_level else 1
