"""A project's page: what it is, what it reached, who says so."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext

from montada.djangokit.views import Page
from montada.selection import queries as selection
from montada.stocktaking import queries as stocktaking


class ProjectPage(Page):
    template_name = "site/project.html"

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        project = stocktaking.project(kwargs["slug"])
        if project is None:
            raise Http404(gettext("The register holds no project at this address."))
        awards = list(selection.awards_of(project))
        return {
            "project": project,
            "awards": awards,
            "may_have_won": awards and not any(a.is_prize for a in awards),
            "similar": stocktaking.similar_projects(project),
            **_labels_for(request, stocktaking.project_labels(project)),
        }


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
