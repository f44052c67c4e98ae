"""A public server behind TLS. Needs MONTADA_SECRET_KEY and MONTADA_HOSTS."""

from __future__ import annotations

from montada.settings.base import *  # noqa: F403
from montada.settings.env import env_secret

SECRET_KEY = env_secret("MONTADA_SECRET_KEY")

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
