"""What may be in the register already, shown before an entry is sent."""

from __future__ import annotations

from datetime import datetime

import pytest

from montada.language.engine.text import LocalizedText
from montada.stocktaking import queries
from tests.factories.stocktaking import a_project

pytestmark = pytest.mark.django_db


def found(text: str, exclude: str = "") -> list[tuple[str, bool]]:
    """Return slugs; without vectors only titles that share most letters are alike."""
    alike = queries.similar_to(text, "en", exclude)
    return [(one.slug, one.is_likely_same) for one in alike]


def test_the_same_title_is_likely_the_same_project(now: datetime) -> None:
    first = a_project("Wells by telephone in the oases", at=now)
    a_project("Open data of the ministry", at=now)

    assert found("WELLS by telephone, in the Oases") == [(first.slug, True)]
    assert found("Wells by telephone in the oases\nMore words") == [(first.slug, True)]
    assert found("Telephone numbers") == []


def test_it_is_found_under_each_of_its_titles(now: datetime) -> None:
    title = LocalizedText.of("ar", "الآبار على الهاتف في الواحات", en="Oasis wells")
    project = a_project(title, at=now)

    (alike,) = queries.similar_to("آبار على الهاتف في الواحات", "ar")

    assert (alike.slug, alike.title) == (project.slug, title)
    assert str(alike.country) == "Egypt"
    # Letters alone, of which most are shared: below 1, above the bound.
    assert 0.8 <= alike.score < 1


def test_the_project_itself_is_left_out(now: datetime) -> None:
    project = a_project("Wells by telephone", at=now)

    assert found("Wells by telephone", exclude=project.slug) == []


@pytest.mark.parametrize("text", ["", "\x00", "🙂", "\n", "x" * 100_000, "\u202e"])
def test_any_text_may_be_asked_for(now: datetime, text: str) -> None:
    a_project("Wells by telephone", at=now)

    assert found(text) == []
