"""One machine, one forum: what `make run` uses. The secret is made on first start."""

from __future__ import annotations

import secrets

from montada.settings.base import *  # noqa: F403
from montada.settings.base import VAR


def _kept_secret() -> str:
    """Return the secret in `VAR`, made if need be; "" where nothing can be written."""
    file = VAR / "secret.key"
    try:
        if not file.exists():
            # Letters that wait in the database hold keys: nobody else reads it.
            VAR.mkdir(mode=0o700, parents=True, exist_ok=True)
            file.touch(mode=0o600)
            file.write_text(secrets.token_urlsafe(50), encoding="utf-8")
        return file.read_text(encoding="utf-8")
    except OSError:
        # `montada doctor` says which folder and what to do.
        return ""


SECRET_KEY = _kept_secret()
