"""What addresses of the programme ask for."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _

from montada.djangokit.views import PermissionRequired
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


def of_edition(edition: Any) -> dict[str, Any]:
    """Return what a page knows of its edition, and the masthead with it."""
    return {"edition": edition, "masthead_edition": edition}


class OfProgramme(PermissionRequired):
    """A page of those who run the programme of an edition."""

    permission = "programme.change_programme"

    def permission_object(self) -> Any:
        self.edition = found_edition(self.kwargs["edition"])
        return self.edition
