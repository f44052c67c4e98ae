"""Django's name for this feature."""

from django.apps import AppConfig


class ReviewConfig(AppConfig):
    name = "montada.review"
    label = "review"
