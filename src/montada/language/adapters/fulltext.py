"""
The full-text index over `IndexedText`: SQLite's FTS5, or PostgreSQL's text search.

Both index terms that were analysed before, so that both find the same. Neither needs
to be told of a change: SQLite's triggers and PostgreSQL's expression index follow the
table within the transaction. SQLite has one index for each language, so that a term is
rare or common among texts of its own language.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import Any

from django.db import connection

from montada.language.engine.text import LANGUAGES

TABLE = "language_indexedtext"
TITLE_WEIGHT = 4.0
"""A word in the title counts as four in the body, as is usual: few stand there."""

MOST_TERMS = 8
"""A longer query is asked by its rarest terms: the others find everything, slowly."""

_DOCUMENT = (
    "(setweight(to_tsvector('simple', title_terms), 'A') ||"
    " setweight(to_tsvector('simple', body_terms), 'D'))"
)
_LEAST_RARITY = 1e-6
"""As in FTS5: a term that most texts hold counts for almost nothing, never against."""

_TITLE_SATURATION = 1.7
"""BM25 of one term once in a title of usual length, over its rarity: 4 · 2.2 / 5.2."""


def create(cursor: Any, vendor: str) -> None:
    """Make the index if it is not there; the table must be."""
    for statement in _statements(vendor):
        cursor.execute(statement)


def drop(cursor: Any, vendor: str) -> None:
    """Take the index away; the table stays."""
    if vendor == "postgresql":
        cursor.execute(f"DROP INDEX IF EXISTS {TABLE}_terms")
        return
    for tag in LANGUAGES:
        cursor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_{tag}_in")
        cursor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_{tag}_out")
        cursor.execute(f"DROP TABLE IF EXISTS {_count_table(tag)}")
        cursor.execute(f"DROP TABLE IF EXISTS {_table(tag)}")


def _statements(vendor: str) -> list[str]:
    if vendor == "postgresql":
        return [
            f"CREATE INDEX IF NOT EXISTS {TABLE}_terms"
            f" ON {TABLE} USING gin ({_DOCUMENT})"
        ]
    return [statement for tag in LANGUAGES for statement in _sqlite_statements(tag)]


def _sqlite_statements(tag: str) -> list[str]:
    fts, new, old = _table(tag), _row("new"), _row("old")
    return [
        f"CREATE VIRTUAL TABLE IF NOT EXISTS {fts} USING fts5(title, body, content='', "
        "tokenize='unicode61 remove_diacritics 0')",
        f"CREATE VIRTUAL TABLE IF NOT EXISTS {_count_table(tag)} "
        f"USING fts5vocab({fts}, 'row')",
        f"CREATE TRIGGER IF NOT EXISTS {TABLE}_{tag}_in AFTER INSERT ON {TABLE} "
        f"WHEN new.read_as = '{tag}' BEGIN "
        f"INSERT INTO {fts}(rowid, title, body) VALUES ({new}); END",
        f"CREATE TRIGGER IF NOT EXISTS {TABLE}_{tag}_out AFTER DELETE ON {TABLE} "
        f"WHEN old.read_as = '{tag}' BEGIN "
        f"INSERT INTO {fts}({fts}, rowid, title, body) VALUES ('delete', {old}); END",
    ]


def _table(language: str) -> str:
    return f"language_terms_{language}"


def _count_table(language: str) -> str:
    return f"language_counts_{language}"


def _row(name: str) -> str:
    return f"{name}.id, {name}.title_terms, {name}.body_terms"


@dataclass(frozen=True, slots=True)
class Asked:
    """
    Terms to look for in texts of one language.

    They come from the analysis: letters and digits, nothing that a query language could
    take for its own.
    """

    language: str
    terms: frozenset[str]
    held: frozenset[str]
    """Those of the terms that stand in some text."""
    weights: Mapping[str, float]
    """The rarity of each term among the texts; of the rarest `MOST_TERMS`."""
    together: bool = False
    """Whether a text must hold all of them."""


def asked(
    terms: Sequence[str], language: str, *, n_texts: int, together: bool = False
) -> Asked:
    """Return a query that weighs terms as BM25 does; `n_texts` are in the language."""
    counts = counted(terms, language)
    rarest = sorted(dict.fromkeys(terms), key=lambda term: counts.get(term, 0))
    if len(rarest) > MOST_TERMS:
        rarest = [term for term in rarest if term in counts]
    weights = {
        term: max(log((n_texts - n + 0.5) / (n + 0.5)), _LEAST_RARITY)
        for term in rarest[:MOST_TERMS]
        for n in [min(counts.get(term, 0), n_texts)]
    }
    return Asked(language, frozenset(terms), frozenset(counts), weights, together)


def matches(query: Asked, *, most: int | None) -> list[tuple[int, float]]:
    """
    Return rows that hold the terms, best first, and how much of the query they answer:
    1 for a short title that holds all terms.

    `most` is the number of rows, None for all.
    """
    if not query.weights or query.language not in LANGUAGES:
        return []
    sql = _postgres_query if connection.vendor == "postgresql" else _sqlite_query
    statement, values = sql(query)
    limit = "" if most is None else f" LIMIT {int(most)}"
    whole = sum(query.weights.values())
    with connection.cursor() as cursor:
        cursor.execute(f"{statement} ORDER BY score DESC, 1{limit}", values)
        rows = cursor.fetchall()
    return [(int(row), min(float(score) / whole, 1.0)) for row, score in rows]


def _sqlite_query(query: Asked) -> tuple[str, list[Any]]:
    fts, joint = _table(query.language), " AND " if query.together else " OR "
    return (
        f"SELECT rowid, -bm25({fts}, {TITLE_WEIGHT}, 1.0) / {_TITLE_SATURATION}"
        f" AS score FROM {fts} WHERE {fts} MATCH %s",
        [joint.join(f'"{term}"' for term in query.weights)],
    )


def _postgres_query(query: Asked) -> tuple[str, list[Any]]:
    parts, values = [], list[Any]()
    for term, weight in query.weights.items():
        parts.append(
            "CASE WHEN terms @@ to_tsquery('simple', %s) THEN %s"
            " WHEN terms @@ to_tsquery('simple', %s) THEN %s ELSE 0 END"
        )
        values += [f"{term}:A", weight, term, weight / 2]
    joint = " & " if query.together else " | "
    return (
        f"SELECT id, {' + '.join(parts)} AS score"
        f" FROM (SELECT id, {_DOCUMENT} AS terms FROM {TABLE} WHERE read_as = %s"
        f" AND {_DOCUMENT} @@ to_tsquery('simple', %s)) AS found",
        [*values, query.language, joint.join(query.weights)],
    )


def counted(terms: Sequence[str], language: str) -> dict[str, int]:
    """Return in how many texts of the language each term stands; those that do."""
    if language not in LANGUAGES or not terms:
        return {}
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                f"SELECT term, (SELECT count(*) FROM {TABLE} WHERE read_as = %s"
                f" AND {_DOCUMENT} @@ to_tsquery('simple', term))"
                " FROM unnest(%s) AS term",
                [language, list(terms)],
            )
        else:
            marks = ", ".join(["%s"] * len(terms))
            cursor.execute(
                f"SELECT term, doc FROM {_count_table(language)}"
                f" WHERE term IN ({marks})",
                list(terms),
            )
        return {term: n for term, n in cursor.fetchall() if n}
