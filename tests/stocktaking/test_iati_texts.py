"""Texts of an activity: which language they are in, and which are kept."""

from __future__ import annotations

import pytest

from montada.stocktaking.engine.iati.texts import MAX_LINE
from montada.stocktaking.engine.iati.values import Activity, Finding
from tests.stocktaking.iati import a_file, activity, an_activity, findings, read


def titled(title: str, attributes: str = "") -> dict[str, str]:
    content = an_activity().replace(
        "<title><narrative>Title</narrative></title>", title
    )
    [found] = read(a_file(content.replace('xml:lang="en"', attributes, 1)))
    assert isinstance(found, Activity)
    return found.record.title.by_language


def test_narratives_take_the_language_that_is_nearest() -> None:
    title = (
        '<title xml:lang="fr"><narrative>Un</narrative>'
        '<narrative xml:lang="AR">واحد</narrative>'
        '<narrative xml:lang="en-GB">One</narrative></title>'
    )

    assert titled(title) == {"fr": "Un", "ar": "واحد", "en": "One"}


def test_repeated_elements_of_the_first_versions_are_languages() -> None:
    title = '<title xml:lang="en">One</title><title xml:lang="es">Uno</title>'

    assert titled(title, 'xml:lang="fr"') == {"en": "One", "es": "Uno"}


def test_a_language_comes_from_the_activity_then_from_the_file() -> None:
    title = "<title><narrative>Words</narrative></title>"
    content = an_activity().replace('xml:lang="en"', "")
    [found] = read(a_file(content, attributes='version="2.03" xml:lang="es"'))

    assert titled(title, 'xml:lang="ru"') == {"ru": "Words"}
    assert isinstance(found, Activity)
    assert found.record.title.by_language == {"es": "Title"}
    assert found.language == "es"


@pytest.mark.parametrize(
    ("narratives", "kept"),
    [
        ([("de", "Eins"), ("en", "One")], {"en": "One"}),
        ([("de", "Eins"), ("pt", "Um")], {"und": "Eins"}),
        ([("ae", "Eins")], {"und": "Eins"}),
        ([("und", "1"), ("en", "One")], {"und": "1", "en": "One"}),
    ],
)
def test_other_languages_are_kept_only_where_there_is_nothing_else(
    narratives: list[tuple[str, str]], kept: dict[str, str]
) -> None:
    inside = "".join(
        f'<narrative xml:lang="{language}">{words}</narrative>'
        for language, words in narratives
    )

    assert titled(f"<title>{inside}</title>") == kept


def test_words_without_any_language_are_undetermined() -> None:
    assert titled("<title>Plain</title>") == {"und": "Plain"}


def test_titles_are_cleaned_and_stay_on_one_line() -> None:
    title = "<title>  &lt;b&gt;Two\n\n lines&lt;/b&gt; &#x202e;turned </title>"

    assert titled(title, 'xml:lang="en"') == {"en": "Two lines turned"}


def test_a_title_beyond_measure_is_cut_and_said_to_be() -> None:
    content = an_activity().replace("Title", "word " * 30_000)
    [found] = read(a_file(content))

    assert isinstance(found, Activity)
    assert len(str(found.record.title)) <= MAX_LINE
    assert findings(found) == {Finding.CUT: str(MAX_LINE)}


def test_descriptions_go_where_their_type_says() -> None:
    found = activity(
        '<description type="1"><narrative>General</narrative></description>'
        '<description type="2"><narrative>Aims</narrative></description>'
        '<description type="3"><narrative>For whom</narrative></description>'
        '<description type="4"><narrative>Other</narrative></description>'
    ).record

    assert str(found.summary) == "General\n\nFor whom"
    assert str(found.aims) == "Aims"
    assert str(found.activities) == "Other"


def test_another_description_is_the_summary_where_there_is_none() -> None:
    found = activity('<description type="4"><narrative>Other</narrative></description>')

    assert str(found.record.summary) == "Other"
    assert not found.record.activities
