"""Django's name for this feature."""

from django.apps import AppConfig


class ConsultationConfig(AppConfig):
    name = "montada.consultation"
    label = "consultation"
