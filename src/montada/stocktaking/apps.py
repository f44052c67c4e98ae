"""Django's name for this feature."""

from importlib import import_module

from django.apps import AppConfig


class StocktakingConfig(AppConfig):
    name = "montada.stocktaking"
    label = "stocktaking"

    def ready(self) -> None:
        # The task listens for projects that are new, letters for what happens to them.
        import_module("montada.stocktaking.tasks")
        import_module("montada.stocktaking.receivers")
