"""Django's name for this feature."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "montada.desk"
    label = "desk"
