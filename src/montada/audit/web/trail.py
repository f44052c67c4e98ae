"""The trail of decisions, for those who answer for them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from montada.audit import queries
from montada.audit.web.words import action_name, details_shown
from montada.djangokit.page_language import page_language
from montada.djangokit.views import Page, PermissionRequired, page_of

ROWS_PER_PAGE = 50


class Trail(PermissionRequired, Page):
    """Narrowed by `?subject=edition.edition:3` (or no number) and `?action=…`."""

    permission = "audit.view_entry"
    template_name = "audit/trail.html"

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        subject = request.GET.get("subject", "")[:120]
        action = request.GET.get("action", "")[:80]
        found = queries.entries_matching(subject=subject, action=action)
        page = page_of(request, found, ROWS_PER_PAGE)
        reader = page_language()
        rows = [
            {
                "entry": entry,
                "name": action_name(entry.action),
                "details": details_shown(entry.details, reader),
            }
            for entry in page
        ]
        actions = [(code, action_name(code)) for code in queries.actions()]
        return {
            "page": page,
            "rows": rows,
            "subject": subject,
            "action": action,
            "actions": actions,
        }
