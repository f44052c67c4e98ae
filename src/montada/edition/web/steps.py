"""Large steps of an edition: each is previewed, confirmed, and can be taken back."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from montada.edition import operations, queries
from montada.edition.web.base import Confirmation, EditionForm
from montada.edition.web.forms import CopyForm


class CopyEdition(EditionForm):
    """
    Shows every old → new moment first.

    What is confirmed is what was shown: with another first day, it is shown again.
    """

    template_name = "edition/edition_copy.html"
    form_class = CopyForm
    success_message = gettext_lazy("The edition was copied.")

    def form_valid(self, form: Any) -> HttpResponse:
        starts_on = form.cleaned_data["starts_on"]
        if self.request.POST.get("confirmed") == starts_on.isoformat():
            return super().form_valid(form)
        preview = queries.copy_preview(source=self.edition, starts_on=starts_on)
        return self.render_to_response(
            self.get_context_data(form=form, preview=preview)
        )

    def operate(self, cleaned: dict[str, Any]) -> Any:
        return operations.copy_edition(
            source_id=self.edition.pk,
            copied_by=self.person,
            at=timezone.now(),
            **cleaned,
        )

    def get_success_url(self) -> str:
        return self.url_after(self.result)


class MoveOnline(Confirmation):
    template_name = "edition/edition_move_online.html"
    success_message = gettext_lazy("The edition takes place online now.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        preview = queries.online_preview(self.edition)
        return super().get_context_data(**kwargs) | {"preview": preview}

    def operate(self, cleaned: dict[str, Any]) -> Any:
        return operations.move_online(
            edition_id=self.edition.pk, moved_by=self.person, at=timezone.now()
        )


class Undo(Confirmation):
    template_name = "edition/edition_undo.html"
    success_message = gettext_lazy("It was taken back. The trail keeps both.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"decision": self._decision()}

    def operate(self, cleaned: dict[str, Any]) -> Any:
        return operations.undo(
            entry_id=self._decision().entry_id,
            undone_by=self.person,
            at=timezone.now(),
        )

    def get_success_url(self) -> str:
        return self.url_after(self.result)

    def _decision(self) -> queries.Decision:
        """Only decisions about this edition: the permission was asked for this one."""
        decisions = queries.decisions_of(self.edition)
        wanted = self.kwargs["entry_id"]
        for decision in decisions:
            if decision.entry_id == wanted and decision.action in queries.UNDO_OF:
                return decision
        raise Http404(_("This edition has no such decision."))
