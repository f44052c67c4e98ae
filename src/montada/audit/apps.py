"""Django's name for this feature."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "montada.audit"
    label = "audit"
