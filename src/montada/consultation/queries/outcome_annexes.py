"""The annexes of the outcomes document: contributions in their authors' words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from montada.consultation.queries.outcome_blocks import (
    Entries,
    Entry,
    Link,
    Phrase,
    Row,
    Section,
    Table,
    Words,
    phrase,
)
from montada.consultation.queries.outcomes import Outcomes
from montada.djangokit.page_language import page_language
from montada.framework import queries as framework
from montada.language.engine.text import Shown, TextState
from montada.language.queries import in_page_digits

if TYPE_CHECKING:
    from montada.consultation.queries.outcome_inputs import Input
    from montada.framework.models import ActionLine


def annexes(of: Outcomes) -> Iterator[Section]:
    """Yield the three annexes, in the language that is active."""
    title = _("Annex 1: contributions on themes and structure")
    yield Section("annex-1", title, (_in_words(of.views),))
    note = _("As their authors name the lines; one may be under several.")
    title = _("Annex 2: contributions by action line")
    yield Section("annex-2", title, (Words(note),))
    for line in framework.action_lines():
        if found := of.on_line(line.code):
            name = _line(line)
            yield Section(f"line-{line.code}", name, (_in_rows(name, found),), 2)
    if found := of.on_no_line:
        name = _("Other contributions that name no action line")
        yield Section("no-line", name, (_in_rows(name, found),), 2)
    title = _("Annex 3: contributions made in the meetings")
    if not of.meetings:
        none = _("No meeting of the consultation is set.")
        yield Section("annex-3", title, (Words(none),))
        return
    yield Section("annex-3", title, ())
    for row in of.meetings:
        one, said = row.meeting, of.said_at(row.meeting.pk)
        heading = phrase(one.title, page_language())
        yield Section(f"meeting-{one.pk}", heading, (_in_words(said),), 2)


def _in_words(found: Iterable[Input]) -> Entries | Words:
    entries = tuple(map(_entry, found))
    return (
        Entries(entries) if entries else Words(_("No contribution is published here."))
    )


def _entry(of: Input) -> Entry:
    said = [*of.words, of.innovation]
    return Entry(
        name=phrase(of.title, page_language()),
        facts=tuple(_facts(of)),
        paragraphs=tuple(_theirs(of, words) for words in said if words),
        url=Link("input", of.receipt),
    )


def _facts(of: Input) -> Iterator[Phrase]:
    yield _receipt(of)
    if of.signed:
        yield Shown(of.signed, "und", TextState.APPROVED, False, True)
    if of.group is not None:
        yield phrase(of.group, page_language())
    yield of.state


def _in_rows(title: str, found: Iterable[Input]) -> Table:
    head = (_("Title"), _("Number"), _("Signed by"), _("State"))
    rows = tuple(
        Row(
            name=phrase(one.title, page_language()),
            cells=(
                _receipt(one),
                Shown(one.signed, "und", TextState.APPROVED, False, True),
                one.state,
            ),
            url=Link("input", one.receipt),
        )
        for one in found
    )
    return Table(title, "", head, rows, is_numbers=False)


def _receipt(of: Input) -> Shown:
    """Return a number that keeps its order between Arabic words."""
    return Shown(of.receipt, "en", TextState.APPROVED, False, True)


def _theirs(of: Input, words: str) -> Shown:
    return Shown(words, of.language, TextState.APPROVED, False, True)


def _line(of: ActionLine) -> str:
    code = of.code_ar if page_language() == "ar" else of.latin_code
    return f"{in_page_digits(code)} – {of.title.shown_to(page_language()).text}"
