"""The translation desk: what waits in a language, and one project side by side."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from montada.djangokit.page_language import page_language
from montada.djangokit.refusals import Refusal
from montada.djangokit.views import Page, PermissionRequired, page_of
from montada.language.engine.text import LANGUAGES, OWN_NAMES, direction_of
from montada.stocktaking import operations, queries

ROWS_PER_PAGE = 30


class Desk(PermissionRequired, View):
    permission = "stocktaking.translate_project"

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        self.language = kwargs.get("language", "ar")
        if self.language not in LANGUAGES:
            raise Http404(_("The forum is not translated into this language."))
        return super().dispatch(request, *args, **kwargs)

    @property
    def shown(self) -> dict[str, Any]:
        """Return what every page of the desk shows of its language."""
        return {
            "into": self.language,
            "direction": direction_of(self.language),
            "own_name": OWN_NAMES[self.language],
            "own_names": OWN_NAMES.items(),
        }


class MyDesk(Desk):
    """Leads to the language in which the translator is written to."""

    def get(self, request: HttpRequest) -> HttpResponse:
        me: Any = request.user
        language = me.language if me.language in LANGUAGES else "ar"
        return redirect("stocktaking:to_translate", language)


class ToTranslate(Desk, Page):
    """Narrowed by `?country=EGY`."""

    template_name = "stocktaking/to_translate.html"

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        countries = queries.facet_labels(page_language())["country"]
        country = request.GET.get("country", "")
        if country and country not in countries:
            raise Http404(_('There is no country "%(code)s".') % {"code": country[:40]})
        found = queries.to_translate(self.language, country_id=country)
        page = page_of(request, found, ROWS_PER_PAGE)
        return self.shown | {
            "page": page,
            "countries": list(countries.values()),
            "country": country,
        }


class Translate(Desk):
    """Original beside translation; two buttons: keep as a draft, approve."""

    template_name = "stocktaking/translate.html"

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        self.project = queries.project(kwargs["slug"])
        if self.project is None:
            raise Http404(_("The register holds no project at this address."))
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return render(request, self.template_name, self._page())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        me: Any = request.user
        is_approved = request.POST.get("decision") == "approve"
        try:
            operations.translate(
                project=self._project,
                language=self.language,
                words=self._sent(""),
                seen=self._sent("seen-"),
                is_approved=is_approved,
                translated_by=me,
                at=timezone.now(),
            )
        except Refusal as refusal:
            theirs = getattr(refusal, "theirs", None)
            page = self._page(self._sent(""), theirs) | {"error": str(refusal)}
            return render(request, self.template_name, page, status=409)
        said = _("Approved.") if is_approved else _("Kept as a draft.")
        messages.success(request, said)
        return redirect("stocktaking:to_translate", self.language)

    @property
    def _project(self) -> Any:
        return self.project

    def _sent(self, prefix: str) -> dict[Any, str]:
        sent = self.request.POST
        return {n: sent[prefix + n] for n in queries.TRANSLATED if prefix + n in sent}

    def _page(
        self, words: dict[Any, str] | None = None, theirs: dict[Any, str] | None = None
    ) -> dict[str, Any]:
        """
        Return the page; with `words`, what was sent stands in the boxes again.

        With `theirs`, what somebody else saved stands beside it: sent again, the words
        in the boxes take its place.
        """
        texts = queries.texts_to_translate(self._project, self.language)
        seen = self._sent("seen-") if words and not theirs else {}
        rows = [
            {
                "text": text,
                "words": (words or {}).get(text.name, text.words),
                "seen": seen.get(text.name, text.words),
                "theirs": (theirs or {}).get(text.name),
            }
            for text in texts
        ]
        return self.shown | {"project": self._project, "rows": rows}
