"""What pages of statements ask first: of which edition, about which statement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from montada.consultation.queries.statements import public_statement, statement
from montada.edition import queries as editions

if TYPE_CHECKING:
    from montada.consultation.models import Statement


def found_edition(slug: str) -> Any:
    """
    Return the edition that an address names.

    Raises
    ------
    Http404
    """
    found = editions.edition(slug)
    if found is None:
        raise Http404(_("There is no such edition."))
    return found


def present_edition() -> Any:
    """
    Return the edition whose statements are meant: the one that runs or comes next.

    Raises
    ------
    Http404
    """
    found = editions.current_edition(timezone.now())
    if found is None:
        raise Http404(_("There is no edition of the forum yet."))
    return found


def found_statement(pk: int) -> Statement:
    """Return a statement that anybody may read, or raise `Http404`."""
    found = public_statement(pk)
    if found is None:
        raise Http404(_("There is no such statement, or it is not public."))
    return found


def any_statement(pk: int) -> Statement:
    """Return a statement, whatever became of it, or raise `Http404`."""
    found = statement(pk)
    if found is None:
        raise Http404(_("There is no such statement, or it is not public."))
    return found
