"""
Guests: who they are to their own browser, and how many votes come from one address.

A guest is a random token in a signed cookie, set with their first vote; the table of
voters keeps its digest. Whoever throws the cookie away is a new guest, so addresses are
counted too, as those who try to sign in are. Many people may share one: a hall, a
school, a telephone company.
"""

from __future__ import annotations

import secrets
from typing import Any

from allauth.core.exceptions import RateLimited

# Its public door knows the limits of signing in only.
from allauth.core.internal import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy, ngettext

from montada.consultation.operations.voting import take_guest_over
from montada.consultation.queries.voting import key_of_guest
from montada.djangokit.refusals import Refusal

COOKIE = "guest"
KEPT = 180 * 86_400
"""Seconds: a consultation is open for half a year at most."""

LIMITS = {"guest": "30/h/ip", "vote": "300/m/ip"}
"""New guests and guests' votes of one address."""


class AddressTooBusy(Refusal):
    code = "consultation.address_too_busy"
    message = gettext_lazy(
        "Too many guests vote from this address at the moment. Wait a little, or sign "
        "in: then nobody else’s votes stand in the way of yours."
    )
    status = 429


def guest_token(request: HttpRequest) -> str:
    """Return the token that a browser keeps; "" where it has none, or a forged one."""
    return request.get_signed_cookie(COOKIE, "", salt=COOKIE, max_age=KEPT) or ""


def guest_key(request: HttpRequest) -> str:
    """Return by what a browser's votes as a guest are found; "" before the first."""
    token = guest_token(request)
    return key_of_guest(token) if token else ""


def admitted_token(request: HttpRequest) -> str:
    """
    Return the token with which a guest's vote is kept: the browser's, or a new one.

    Raises
    ------
    AddressTooBusy
    """
    known = guest_token(request)
    _count(request, "vote")
    if not known:
        _count(request, "guest")
    return known or secrets.token_urlsafe(32)


def keep_token(response: HttpResponse, token: str) -> None:
    response.set_signed_cookie(
        COOKIE,
        token,
        salt=COOKIE,
        max_age=KEPT,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def _count(request: HttpRequest, action: str) -> None:
    try:
        ratelimit.consume(
            request,
            app="consultation",
            action=action,
            config=LIMITS,
            raise_exception=True,
        )
    except RateLimited:
        raise AddressTooBusy from None


@receiver(user_logged_in)
def _take_over(sender: Any, request: Any, user: Any, **_announced: Any) -> None:
    """Make a guest's votes their own once they sign in, and tell them."""
    key = guest_key(request) if request else ""
    n_votes = take_guest_over(person=user, guest_key=key, at=timezone.now())
    if n_votes:
        messages.info(
            request,
            ngettext(
                "%(n)s vote that you cast here as a guest is yours now.",
                "%(n)s votes that you cast here as a guest are yours now.",
                n_votes,
            )
            % {"n": n_votes},
        )
