"""Django's name for this feature."""

from importlib import import_module

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "montada.desk"
    label = "desk"

    def ready(self) -> None:
        # They listen: for people who leave, organisations that merge, a worker's start.
        import_module("montada.desk.receivers")
        import_module("montada.desk.tasks")
