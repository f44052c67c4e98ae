"""Whose clocks are meant, and what sources say, in the reader's language."""

from __future__ import annotations

import pytest
from django.utils import translation

from montada.edition.models import Edition
from montada.edition.templatetags.edition import clock, reported
from montada.language.engine.text import NO_TEXT
from tests.factories.edition import GENEVA


def test_an_editions_own_city_names_its_time() -> None:
    assert clock(Edition(city=GENEVA, timezone="Europe/Zurich")) == "Geneva time"


@pytest.mark.parametrize(
    ("zone", "said"),
    [("Africa/Cairo", "Cairo time"), ("Europe/Zurich", "Zurich time")],
)
def test_without_a_city_the_zones_own_names_it(zone: str, said: str) -> None:
    assert clock(Edition(city=NO_TEXT, timezone=zone)) == said


def test_the_city_is_named_in_the_readers_language() -> None:
    with translation.override("ar"):
        assert "القاهرة" in clock(Edition(city=NO_TEXT, timezone="Africa/Cairo"))


def test_words_of_a_source_that_nobody_translated_say_their_language() -> None:
    assert reported("attended (more than)") == "attended (more than)"
    assert reported("counted <twice>") == (
        '<bdi lang="en" dir="ltr">counted &lt;twice&gt;</bdi>'
    )
