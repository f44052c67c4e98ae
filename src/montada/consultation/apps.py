"""Django's name for this feature."""

from importlib import import_module

from django.apps import AppConfig


class ConsultationConfig(AppConfig):
    name = "montada.consultation"
    label = "consultation"

    def ready(self) -> None:
        # Tasks listen for votes and texts, contributions for people who leave, guests
        # for people who sign in.
        import_module("montada.consultation.tasks")
        import_module("montada.consultation.receivers")
        import_module("montada.consultation.web.guests")
