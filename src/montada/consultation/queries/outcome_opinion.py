"""What the outcomes document says of votes: what the page of opinion publishes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from montada.consultation.queries.opinion import Counts, OpinionGroup, OpinionPage, Row
from montada.consultation.queries.outcome_blocks import (
    Block,
    Entries,
    Entry,
    Link,
    Section,
    Words,
    phrase,
)
from montada.consultation.queries.outcome_summary import (
    bridges,
    few_sentence,
    number,
)
from montada.consultation.queries.outcomes import Outcomes
from montada.djangokit.page_language import page_language


def opinion_sections(of: Outcomes) -> Iterator[Section]:
    """Yield what unites, bridges and divides, in the language that is active."""
    title, found = _("What unites, what divides"), of.opinion
    if found is None:
        said = _("Statements have not been voted on so far.")
        yield Section("opinion", title, (Words(said),))
        return
    yield Section("opinion", title, tuple(map(Words, _verdict(found))))
    for key, heading, rows, none in (
        (
            "unites",
            _("What unites"),
            found.unites,
            _("No statement has surely been agreed with in every group yet."),
        ),
        (
            "bridges",
            _("What bridges"),
            bridges(found),
            _("No statement is liked across sides more than others yet."),
        ),
        (
            "divides",
            _("What divides most"),
            found.divides,
            _("No statement surely divides people yet."),
        ),
    ):
        yield Section(key, heading, (_statements(rows, none),), 2)
    for group in found.groups:
        yield _group(group)


def _verdict(of: OpinionPage) -> Iterator[str]:
    if of.is_few:
        yield few_sentence(of)
    if of.verdict == "groups":
        n = len(of.groups)
        yield ngettext("%(shown)s opinion group", "%(shown)s opinion groups", n) % {
            "shown": number(n)
        }
    elif of.verdict == "too_few":
        yield _("Too few votes for groups")
    else:
        yield _("No clear groups")
    yield of.reasons.get(page_language(), "")


def _statements(rows: Iterable[Row], none: str) -> Block:
    entries = tuple(_entry(row, counts_in_words(row.counts)) for row in rows)
    return Entries(entries) if entries else Words(none)


def _entry(row: Row, fact: str) -> Entry:
    return Entry(
        name=phrase(row.statement.text, page_language()),
        facts=(fact,),
        url=Link("statement", str(row.statement.pk)),
    )


def counts_in_words(counts: Counts | None) -> str:
    """Return what was said to a statement, as the page of opinion tells it."""
    if counts is None:
        return _("fewer than five votes counted")
    return _("%(agree)s agree, %(disagree)s disagree, %(passed)s passed") % {
        "agree": number(counts.agree),
        "disagree": number(counts.disagree),
        "passed": number(counts.passed),
    }


def _group(of: OpinionGroup) -> Section:
    title = _("Group %(number)s: %(people)s people") % {
        "number": number(of.number),
        "people": number(of.n_people),
    }
    entries = tuple(_entry(row, _stance(row.stance)) for row in of.represents)
    block: Block = Words(_("No statement sets it apart surely."))
    return Section(
        f"group-{of.number}", title, (Entries(entries) if entries else block,), 2
    )


def _stance(stance: str) -> str:
    words = {
        "agree": pgettext("vote", "Agree"),
        "disagree": pgettext("vote", "Disagree"),
    }
    return words[stance]
