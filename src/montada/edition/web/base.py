"""What the secretariat's pages of one edition share."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from montada.djangokit.views import OperationView, PermissionRequired
from montada.edition import queries


class OfEdition(PermissionRequired):
    """A page about the edition in the address, for its secretariat."""

    permission = "edition.change_edition"

    @cached_property
    def edition(self) -> Any:
        edition = queries.edition(self.kwargs["slug"])
        if edition is None:
            raise Http404(_("There is no such edition."))
        return edition

    @property
    def person(self) -> Any:
        return self.request.user

    def permission_object(self) -> Any:
        return self.edition

    @property
    def manage_url(self) -> str:
        return reverse("edition:manage", args=[self.edition.slug])

    def shared(self) -> dict[str, Any]:
        return {
            "edition": self.edition,
            "masthead_edition": self.edition,
            "current_edition": self.edition,
            "manage_url": self.manage_url,
        }

    def url_after(self, edition: Any) -> str:
        """Lead on to an edition's desk, or to its page where that is not theirs."""
        may = self.person.has_perm(self.permission, edition)
        return reverse("edition:manage" if may else "site:edition", args=[edition.slug])


class EditionForm(OfEdition, OperationView):
    """A form about one edition that leads back to its desk."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | self.shared()

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        # A text's field compares with what was there, so that words nobody touched
        # keep their state and their approver.
        for name, value in form.initial.items():
            form.fields[name].initial = value
        return form

    def get_success_url(self) -> str:
        return self.manage_url


class Confirmation(EditionForm):
    """A page that says what will happen, and one button."""

    form_class = forms.Form
