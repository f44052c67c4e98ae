"""The columns of a file and what they may be, as the page shows and sends them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from montada.language.engine.text import LANGUAGES, OWN_NAMES
from montada.stocktaking import queries

FIELD_NAMES: dict[str, Any] = {
    **queries.PART_NAMES,
    "identifier": _("Identifier"),
    "system": _("Another list that has it"),
    "system_identifier": _("Its identifier there"),
    "source_url": _("Address of the source"),
    "language": _("Language of the texts"),
    "year": _("Year"),
    "own_share": _("The owner's share"),
    "currency": _("Currency"),
    "donors": _("Donors"),
    "latitude": _("Latitude"),
    "longitude": _("Longitude"),
    "replication.connectivity": _("Needed: connectivity"),
    "replication.income": _("Needed: income group"),
    "replication.languages": _("Needed: languages"),
    "replication.legal_base": _("Needed: legal base"),
    "replication.institution": _("Needed: institution"),
    "replication.skills": _("Needed: skills"),
    "texts": _("Texts with their languages (JSON)"),
    "record": _("Whole record (JSON)"),
}
"""How the fields of a table are called, on top of the parts of a record."""


@dataclass(frozen=True, slots=True)
class ShownColumn:
    """`name` of the select, column of the file, field chosen, cells to look at."""

    key: str
    column: str
    field: str
    samples: tuple[str, ...]
    says: str = ""
    """What is said of every row, in place of a column."""

    @property
    def choices(self) -> list[tuple[str, list[tuple[str, str]]]]:
        return field_choices(self.field)


def shown_columns(run: Any) -> list[ShownColumn]:
    """Return the columns of a file with three of their cells, and what is constant."""
    sampled = queries.sampled_columns(run)
    shown = [
        ShownColumn(f"column-{place}", name, run.mapping.get(name, ""), cells)
        for place, (name, cells) in enumerate(sampled.items())
    ]
    for column, field in run.mapping.items():
        if column.startswith("="):
            key = f"same-{len(shown)}"
            shown.append(ShownColumn(key, "", field, (), says=column[1:]))
    return shown


def mapping_sent(run: Any, sent: Mapping[str, str]) -> dict[str, str]:
    """Return the mapping that the page sent; what it does not show stays as it is."""
    if run.format == "iati":
        return {}
    mapping: dict[str, str] = {}
    for one in shown_columns(run):
        field = sent.get(one.key, one.field)
        mapping[f"={one.says}" if one.says else one.column] = field
    return mapping


def field_choices(chosen: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the fields to choose from, texts once for each language, in groups."""
    texts: list[tuple[str, str]] = []
    others: list[tuple[str, str]] = []
    for name in queries.TABLE_FIELDS:
        label = str(FIELD_NAMES.get(name, name))
        if name in queries.TABLE_TEXTS:
            texts.append((name, label))
            texts += [
                (f"{name}[{tag}]", f"{label} – {OWN_NAMES[tag]}") for tag in LANGUAGES
            ]
        else:
            others.append((name, label))
    known = {name for name, _label in (*texts, *others)}
    if chosen and chosen not in known:
        base, _sign, inside = chosen.partition("[")
        label = f"{FIELD_NAMES.get(base, base)} – {inside.removesuffix(']')}"
        others.insert(0, (chosen, label))
    return [(str(_("Facts")), others), (str(_("Texts")), texts)]
