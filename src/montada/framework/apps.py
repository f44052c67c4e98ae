"""Django's name for this feature."""

from django.apps import AppConfig


class FrameworkConfig(AppConfig):
    name = "montada.framework"
    label = "framework"
