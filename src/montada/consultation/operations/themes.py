"""Themes as people put them: what the secretariat reads together, under what name."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from montada.consultation.models import Contribution
from montada.consultation.operations.calls import check_secretariat
from montada.consultation.operations.decisions import group_contribution
from montada.consultation.operations.told import tell_of_theme
from montada.djangokit.refusals import Refusal
from montada.language.engine.harmless import harmless_words
from montada.language.engine.text import NO_TEXT, LocalizedText, TextState

if TYPE_CHECKING:
    from montada.participation.models import Person

LONGEST_NAME = 200
"""Characters of a theme's name."""


class ThemeWithoutName(Refusal):
    code = "consultation.theme_without_name"
    message = _("Give the theme a name.")


class ThemeNameTooLong(Refusal):
    code = "consultation.theme_name_too_long"
    message = _("The name of a theme has at most %(longest)s characters.")


class NothingToGroup(Refusal):
    code = "consultation.nothing_to_group"
    message = _("Choose at least one contribution.")


@transaction.atomic
def group_under(
    *,
    contributions: Iterable[Contribution],
    theme: LocalizedText,
    grouped_by: Person,
    at: datetime,
) -> int:
    """
    Read contributions together under a theme, and tell their authors, each once.

    Those that are under it already stay as they are. Return how many were put there.

    Raises
    ------
    NotTheSecretariat, ThemeWithoutName, ThemeNameTooLong, NothingToGroup
    """
    chosen = {row.pk for row in contributions}
    rows = Contribution.objects.received().filter(pk__in=chosen).order_by("pk")
    found = list(rows.select_related("call__edition", "author"))
    for edition in {row.call.edition for row in found}:
        check_secretariat(grouped_by, edition)
    name = _name(theme)
    if not found:
        raise NothingToGroup
    new = [row for row in found if row.grouped_under.by_language != name.by_language]
    for row in new:
        now = group_contribution(
            contribution=row, theme=name, grouped_by=grouped_by, at=at
        )
        tell_of_theme(contribution=now, at=at)
    return len(new)


def _name(theme: LocalizedText) -> LocalizedText:
    """Return the name of a theme, each wording on one line and without odd signs."""
    name = NO_TEXT
    for tag, words in theme.by_language.items():
        plain = " ".join(harmless_words(words[: 10 * LONGEST_NAME]).split())
        if len(plain) > LONGEST_NAME:
            raise ThemeNameTooLong(longest=LONGEST_NAME)
        if plain:
            name = name.with_wording(tag, plain, TextState.APPROVED)
    if not name:
        raise ThemeWithoutName
    return LocalizedText(theme.written_in, name.wordings)
