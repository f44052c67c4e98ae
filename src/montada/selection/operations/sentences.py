"""What an import says about a cell, in the reader's language."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext, gettext_lazy

from montada.djangokit.tables import BEYOND_SAID
from montada.selection.engine.prizes import Finding, Remark
from montada.stocktaking.engine.values import YEARS

_SENTENCES: dict[Finding, Any] = {
    Finding.NO_TITLE: gettext_lazy(
        "No title is given: the project is kept as “title not stated by the source”."
    ),
    Finding.NO_COUNTRY: gettext_lazy(
        "No country is given: the project is kept without a country."
    ),
    Finding.NO_LINE: gettext_lazy(
        "No action line is given: the award is kept without one."
    ),
    Finding.LINE_WITHOUT_PART: gettext_lazy(
        "“%(value)s” names no part of the line: the award is kept without an action "
        "line."
    ),
    Finding.NO_STAKEHOLDER_TYPE: gettext_lazy(
        "No stakeholder type is given: it is kept as not stated."
    ),
    Finding.NO_YEAR: gettext_lazy("No year is given: the award is kept without one."),
    Finding.UNKNOWN_STAKEHOLDER_TYPE: gettext_lazy(
        "“%(value)s” is no stakeholder type of the framework: it is kept as not stated."
    ),
    Finding.SEVERAL_COUNTRIES: gettext_lazy(
        "Several countries are given (%(value)s): the first is kept."
    ),
    Finding.UNKNOWN_COUNTRY: gettext_lazy(
        "“%(value)s” is no country of the United Nations' list (a code of two or three "
        "letters, or a name in one of the six languages)."
    ),
    Finding.UNKNOWN_LINE: gettext_lazy(
        "“%(value)s” is no action line (C1 to C11, or C7-egov and the other parts of "
        "C7)."
    ),
    Finding.UNKNOWN_RESULT: gettext_lazy(
        "“%(value)s” is no result: winner, champion, nominee or awarded."
    ),
    Finding.WRONG_YEAR: gettext_lazy(
        "“%(value)s” is no year from %(first)s to %(last)s."
    ),
    Finding.NO_SOURCE: gettext_lazy(
        "“%(value)s” is no public web address (http:// or https://, at most 500 "
        "characters): every award names its source."
    ),
    Finding.TOO_LONG: gettext_lazy("The text has more than %(value)s characters."),
    Finding.NAMELESS_ORGANISATION: gettext_lazy(
        "“%(value)s” holds no letter or digit: the organisation is kept as not stated."
    ),
    Finding.CELLS_BEYOND: BEYOND_SAID,
}


def sentence(remark: Remark) -> str:
    """Return what is wrong or missing, and what was done about it."""
    values = {"value": remark.value, "first": YEARS[0], "last": YEARS[-1]}
    return str(_SENTENCES[remark.finding]) % values


def same_as_row(number: int) -> str:
    return gettext("The same award as in row %(number)s: taken once.") % {
        "number": number
    }


_KEPT = {
    "organisation": gettext_lazy(
        "The project is known with another organisation: that one is kept."
    ),
    "stakeholder_group": gettext_lazy(
        "The project is known with another stakeholder type: that one is kept."
    ),
}


def kept_fact(name: str) -> str:
    """Return that the record's word was kept, for a fact of `ProjectFacts`."""
    return str(_KEPT[name])
