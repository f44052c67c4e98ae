"""Addresses of stocktaking."""

from django.urls import path

from montada.stocktaking.web import views

app_name = "stocktaking"
urlpatterns = [
    path("", views.ProjectList.as_view(), name="list"),
    path("gaps/", views.Gaps.as_view(), name="gaps"),
]
