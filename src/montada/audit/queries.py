"""Everything that is read from the audit tables, and in what shape."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import connection, models

from montada.audit.models import Entry

P = ParamSpec("P")
R = TypeVar("R")


def name_of(subject: models.Model) -> str:
    """Return how the trail names a row: `app.model:pk`."""
    return f"{subject._meta.label_lower}:{subject.pk}"


def entries() -> models.QuerySet[Entry]:
    """Return the whole trail, newest first."""
    return Entry.objects.select_related("actor")


def entries_about(subject: models.Model) -> models.QuerySet[Entry]:
    """Return what was decided about one row, newest first."""
    return entries().filter(subject=name_of(subject))


def entries_matching(*, subject: str = "", action: str = "") -> models.QuerySet[Entry]:
    """
    Return decisions about a row, or about every row of a kind ("edition.edition"), and
    of one action; what nobody decided finds nothing. Newest first.
    """
    found = entries()
    if subject and ":" in subject:
        found = found.filter(subject=subject)
    elif subject:
        found = found.filter(subject__startswith=f"{subject}:")
    return found.filter(action=action) if action else found


def actions() -> list[str]:
    """Return what has been done so far, each once. One query."""
    return list(
        Entry.objects.order_by("action").values_list("action", flat=True).distinct()
    )


def entry(pk: int) -> Entry | None:
    return Entry.objects.filter(pk=pk).first()


def last_entry_id() -> int:
    """
    Return the number of the newest decision, 0 before the first.

    One query; within `one_moment` one for all who ask.
    """
    moment = None if connection.in_atomic_block else _moment.get()
    if moment is None:
        return _last_entry_id()
    if not moment:
        moment.append(_last_entry_id())
    return moment[0]


def _last_entry_id() -> int:
    newest = Entry.objects.order_by("-pk").values_list("pk", flat=True).first()
    return newest or 0


_moment: ContextVar[list[int] | None] = ContextVar("moment", default=None)
"""The newest decision, if it was read already; None outside a page."""


@contextmanager
def one_moment() -> Iterator[None]:
    """Read the newest decision once: what one page shows is of one moment."""
    token = _moment.set([])
    try:
        yield
    finally:
        _moment.reset(token)


def moment_has_passed() -> None:
    """Forget what was read: something has just been decided."""
    if (moment := _moment.get()) is not None:
        moment.clear()


KEPT_AT_MOST = 256
"""Answers of one query; strangers may ask for groups that do not exist."""

_memories: list[dict[Any, Any]] = []


def forget() -> None:
    """Empty what `remembered` keeps in this process: a fresh start, for measuring."""
    for kept in _memories:
        kept.clear()


def remembered(read: Callable[P, R]) -> Callable[P, R]:
    """
    Keep what a query returned, in this process, until the next decision.

    For reference data that every page reads and hardly anybody changes. What it returns
    is shared: callers must not change it. Inside a transaction nothing is kept, since a
    decision that is taken back gives its number to the next one.
    """
    kept: dict[object, tuple[int, R]] = {}
    _memories.append(kept)

    @wraps(read)
    def reading(*args: P.args, **kwargs: P.kwargs) -> R:
        if connection.in_atomic_block:
            return read(*args, **kwargs)
        asked, newest = (args, tuple(kwargs.items())), last_entry_id()
        held = kept.get(asked)
        if held is None or held[0] != newest:
            if len(kept) >= KEPT_AT_MOST:
                kept.clear()
            held = kept[asked] = (newest, read(*args, **kwargs))
        return held[1]

    return reading
