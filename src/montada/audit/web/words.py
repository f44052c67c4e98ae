"""What decisions are called on the page. What is not named here shows its code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "edition.copied": _("Edition copied"),
    "edition.loaded": _("Editions loaded"),
    "edition.moved_online": _("Edition moved online"),
    "edition.opened": _("Edition opened"),
    "edition.phase_removed": _("Phase removed"),
    "edition.phase_set": _("Phase set"),
    "edition.room_removed": _("Room removed"),
    "edition.room_set": _("Room set"),
    "edition.term_set": _("Term set"),
    "forum.key_made": _("Setup key made"),
    "forum.set_up": _("Forum set up"),
    "framework.label_confirmed": _("Suggested label confirmed"),
    "framework.label_declined": _("Suggested label declined"),
    "framework.labels_suggested": _("Labels suggested"),
    "framework.matrix_cell_changed": _("Cell of the matrix changed"),
    "framework.reference_loaded": _("Reference data loaded"),
    "framework.targets_loaded": _("Titles of targets loaded"),
    "indicators.figures_imported": _("Figures imported"),
    "indicators.series_described": _("Series described"),
    "invitation.accepted": _("Invitation accepted"),
    "invitation.sent": _("Invitation sent"),
    "message.resent": _("Message tried again"),
    "organisation.alias_added": _("Name of an organisation added"),
    "organisation.described": _("Organisation described"),
    "organisation.known_loaded": _("Known organisations loaded"),
    "organisation.learned": _("Organisation completed"),
    "organisation.merged": _("Organisations merged"),
    "organisation.named": _("Organisation named"),
    "organisation.parent_set": _("Organisation placed under another"),
    "person.changed": _("Details of a person changed"),
    "person.erased": _("Person erased"),
    "person.joined": _("Person joined"),
    "programme.sessions_imported": _("Sessions imported"),
    "role.granted": _("Role granted"),
    "role.withdrawn": _("Role withdrawn"),
    "selection.prizes_imported": _("Prizes imported"),
    "sign_in_link.made": _("Sign-in link made"),
    "sign_in_link.used": _("Sign-in link used"),
    "site.restored": _("Backup restored"),
    "stocktaking.distinction_noted": _("Distinction noted"),
}


def action_name(action: str) -> str:
    return str(ACTIONS.get(action, action))


def details_shown(
    details: Mapping[str, Any], reader: str
) -> list[tuple[str, list[str]]]:
    """Return each detail as its name and its lines, for a list of facts."""
    return [
        (name.replace("_", " "), _lines(value, reader))
        for name, value in details.items()
        if value not in (None, "", [], {})
    ]


def _lines(value: Any, reader: str) -> list[str]:
    if isinstance(value, dict) and "wordings" in value:
        # A text in several languages, as the language feature stores it.
        words = value["wordings"]
        shown = words.get(reader) or words.get(value.get("written_in")) or {}
        return [str(shown.get("text", ""))]
    if isinstance(value, dict):
        return [f"{key}: {'; '.join(_lines(v, reader))}" for key, v in value.items()]
    if isinstance(value, list):
        return [line for item in value for line in _lines(item, reader)]
    if isinstance(value, bool):
        return [gettext("yes") if value else gettext("no")]
    return [str(value)]
