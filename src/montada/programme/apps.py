"""Django's name for this feature."""

from importlib import import_module

from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    name = "montada.programme"
    label = "programme"

    def ready(self) -> None:
        # The tasks listen for what is asked of the worker, proposals and speakers for
        # people who come in and people who leave.
        import_module("montada.programme.tasks")
        import_module("montada.programme.receivers")
