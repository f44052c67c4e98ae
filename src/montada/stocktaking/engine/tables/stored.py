"""Parts of a record as its JSON writes them, from a file that anybody may have made."""

from __future__ import annotations

import json
from typing import Any

from pydantic import ValidationError

from montada.language.engine.harmless import harmless_words
from montada.stocktaking.engine.record import ProjectRecord
from montada.stocktaking.engine.tables.values import CellFault

_LOCAL = frozenset({"approved_by", "file_id"})
"""Numbers of people and files: another installation's mean nothing here."""


def part_of_record(name: str | None, value: Any) -> ProjectRecord:
    """
    Return a record with the one part that `value` tells; the whole one without a name.

    Raises
    ------
    CellFault
    """
    try:
        stored = json.loads(value) if isinstance(value, str) else value
        stored = without_local(stored)
        return ProjectRecord.from_json({name: stored} if name else stored)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(step) for step in first["loc"])
        raise CellFault("no_record", where=where, why=first["msg"]) from None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise CellFault("no_record", where=name or "", why=str(error)[:80]) from None


def without_local(stored: Any) -> Any:
    """Return stored parts without numbers that mean something only here."""
    if isinstance(stored, dict):
        return {
            key: without_local(part)
            for key, part in stored.items()
            if key not in _LOCAL
        }
    if isinstance(stored, list):
        return [without_local(part) for part in stored]
    return stored


def harmless_part(value: Any) -> tuple[Any, bool]:
    """Return a cell without signs that mislead a reader, and whether it lost any."""
    if isinstance(value, str):
        harmless = harmless_words(value)
        lost = value.replace("\r\n", "\n").replace("\r", "\n").strip()
        return harmless, harmless != lost
    if isinstance(value, list):
        parts = [harmless_part(part) for part in value]
        return [part for part, _ in parts], any(lost for _, lost in parts)
    if isinstance(value, dict):
        named = {key: harmless_part(part) for key, part in value.items()}
        parted = {key: part for key, (part, _) in named.items()}
        return parted, any(lost for _, lost in named.values())
    return value, False
