"""Themes and topics in the outcomes document: each with sentences and their sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from montada.consultation.queries.outcome_blocks import (
    Entries,
    Entry,
    Link,
    Phrase,
    Section,
    Words,
)
from montada.consultation.queries.outcome_opinion import counts_in_words
from montada.consultation.queries.outcome_summary import isolated, number
from montada.consultation.queries.outcomes import Outcomes
from montada.consultation.queries.themes import GroupCount, SummaryLine, Theme
from montada.djangokit.page_language import page_language
from montada.language.engine.text import Shown, TextState


def theme_sections(of: Outcomes) -> Iterator[Section]:
    """Yield the themes, the largest first, in the language that is active."""
    said = _(
        "Contributions and statements that are about the same are read together. The "
        "sentences are their authors’, word for word, each with the page on which it "
        "stands."
    )
    if not of.themes:
        said = _("No two contributions or statements are about the same so far.")
    yield Section("themes", _("Themes and topics"), (Words(said),))
    for theme in of.themes:
        title = _theirs(theme.title, theme.language)
        blocks = (Words(_size(theme)), Entries(tuple(map(_line, theme.lines))))
        yield Section(f"theme-{theme.key}", title, blocks, 2)


def _size(of: Theme) -> str:
    n, m = of.n_contributions, of.n_statements
    contributions = ngettext("%(shown)s contribution", "%(shown)s contributions", n)
    statements = ngettext("%(shown)s statement", "%(shown)s statements", m)
    counted = (contributions % {"shown": number(n)}, statements % {"shown": number(m)})
    told = (words for words, size in zip(counted, (n, m), strict=True) if size)
    return isolated((*told, *_groups(of.by_group)))


def _groups(counted: Iterable[GroupCount]) -> Iterator[str]:
    for one in counted:
        name = one.name.shown_to(page_language()).text or _("not stated")
        yield _("%(name)s: %(n)s") % {"name": name, "n": number(one.n)}


def _line(of: SummaryLine) -> Entry:
    words, groups = _theirs(of.text, of.language), isolated(_groups(of.by_group))
    if of.said.kind == "contribution":
        number_of = _theirs(of.reference, "en")
        return Entry(words, (number_of, groups), url=Link("input", of.reference))
    named = _("Statement %(number)s") % {"number": of.reference}
    facts = (named, groups, counts_in_words(of.counts))
    return Entry(words, facts, url=Link("statement", str(of.said.pk)))


def _theirs(words: str, language: str) -> Phrase:
    if language == page_language():
        return words
    return Shown(words, language, TextState.APPROVED, False, True)
