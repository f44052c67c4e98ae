"""How values of facets are written for one reader."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from montada.audit import queries as audit
from montada.framework import queries as framework
from montada.language.engine.folding import sort_key
from montada.language.engine.text import LocalizedText
from montada.stocktaking.choices import Distinction, EntryType, ProjectStatus

if TYPE_CHECKING:
    from montada.framework.models import ActionLine

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
    countries = sorted(
        (_label(c.iso3, c.name, language) for c in framework.countries()),
        key=lambda label: sort_key(label.text),
    )
    groups = [_label(g.code, g.name, language) for g in framework.country_groups()]
    return {
        "country": countries,
        "work": countries,
        "group": groups,
        "region": groups,
        "stakeholder": [
            _label(g.code, g.name, language) for g in framework.stakeholder_groups()
        ],
        "goal": [_label(str(g.number), g.title, language) for g in framework.goals()],
        "line": [_line_label(line, language) for line in framework.action_lines()],
    }


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


def _label(value: str, name: LocalizedText, language: str) -> Label:
    shown = name.shown_to(language)
    return Label(value, shown.text, shown.language)


def _line_label(line: ActionLine, language: str) -> Label:
    shown = line.title.shown_to(language)
    code = line.code_ar if language == "ar" else line.latin_code
    return Label(line.code, f"{code} – {shown.text}", shown.language)
