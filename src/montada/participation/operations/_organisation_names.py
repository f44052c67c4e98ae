"""Names and addresses of organisations: what may be one, and how it is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from montada.djangokit.refusals import Refusal
from montada.language.engine.harmless import harmless_words
from montada.participation import queries
from montada.participation.models import Organisation, OrganisationAlias
from montada.participation.queries.organisations import LONGEST_NAME

LONGEST_SLUG = 100
"""Characters; the column has room for a number behind it."""


class OrganisationNameMissing(Refusal):
    code = "organisation.name_missing"
    message = _("An organisation needs a name with at least one letter or digit.")


class OrganisationNameTooLong(Refusal):
    code = "organisation.name_too_long"
    message = _("A name has at most %(most)s characters; this one has %(length)s.")


def checked_name(name: str) -> str:
    """
    Return the name with single spaces, and nothing that turns words around it.

    Raises
    ------
    OrganisationNameMissing, OrganisationNameTooLong
    """
    name = " ".join(harmless_words(name).split())
    if not queries.key_of(name):
        raise OrganisationNameMissing
    if len(name) > LONGEST_NAME:
        raise OrganisationNameTooLong(most=LONGEST_NAME, length=len(name))
    return name


def keep_alias(organisation: Organisation, text: str) -> bool:
    """Return whether the spelling was new to the organisation."""
    _alias, created = OrganisationAlias.objects.get_or_create(
        organisation=organisation, key=queries.key_of(text), defaults={"text": text}
    )
    return created


def free_slug(name: str) -> str:
    return free_slugs([name])[0]


def free_slugs(names: Sequence[str]) -> list[str]:
    """Return addresses nobody has; names without Latin letters are only numbered."""
    starts = [_start_of(name) for name in names]
    rows = Organisation.objects.values_list("slug", flat=True)
    taken = set(rows.filter(slug__in=starts))
    again = {start for start, n in Counter(starts).items() if n > 1}
    for start in sorted(taken | again):
        taken.update(rows.filter(slug__startswith=start))
    return [_next_free(start, taken) for start in starts]


def _start_of(name: str) -> str:
    return slugify(name)[:LONGEST_SLUG].strip("-") or "organisation"


def _next_free(start: str, taken: set[str]) -> str:
    """Return an address that is not taken; it is from now on."""
    number, slug = 1, start
    while slug in taken:
        number += 1
        slug = f"{start}-{number}"
    taken.add(slug)
    return slug
