"""Django's name for this feature."""

from django.apps import AppConfig


class SelectionConfig(AppConfig):
    name = "montada.selection"
    label = "selection"
