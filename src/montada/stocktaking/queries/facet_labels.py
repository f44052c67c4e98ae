"""How values of facets are written for one reader."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from montada.audit import queries as audit
from montada.framework import queries as framework
from montada.language.engine.folding import sort_key
from montada.stocktaking.choices import Distinction, EntryType, ProjectStatus

CHOICES = {"distinction": Distinction, "type": EntryType, "status": ProjectStatus}


@dataclass(frozen=True, slots=True)
class Label:
    """How a value of a facet is written for one reader."""

    value: str
    text: str
    language: str = ""


@audit.remembered("framework.reference", "framework.targets")
def facet_labels(language: str) -> dict[str, dict[str, Label]]:
    """Return names by facet and value in the framework's order; countries by name."""
    with translation.override(language):
        labels = _of_framework(language) | _of_choices()
    return {
        facet: {label.value: label for label in named}
        for facet, named in labels.items()
    }


def _of_framework(language: str) -> dict[str, list[Label]]:
    labels: dict[str, list[Label]] = {}
    for named in framework.names():
        labels.setdefault(named.kind, []).append(_label(named, language))
    countries = sorted(labels["country"], key=lambda label: sort_key(label.text))
    both = {"country": countries, "work": countries, "region": labels["group"]}
    return labels | both


def _of_choices() -> dict[str, list[Label]]:
    named = {
        facet: [(value, str(label)) for value, label in choices.choices]
        for facet, choices in CHOICES.items()
    }
    named["language"] = [(tag, str(name)) for tag, name in settings.LANGUAGES]
    named["freshness"] = list(freshness_names().items())
    named["evidence"] = [("1", _("Results that were measured"))]
    named["gap"] = [("1", _("Money is missing"))]
    named["suggested"] = [("1", _("suggested by the title too"))]
    return {facet: [Label(*pair) for pair in pairs] for facet, pairs in named.items()}


def freshness_names() -> dict[str, str]:
    """Return the names of how old a project's word on itself is;."""
    return {
        "fresh": _("Up to date"),
        "ageing": _("Due for an update"),
        "stale": _("Not updated for long"),
        "archived": _("Archived"),
    }


def _label(named: framework.Named, language: str) -> Label:
    shown = named.name.shown_to(language)
    text = f"{named.code_in(language)} – {shown.text}" if named.is_line else shown.text
    return Label(named.code, text, shown.language)
