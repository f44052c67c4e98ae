"""Django's name for this feature."""

from django.apps import AppConfig


class EditionConfig(AppConfig):
    name = "montada.edition"
    label = "edition"
