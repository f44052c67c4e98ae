"""Django's name for this feature."""

from django.apps import AppConfig


class DiscoveryConfig(AppConfig):
    name = "montada.discovery"
    label = "discovery"
