"""Addresses of desk."""

from django.urls import path

from montada.desk.web import views

app_name = "desk"
urlpatterns = [
    path("", views.CountryList.as_view(), name="list"),
    path("<str:iso3>/", views.CountryPage.as_view(), name="country"),
]
