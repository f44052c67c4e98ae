"""allauth's forms for codes, for people whose keyboard writes ١٢٣ or 123."""

from __future__ import annotations

import unicodedata
from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp


def plain_digits(text: str) -> str:
    """Return `text` with the digits of any script written as 0 to 9."""
    return "".join(
        str(unicodedata.decimal(character)) if character.isdecimal() else character
        for character in text
    )


class AnyDigits:
    """Reads the code in any script's digits, then asks allauth whether it is right."""

    cleaned_data: dict[str, Any]

    def clean_code(self) -> Any:
        self.cleaned_data["code"] = plain_digits(self.cleaned_data["code"])
        return super().clean_code()  # type: ignore[misc]  # of allauth's form


class LoginCodeForm(AnyDigits, account.ConfirmLoginCodeForm):  # type: ignore[misc]  # untyped
    pass


class EmailCodeForm(AnyDigits, account.ConfirmEmailVerificationCodeForm):  # type: ignore[misc]  # untyped
    pass


class SecondProofForm(AnyDigits, mfa.AuthenticateForm):  # type: ignore[misc]  # untyped
    pass


class ProofAgainForm(AnyDigits, mfa.ReauthenticateForm):  # type: ignore[misc]  # untyped
    pass


class ConnectAppForm(AnyDigits, totp.ActivateTOTPForm):  # type: ignore[misc]  # untyped
    pass
