"""A project's page: what it is, what it reached, who says so."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext

from montada.djangokit.page_language import page_language
from montada.djangokit.views import Page
from montada.selection import queries as selection
from montada.stocktaking import queries as stocktaking


class ProjectPage(Page):
    template_name = "site/project.html"

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        it = _page(kwargs["slug"])
        if it is None:
            raise Http404(gettext("The register holds no project at this address."))
        project = it.project
        awards = list(selection.awards_of(project))
        return {
            "it": it,
            "project": project,
            "conditions": _conditions(it),
            "may_edit": stocktaking.may_edit(request.user, project),
            "address": request.build_absolute_uri(request.path),
            "awards": awards,
            "may_have_won": awards and not any(a.is_prize for a in awards),
            "similar": stocktaking.similar_projects(project),
            **_labels_for(request, stocktaking.project_labels(project)),
        }


class ProjectVersionPage(Page):
    """One published version, as it was and stays: what others cite."""

    template_name = "site/project_version.html"

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        it = _page(kwargs["slug"], number=kwargs["number"])
        if it is None:
            raise Http404(gettext("The register holds no such version of a project."))
        return {
            "it": it,
            "project": it.project,
            "conditions": _conditions(it),
            "address": request.build_absolute_uri(request.path),
        }


def _page(slug: str, number: int | None = None) -> stocktaking.ProjectPage | None:
    return stocktaking.project_page(
        slug,
        page_language(),
        number=number,
        bounds=stocktaking.register_at(timezone.now()).freshness,
    )


def _conditions(it: stocktaking.ProjectPage) -> list[tuple[str, str]]:
    """Return what others need to do the same, where anything is said."""
    told = (
        (title, getattr(it.record.replication, name))
        for name, title in stocktaking.replication_names().items()
    )
    return [(title, said) for title, said in told if said]


def _labels_for(
    request: HttpRequest, labels: stocktaking.ProjectLabels
) -> dict[str, Any]:
    """Return the labels, each with whether the reader decides about it."""

    def may_decide(label: Any) -> bool:
        return request.user.has_perm("stocktaking.decide_label", label)

    return {
        "labels": labels,
        "decidable": [(label, may_decide(label)) for label in labels.suggested],
        "confirmed": [(one, may_decide(one.label)) for one in labels.confirmed],
        "declined": [one for one in labels.declined if may_decide(one.label)],
    }
