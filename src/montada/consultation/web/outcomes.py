"""The document "Outcomes and analysis": as a page, on paper, for programs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from montada.consultation import queries
from montada.consultation.web.asking import present_edition
from montada.consultation.web.views import asked_edition
from montada.djangokit.page_language import page_language
from montada.djangokit.papers import paper
from montada.djangokit.views import Page
from montada.language.engine.text import OWN_NAMES

PRINTED_IN = ("ar", "en", "fr")
TEMPLATE = Path(__file__).parents[1] / "papers" / "outcomes.typ"


class Outcomes(Page):
    template_name = "consultation/outcomes.html"

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        edition = asked_edition(request)
        return {
            "edition": edition,
            "sections": queries.sections(queries.outcomes(edition, page_language())),
            # The tables of votes are those of the edition that runs or comes next.
            "has_votes": edition == present_edition(),
            "printed_in": [(tag, OWN_NAMES[tag]) for tag in PRINTED_IN],
            "at": timezone.now().astimezone(edition.zone),
        }


def outcomes_pdf(request: HttpRequest) -> HttpResponse:
    """Answer with the document as a PDF, in the language of the address."""
    edition, reader = asked_edition(request), page_language()
    if reader not in PRINTED_IN:
        raise Http404(_("This document is printed in Arabic, English and French."))
    name = edition.name.shown_to(reader)
    at = queries.moment_in_words(timezone.now().astimezone(edition.zone))
    content = {
        "title": _("Outcomes and analysis of the open consultation"),
        "author": name.text,
        "edition": queries.as_json(name, str),
        "notice": _("Demonstration: this edition is made up.")
        if edition.is_made_up
        else "",
        "written": _("As of %(at)s.") % {"at": at},
        "contents": _("Contents"),
        "sections": _sections(request, queries.outcomes(edition, reader)),
    }
    response = HttpResponse(paper(TEMPLATE, content, reader), "application/pdf")
    response.headers["Content-Disposition"] = (
        f'inline; filename="outcomes-{edition.slug}-{reader}.pdf"'
    )
    return response


def outcomes_json(request: HttpRequest) -> HttpResponse:
    """Answer with the numbers and the sections of the document as JSON."""
    edition, reader = asked_edition(request), page_language()
    found = queries.outcomes(edition, reader)
    answer = {
        "edition": edition.slug,
        "source": request.build_absolute_uri(request.path),
        "is_made_up": edition.is_made_up,
        "language": reader,
        "figures": queries.figures(found),
        "sections": _sections(request, found),
    }
    return JsonResponse(answer, json_dumps_params={"ensure_ascii": False})


def _sections(request: HttpRequest, found: Any) -> Any:
    def address(link: Any) -> str:
        path = reverse(f"consultation:{link.page}", args=[link.of])
        return request.build_absolute_uri(path)

    return queries.as_json(queries.sections(found), address)
