"""The executive summary of the outcomes document: sentences with their numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from montada.consultation.queries.opinion import MOST_SHOWN, OpinionPage, Row
from montada.consultation.queries.outcomes import Outcomes
from montada.consultation.queries.totals import Share, Totals
from montada.djangokit.page_language import listed, page_language
from montada.language.engine import numbers

MOST_NAMED = 3
"""Stakeholder groups, regions or missing voices that a sentence names."""
START, END = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"


def number(value: float, places: int = 0) -> str:
    """Return a number as pages write it."""
    return numbers.written_number(
        value, page_language(), digits=settings.DIGITS, places=places
    )


def percent(value: float) -> str:
    """Return 47.3 as pages write 47 %."""
    return numbers.written_percent(value, page_language(), digits=settings.DIGITS)


def isolated(names: Iterable[str]) -> str:
    """Return names one after the other, each with a direction of its own."""
    return listed(f"{START}{name}{END}" for name in names)


def summary(of: Outcomes) -> tuple[str, ...]:
    """Return what came of it in a few sentences, in the language that is active."""
    if not of.totals.n and of.opinion is None:
        return (_("Nothing was handed in yet."),)
    return tuple(_sentences(of))


def _sentences(of: Outcomes) -> Iterator[str]:
    yield became(of.totals)
    for name, sentence in (
        ("group", _("Most come from these stakeholder groups: %(shares)s.")),
        ("seat", _("Most have their seat in these regions: %(shares)s.")),
        ("region", _("Most speak of these regions: %(shares)s.")),
    ):
        if shares := _largest(of.totals, name):
            yield sentence % {"shares": shares}
    if missing := [one.name for one in of.participation.missing]:
        named = isolated(missing[:MOST_NAMED])
        rest = len(missing) - MOST_NAMED
        if rest > 0:
            yield ngettext(
                "Voices that are missing: %(names)s and %(rest)s other.",
                "Voices that are missing: %(names)s and %(rest)s others.",
                rest,
            ) % {"names": named, "rest": number(rest)}
        else:
            yield _("Voices that are missing: %(names)s.") % {"names": named}
    if of.opinion is not None:
        yield from _opinion(of.opinion, of.n_statements)
    else:
        yield _("Statements have not been voted on so far.")


def became(totals: Totals) -> str:
    """Return how many there are, and what became of them."""
    sentence = ngettext(
        "%(shown)s contribution was received: %(placed)s in the programme, "
        "%(waiting)s waiting for an answer, %(declined)s declined with a reason.",
        "%(shown)s contributions were received: %(placed)s in the programme, "
        "%(waiting)s waiting for an answer, %(declined)s declined with a reason.",
        totals.n,
    )
    return sentence % {
        "shown": number(totals.n),
        "placed": number(totals.n_in_programme),
        "waiting": number(totals.n_waiting),
        "declined": number(totals.n_declined),
    }


def shares_of(totals: Totals, name: str) -> tuple[Share, ...]:
    """Return the rows of one breakdown, by its name."""
    found = (one.rows for one in totals.breakdowns if one.name == name)
    return next(found, ())


def _largest(totals: Totals, name: str) -> str:
    stated = [share for share in shares_of(totals, name) if not share.is_not_stated]
    largest = sorted(stated, key=lambda share: -share.n)[:MOST_NAMED]
    return isolated(f"{share.name} {percent(share.percent)}" for share in largest)


def _opinion(found: OpinionPage, n_statements: int) -> Iterator[str]:
    sentence = ngettext(
        "%(voters)s people cast %(votes)s votes; %(shown)s statement is open.",
        "%(voters)s people cast %(votes)s votes; %(shown)s statements are open.",
        n_statements,
    )
    yield sentence % {
        "voters": number(found.n_voters),
        "votes": number(found.n_votes),
        "shown": number(n_statements),
    }
    if found.is_few:
        yield few_sentence(found)
    for sentence, rows in (
        (_("What unites most: “%(words)s”"), found.unites),
        (_("What bridges most: “%(words)s”"), bridges(found)),
        (_("What divides most: “%(words)s”"), found.divides),
    ):
        if rows:
            yield sentence % {"words": _words_of(rows[0])}


def few_sentence(found: OpinionPage) -> str:
    """Return the warning that the page of opinion carries."""
    return _(
        "Too few took part to speak for anybody: fewer than %(fewest)s people. Read "
        "all below as a beginning."
    ) % {"fewest": number(found.fewest_voters)}


def bridges(found: OpinionPage) -> tuple[Row, ...]:
    """Return published statements liked across sides, the most so first."""
    liked = [row for row in found.rows if row.bridging > 0]
    order = sorted(liked, key=lambda row: (-row.bridging, row.statement.pk))
    return tuple(order[:MOST_SHOWN])


def _words_of(row: Row) -> str:
    return f"{START}{row.statement.text.shown_to(page_language()).text}{END}"
