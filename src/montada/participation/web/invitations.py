"""Inviting somebody, and accepting an invitation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.utils import perform_login
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from montada.djangokit.refusals import Refusal
from montada.djangokit.views import OperationView, PermissionRequired, page_of
from montada.participation import operations as participation
from montada.participation import queries
from montada.participation.web.forms import InvitationForm, NoFields
from montada.participation.web.people import decides_about

if TYPE_CHECKING:
    from montada.participation.models import Invitation, Person

ROWS_PER_PAGE = 50


class Invitations(PermissionRequired, OperationView):
    permission = "participation.change_role"
    template_name = "participation/invitations.html"
    form_class = InvitationForm
    success_url = reverse_lazy("participation:invitations")
    success_message = gettext_lazy("The invitation is in the outbox.")

    def get_initial(self) -> dict[str, Any]:
        return {"language": self.request.LANGUAGE_CODE}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"grantor": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        waiting = queries.open_invitations(timezone.now())
        page = page_of(self.request, waiting, ROWS_PER_PAGE)
        me = self.request.user
        mine = [row.pk for row in page if decides_about(me, row)]
        return super().get_context_data(**kwargs) | {
            "page": page,
            "withdrawable": mine,
        }

    def operate(self, cleaned: dict[str, Any]) -> Invitation:
        me: Any = self.request.user
        return participation.invite(
            **cleaned,
            site_url=self.request.build_absolute_uri("/"),
            invited_by=me,
            at=timezone.now(),
        )


class WithdrawInvitation(PermissionRequired, View):
    permission = "participation.change_role"

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        invitation = queries.invitation(pk)
        if invitation is None:
            raise Http404(_("There is no invitation under this number."))
        me: Any = request.user
        try:
            participation.withdraw_invitation(
                invitation=invitation, withdrawn_by=me, at=timezone.now()
            )
            messages.success(request, _("The invitation was withdrawn."))
        except Refusal as refusal:
            messages.error(request, str(refusal))
        return redirect("participation:invitations")


class AcceptInvitation(OperationView):
    """Shows the offer. The role is given on a click, not when a scanner opens it."""

    template_name = "participation/accept_invitation.html"
    form_class = NoFields

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now = timezone.now()
        invitation = queries.invitation_of_key(self.kwargs["key"])
        is_open = invitation is not None and (
            invitation.accepted_at is None and invitation.expires_at > now
        )
        offer = {"invitation": invitation, "is_open": is_open}
        return super().get_context_data(**kwargs) | offer

    def operate(self, cleaned: dict[str, Any]) -> Person:
        me: Any = self.request.user
        return participation.accept_invitation(
            key=self.kwargs["key"],
            person=me if me.is_authenticated else None,
            at=timezone.now(),
        )

    def get_success_url(self) -> str:
        return str(reverse_lazy("participation:me"))

    def form_valid(self, form: Any) -> HttpResponse:
        answer = super().form_valid(form)
        if not hasattr(self, "result"):
            return answer
        messages.success(self.request, _("You have the role now."))
        if self.request.user.is_authenticated:
            return redirect("participation:me")
        signed_in: HttpResponse = perform_login(
            self.request, self.result, email_verification="none"
        )
        return signed_in
