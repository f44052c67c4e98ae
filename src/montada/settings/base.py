"""Settings shared by every environment."""

from __future__ import annotations

from pathlib import Path

import django_stubs_ext
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from montada.language.engine.numbers import Digits
from montada.settings.env import (
    compute_on_one_core_each,
    env_bool,
    env_choice,
    env_int,
    env_list,
    env_path,
    env_text,
)

compute_on_one_core_each()

# Lets `QuerySet["Project"]` and the like be written on this Django.
django_stubs_ext.monkeypatch()

PACKAGE = Path(__file__).parents[1]
VAR = env_path("MONTADA_VAR", Path.cwd() / "var")
"""Everything that is written while running: database, files, collected assets."""

DEBUG = False
SECRET_KEY = ""
ALLOWED_HOSTS = env_list("MONTADA_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env_list("MONTADA_ORIGINS", "")
CSRF_FAILURE_VIEW = "montada.site.web.errors.forged"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_tasks",
    "django_tasks_db",
    "ninja",
    "montada.djangokit",
    "montada.audit",
    "montada.language",
    "montada.framework",
    "montada.indicators",
    "montada.edition",
    "montada.participation",
    "montada.consultation",
    "montada.stocktaking",
    "montada.selection",
    "montada.programme",
    "montada.review",
    "montada.desk",
    "montada.discovery",
    "montada.demo",
    "montada.site",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "montada.site.middleware.LanguageOfPath",
    "montada.site.middleware.PageCache",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "montada.site.urls"
WSGI_APPLICATION = "montada.site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "montada.language.templatetags.text",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "montada.site.context.shell",
            ],
        },
    }
]

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": VAR / "montada.sqlite3",
        # Opening a file costs more than most questions put to it.
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # FULL: a decision or a vote that was confirmed survives a power cut.
            # The system keeps the file in memory once for all; no mapping, which would
            # count as memory of each process.
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                "PRAGMA cache_size=-4000; PRAGMA temp_store=MEMORY;"
            ),
        },
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "participation.Person"
AUTHENTICATION_BACKENDS = [
    "montada.participation.permissions.RolesBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]

LANGUAGE_CODE = "ar"
LANGUAGES = [
    ("ar", _("Arabic")),
    ("en", _("English")),
    ("fr", _("French")),
    ("es", _("Spanish")),
    ("zh", _("Chinese")),
    ("ru", _("Russian")),
]
LANGUAGE_COOKIE_NAME = "language"
ZONE_COOKIE_NAME = "zone"
"""Of the time zone in which somebody chose to read the programme."""
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

DIGITS: Digits = (
    "arabic-indic"
    if env_choice("MONTADA_DIGITS", "latin", ("latin", "arabic-indic")) != "latin"
    else "latin"
)
"""How numbers are written on Arabic pages; never mixed on one site."""

MODELS = env_path("MONTADA_MODELS", VAR / "models")
"""Models of language, made once from packages: several forums may share them."""

MAP = env_path("MONTADA_MAP", PACKAGE / "framework" / "data" / "world.json")
"""A file of countries to draw maps from (TopoJSON), in place of the one we carry."""

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
MEDIA_ROOT = VAR / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

EMAIL_HOST = env_text("MONTADA_MAIL_HOST", "")
"""Empty where no mail server exists: messages then wait in the outbox."""
EMAIL_PORT = env_int("MONTADA_MAIL_PORT", 25)
EMAIL_USE_TLS = env_bool("MONTADA_MAIL_TLS", False)
DEFAULT_FROM_EMAIL = env_text("MONTADA_MAIL_FROM", "montada@localhost")

# No inline script, no inline style, nothing from elsewhere.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

CACHES = {
    # Counts of attempts to sign in: one for all workers of this machine.
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR / "cache",
    },
    # Whole pages, in the memory of each worker.
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "OPTIONS": {"MAX_ENTRIES": 2000},
    },
}

# Accounts: people sign in with a code sent to them, or with a passkey; no passwords.
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
# Long enough for an administrator to read a code out from the terminal.
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 900
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
# Digits: an Arabic keyboard has no Latin letters.
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 8}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_FORMAT = ACCOUNT_LOGIN_BY_CODE_FORMAT
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = True
# Our pages only: a page of allauth's that has no `….forum.html` fails, and is noticed.
ACCOUNT_TEMPLATE_EXTENSION = "forum.html"
ACCOUNT_ADAPTER = "montada.participation.adapters.OutboxAccountAdapter"
_FORMS = "montada.participation.web.account_forms"
ACCOUNT_FORMS = {
    "confirm_login_code": f"{_FORMS}.LoginCodeForm",
    "confirm_email_verification_code": f"{_FORMS}.EmailCodeForm",
}
MFA_FORMS = {
    "authenticate": f"{_FORMS}.SecondProofForm",
    "reauthenticate": f"{_FORMS}.ProofAgainForm",
    "activate_totp": f"{_FORMS}.ConnectAppForm",
}
MFA_ADAPTER = "montada.participation.adapters.ForumMfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
# Nobody gets in without a code, a passkey or the terminal's link in the first place.
MFA_ALLOW_UNVERIFIED_EMAIL = True
# A phone's clock may be half a minute off.
MFA_TOTP_TOLERANCE = 1
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
