"""Action lines, goals, targets and objectives, however a table writes them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from montada.stocktaking.engine.tables.cells import codes, key, shown
from montada.stocktaking.engine.tables.values import CellFault, Vocabulary
from montada.stocktaking.engine.values import LabelAxis, LabelOf

_LINE = re.compile(r"(c|جيم) ?(\d{1,2})\b")
_NUMBER = re.compile(r"\D*?(\d{1,2})(?:\D.*)?")
_TARGET = re.compile(r"\D*?(\d{1,2}) ?([a-z]|\d{1,2})(?: .*)?")

_AXES: Mapping[str, tuple[LabelAxis, str]] = {
    "action_lines": ("action_line", "no_line"),
    "goals": ("goal", "no_goal"),
    "targets": ("target", "no_target"),
    "objectives": ("objective", "no_objective"),
}


def labels_in(cell: str, field: str, vocabulary: Vocabulary) -> list[LabelOf]:
    """
    Return the labels that a cell names, by code, number or title, each once.

    Raises
    ------
    CellFault
        If one is none of the framework's; C7 without its part is said to be that.
    """
    axis, fault = _AXES[field]
    known: Mapping[str, str] = getattr(vocabulary, field)
    found: dict[str, None] = {}
    for words, code in codes(cell, known):
        found_code = code or _code(words, field, known)
        if not found_code:
            is_c7 = field == "action_lines" and key(words).replace(" ", "") in _C7
            raise CellFault("line_without_part" if is_c7 else fault, value=shown(words))
        found[found_code] = None
    return [LabelOf(axis, code) for code in found]


_C7 = frozenset({"c7", "جيم7"})


def _code(words: str, field: str, known: Mapping[str, str]) -> str:
    """Return the code where more is said than it: "Goal 4", "C2 – Infrastructure"."""
    plain = key(words)
    if field == "action_lines":
        return _line(plain, known)
    if field == "targets":
        found = _TARGET.fullmatch(plain)
        return known.get(f"{found[1]} {found[2]}", "") if found else ""
    found = _NUMBER.fullmatch(plain)
    return known.get(found[1].lstrip("0"), "") if found else ""


def _line(plain: str, known: Mapping[str, str]) -> str:
    """Return the line whose code the words begin with, or whose title ends them."""
    found = _LINE.match(plain)
    if found is None:
        return ""
    rest = plain[found.end() :].split()
    codes_ = [
        " ".join([found[1] + found[2], *rest[:n]]) for n in range(len(rest), -1, -1)
    ]
    return next((known[c] for c in (*codes_, " ".join(rest)) if c in known), "")
