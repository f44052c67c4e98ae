"""What pages about contributions ask first: whose language, and which contribution."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _

from montada.consultation import queries


def readable_contribution(person: Any, receipt: str) -> Any:
    """
    Return what was received under a number, if a person may read it.

    Raises
    ------
    Http404
        Also for what is not public: its number says nothing to others.
    """
    row = queries.contribution_at(receipt)
    if row is None or not queries.may_read(person, row):
        raise Http404(_("There is no such contribution, or it is not public."))
    return row


def found_call(pk: int) -> Any:
    """Return a call of a consultation, or raise `Http404`."""
    call = queries.call(pk)
    if call is None:
        raise Http404(_("There is no such call."))
    return call
