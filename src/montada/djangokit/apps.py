"""Django's name for this package."""

from django.apps import AppConfig


class DjangokitConfig(AppConfig):
    name = "montada.djangokit"
    label = "djangokit"
