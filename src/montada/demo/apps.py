"""Django's name for this feature."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "montada.demo"
    label = "demo"
