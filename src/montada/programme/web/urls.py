"""Addresses of programme."""

from django.urls import URLPattern, path

from montada.programme.web import views

app_name = "programme"
urlpatterns: list[URLPattern] = [
    path("", views.SessionList.as_view(), name="list"),
    path("<slug:slug>/", views.SessionPage.as_view(), name="session"),
]
