"""Django's name for this feature."""

from django.apps import AppConfig


class StocktakingConfig(AppConfig):
    name = "montada.stocktaking"
    label = "stocktaking"
