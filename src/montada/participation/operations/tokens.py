"""Keys with which applications act for people: made, used, revoked."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from montada.audit import operations as audit
from montada.djangokit.refusals import Refusal
from montada.participation import queries
from montada.participation.choices import TokenScope
from montada.participation.models import ApiToken, Person
from montada.participation.operations.people import PersonErased

PREFIX = "mnt_"
"""So that what looks for leaked secrets knows one when it sees it."""

TOKEN_LASTS_DAYS = (30, 90, 365)
MOST_TOKENS = 20
"""Valid ones a person may have at a time."""
LONGEST_TOKEN_NAME = 120
"""Characters of what a person calls a key."""
NOTED_AGAIN = timedelta(hours=1)
"""How exactly the last use is known: not every request writes."""


class TokenNameMissing(Refusal):
    code = "participation.token_name_missing"
    message = _("Say what the key is for, in at most %(most)s characters.")


class TokenWithoutScope(Refusal):
    code = "participation.token_without_scope"
    message = _("Choose at least one thing that the application may do.")


class TokenLastsUnknown(Refusal):
    code = "participation.token_lasts_unknown"
    message = _("A key lasts 30, 90 or 365 days.")


class TooManyTokens(Refusal):
    code = "participation.too_many_tokens"
    message = _("You have %(most)s valid keys. Revoke one you no longer use.")


class TokenUnknown(Refusal):
    code = "participation.token_unknown"
    message = _("This key is not known here. Was it copied completely?")
    status = 401


class TokenRevoked(Refusal):
    code = "participation.token_revoked"
    message = _("This key was revoked.")
    status = 401


class TokenExpired(Refusal):
    code = "participation.token_expired"
    message = _("This key has run out. Make a new one on the forum's site.")
    status = 401


class TokenOwnerClosed(Refusal):
    code = "participation.token_owner_closed"
    message = _("The account for which this key acts is closed.")
    status = 401


class ScopeMissing(Refusal):
    code = "participation.scope_missing"
    message = _("This key does not include “%(scope)s”.")
    status = 403


@dataclass(frozen=True, slots=True)
class MadeToken:
    token: ApiToken
    key: str
    """To be shown once: it is stored nowhere."""


@transaction.atomic
def make_token(
    *,
    person: Person,
    name: str,
    scopes: Iterable[str],
    lasts_days: int,
    at: datetime,
) -> MadeToken:
    """
    Return a new key for an application of `person`; only its digest is stored.

    Raises
    ------
    PersonErased, TokenNameMissing, TokenWithoutScope, TokenLastsUnknown, TooManyTokens
    """
    if person.erased_at is not None or not person.is_active:
        raise PersonErased
    name, chosen = " ".join(name.split()), set(scopes)
    if not name or len(name) > LONGEST_TOKEN_NAME:
        raise TokenNameMissing(most=LONGEST_TOKEN_NAME)
    if not chosen or chosen - set(TokenScope.values):
        raise TokenWithoutScope
    if lasts_days not in TOKEN_LASTS_DAYS:
        raise TokenLastsUnknown
    if sum(t.expires_at > at for t in queries.tokens_of(person)) >= MOST_TOKENS:
        raise TooManyTokens(most=MOST_TOKENS)
    key = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        person=person,
        name=name,
        key_digest=queries.digest_of(key),
        scopes=sorted(chosen),
        made_at=at,
        expires_at=at + timedelta(days=lasts_days),
    )
    _remember("token.made", token, at)
    return MadeToken(token, key)


@transaction.atomic
def revoke_token(*, token: ApiToken, at: datetime) -> ApiToken:
    """End a key at once, for the person whose it is; a second time changes nothing."""
    if token.revoked_at is None:
        token.revoked_at = at
        token.save(update_fields=["revoked_at"])
        _remember("token.revoked", token, at)
    return token


def admit_program(*, key: str, scope: str, at: datetime) -> ApiToken:
    """
    Return the token that `key` belongs to, with its person; note that it was used.

    Raises
    ------
    TokenUnknown, TokenRevoked, TokenExpired, TokenOwnerClosed
    ScopeMissing
        If it was made for something else than `scope`.
    """
    token = queries.token_of_key(key)
    if token is None:
        raise TokenUnknown
    if token.revoked_at is not None:
        raise TokenRevoked
    if token.expires_at <= at:
        raise TokenExpired
    if not token.person.is_active:
        raise TokenOwnerClosed
    if scope not in token.scopes:
        raise ScopeMissing(scope=scope)
    if token.used_at is None or at - token.used_at >= NOTED_AGAIN:
        token.used_at = at
        token.save(update_fields=["used_at"])
    return token


def _remember(action: str, token: ApiToken, at: datetime) -> None:
    audit.record(
        action=action,
        actor=token.person,
        subject=token,
        at=at,
        details={"scopes": token.scopes},
    )
