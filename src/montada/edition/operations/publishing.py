"""What a search may find of editions: name, theme and place."""

from __future__ import annotations

from collections.abc import Collection

from montada.edition.models import Edition
from montada.language import operations as language
from montada.language.engine.text import LocalizedText
from montada.language.engine.values import IndexedRecord

KIND = "edition"


def publish_editions(*, ids: Collection[int] | None = None) -> int:
    """Let editions be found, all without `ids`; return how many rows changed."""
    editions = Edition.objects.all()
    if ids is not None:
        editions = editions.filter(pk__in=ids)
    return language.publish(texts=map(_indexed, editions))


def withdraw_edition(*, slug: str) -> None:
    """Let an edition that is no more be found no longer."""
    language.withdraw(kind=KIND, keys=[slug])


def _indexed(edition: Edition) -> IndexedRecord:
    return IndexedRecord(
        kind=KIND,
        key=edition.slug,
        title=edition.name,
        body=_theme_and_place(edition),
        facets={
            "year": (str(edition.year),),
            "country": tuple(filter(None, [edition.country_id])),
        },
    )


def _theme_and_place(edition: Edition) -> LocalizedText:
    """Return both in the languages of the name, as a reader of each is shown them."""
    parts = {
        tag: " · ".join(
            shown
            for text in (edition.theme, edition.city)
            if (shown := text.shown_to(tag).text)
        )
        for tag in edition.name.by_language
    }
    return LocalizedText.of(edition.name.written_in, "", **parts)
