"""Addresses of the shell's pages and of the pages that count several features."""

from django.urls import path

from montada.site.web import goals, home, lines, matrix, organisations, projects, setup

app_name = "site"
urlpatterns = [
    path("", home.Home.as_view(), name="home"),
    path("editions/<slug:slug>/", home.EditionHome.as_view(), name="edition"),
    path("matrix/", matrix.Matrix.as_view(), name="matrix"),
    path("matrix/<str:code>/<int:number>/", matrix.Cell.as_view(), name="cell"),
    path("action-lines/<str:code>/", lines.Line.as_view(), name="line"),
    path("goals/<int:number>/", goals.GoalPage.as_view(), name="goal"),
    path("projects/<slug:slug>/", projects.ProjectPage.as_view(), name="project"),
    path(
        "projects/<slug:slug>/versions/<int:number>/",
        projects.ProjectVersionPage.as_view(),
        name="project_version",
    ),
    path(
        "organisations/<slug:slug>/",
        organisations.OrganisationPage.as_view(),
        name="organisation",
    ),
    path("setup/", setup.Setup.as_view(), name="setup"),
]
