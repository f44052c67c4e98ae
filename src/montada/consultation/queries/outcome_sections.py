"""The outcomes document in sections and sentences, in the language that is active."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from montada.consultation.queries.outcome_annexes import annexes
from montada.consultation.queries.outcome_blocks import (
    Block,
    Points,
    Row,
    Section,
    Table,
    Words,
)
from montada.consultation.queries.outcome_method import how_it_was_done
from montada.consultation.queries.outcome_opinion import opinion_sections
from montada.consultation.queries.outcome_summary import (
    became,
    number,
    percent,
    summary,
)
from montada.consultation.queries.outcome_themes import theme_sections
from montada.consultation.queries.outcomes import Outcomes
from montada.consultation.queries.participation import Missing
from montada.consultation.queries.totals import Breakdown, Share

FIRST = ("group", "seat", "region")
"""The breakdowns that consultations have always published, before the others."""


def sections(of: Outcomes) -> tuple[Section, ...]:
    """Return the whole document, in the order in which forums publish it."""
    return (
        Section("summary", _("Executive summary"), (Points(summary(of)),)),
        *how_it_was_done(of),
        *_received(of),
        _missing(of),
        *opinion_sections(of),
        *theme_sections(of),
        _format(of),
        *annexes(of),
    )


def _received(of: Outcomes) -> Iterator[Section]:
    facts = [became(of.totals)] if of.totals.n else [_("Nothing was handed in yet.")]
    if of.totals.n_late:
        facts.append(_counted_late(of.totals.n_late))
    if of.n_unpublished:
        facts.append(_counted_unseen(of.n_unpublished))
    yield Section("received", _("Contributions received"), (Points(tuple(facts)),))
    known = {one.name: one for one in of.totals.breakdowns if one.rows}
    for name in dict.fromkeys((*FIRST, *known)):
        if name in known:
            yield _breakdown(known[name])
        if name == FIRST[-1]:
            yield _caveat()


def _counted_late(n: int) -> str:
    return ngettext(
        "%(shown)s of them was entered after the deadline, by the secretariat.",
        "%(shown)s of them were entered after the deadline, by the secretariat.",
        n,
    ) % {"shown": number(n)}


def _counted_unseen(n: int) -> str:
    return ngettext(
        "%(shown)s of them is counted here and not printed: its author wished so.",
        "%(shown)s of them are counted here and not printed: their authors wished so.",
        n,
    ) % {"shown": number(n)}


def _breakdown(of: Breakdown) -> Section:
    head = (of.title, _("Contributions"), _("Share"), _("In the programme"))
    rows = tuple(map(_share, of.rows))
    return Section(of.name, of.title, (Table(of.title, of.definition, head, rows),), 2)


def _share(of: Share) -> Row:
    name = _("not stated") if of.is_not_stated else of.name
    cells = (number(of.n), percent(of.percent), number(of.n_in_programme))
    return Row(name, cells, of.percent)


def _caveat() -> Section:
    said = _(
        "Many international organisations have their headquarters in Western Europe "
        "and speak about the whole world. In 2021 about half of the contributions from "
        "Western Europe came from such headquarters. The region of the seat and the "
        "region that a contribution is about are therefore asked and counted apart."
    )
    return Section("caveat", _("How to read the two regions"), (Words(said),), 2)


def _missing(of: Outcomes) -> Section:
    found = of.participation.missing
    block: Block = Words(_("No side is missing that the edition looks for."))
    if found:
        block = Points(tuple(map(_voice, found)))
    return Section("missing", _("Voices that are missing"), (block,), 2)


def _voice(of: Missing) -> str:
    sentence = _("%(name)s (%(axis)s): nobody has spoken so far.")
    if of.least_percent:
        sentence = _(
            "%(name)s (%(axis)s): %(share)s so far; the edition wants at least "
            "%(least)s."
        )
    return sentence % {
        "name": of.name,
        "axis": of.axis_name,
        "share": percent(of.percent),
        "least": percent(of.least_percent or 0),
    }


def _format(of: Outcomes) -> Section:
    title = _("Suggested innovations of the format")
    if not of.innovations:
        said = _("Nobody has proposed a change of the format so far.")
        return Section("format", title, (Words(said),))
    note = _("Of those who answered; several could be chosen.")
    head = (_("What the format should have more of"), _("Contributions"), _("Share"))
    rows = tuple(
        Row(one.name, (number(one.n), percent(one.percent)), one.percent)
        for one in of.innovations
    )
    return Section("format", title, (Table(title, note, head, rows),))
