"""Organisations that every forum meets, under their names in several languages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from django.db import transaction

from montada.audit import operations as audit
from montada.djangokit.tables import numbered, rows_of
from montada.language.engine.folding import sort_key
from montada.language.engine.text import UNDETERMINED, LocalizedText, TextState, Wording
from montada.participation import queries
from montada.participation.models import Organisation
from montada.participation.operations._organisation_names import (
    free_slug,
    keep_alias,
)
from montada.participation.operations.publishing import publish_organisations

KNOWN = Path(__file__).parents[1] / "data" / "organisations.csv"
"""
Names from the pages in `source_url` and from UN usage. `drafts` lists the languages
whose wording nobody has checked against an official page yet. Seats are general
knowledge.
"""

_COLUMNS = ("acronym", "name_en", "name_ar", "name_fr", "group", "country")
_MORE_COLUMNS = ("aliases", "drafts", "source_url")


@transaction.atomic
def load_known_organisations(*, at: datetime) -> int:
    """
    Know the organisations that this version carries; return how many gained by it.

    Safe to repeat: what people wrote stays, only what is missing is filled in. The
    trail gets an entry only if something changed.
    """
    rows = numbered(rows_of(KNOWN, (*_COLUMNS, *_MORE_COLUMNS)))
    changed = [known for _number, row in rows if (known := _loaded(row)) is not None]
    if changed:
        publish_organisations(ids=[known.pk for known in changed])
        audit.record(
            action="organisation.known_loaded",
            actor=None,
            subject=changed[0],
            at=at,
            details={"slugs": [known.slug for known in changed]},
        )
    return len(changed)


def _loaded(row: Mapping[str, str]) -> Organisation | None:
    """Return the organisation if it is new or learned something."""
    names = _names_of(row)
    known = _known_under(names, row) or Organisation(
        slug=free_slug(row["acronym"] or row["name_en"])
    )
    gained = _complete(known, row)
    if gained:
        known.save()
    n_aliases = sum(keep_alias(known, name) for name in names)
    return known if gained or n_aliases else None


def _names_of(row: Mapping[str, str]) -> list[str]:
    """Return the ways to write it, also as "Name (ACRONYM)"."""
    names = [row["name_en"], row["name_fr"], row["name_ar"], *row["aliases"].split(";")]
    if row["acronym"]:
        names += [row["acronym"], f"{row['name_en']} ({row['acronym']})"]
    return [name.strip() for name in names if name.strip()]


def _known_under(names: list[str], row: Mapping[str, str]) -> Organisation | None:
    for name in names:
        known = queries.organisation_by_name(
            name=name,
            country_id=row["country"] or None,
            stakeholder_group_id=row["group"],
        )
        if known is not None:
            return known
    return None


def _complete(known: Organisation, row: Mapping[str, str]) -> bool:
    """Fill in what is missing; return whether anything was."""
    before = _facts_of(known)
    known.name = _completed(known.name, _name_in(row))
    known.sort_key = sort_key(str(known.name))
    known.acronym = known.acronym or row["acronym"]
    known.stakeholder_group_id = known.stakeholder_group_id or row["group"]
    known.country_id = known.country_id or row["country"] or None
    known.source_url = known.source_url or row["source_url"]
    return known.pk is None or _facts_of(known) != before


def _facts_of(known: Organisation) -> tuple[object, ...]:
    return (
        known.name,
        known.acronym,
        known.stakeholder_group_id,
        known.country_id,
        known.source_url,
    )


def _name_in(row: Mapping[str, str]) -> LocalizedText:
    drafts = row["drafts"].split(";")
    states = {tag: TextState.DRAFT for tag in drafts}
    wordings = {
        tag: Wording(row[f"name_{tag}"], states.get(tag, TextState.APPROVED))
        for tag in ("en", "ar", "fr")
    }
    return LocalizedText("en", wordings)


def _completed(name: LocalizedText, full: LocalizedText) -> LocalizedText:
    """Return what is there with what is missing; a bare source's name gives way."""
    kept = {tag: w for tag, w in name.wordings.items() if tag != UNDETERMINED}
    written_in = name.written_in if kept else full.written_in
    return LocalizedText(written_in, {**full.wordings, **kept})
