"""What somebody writes about: their projects, and how a new one or version begins."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from montada.djangokit.views import Page
from montada.stocktaking import operations, queries
from montada.stocktaking.engine.record import ProjectRecord


class MyProjects(LoginRequiredMixin, Page):
    template_name = "stocktaking/my_projects.html"

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        me: Any = request.user
        return {"projects": queries.my_projects(me)}


class Begin(LoginRequiredMixin, Page):
    """Says what is asked; a press of the button begins a draft."""

    template_name = "stocktaking/begin.html"

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        return {"names": queries.PART_NAMES}

    def post(self, request: HttpRequest) -> HttpResponse:
        me: Any = request.user
        version = operations.begin_project(
            record=ProjectRecord(),
            organisation_name=str(me.organisation.name) if me.organisation else "",
            country_id=me.organisation.country_id if me.organisation else None,
            stakeholder_group_id=(
                me.organisation.stakeholder_group_id if me.organisation else None
            ),
            begun_by=me,
            at=timezone.now(),
        )
        return redirect("stocktaking:draft", version.pk)


class Edit(LoginRequiredMixin, View):
    """Leads to the draft of a project; begins one where there is none."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        project = mine(request, queries.any_project(slug))
        version = queries.open_version(project)
        if version is not None:
            return redirect("stocktaking:draft", version.pk)
        return render(request, "stocktaking/begin_version.html", {"project": project})

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        me: Any = request.user
        project = mine(request, queries.any_project(slug))
        version = queries.open_version(project) or operations.begin_version(
            project=project, begun_by=me, at=timezone.now()
        )
        return redirect("stocktaking:draft", version.pk)


def mine(request: HttpRequest, project: Any) -> Any:
    """
    Return the project if its words are the reader's.

    Raises
    ------
    Http404
        So that nobody learns which drafts there are.
    """
    if project is None or not queries.may_edit(request.user, project):
        raise Http404(_("There is no such draft of yours."))
    return project
