"""Addresses of review."""

from django.urls import path

from montada.review.web import views

app_name = "review"
urlpatterns = [
    path("", views.Targets.as_view(), name="targets"),
    path("<str:letter>/", views.Target.as_view(), name="target"),
]
