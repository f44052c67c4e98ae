"""Pages about countries."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from montada.desk import queries
from montada.djangokit.page_language import page_language
from montada.djangokit.views import Page


class CountryList(Page):
    template_name = "desk/country_list.html"

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        code = request.GET.get("group", "").strip()
        found = queries.country_list(language=page_language(), group_code=code)
        if found is None:
            raise Http404(
                _('There is no group of countries "%(code)s".') % {"code": code[:40]}
            )
        return {"list": found}


class CountryPage(Page):
    template_name = "desk/country_page.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        wanted = kwargs["iso3"]
        if len(wanted) == 3 and wanted.isascii() and wanted.isupper():
            return super().get(request, **kwargs)
        meant = queries.code_meant(wanted)
        if meant is None:
            raise Http404(_('There is no country "%(code)s".') % {"code": wanted[:40]})
        return redirect("desk:country", iso3=meant, permanent=True)

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        iso3, group = kwargs["iso3"], request.GET.get("group", "").strip()
        page = queries.country_page(iso3=iso3, group_code=group)
        if page is None and group:
            message = _('There is no country "%(code)s" in a group "%(group)s".')
            raise Http404(message % {"code": iso3, "group": group[:40]})
        if page is None:
            raise Http404(_('There is no country "%(code)s".') % {"code": iso3})
        may = request.user.has_perm("stocktaking.view_country_entries", page.country)
        return {"page": page, "country": page.country, "sees_entries": may}
