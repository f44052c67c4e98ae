"""Django's name for this feature."""

from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    name = "montada.programme"
    label = "programme"
