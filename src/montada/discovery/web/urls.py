"""Addresses of discovery."""

from django.urls import path

from montada.discovery.web import views

app_name = "discovery"
urlpatterns = [
    path("", views.SearchPage.as_view(), name="search"),
    path("at-once/", views.AtOnce.as_view(), name="at-once"),
]
