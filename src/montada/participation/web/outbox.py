"""The outbox, for the secretariat: what was written, what was sent, what failed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from montada.djangokit.refusals import Refusal
from montada.djangokit.views import OperationView, Page, PermissionRequired, page_of
from montada.participation import operations as participation
from montada.participation import queries
from montada.participation.choices import MessageState
from montada.participation.web.forms import TestMessageForm

if TYPE_CHECKING:
    from montada.participation.models import Message

ROWS_PER_PAGE = 50


class Outbox(PermissionRequired, OperationView):
    """The list; sending the form writes a test message."""

    permission = "participation.view_message"
    template_name = "participation/outbox.html"
    form_class = TestMessageForm
    success_url = reverse_lazy("participation:outbox")
    success_message = gettext_lazy("The test message is in the outbox.")

    def get_initial(self) -> dict[str, Any]:
        me: Any = self.request.user
        return {"email": me.email}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        state = self.request.GET.get("state", "")
        found = queries.messages(state)
        return super().get_context_data(**kwargs) | {
            "page": page_of(self.request, found, ROWS_PER_PAGE),
            "state": state,
            "states": MessageState.choices,
            "secret_templates": queries.SECRET_TEMPLATES,
            "has_mail_server": bool(settings.EMAIL_HOST),
        }

    def operate(self, cleaned: dict[str, Any]) -> Message:
        me: Any = self.request.user
        return participation.write_message(
            to_email=cleaned["email"],
            person=queries.person_of_email(cleaned["email"]),
            language=me.language,
            template="test",
            values={},
            at=timezone.now(),
        )


class MessagePage(PermissionRequired, Page):
    permission = "participation.view_message"
    template_name = "participation/message.html"

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        message = _found(kwargs["pk"])
        return {"message": message, "is_secret": queries.is_secret(message)}


class ResendMessage(PermissionRequired, View):
    permission = "participation.view_message"

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        me: Any = request.user
        try:
            participation.resend_message(
                message=_found(pk), resent_by=me, at=timezone.now()
            )
            messages.success(request, _("The message will be tried again."))
        except Refusal as refusal:
            messages.error(request, str(refusal))
        return redirect("participation:message", pk)


def _found(pk: int) -> Message:
    message = queries.message(pk)
    if message is None:
        raise Http404(_("There is no such message."))
    return message
