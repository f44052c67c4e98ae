"""Django's name for this feature."""

from importlib import import_module

from django.apps import AppConfig


class ParticipationConfig(AppConfig):
    name = "montada.participation"
    label = "participation"

    def ready(self) -> None:
        # The task listens for messages that wait.
        import_module("montada.participation.tasks")
