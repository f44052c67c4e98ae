"""Django's name for this feature."""

from importlib import import_module

from django.apps import AppConfig


class ParticipationConfig(AppConfig):
    name = "montada.participation"
    label = "participation"

    def ready(self) -> None:
        # They listen: for messages that wait, for addresses that change.
        import_module("montada.participation.tasks")
        import_module("montada.participation.receivers")
