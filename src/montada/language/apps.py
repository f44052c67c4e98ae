"""Django's name for this feature."""

from django.apps import AppConfig


class LanguageConfig(AppConfig):
    name = "montada.language"
    label = "language"
