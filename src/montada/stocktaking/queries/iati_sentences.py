"""What is said of IATI files and their activities, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

_REASONS: dict[str, Any] = {
    "no_identifier": _("The activity has no identifier."),
    "long_identifier": _("The identifier is too long: “%(value)s”."),
    "duplicate_identifier": _(
        "Activity %(value)s of the file has the same identifier: that one was taken."
    ),
    "no_title": _("The activity has no title."),
}

_FINDINGS: dict[str, Any] = {
    "no_version": _("The file does not say which version of IATI it follows."),
    "unknown_version": _(
        "The file follows a version of IATI that is unknown: %(value)s."
    ),
    "identifier_signs": _(
        "The identifier holds a sign that IATI does not allow: “%(value)s”."
    ),
    "foreign_identifier": _(
        "The identifier does not begin with the reporting organisation's: %(value)s."
    ),
    "several_identifiers": _("Several identifiers are stated: %(value)s."),
    "no_organisation": _("No organisation is named."),
    "no_organisation_ref": _("The organisation has no identifier."),
    "no_description": _("There is no description."),
    "no_status": _("The status is not stated."),
    "no_dates": _("No date is stated."),
    "cut": _("A text was too long: its end, after %(value)s characters, is left out."),
    "other_language": _(
        "Texts in a language that the register does not carry were left out: %(value)s."
    ),
    "broken_date": _("“%(value)s” is no date; it is left out."),
    "not_yet": _("A measurement bears a date that is still to come: %(value)s."),
    "dates_reversed": _("The end comes before the start: %(value)s."),
    "broken_percentage": _("“%(value)s” is no percentage; it is left out."),
    "percentages": _("The shares do not add up to 100 but to %(value)s."),
    "unknown_status": _("The status “%(value)s” is unknown."),
    "unknown_scope": _("The scope “%(value)s” is unknown."),
    "unknown_role": _("The role “%(value)s” is unknown."),
    "unknown_organisation_type": _("The type of organisation “%(value)s” is unknown."),
    "unknown_date_type": _("The type of date “%(value)s” is unknown."),
    "unknown_transaction_type": _("The type of transaction “%(value)s” is unknown."),
    "unknown_country": _("The country “%(value)s” is unknown."),
    "unknown_sector": _("The sector “%(value)s” is unknown."),
    "unknown_goal": _("The goal “%(value)s” is unknown."),
    "unknown_target": _("The target “%(value)s” is unknown."),
    "broken_point": _("“%(value)s” is no point on Earth; it is left out."),
    "broken_number": _("“%(value)s” is no number; it is left out."),
    "only_parts": _(
        "A value is given only by sex, age or place; parts are not added up: %(value)s."
    ),
    "broken_amount": _("“%(value)s” is no amount; it is left out."),
    "no_currency": _("An amount has no currency; it is left out."),
    "several_currencies": _(
        "Amounts are in several currencies (%(value)s); only those in one are counted, "
        "nothing is converted."
    ),
    "no_value_date": _("An amount does not say of which day its value is."),
    "long_budget": _("A budget covers more than a year: %(value)s."),
    "negative_total": _("A sum is below zero: %(value)s."),
    "secondary": _(
        "The file repeats what another organisation publishes: its money is not "
        "counted."
    ),
    "money_below": _("The money is counted at the activities below this one."),
    "money_above": _("The money is counted at the activity above this one."),
}

_REFUSED: dict[str, Any] = {
    "empty": _("The file is empty."),
    "not_xml": _("The file is not XML."),
    "spreadsheet": _("The file is a spreadsheet, not IATI."),
    "archive": _("The file is an archive. Unpack it and send what is in it."),
    "broken_archive": _("The packed file is damaged: it cannot be unpacked."),
    "too_large": _("The file would unpack to more than %(limit)s bytes."),
    "bomb": _("The file would unpack to more than %(limit)s times its size."),
    "activity_too_large": _("One activity of the file is too large to be read."),
    "value_too_large": _("One value in the file is too large to be read."),
    "encoding": _("The file is written in a character set that is unknown."),
    "entities": _("The file defines entities of its own: such files are not read."),
    "external": _("The file leads to another file: such files are not read."),
    "not_well_formed": _(
        "The file is no well-formed XML (line %(line)s, column %(column)s): %(words)s"
    ),
    "organisation_file": _("The file is about organisations, not about activities."),
    "not_iati": _("The file is XML but not IATI: it begins with “%(root)s”."),
}

_TIMES = _("%(said)s (%(n)s times)")


def iati_sentence(code: str, details: Mapping[str, Any]) -> str:
    """Return what is said of an activity, and how often where it is more than once."""
    said = str((_REASONS | _FINDINGS)[code]) % details
    n = details.get("n", 1)
    return str(_TIMES) % {"said": said, "n": n} if n > 1 else said


def sentence_of_refused(code: str, details: Mapping[str, Any]) -> str:
    """Return why a whole file is not taken."""
    known = {"line": "?", "column": "?", "words": "", "limit": "", "root": ""}
    return str(_REFUSED[code]) % {**known, **details}
