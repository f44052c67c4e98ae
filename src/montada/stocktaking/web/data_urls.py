"""Addresses of projects that are the same in every language, and stay."""

from django.urls import path, re_path

from montada.stocktaking.web import exports

app_name = "projects"
urlpatterns = [
    path("data/projects.<str:suffix>", exports.Register.as_view(), name="register"),
    re_path(
        r"^projects/(?P<slug>[-\w]+)\.(?P<suffix>json|jsonld)$",
        exports.OneProject.as_view(),
        name="file",
    ),
    path("projects/<slug:slug>/", exports.Address.as_view(), name="address"),
]
