"""
Sessions of an agenda: drawn here, since a loop over hundreds of them costs most.

`{% agenda_hours sessions %}` for one day, `{% agenda_items sessions %}` for a group of
any days, `{% agenda_table table %}` for a day by rooms. The context of the page has
`agenda`, `offered` (its values by facet), `clock` and, of who signed in, `marked`:
numbers of the sessions they keep.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from html import escape
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from babel import Locale, UnknownLocaleError
from django import template
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext, pgettext
from qrcode.image.svg import SvgPathImage
from qrcode.main import QRCode

from montada.djangokit.page_language import page_language
from montada.language.engine.text import LocalizedText, direction_of
from montada.language.queries import in_page_digits
from montada.programme.queries import Agenda, AgendaSession, DayTable
from montada.programme.queries.label_words import (
    code_of_line,
    name_of_goal,
    name_of_line,
    words_in,
)
from montada.programme.queries.plan_words import day_words
from montada.programme.web.zones import Clock, offset_words

register = template.Library()

PEN = "agenda pen"
QUARTERS_AT_MOST = 6
"""Rows grow with their minutes up to so many quarters of an hour."""


@register.simple_tag(takes_context=True)
def agenda_hours(
    context: template.Context, sessions: Iterable[AgendaSession]
) -> SafeString:
    """Draw the sessions of a day under the hours at which they begin."""
    pen = _pen(context)
    parts = []
    for starts, those in groupby(sessions, key=lambda session: session.starts):
        if starts is not None:
            parts.append(f'<h3 class="hour">{pen.hour(starts)}</h3>')
        parts.append(_listed(pen.item(one, with_kind=True) for one in those))
    return mark_safe("".join(parts))


@register.simple_tag(takes_context=True)
def agenda_items(
    context: template.Context, sessions: Iterable[AgendaSession]
) -> SafeString:
    """Draw sessions of any days, each with its own."""
    pen = _pen(context)
    return mark_safe(_listed(pen.item(one, with_day=True) for one in sessions))


@register.simple_tag(takes_context=True)
def agenda_table(context: template.Context, table: DayTable) -> SafeString:
    """Draw the head and the rows of a day by rooms."""
    pen = _pen(context)
    heads = "".join(
        f'<th scope="col">{pen.rooms.get(room) or gettext("Room not stated")}</th>'
        for room in table.columns
    )
    parts = [f"<thead><tr><td></td>{heads}</tr></thead><tbody>"]
    for row in table.rows:
        begins = any(cell.shown for cell in row.cells)
        height = min(-(-row.minutes // 15), QUARTERS_AT_MOST)
        parts.append(
            f'<tr class="q{height}{"" if begins else " bare"}">'
            f'<th scope="row">{pen.hour(row.at)}</th>'
        )
        parts += (pen.cell(cell) for cell in row.cells)
        parts.append("</tr>\n")
    return mark_safe("".join([*parts, "</tbody>"]))


@register.simple_tag
def agenda_select(facet: str, values: Mapping[str, Any], chosen: str) -> SafeString:
    """Draw a choice among the values of a facet, or all."""
    name_of = _NAMES.get(facet, words_in)
    options = "".join(
        f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>'
        f"{escape(name_of(row))}</option>"
        for value, row in values.items()
    )
    return mark_safe(
        f'<select id="{facet}" name="{facet}" class="choice">'
        f'<option value="">{gettext("All")}</option>{options}</select>'
    )


_NAMES: Mapping[str, Callable[[Any], str]] = {
    "line": name_of_line,
    "goal": name_of_goal,
    "language": str,
}
"""What a value of a facet is called."""


@register.simple_tag(takes_context=True)
def agenda_when(context: template.Context, session: AgendaSession) -> SafeString:
    """Write day, hours and room of a session."""
    return mark_safe(_joined(_pen(context).spot(session, with_day=True)))


@register.filter
def day_chip(day: date) -> str:
    """Write a day in short: "Tue, 6 Jul"."""
    return day_words(day)


@register.filter
def date_of(moment: datetime) -> date:
    """Return the day of a moment on the clock that it carries."""
    return moment.date()


@register.filter
def clock_time(moment: datetime) -> str:
    """Write the hour of a moment on the clock that it carries."""
    return in_page_digits(f"{moment:%H:%M}")


@register.filter
def offset(moment: datetime) -> str:
    """Write how far the clock that a moment carries is from UTC."""
    return in_page_digits(offset_words(moment))


@register.filter
def language_said(tag: str) -> str:
    """Write the name of a language for the reader; its tag where it has none."""
    try:
        return Locale.parse(tag, sep="-").get_display_name(page_language()) or tag
    except (UnknownLocaleError, ValueError):
        return tag


@register.filter
def web_address(address: Any) -> str:
    """Return an address that a link may lead to; nowhere for anything else."""
    text = str(address)
    return text if text.startswith(("https://", "http://", "/")) else ""


@register.filter
@lru_cache(maxsize=500)
def qr_code(address: str) -> SafeString:
    """Draw an address for a telephone's camera; the link beside it says the same."""
    drawn = QRCode(image_factory=SvgPathImage, border=2, box_size=10)
    drawn.add_data(address)
    svg = drawn.make_image().to_string(encoding="unicode")
    return SafeString(svg.replace("<svg ", '<svg class="qr" aria-hidden="true" ', 1))


@dataclass(frozen=True, slots=True)
class _Pen:
    """What drawing a session needs: looked up once, not with each."""

    clock: Clock
    marked: Set[int]
    language: str
    rooms: Mapping[int, str]
    kinds: Mapping[str, str]
    codes: Mapping[str, str]
    orders: Mapping[str, int]
    address: str
    query: str
    hours_written: dict[datetime, str] = field(default_factory=dict)

    def hour(self, moment: datetime) -> str:
        known = self.hours_written.get(moment)
        if known is None:
            known = clock_time(moment.astimezone(self.clock.zone))
            self.hours_written[moment] = known
        return known

    def hours(self, session: AgendaSession) -> str:
        """Return from when to when; the end says so where it is on the next day."""
        if session.starts is None:
            return ""
        starts = self.hour(session.starts)
        if session.ends is None:
            return starts
        ends = self.hour(session.ends)
        shown = f'<span dir="ltr">{starts}–{ends}</span>'
        next_day = gettext("(the next day)")
        # No session lasts longer than a day: an hour that is not later is tomorrow's.
        return shown if starts < ends else f"{shown} {next_day}"

    def colour(self, session: AgendaSession) -> str:
        order = self.orders.get(session.lines[0]) if session.lines else None
        return f"slot sdg-{order}" if order else "slot"

    def spot(self, session: AgendaSession, *, with_day: bool = False) -> list[str]:
        """Return when and where a session is."""
        spot = [self.hours(session), self.rooms.get(session.room, "")]
        if with_day and session.starts is not None:
            spot.insert(0, self.day(session.starts))
        return spot

    def day(self, moment: datetime) -> str:
        return day_words(moment.astimezone(self.clock.zone).date())

    def item(
        self, session: AgendaSession, *, with_day: bool = False, with_kind: bool = False
    ) -> str:
        kind = self.kinds.get(session.kind, "") if with_kind else ""
        inside = self._inside(session, self.spot(session, with_day=with_day), kind)
        return f'<li class="{self.colour(session)}">{inside}</li>'

    def cell(self, cell: Any) -> str:
        spans = "".join(
            f' {name}="{n}"'
            for name, n in (("rowspan", cell.n_rows), ("colspan", cell.n_columns))
            if n > 1
        )
        if not cell.shown:
            return f"<td{spans}></td>"
        if len(cell.shown) == 1:
            (session,) = cell.shown
            wide = " wide" if cell.n_columns > 1 else ""
            inside = self._inside(session, self.spot(session))
            return f'<td{spans} class="{self.colour(session)}{wide}">{inside}</td>'
        return f"<td{spans}>{_listed(map(self.item, cell.shown))}</td>"

    def _inside(
        self, session: AgendaSession, spot: Iterable[str], kind: str = ""
    ) -> str:
        """Return title and what is said below it; `spot` is when and where."""
        title = _marked(*session.title_for(self.language), self.language)
        link = f'<a href="{self.address}{session.slug}/{self.query}">{title}</a>'
        if session.is_cancelled:
            word = pgettext("session", "cancelled")
            link = f'<s>{link}</s> <span class="chip accent">{word}</span>'
        if session.pk in self.marked:
            link += f' <span class="chip">{gettext("in my agenda")}</span>'
        said = [kind, *dict.fromkeys(self.codes[line] for line in session.lines)]
        n = len(session.languages)
        if n > 1:
            languages = ngettext("%(n)s language", "%(n)s languages", n)
            said.append(languages % {"n": in_page_digits(n)})
        known, rest = _joined(spot), _joined(said)
        between = " · " if known and rest else ""
        return f'{link}<p><span class="spot">{known}{between}</span>{rest}</p>'


def _pen(context: template.Context) -> _Pen:
    """Return what this template draws with: made once, kept while it is rendered."""
    kept: Any = context.render_context
    if PEN not in kept:
        kept[PEN] = _new_pen(context)
    pen: _Pen = kept[PEN]
    return pen


def _new_pen(context: template.Context) -> _Pen:
    clock: Clock = context["clock"]
    agenda: Agenda = context["agenda"]
    lines = context["offered"]["line"].values()
    language = page_language()
    return _Pen(
        clock=clock,
        marked=context.get("marked") or frozenset(),
        language=language,
        rooms={pk: _drawn(name, language) for pk, name in agenda.rooms.items()},
        kinds={code: _drawn(name, language) for code, name in agenda.kinds.items()},
        codes={line.code: code_of_line(line) for line in lines},
        orders={line.code: line.order for line in lines},
        address=reverse("programme:session", args=["x"]).removesuffix("x/"),
        query=f"?{urlencode({'zone': clock.asked})}" if clock.asked else "",
    )


def _drawn(text: LocalizedText, reader: str) -> str:
    shown = text.shown_to(reader)
    return _marked(shown.text, shown.language, reader)


def _marked(words: str, language: str, reader: str) -> str:
    """Return words for a page, marked with their language where it is another."""
    if language == reader:
        return escape(words)
    direction = direction_of(language)
    return f'<bdi lang="{language}" dir="{direction}">{escape(words)}</bdi>'


def _listed(items: Iterable[str]) -> str:
    return f'<ul class="slots">{"".join(items)}</ul>'


def _joined(words: Iterable[str]) -> str:
    return " · ".join(filter(None, words))
