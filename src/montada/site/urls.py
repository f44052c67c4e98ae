"""Every URL of the product starts here."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from montada.site.api import api
from montada.site.web import views

urlpatterns = [
    path("", views.choose_language, name="root"),
    path("language/<str:language>/", views.remember_language, name="language"),
    path("api/v1/", api.urls),
    path("", include("montada.stocktaking.web.data_urls")),
    *i18n_patterns(
        # Before the shell, whose `projects/<slug>/` would take the list of gaps.
        path("projects/", include("montada.stocktaking.web.urls")),
        path("", include("montada.site.web.urls")),
        path("editions/", include("montada.edition.web.urls")),
        path("", include("montada.programme.web.urls")),
        path("", include("montada.desk.web.urls")),
        path("search/", include("montada.discovery.web.urls")),
        path("review/", include("montada.review.web.urls")),
        path("participation/", include("montada.participation.web.urls")),
        path("consultation/", include("montada.consultation.web.urls")),
        path("framework/", include("montada.framework.web.urls")),
        path("trail/", include("montada.audit.web.urls")),
        path("account/", include("allauth.urls")),
    ),
]

handler400 = "montada.site.web.errors.bad_request"
handler403 = "montada.site.web.errors.forbidden"
handler404 = "montada.site.web.errors.not_found"
handler500 = "montada.site.web.errors.server_error"
