"""What becomes of a text when it is translated, and when its original changes."""

from __future__ import annotations

from dataclasses import replace

from montada.language.engine.text import LocalizedText, TextState, Wording
from montada.stocktaking.engine.record import TEXTS, ProjectRecord


def with_translation(
    text: LocalizedText, language: str, words: str, state: TextState, by: int | None
) -> LocalizedText:
    """Return the text with a translation; without words it loses the one it had."""
    wording = Wording(words, state, by)
    return LocalizedText(text.written_in, {**text.wordings, language: wording})


def carried(before: ProjectRecord, after: ProjectRecord) -> ProjectRecord:
    """
    Return `after` with the translations of `before` whose originals are the same words.

    A source that tells its project again does not know what was translated here.
    """
    texts = {name: _carried(before.text(name), after.text(name)) for name in TEXTS}
    return after.with_texts(texts)


def _carried(before: LocalizedText, after: LocalizedText) -> LocalizedText:
    if not before or not after or str(before) != str(after):
        return after
    return replace(after, wordings={**before.wordings, **after.wordings})
