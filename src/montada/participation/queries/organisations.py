"""What is read about organisations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from django.db.models import Exists, OuterRef, QuerySet

from montada.language.engine.folding import folded, sort_key
from montada.participation.engine.naming import Namesake, meant
from montada.participation.models import Organisation, OrganisationAlias

LONGEST_NAME = 300
"""Characters that the tables keep of a name."""


def organisations() -> QuerySet[Organisation]:
    """Return the organisations, by name; those merged into another are left out."""
    return Organisation.objects.filter(merged_into=None).select_related(
        "country", "stakeholder_group"
    )


def organisation(slug: str) -> Organisation | None:
    """Return an organisation by its address, also one that was merged into another."""
    return (
        Organisation.objects.filter(slug=slug)
        .select_related("country", "stakeholder_group", "parent", "merged_into")
        .first()
    )


def organisations_at(slugs: Collection[str]) -> dict[str, Organisation]:
    """Return organisations by address, each merged one as what it is now. One query."""
    found = Organisation.objects.filter(slug__in=slugs).select_related("merged_into")
    return {one.slug: one.merged_into or one for one in found}


def organisations_of_country(iso3: str) -> QuerySet[Organisation]:
    """Return the organisations that have their seat in a country."""
    return organisations().filter(country_id=iso3)


def organisations_like(text: str) -> QuerySet[Organisation]:
    """
    Return the organisations that have every word of `text` in one of their names.

    Folded, so that شئون finds شؤون, and without the article; no words find everything.
    """
    found = organisations()
    for word in text.split():
        if key := sort_key(word):
            aliases = OrganisationAlias.objects.filter(
                organisation=OuterRef("pk"), key__contains=key
            )
            found = found.filter(Exists(aliases))
    return found


def organisations_called(words: str) -> list[Organisation]:
    """Return the organisations with exactly this address or, else, this name."""
    at_address = list(organisations().filter(slug=words.strip()))
    if at_address:
        return at_address
    aliases = OrganisationAlias.objects.filter(
        organisation=OuterRef("pk"), key=key_of(words)
    )
    return list(organisations().filter(Exists(aliases)))


def locked_organisation(organisation_id: int) -> Organisation:
    """Return an organisation for changing; nobody else changes it meanwhile."""
    return Organisation.objects.select_for_update().get(pk=organisation_id)


def chain_above(organisation_id: int) -> list[int]:
    """Return the organisation and those it is a part of, upwards. A query each."""
    chain: list[int] = []
    next_id: int | None = organisation_id
    while next_id is not None and next_id not in chain:
        chain.append(next_id)
        above = Organisation.objects.filter(pk=next_id)
        next_id = above.values_list("parent_id", flat=True).first()
    return chain


def key_of(name: str) -> str:
    """Return the key under which a name is found."""
    return folded(name)[:LONGEST_NAME]


def namesakes_of(name: str) -> list[Namesake]:
    """Return the organisations known under a name, oldest first. One query."""
    rows = _met().filter(key=key_of(name)).values_list(*_NAMESAKE)
    return [Namesake(*row) for row in rows]


def organisation_by_name(
    *, name: str, country_id: str | None, stakeholder_group_id: str | None = None
) -> Organisation | None:
    """Return the organisation that a source means by a name; see `engine.naming`."""
    found = meant(
        namesakes_of(name),
        country_id=country_id,
        stakeholder_group_id=stakeholder_group_id,
    )
    return Organisation.objects.get(pk=found.organisation_id) if found else None


def organisations_by_key(keys: Collection[str]) -> dict[str, list[Organisation]]:
    """Return who is known under each key, oldest first; each row once. One query."""
    found: dict[str, list[Organisation]] = {key: [] for key in keys}
    rows: dict[int, Organisation] = {}
    for alias in _met().filter(key__in=found).select_related("organisation"):
        row = rows.setdefault(alias.organisation_id, alias.organisation)
        found[alias.key].append(row)
    return found


def organisation_index() -> dict[str, list[Namesake]]:
    """Return every key with the organisations known under it. One query."""
    index: dict[str, list[Namesake]] = defaultdict(list)
    for key, *row in _met().values_list("key", *_NAMESAKE):
        index[key].append(Namesake(*row))
    return dict(index)


_NAMESAKE = (
    "organisation_id",
    "organisation__country_id",
    "organisation__stakeholder_group_id",
)


def _met() -> QuerySet[OrganisationAlias]:
    rows = OrganisationAlias.objects.filter(organisation__merged_into=None)
    return rows.order_by("organisation_id")
