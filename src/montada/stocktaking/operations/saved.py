"""Keeping a view of the register under a name, and an address that can be shared."""

from __future__ import annotations

import secrets
from datetime import datetime
from urllib.parse import parse_qsl, urlencode

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from montada.audit import operations as audit
from montada.djangokit.refusals import Refusal
from montada.stocktaking import queries
from montada.stocktaking.models import SavedView

MOST_VIEWS = 100
LONGEST_NAME = 120
LONGEST_QUERY = 2000
"""Characters, as the table holds them."""

KEPT_BESIDE = ("q", "view", "by")
"""What an address of the list says beside its filters, and a view keeps."""


class ViewNameMissing(Refusal):
    code = "stocktaking.view_name_missing"
    message = _("Give the view a name of at most %(longest)s characters.")


class ViewTooLong(Refusal):
    code = "stocktaking.view_too_long"
    message = _("This view has too many filters to be kept: take some away.")


class TooManyViews(Refusal):
    code = "stocktaking.too_many_views"
    message = _("You keep %(most)s views already: delete one first.")


class NotYourView(Refusal):
    code = "stocktaking.not_your_view"
    message = _("Only who saved a view may change it.")


@transaction.atomic
def save_view(
    *, name: str, query: str, saved_by: AbstractBaseUser, at: datetime
) -> SavedView:
    """
    Keep a choice of filters; `query` is of the list's address, without "?".

    What is no filter of the list is left out of it.

    Raises
    ------
    ViewNameMissing, ViewTooLong, TooManyViews
    """
    kept = _filters_of(query)
    if len(kept) > LONGEST_QUERY:
        raise ViewTooLong
    if len(queries.saved_views_of(saved_by)) >= MOST_VIEWS:
        raise TooManyViews(most=MOST_VIEWS)
    view = SavedView.objects.create(
        key=secrets.token_hex(6),
        name=_checked(name),
        query=kept,
        owner_id=saved_by.pk,
        saved_at=at,
    )
    audit.record(
        action="stocktaking.view_saved",
        actor=saved_by,
        subject=view,
        at=at,
        details={"name": view.name, "query": view.query},
    )
    return view


@transaction.atomic
def rename_view(
    *, view: SavedView, name: str, renamed_by: AbstractBaseUser, at: datetime
) -> SavedView:
    """
    Give a view another name; its address stays.

    Raises
    ------
    NotYourView, ViewNameMissing
    """
    _check_owner(view, renamed_by)
    before, view.name = view.name, _checked(name)
    view.save(update_fields=["name"])
    audit.record(
        action="stocktaking.view_renamed",
        actor=renamed_by,
        subject=view,
        at=at,
        details={"before": before, "after": view.name},
    )
    return view


@transaction.atomic
def delete_view(*, view: SavedView, deleted_by: AbstractBaseUser, at: datetime) -> None:
    """
    Delete a view; its address leads nowhere from then on.

    Raises
    ------
    NotYourView
    """
    _check_owner(view, deleted_by)
    audit.record(
        action="stocktaking.view_deleted",
        actor=deleted_by,
        subject=view,
        at=at,
        details={"name": view.name, "query": view.query},
    )
    view.delete()


def _filters_of(query: str) -> str:
    names = {*queries.FILTERS, *KEPT_BESIDE}
    pairs = (
        (name, value.replace("\x00", ""))
        for name, value in parse_qsl(query, errors="replace")
    )
    return urlencode([pair for pair in pairs if pair[0] in names and pair[1]])


def _checked(name: str) -> str:
    kept = " ".join(name.replace("\x00", "").split())
    if not kept or len(kept) > LONGEST_NAME:
        raise ViewNameMissing(longest=LONGEST_NAME)
    return kept


def _check_owner(view: SavedView, person: AbstractBaseUser) -> None:
    if view.owner_id != person.pk:
        raise NotYourView
