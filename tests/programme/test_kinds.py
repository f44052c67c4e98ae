"""Kinds of sessions and places by right: how they are called."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from montada.edition.models import Edition
from montada.programme import operations
from montada.programme.operations.kinds import KindNameMissing
from montada.programme.operations.words import WordsTooMany
from tests.factories.edition import make_edition, text
from tests.factories.programme import make_kind

pytestmark = pytest.mark.django_db


def name_kind(edition: Edition, name: Any, at: datetime) -> Any:
    kind = edition.session_kinds.first() or make_kind(edition)
    return operations.set_kind(kind=kind, values={"name": name}, set_by=None, at=at)


def name_right(edition: Edition, name: Any, at: datetime) -> Any:
    values = {"holder": "host", "name": name, "n_places": 2}
    return operations.set_place_by_right(
        edition=edition, values=values, set_by=None, at=at
    )


@pytest.mark.parametrize("call_it", [name_kind, name_right])
def test_names_turn_nothing_around_and_are_one_line(
    call_it: Any, now: datetime
) -> None:
    edition = make_edition()

    row = call_it(edition, text("Work\u202eshop\nof all", ar="ورشة\0"), now)

    assert row.name.by_language == {"en": "Workshop of all", "ar": "ورشة"}
    with pytest.raises(WordsTooMany):
        call_it(edition, text("x" * 5_000), now)
    with pytest.raises(KindNameMissing):
        call_it(edition, text("\u202e"), now)
