"""What the text tags write on a page."""

from __future__ import annotations

from django.template import Context, Template
from django.utils import translation

from montada.language.engine.text import LocalizedText, TextState


def written(source: str, language: str, **values: object) -> str:
    with translation.override(language):
        return Template(source).render(Context(values))


def test_text_in_another_language_says_which_and_keeps_its_direction() -> None:
    html = written("{% localized t %}", "en", t=LocalizedText.of("ar", "مدارس"))

    assert html.startswith('<bdi lang="ar" dir="rtl">مدارس</bdi>')
    assert "Shown in the original language: Arabic." in html


def test_drafts_and_machine_words_are_marked() -> None:
    text = LocalizedText.of("en", "Schools")

    draft = text.with_wording("ar", "مدارس", TextState.DRAFT)
    machine = text.with_wording("fr", "Écoles", TextState.MACHINE)

    assert "مسودة" in written("{% localized t %}", "ar", t=draft)
    assert "machine" in written("{% localized t %}", "fr", t=machine)


def test_users_text_is_escaped() -> None:
    html = written("{% localized t %}", "en", t=LocalizedText.of("en", "<b>x</b>"))

    assert html == '<bdi lang="en" dir="ltr">&lt;b&gt;x&lt;/b&gt;</bdi>'


def test_numbers_follow_the_page_and_the_policy(settings: object) -> None:
    settings.DIGITS = "arabic-indic"  # type: ignore[attr-defined]

    assert (
        written("{{ n|number }} {{ p|percent }}", "ar", n=14820, p=47) == "١٤٬٨٢٠ ٤٧٪"
    )
    assert written("{{ n|number }}", "en", n=14820) == "14,820"
    assert written("{{ n|number }}", "en", n=None) == ""
