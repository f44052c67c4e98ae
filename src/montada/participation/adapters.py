"""How allauth reaches us: its messages go to the outbox, never out of a request."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as current
from allauth.mfa.adapter import DefaultMFAAdapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from montada.participation import operations as participation
from montada.participation import queries

NO_PASSWORDS = _("This forum has no passwords.")
CODE_WRONG = _("This is not the code that was sent. Look at the newest message.")
TOO_MANY_TRIES = _("Too many attempts. Wait a few minutes and try again.")

CHANGES = {
    "email_changed": _("Your e-mail address was changed."),
    "email_confirm": _("Your e-mail address was confirmed."),
    "email_deleted": _("An e-mail address was removed from your account."),
    "totp_activated": _("An authenticator app was connected to your account."),
    "totp_deactivated": _("The authenticator app was disconnected from your account."),
    "webauthn_added": _("A passkey was added to your account."),
    "webauthn_removed": _("A passkey was removed from your account."),
    "recovery_codes_generated": _("New recovery codes were made for your account."),
}
"""What a person is told about their account, by allauth's name for it."""

TEMPLATES = {
    "login_code": "login_code",
    "email_confirmation": "email_confirmation",
    "email_confirmation_signup": "email_confirmation",
    "unknown_account": "unknown_account",
    "account_already_exists": "account_already_exists",
}
"""Our message for each of allauth's; what is in neither table is not sent."""


class OutboxAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # untyped
    """Writes allauth's messages into the outbox, in the recipient's language."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed. Write to the secretariat."),
        "duplicate_email": _("This is your e-mail address already."),
        "email_taken": _("Somebody takes part under this e-mail address already."),
        "incorrect_code": CODE_WRONG,
        "incorrect_password": NO_PASSWORDS,
        "invalid_login": _("Write an e-mail address, for example name@example.org."),
        "rate_limited": TOO_MANY_TRIES,
        "same_as_current": _("This is your e-mail address already."),
        "too_many_login_attempts": TOO_MANY_TRIES,
        "unverified_primary_email": _("Confirm your e-mail address first."),
    }

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Any,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        # Said to the old address when there is a new one: no address tells whose.
        whose = {**(context or {}), "account": user}
        super().send_notification_mail(template_prefix, user, whose, email)

    def send_mail(
        self, template_prefix: str, email: str, context: dict[str, Any]
    ) -> None:
        name = template_prefix.rpartition("/")[2]
        if name in CHANGES:
            template, values = queries.ACCOUNT_CHANGED, {"change": CHANGES[name]}
        elif name in TEMPLATES:
            kept = ("code", "signup_url")
            template = TEMPLATES[name]
            values = {key: context[key] for key in kept if key in context}
        else:
            return
        person = context.get("account") or queries.person_of_email(email)
        participation.write_message(
            to_email=email,
            person=person,
            language=person.language if person else (get_language() or "ar"),
            template=template,
            values={**values, "login_url": self._login_url()},
            at=timezone.now(),
        )

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        *args: Any,
        **kwargs: Any,
    ) -> None:
        if message_template:
            name = message_template.rpartition("/")[2]
            message_template = f"participation/messages/{name}"
        super().add_message(request, level, message_template, *args, **kwargs)

    def save_user(
        self, request: HttpRequest, user: Any, form: Any, commit: bool = True
    ) -> Any:
        saved = super().save_user(request, user, form, commit)
        if commit:
            participation.note_joined(
                person=saved, language=get_language() or "ar", at=timezone.now()
            )
        return saved

    def set_password(self, user: Any, password: str) -> None:
        raise PermissionDenied(NO_PASSWORDS)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return resolve_url("participation:me")

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        return resolve_url("site:home")

    @staticmethod
    def _login_url() -> str:
        path = resolve_url("account_login")
        request = current.request
        return str(request.build_absolute_uri(path)) if request else path


class ForumMfaAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # untyped
    """Says in our words what can go wrong with passkeys and authenticator apps."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "add_email_blocked": _(
            "Disconnect the authenticator app before you change your e-mail address."
        ),
        "cannot_delete_authenticator": _(
            "The authenticator app has to stay connected."
        ),
        "cannot_generate_recovery_codes": _(
            "Connect an authenticator app or a passkey first: recovery codes stand in "
            "for them."
        ),
        "incorrect_code": _(
            "This code or passkey was not accepted. Codes change every half minute: "
            "try with the newest."
        ),
        "rate_limited": TOO_MANY_TRIES,
        "unverified_email": _("Confirm your e-mail address first."),
    }

    def generate_authenticator_name(self, user: Any, *_kind: Any) -> str:
        return gettext("Passkey")
