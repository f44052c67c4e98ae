"""What addresses of the programme ask for."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _

from montada.edition import queries as editions


def found_edition(slug: str) -> Any:
    """
    Return the edition that an address names.

    Raises
    ------
    Http404
    """
    edition = editions.edition(slug)
    if edition is None:
        raise Http404(_("There is no such edition."))
    return edition
