"""Django's name for this feature."""

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "montada.indicators"
    label = "indicators"
