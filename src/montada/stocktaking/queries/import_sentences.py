"""What is said of rows and files on their way in, in the reader's language."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from montada.djangokit.page_language import listed
from montada.djangokit.tables import BEYOND_SAID
from montada.language.engine.text import OWN_NAMES
from montada.stocktaking.choices import (
    Beneficiary,
    Coverage,
    EntryType,
    ProjectStatus,
)
from montada.stocktaking.engine.rules import Problem
from montada.stocktaking.engine.tables.values import Note
from montada.stocktaking.queries.iati_sentences import iati_sentence
from montada.stocktaking.queries.problems import PART_NAMES, sentence_of

_LISTS = {
    "no_entry_type": EntryType,
    "no_status": ProjectStatus,
    "no_coverage": Coverage,
    "no_beneficiaries": Beneficiary,
}

_SENTENCES: dict[str, str | Promise] = {
    "signs_removed": _(
        "Control characters, or signs that turn the direction of words around, were "
        "taken out."
    ),
    "nothing_to_register": _(
        "There is neither a title nor a description: nothing to register."
    ),
    "no_title": _("The title is missing. Write one."),
    "no_number": _("“%(value)s” is no number. Write it with digits, such as 1234.50."),
    "negative": _("“%(value)s” is below zero. Write an amount, such as 1234.50."),
    "no_currency": _("“%(value)s” is no currency. Write its code, such as EGP or USD."),
    "no_year": _("“%(value)s” is no year from %(first)s to %(last)s."),
    "no_date": _(
        "“%(value)s” is no day. Write year, month and day: 2025-07-09; or day, month "
        "and year: 9/7/2025."
    ),
    "no_country": _(
        "“%(value)s” is no country that the United Nations list. Write its name in one "
        "of the six languages, or its code, such as EGY."
    ),
    "area": _("“%(value)s” is no country: it is kept as the name of a place."),
    "several_countries": _(
        "Several countries stand here (%(value)s): they are kept as places of work."
    ),
    "no_stakeholder_group": _(
        "“%(value)s” is no group of stakeholders. Write, for example, “Government”, "
        "“Private sector” or “Civil society”."
    ),
    "no_line": _(
        "“%(value)s” is no action line. Write its code, such as C2 or C7-egov, or its "
        "title."
    ),
    "line_without_part": _(
        "“%(value)s” has eight parts. Say which: C7-egov, C7-ebus, C7-elearn, "
        "C7-ehealth, C7-eempl, C7-eenv, C7-eagri or C7-esci."
    ),
    "no_goal": _("“%(value)s” is no goal. Write its number, from 1 to 17."),
    "no_target": _("“%(value)s” is no target. Write its code, such as 9.c."),
    "no_objective": _(
        "“%(value)s” is no objective of the Global Digital Compact. Write its number, "
        "from 1 to 5."
    ),
    "no_language": _(
        "“%(value)s” is none of the six languages. Write, for example, “Arabic” or "
        "“ar”."
    ),
    "no_name": _("“%(value)s” is no name: it has no letter and no digit."),
    "cell_too_long": _(
        "This has %(n)s characters; there is room for %(most)s. Shorten it."
    ),
    "no_address": _(
        "“%(value)s” is no web address. Write the whole of it, beginning with https://."
    ),
    "no_degrees": _(
        "“%(value)s” is not on Earth. Write degrees from -%(most)s to %(most)s."
    ),
    "no_record": _("This cannot be read as a record: %(where)s %(why)s"),
    "no_plain_value": _("A list or an object cannot be read here: %(value)s"),
    "same_identifier": _("Row %(row)s has the same identifier: that one was taken."),
    "cells_beyond": BEYOND_SAID,
    "refusal": "%(why)s",
    "owners_words_kept": _(
        "The owners of this project look after its words: they stay as they are."
    ),
}

_LIST_SENTENCE = _("“%(value)s” is not in the list. Write one of these: %(known)s.")
_FACT_KEPT = _("The register says something else here and keeps it: %(field)s.")
_OTHER_LANGUAGE = _(
    "The letters of “%(field)s” are not those of this language (%(language)s): another "
    "one was noted."
)


def written_note(note: Note) -> str:
    """Return a note as the tables keep it; its sentence is found when it is read."""
    return json.dumps(
        {"code": note.code, "details": dict(note.details)},
        ensure_ascii=False,
        default=str,
    )


def note_of(stored: str, column: str = "") -> Note:
    """Return the note that `written_note` stored."""
    kept = json.loads(stored)
    return Note(kept["code"], column, kept["details"])


def sentence_of_note(note: Note) -> str:
    """Return what a note says, and what to write instead where something is wrong."""
    code, details = note.code, dict(note.details)
    if code.startswith("iati."):
        return iati_sentence(code.removeprefix("iati."), details)
    if code in _LISTS:
        known = listed(str(label) for label in _LISTS[code].labels)
        return str(_LIST_SENTENCE) % {**details, "known": known}
    if code == "fact_kept":
        return str(_FACT_KEPT) % {"field": _name(details["field"])}
    if code == "other_language":
        tag = details["language"]
        said = {"field": _name(details["field"]), "language": OWN_NAMES.get(tag, tag)}
        return str(_OTHER_LANGUAGE) % said
    if code in _SENTENCES:
        return str(_SENTENCES[code]) % details
    return sentence_of(Problem("", code, details))


def _name(field: str) -> str:
    return str(PART_NAMES.get(field, field))


def totals_in_words(counts: Mapping[str, Any]) -> list[str]:
    """Return what became of the rows of a file, a sentence for each kind."""
    said = []
    for status in ("accepted", "changed", "unchanged", "skipped", "refused"):
        if n := counts.get(status, 0):
            said.append(_total(status, n) % {"n": f"{n:,}"})
    return said


def _total(status: str, n: int) -> str:
    if status == "accepted":
        return ngettext("%(n)s row is new", "%(n)s rows are new", n)
    if status == "changed":
        return ngettext("%(n)s row changed a record", "%(n)s rows changed a record", n)
    if status == "unchanged":
        return ngettext("%(n)s row says nothing new", "%(n)s rows say nothing new", n)
    if status == "skipped":
        return ngettext("%(n)s row was passed over", "%(n)s rows were passed over", n)
    return ngettext("%(n)s row is refused", "%(n)s rows are refused", n)
