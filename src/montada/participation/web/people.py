"""People and roles, for the secretariat."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from montada.djangokit.refusals import Refusal
from montada.djangokit.views import OperationView, Page, PermissionRequired, page_of
from montada.language.engine.text import OWN_NAMES
from montada.participation import operations as participation
from montada.participation import queries
from montada.participation.web.forms import EraseForm, RoleForm, SearchForm

if TYPE_CHECKING:
    from montada.participation.models import Invitation, Person, Role

ROWS_PER_PAGE = 50


class People(PermissionRequired, Page):
    permission = "participation.view_person"
    template_name = "participation/people.html"

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        form = SearchForm(request.GET)
        words = form.cleaned_data["q"] if form.is_valid() else ""
        people = queries.people(words)
        return {
            "form": form,
            "words": words,
            "page": page_of(request, people, ROWS_PER_PAGE),
            "may_administer": request.user.has_perm("participation.administer"),
        }


class PersonPage(PermissionRequired, OperationView):
    """One person's roles; sending the form grants one."""

    permission = "participation.view_person"
    template_name = "participation/person.html"
    form_class = RoleForm
    success_message = gettext_lazy("The role was granted.")

    def person(self) -> Person:
        return _found(self.kwargs["pk"])

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"grantor": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        me: Any = self.request.user
        person = self.person()
        roles = queries.roles_shown(person)
        mine = [r.pk for r in roles if decides_about(me, r)]
        return super().get_context_data(**kwargs) | {
            "person": person,
            "own_name": OWN_NAMES.get(person.language, person.language),
            "roles": roles,
            "withdrawable": mine,
            "may_erase": me.has_perm("participation.administer"),
        }

    def operate(self, cleaned: dict[str, Any]) -> Role:
        me: Any = self.request.user
        return participation.grant_role(
            person=self.person(), **cleaned, granted_by=me, at=timezone.now()
        )

    def get_success_url(self) -> str:
        return reverse("participation:person", args=[self.kwargs["pk"]])


class WithdrawRole(PermissionRequired, View):
    permission = "participation.view_person"

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        role = queries.role(pk)
        if role is None:
            raise Http404(_("The role was withdrawn already."))
        me: Any = request.user
        try:
            participation.withdraw_role(role=role, withdrawn_by=me, at=timezone.now())
            messages.success(request, _("The role was withdrawn."))
        except Refusal as refusal:
            messages.error(request, str(refusal))
        return redirect("participation:person", role.person_id)


class ErasePerson(PermissionRequired, OperationView):
    permission = "participation.administer"
    template_name = "participation/erase.html"
    form_class = EraseForm
    success_message = gettext_lazy("The person was erased.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        person = _found(self.kwargs["pk"])
        return super().get_context_data(**kwargs) | {"person": person}

    def operate(self, cleaned: dict[str, Any]) -> None:
        me: Any = self.request.user
        participation.erase_person(
            person=_found(self.kwargs["pk"]),
            erased_by=me,
            at=timezone.now(),
            reason=cleaned["reason"],
        )

    def get_success_url(self) -> str:
        return reverse("participation:people")


def _found(pk: int) -> Person:
    person = queries.person(pk)
    if person is None or person.erased_at is not None:
        raise Http404(_("Nobody takes part under this number."))
    return person


def decides_about(me: Any, role: Role | Invitation) -> bool:
    """Return whether a role, held or offered, is for `me` to give and to take."""
    if role.edition is None:
        return bool(me.has_perm("participation.administer"))
    return bool(me.has_perm("participation.change_role", role.edition))
