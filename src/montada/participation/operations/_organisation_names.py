"""Names and addresses of organisations: what may be one, and how it is kept."""

from __future__ import annotations

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from montada.djangokit.refusals import Refusal
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
    Return the name with single spaces.

    Raises
    ------
    OrganisationNameMissing, OrganisationNameTooLong
    """
    name = " ".join(name.split())
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
    """Return an address nobody has; names without Latin letters are only numbered."""
    start = slugify(name)[:LONGEST_SLUG].strip("-") or "organisation"
    alike = Organisation.objects.filter(slug__startswith=start)
    taken = set(alike.values_list("slug", flat=True))
    number, slug = 1, start
    while slug in taken:
        number += 1
        slug = f"{start}-{number}"
    return slug
