"""Two records of one project made one: what is there stays, what is missing comes."""

from __future__ import annotations

from dataclasses import replace

from montada.language.engine.text import LocalizedText
from montada.stocktaking.engine.record import NO_RECORD, PARTS, TEXTS, ProjectRecord


def filled(known: ProjectRecord, told: ProjectRecord) -> ProjectRecord:
    """
    Return `known` with the parts, and languages of texts, that only `told` has.

    A part is taken as a whole: half of one source's money beside half of another's
    would be nobody's figure.
    """
    gained = {
        part: getattr(told, part)
        for part in PARTS
        if getattr(known, part) == getattr(NO_RECORD, part)
    }
    texts = {n: _with_languages(known.text(n), told.text(n)) for n in TEXTS}
    return replace(known, **gained).with_texts(texts)


def _with_languages(known: LocalizedText, told: LocalizedText) -> LocalizedText:
    if not known:
        return told
    new = {tag: w for tag, w in told.wordings.items() if tag not in known.wordings}
    # The same words under "und" and under a language are one wording.
    new = {tag: w for tag, w in new.items() if w.text not in known.by_language.values()}
    return LocalizedText(known.written_in, {**new, **known.wordings}) if new else known
