"""What is read from the outbox and from offers that were mailed."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet

from montada.participation.choices import MessageState
from montada.participation.models import Invitation, Message, SignInLink

SECRET_TEMPLATES = frozenset(
    {
        "login_code",
        "email_confirmation",
        "invitation",
        "sign_in_link",
        "programme_speaker_asked",
    }
)
"""Messages whose text lets somebody in: shown on the server's terminal only."""


ACCOUNT_CHANGED = "account_changed"
"""The message that says so; of a new address it is written to the old one."""


def forum_address(path: str) -> str:
    """
    Return where readers of a letter find `path`, which begins with "/".

    For letters that no request writes: the first address that the server was told it
    has, else its first name.
    """
    if settings.CSRF_TRUSTED_ORIGINS:
        return f"{settings.CSRF_TRUSTED_ORIGINS[0].rstrip('/')}{path}"
    host = settings.ALLOWED_HOSTS[0]
    return f"http://localhost:8000{path}" if host in _LOCAL else f"https://{host}{path}"


_LOCAL = ("localhost", "127.0.0.1", "*")


def digest_of(key: str) -> str:
    """Return what is stored of a key; the key itself is in the message alone."""
    return hashlib.sha256(key.encode(errors="surrogatepass")).hexdigest()


def messages(state: str = "") -> QuerySet[Message]:
    """Return the outbox, newest first; a state nobody knows finds nothing."""
    rows = Message.objects.select_related("person")
    return rows.filter(state=state) if state else rows


def message(pk: int) -> Message | None:
    return Message.objects.filter(pk=pk).first()


def messages_due(at: datetime, limit: int) -> list[Message]:
    """Return what is to be mailed at `at`, the oldest first."""
    waiting = Message.objects.filter(state=MessageState.WAITING, next_try_at__lte=at)
    return list(waiting.order_by("pk")[:limit])


def next_message_due_at() -> datetime | None:
    """Return when the next waiting message is due, `None` if none waits."""
    waiting = Message.objects.filter(state=MessageState.WAITING)
    return waiting.order_by("next_try_at").values_list("next_try_at", flat=True).first()


def is_secret(message: Message) -> bool:
    return message.template in SECRET_TEMPLATES


def invitation_of_key(key: str) -> Invitation | None:
    return (
        Invitation.objects.select_related("edition", "country", "action_line")
        .filter(key_digest=digest_of(key))
        .first()
    )


def invitation(pk: int) -> Invitation | None:
    return Invitation.objects.select_related("edition").filter(pk=pk).first()


def open_invitations(at: datetime) -> QuerySet[Invitation]:
    """Return what was offered and neither accepted nor run out, newest first."""
    return (
        Invitation.objects.filter(accepted_at__isnull=True, expires_at__gt=at)
        .select_related("edition", "country", "action_line", "invited_by")
        .order_by("-pk")
    )


def locked_invitation(key_digest: str) -> Invitation | None:
    """Return the invitation, held until the transaction ends."""
    return Invitation.objects.select_for_update().filter(key_digest=key_digest).first()


def locked_sign_in_link(key: str) -> SignInLink | None:
    """Return the link, held until the transaction ends."""
    return (
        SignInLink.objects.select_for_update(of=("self",))
        .select_related("person")
        .filter(key_digest=digest_of(key))
        .first()
    )
