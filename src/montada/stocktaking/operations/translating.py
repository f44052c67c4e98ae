"""Translating titles and summaries: kept as a draft, approved, brought in a file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from montada.audit import operations as audit
from montada.djangokit.refusals import Refusal
from montada.language.engine.harmless import harmless_words
from montada.language.engine.text import LocalizedText, TextState
from montada.stocktaking.engine.translations import with_translation
from montada.stocktaking.models import Project
from montada.stocktaking.operations.gaining import keep_translations
from montada.stocktaking.operations.publishing import publish_project
from montada.stocktaking.operations.standing import held_project
from montada.stocktaking.queries.translating import Translated, translated_texts

if TYPE_CHECKING:
    from montada.participation.models import Person

LONGEST: Mapping[Translated, int] = {"title": 300, "summary": 5000}
"""Characters of a translation."""


class TranslationMissing(Refusal):
    code = "stocktaking.translation_missing"
    message = _("There is nothing to approve: write the translation first.")


class TranslationTooLong(Refusal):
    code = "stocktaking.translation_too_long"
    message = _("Write at most %(most)s characters; these are %(n)s.")


class TranslatedMeanwhile(Refusal):
    """`theirs` are the words that somebody else saved, by name of the text."""

    code = "stocktaking.translated_meanwhile"
    message = _(
        "Somebody else saved a translation while you were writing. Compare it with "
        "yours, and send again what is to stand."
    )

    def __init__(self, theirs: Mapping[Translated, str]) -> None:
        super().__init__()
        self.theirs = dict(theirs)


@transaction.atomic
def translate(  # noqa: PLR0913 - one parameter for each thing its form holds
    *,
    project: Project,
    language: str,
    words: Mapping[Translated, str],
    seen: Mapping[Translated, str],
    is_approved: bool,
    translated_by: Person,
    at: datetime,
) -> Project:
    """
    Keep translations of a project's texts, as drafts or as approved.

    `words` and `seen` by name of the text: what it shall say in `language`, and what it
    said when its translator began. The published version gains the wording, and so
    does one that is being written from the same original. A draft without words takes
    the translation away; texts that were written in `language` stay as they are.

    Raises
    ------
    EntryGone, TranslationMissing, TranslationTooLong, TranslatedMeanwhile
    """
    row = held_project(project)
    texts = _of_others(translated_texts(row), language)
    wanted = {name: harmless_words(words[name]) for name in texts if name in words}
    _check_lengths(wanted)
    if is_approved and not any(wanted.values()):
        raise TranslationMissing
    theirs = {name: texts[name].by_language.get(language, "") for name in wanted}
    if any(
        harmless_words(said) != harmless_words(seen.get(name, ""))
        for name, said in theirs.items()
    ):
        raise TranslatedMeanwhile(theirs)
    state = TextState.APPROVED if is_approved else TextState.DRAFT
    by = translated_by.pk if is_approved else None
    new = {
        name: with_translation(texts[name], language, said, state, by)
        for name, said in wanted.items()
        if said or not is_approved
    }
    if keep_translations(project=row, texts=new):
        publish_project(project=row)
    audit.record(
        action="stocktaking.translation_approved"
        if is_approved
        else "stocktaking.translation_drafted",
        actor=translated_by,
        subject=row,
        at=at,
        details={"language": language, "texts": sorted(new)},
    )
    return row


def _of_others(
    texts: Mapping[Translated, LocalizedText], language: str
) -> dict[Translated, LocalizedText]:
    return {
        n: text for n, text in texts.items() if text and text.written_in != language
    }


def _check_lengths(wanted: Mapping[Translated, str]) -> None:
    for name, said in wanted.items():
        if len(said) > LONGEST[name]:
            raise TranslationTooLong(most=LONGEST[name], n=len(said))
