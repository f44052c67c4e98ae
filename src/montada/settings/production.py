"""A public server behind TLS. Needs MONTADA_SECRET_KEY and MONTADA_HOSTS."""

from __future__ import annotations

from montada.settings.base import *  # noqa: F403
from montada.settings.env import env_int, env_secret

SECRET_KEY = env_secret("MONTADA_SECRET_KEY")

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
ALLAUTH_TRUSTED_PROXY_COUNT = env_int("MONTADA_PROXIES", 1)
"""Servers that add to X-Forwarded-For; else all share one limit of tries to sign in."""
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
