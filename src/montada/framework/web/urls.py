"""Addresses of framework."""

from django.urls import path

from montada.framework.web import views

app_name = "framework"
urlpatterns = [path("", views.ReferencePage.as_view(), name="reference")]
