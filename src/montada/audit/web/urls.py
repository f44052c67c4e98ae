"""Addresses of audit."""

from django.urls import URLPattern, path

from montada.audit.web import trail

app_name = "audit"
urlpatterns: list[URLPattern] = [path("", trail.Trail.as_view(), name="trail")]
