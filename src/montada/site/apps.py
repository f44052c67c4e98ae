"""Django's name for this feature."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "montada.site"
    label = "site"
