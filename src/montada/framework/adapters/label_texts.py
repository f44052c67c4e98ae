"""
The texts that labelling learns from, each with its labels and the licence to use it.

Two files travel with the product: the vocabulary, and `label_texts.toml`, written for
this purpose. The others lie beside the repository and only their traces in the trained
arrays are passed on; `docs/explanation/labels.md` tells where they come from.
"""

from __future__ import annotations

import csv
import json
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from montada.framework.engine.label_text import read
from montada.language.engine.text import LANGUAGES

HERE = Path(__file__).parents[1] / "data"
UN_TEXTS = Path("sdg_text/sdg_goals_targets_indicators_6lang.csv")
PUBLIC_GOODS = Path("projects/digital_public_goods.csv")
PRIZES = Path("facts/prizes.csv")
SENTENCES = Path("sdg_text/labelled_other/qu_original_sentences.csv")
FILES = (UN_TEXTS, PUBLIC_GOODS, PRIZES, SENTENCES)

_SHORTEST_REASON = 40
_LONGEST_REASON = 1_500
_FEWEST_WORDS = 6
_COMPARED = 60


@dataclass(frozen=True, slots=True)
class Example:
    """
    A text with its labels, none where it is about nothing of the kind.

    `group` is what a text must not be parted from when some are set aside.
    """

    text: str
    language: str
    labels: tuple[str, ...]
    weight: float = 1.0
    group: str = ""


def un_texts(
    folder: Path,
    *,
    kinds: Sequence[str] = ("goal", "target", "indicator"),
    languages: Sequence[str] = LANGUAGES,
) -> Iterator[Example]:
    """Yield the official goals, targets and indicators, six texts counting as one."""
    for row in rows_of(folder / UN_TEXTS):
        if row["kind"] in kinds:
            for language in languages:
                yield Example(
                    row[language], language, (row["goal"],), 1 / 6, row["code"]
                )


def public_goods(folder: Path) -> Iterator[Example]:
    """
    Yield digital public goods: what each is, and why its makers claim a goal.

    A reason that is given for every goal alike has all of them.
    """
    for row in rows_of(folder / PUBLIC_GOODS):
        goals = tuple(sorted(filter(None, row["sdgs"].split("|")), key=int))
        if not goals:
            continue
        description = f"{row['name']}. {row['description'].strip()}"
        yield Example(description, "en", goals, group=row["id"])
        reasons: dict[str, list[str]] = {}
        for claim in json.loads(row["sdg_evidence"] or "[]"):
            reason = " ".join(read(claim["evidence"]).split())[:_LONGEST_REASON]
            reasons.setdefault(reason, []).append(str(claim["sdg"]))
        for reason, claimed in reasons.items():
            if len(reason) > _SHORTEST_REASON:
                yield Example(reason, "en", tuple(claimed), group=row["id"])


def prize_titles(folder: Path) -> Iterator[Example]:
    """Yield the titles of prizes with the line each was entered under; no language."""
    known = {line["id"] for line in _vocabulary()["action_line"]}
    seen = set()
    for row in rows_of(folder / PRIZES):
        entry = row["title"], row["category"]
        if row["title"] and row["category"] in known and entry not in seen:
            seen.add(entry)
            yield Example(row["title"], "", (row["category"],), 2.0)


def sentences(folder: Path) -> Iterator[Example]:
    """
    Yield sentences with one goal each, copies of official texts left out.

    Who labelled them is not documented: they choose thresholds and teach nothing.
    """
    official = " | ".join(
        _plain(row["en"]) for row in rows_of(folder / UN_TEXTS) if row["kind"] != "goal"
    )
    seen = set()
    for row in rows_of(folder / SENTENCES):
        plain = _plain(row["text"])
        is_copy = plain[:_COMPARED] in official or plain[-_COMPARED:] in official
        if len(plain.split()) >= _FEWEST_WORDS and not is_copy and plain not in seen:
            seen.add(plain)
            yield Example(row["text"].strip(), "en", (row["sdg"],), group=plain)


def paragraphs(folder: Path, rng: Random) -> Iterator[Example]:
    """
    Yield paragraphs of three sentences: two on one goal, one on another.

    What people write is longer than a sentence and seldom about one thing alone. Each
    sentence stands in one paragraph.
    """
    by_goal: dict[str, list[str]] = {}
    for sentence in sentences(folder):
        by_goal.setdefault(sentence.labels[0], []).append(sentence.text)
    for texts in by_goal.values():
        rng.shuffle(texts)
    while True:
        goal = max(by_goal, key=lambda code: len(by_goal[code]))
        others = [code for code in by_goal if code != goal and by_goal[code]]
        if len(by_goal[goal]) < 2 or not others:
            return
        other = rng.choice(others)
        parts = [by_goal[goal].pop(), by_goal[goal].pop(), by_goal[other].pop()]
        rng.shuffle(parts)
        text = " ".join(part.rstrip(" .") + "." for part in parts)
        yield Example(text, "en", (goal, other), group=text)


def own_texts_of_goals(languages: Sequence[str] = LANGUAGES) -> Iterator[Example]:
    """Yield what was written for the goals."""
    for code, own in _own()["goal"].items():
        for text in own["says"]:
            yield Example(text, "en", (code,), 2.0)
        for language in languages:
            if language in own["words"]:
                words = ", ".join(own["words"][language])
                yield Example(words, language, (code,), 2.0)


def texts_of_lines() -> Iterator[Example]:
    """Yield titles, scopes and keywords of lines, and what was written for them."""
    for line in _vocabulary()["action_line"]:
        code = (line["id"],)
        own = _own()["line"][line["id"]]
        for language in LANGUAGES:
            yield Example(line[f"title_{language}"], language, code)
            for invented in ("titles", "tells"):
                for text in own[invented].get(language, []):
                    yield Example(text, language, code)
            words = line.get(f"keywords_{language}") or own["words"][language]
            for word in words:
                yield Example(word, language, code, 0.5)
            if f"scope_{language}" in line:
                yield Example(line[f"scope_{language}"], language, code, 2.0)
        for text in own["says"]:
            yield Example(text, "en", code)


def off_topic() -> Iterator[Example]:
    """Yield what deserves no label."""
    for language, texts in _own()["off_topic"].items():
        for text in texts:
            yield Example(text, language, ())


def rows_of(file: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of a CSV file by the names of its columns."""
    with file.open(encoding="utf-8-sig", newline="") as opened:
        yield from csv.DictReader(opened)


def lines() -> tuple[str, ...]:
    """Return the codes of action lines in their order."""
    return tuple(line["id"] for line in _vocabulary()["action_line"])


def goals() -> tuple[str, ...]:
    """Return the codes of goals in their order."""
    return tuple(str(goal["number"]) for goal in _vocabulary()["sdg"])


def missing(folder: Path) -> list[Path]:
    """Return which files are not there."""
    return [file for file in FILES if not (folder / file).is_file()]


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text.lower()).strip()


def _own() -> dict[str, Any]:
    return _toml("label_texts.toml")


def _vocabulary() -> dict[str, Any]:
    return _toml("framework.toml")


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))
