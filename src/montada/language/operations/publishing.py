"""
Publishing: what a feature lets be found, and takes back.

Both are part of a larger decision: they happen in its transaction, so that the index is
never behind what is shown, and the operation that takes it leaves the audit entry.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator
from functools import partial

from django.db import transaction

from montada.language import queries, signals
from montada.language.engine.analysis import normalised, words_of
from montada.language.engine.clean import readable
from montada.language.engine.folding import folded
from montada.language.engine.names import sound_of
from montada.language.engine.narrowing import written_facets
from montada.language.engine.stemming import LONGEST_WORD
from montada.language.engine.values import IndexedRecord
from montada.language.models import IndexedText, IndexedWord, IndexState, new_stamp

BATCH = 400
"""Records in one statement."""

LONGEST_TITLE = 1_000
LONGEST_BODY = 20_000
"""Characters that are indexed, as many as are encoded; reports come in parts."""

Batch = dict[tuple[str, str], IndexedRecord]
"""Records by kind and key."""

_COMPARED = ("title", "body", "facets", "read_as", "digest")


@transaction.atomic
def publish(*, texts: Iterable[IndexedRecord]) -> int:
    """
    Let records be found as they are now, in each language they have; return how many
    rows of the index changed.

    What was published of them before and is no longer so goes. A record without a
    title is found nowhere. Some statements for every 400 records.

    Raises
    ------
    ValueError
        If a facet holds a space or a colon.
    """
    n_changed = 0
    for records in _batches(texts):
        n_changed += _publish_batch(records)
    if n_changed:
        note_change()
        transaction.on_commit(_announce)
    return n_changed


@transaction.atomic
def withdraw(*, kind: str, keys: Iterable[str]) -> int:
    """Let records of a kind be found no longer; return how many rows that were."""
    wanted = list(keys)
    n_gone = 0
    for start in range(0, len(wanted), BATCH):
        rows = IndexedText.objects.filter(
            kind=kind, key__in=wanted[start : start + BATCH]
        )
        n_gone += rows.delete()[0]
    if n_gone:
        note_change()
    return n_gone


def note_change() -> None:
    """Tell every process that what it remembers of the index is over."""
    IndexState.objects.bulk_create(
        [IndexState(pk=1, stamp=new_stamp())],
        update_conflicts=True,
        unique_fields=["pk"],
        update_fields=["stamp"],
    )


_announce = partial(signals.texts_published.send_robust, sender=IndexedText)


def _batches(records: Iterable[IndexedRecord]) -> Iterator[Batch]:
    """Yield records by kind and key; of one that comes twice, the last."""
    batch: Batch = {}
    for record in records:
        batch[record.kind, record.key] = record
        if len(batch) == BATCH:
            yield batch
            batch = {}
    if batch:
        yield batch


def _publish_batch(records: Batch) -> int:
    wanted = {
        (row.kind, row.key, row.language): row
        for record in records.values()
        for row in _rows_of(record)
    }
    gone = []
    for row in _published(records):
        same = wanted.get((row.kind, row.key, row.language))
        if same is not None and all(
            getattr(row, name) == getattr(same, name) for name in _COMPARED
        ):
            del wanted[row.kind, row.key, row.language]
        else:
            gone.append(row.pk)
    new = list(wanted.values())
    IndexedText.objects.filter(pk__in=gone).delete()
    _analyse(new)
    IndexedText.objects.bulk_create(new, batch_size=BATCH)
    _learn_words(new)
    return len(gone) + len(new)


def _published(records: Collection[tuple[str, str]]) -> Iterator[IndexedText]:
    kinds = {kind for kind, _key in records}
    for kind in sorted(kinds):
        keys = [key for other, key in records if other == kind]
        yield from IndexedText.objects.filter(kind=kind, key__in=keys).only(
            "kind", "key", "language", *_COMPARED
        )


def _rows_of(record: IndexedRecord) -> Iterator[IndexedText]:
    """Yield a row for each language of the title; not analysed yet."""
    facets = written_facets(record.facets)
    bodies = record.body.by_language
    for language, words in record.title.by_language.items():
        title = readable(words).text[:LONGEST_TITLE]
        if title:
            body = readable(bodies.get(language, "")).text[:LONGEST_BODY]
            read_as = queries.language_to_read_in(f"{title}\n{body}", language)
            yield IndexedText(
                kind=record.kind,
                key=record.key,
                language=language,
                read_as=read_as,
                title=title,
                body=body,
                facets=facets,
                digest="" if record.is_name_only else digest_of(title, body, read_as),
            )


def _analyse(rows: Iterable[IndexedText]) -> None:
    for row in rows:
        row.title_terms = queries.index_terms(row.title, row.read_as)
        row.body_terms = queries.index_terms(row.body, row.read_as)


def digest_of(title: str, body: str, language: str) -> str:
    """Return the key of a text's vector, the same on every machine."""
    whole = "\0".join((language, title, body))
    return hashlib.sha256(whole.encode()).hexdigest()


def _learn_words(rows: Iterable[IndexedText]) -> None:
    """Remember the words of titles; those that are known cost a lookup."""
    words: dict[tuple[str, str], IndexedWord] = {}
    for row in rows:
        for word in words_of(normalised(row.title), row.read_as):
            if word.language == "zh":
                continue
            text = word.text.lower()
            if len(text) <= LONGEST_WORD and (row.read_as, text) not in words:
                words[row.read_as, text] = IndexedWord(
                    language=row.read_as,
                    text=text,
                    key=(key := folded(text))[:LONGEST_WORD],
                    term=word.stem[:LONGEST_WORD],
                    sound=sound_of(key)[:LONGEST_WORD],
                )
    IndexedWord.objects.bulk_create(
        words.values(), batch_size=BATCH, ignore_conflicts=True
    )
