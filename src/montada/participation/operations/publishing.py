"""What a search may find of organisations: each under all of its names."""

from __future__ import annotations

from collections.abc import Collection

from montada.language import operations as language
from montada.language.engine.text import UNDETERMINED, LocalizedText
from montada.language.engine.values import IndexedRecord
from montada.participation.models import Organisation

KIND = "organisation"


def publish_organisations(*, ids: Collection[int] | None = None) -> int:
    """
    Let organisations be found, all without `ids`; those merged into another no more.

    Returns how many rows of the index changed.
    """
    rows = Organisation.objects.prefetch_related("aliases").order_by("pk")
    if ids is not None:
        rows = rows.filter(pk__in=ids)
    n_changed = language.publish(
        texts=(
            _indexed(row)
            for row in rows.filter(merged_into=None).iterator(chunk_size=500)
        )
    )
    merged = rows.exclude(merged_into=None).values_list("slug", flat=True)
    return n_changed + language.withdraw(kind=KIND, keys=merged)


def _indexed(organisation: Organisation) -> IndexedRecord:
    shown = organisation.name.by_language
    spellings = [alias.text for alias in organisation.aliases.all()]
    others = dict.fromkeys(filter(None, [organisation.acronym, *spellings]))
    body = " · ".join(name for name in others if name not in shown.values())
    return IndexedRecord(
        kind=KIND,
        key=organisation.slug,
        title=organisation.name,
        body=LocalizedText.of(UNDETERMINED, "", **dict.fromkeys(shown, body)),
        facets={"country": tuple(filter(None, [organisation.country_id]))},
    )
