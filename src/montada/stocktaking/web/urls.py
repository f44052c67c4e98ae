"""Addresses of stocktaking."""

from django.urls import path

from montada.stocktaking.web import labels, views

app_name = "stocktaking"
urlpatterns = [
    path("", views.ProjectList.as_view(), name="list"),
    path("gaps/", views.Gaps.as_view(), name="gaps"),
    path("suggestions/", labels.Suggestions.as_view(), name="suggestions"),
    path("<slug:slug>/labels/", labels.DecideLabel.as_view(), name="decide"),
]
