"""The secretariat's pages about a call's questions: listed, written, moved, shown."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from montada.consultation import operations, queries
from montada.consultation.web.contribution_forms import (
    QUESTION,
    condition_in_words,
    rows_of_people,
    shown_questions,
)
from montada.consultation.web.question_fields import field_of
from montada.consultation.web.question_forms import QuestionForm
from montada.consultation.web.secretariat import OfCall
from montada.djangokit.page_language import page_language
from montada.djangokit.refusals import Refusal
from montada.djangokit.views import OperationView, Page, PermissionRequired

PERMISSION = "consultation.change_consultation"


class Questions(OfCall, Page):
    """All questions of a call, with their versions and how often each was answered."""

    template_name = "consultation/questions.html"

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        rows, reader = queries.question_rows(self.call), page_language()
        asked = {row.newest.key: row.newest for row in rows if row.is_asked}
        return {
            "call": self.call,
            "asked": [
                (row, condition_in_words(row.newest, asked, reader))
                for row in rows
                if row.is_asked
            ],
            "former": [row for row in rows if not row.is_asked],
        }


class WriteQuestion(OperationView):
    """The form of a question, beside what the call asks already."""

    template_name = "consultation/write_question.html"
    form_class = QuestionForm
    call: Any
    question: Any = None

    def get_form_kwargs(self) -> dict[str, Any]:
        asked = queries.questions_of(self.call)
        if self.question is not None:
            asked = asked[: [row.pk for row in asked].index(self.question.pk)]
        return super().get_form_kwargs() | {
            "question": self.question,
            "above": asked,
            "reader": page_language(),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = super().get_context_data(**kwargs)
        return shown | {"call": self.call, "question": self.question}

    def form_valid(self, form: Any) -> HttpResponse:
        self.form = form
        return super().form_valid(form)

    def get_success_url(self) -> str:
        return reverse("consultation:questions", args=[self.call.pk])


class AddQuestion(OfCall, WriteQuestion):
    success_message = _("The question is asked from now on, after the others.")
    extra_context = {"heading": _("Add a question")}

    def operate(self, cleaned: dict[str, Any]) -> Any:
        me: Any = self.request.user
        key = queries.free_key(self.call, cleaned["label"].shown_to("en").text)
        return operations.add_question(
            call=self.call,
            plan=self.form.plan(key, cleaned["kind"]),
            added_by=me,
            at=timezone.now(),
        )


class OfQuestion(PermissionRequired):
    permission = PERMISSION

    def permission_object(self) -> Any:
        self.question: Any = queries.question(self.kwargs["pk"])
        if self.question is None:
            raise Http404(_now("There is no such question, or it was changed."))
        self.call = self.question.call
        return self.call.edition


class EditQuestion(OfQuestion, WriteQuestion):
    """Asks a question otherwise from now on."""

    success_message = _("The question is asked like this from now on.")
    extra_context = {"heading": _("Change the question")}

    def operate(self, cleaned: dict[str, Any]) -> Any:
        me: Any = self.request.user
        question = self.question
        return operations.change_question(
            question=question,
            plan=self.form.plan(question.key, question.kind),
            changed_by=me,
            at=timezone.now(),
        )


class RemoveQuestion(OfQuestion, OperationView):
    """Asks whether a question is to be asked no more: answers to it stay."""

    template_name = "consultation/remove_question.html"
    form_class = forms.Form
    success_message = _("The question is asked no more.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = super().get_context_data(**kwargs)
        return shown | {"call": self.call, "question": self.question}

    def operate(self, cleaned: dict[str, Any]) -> Any:
        me: Any = self.request.user
        operations.remove_question(
            question=self.question, removed_by=me, at=timezone.now()
        )

    def get_success_url(self) -> str:
        return reverse("consultation:questions", args=[self.call.pk])


class MoveQuestion(OfQuestion, Page):
    """A button: one place up or down."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        me: Any = request.user
        try:
            operations.move_question(
                question=self.question,
                is_up=request.POST.get("to") == "up",
                moved_by=me,
                at=timezone.now(),
            )
        except Refusal as refusal:
            messages.error(request, str(refusal))
        address = reverse("consultation:questions", args=[self.call.pk])
        return redirect(f"{address}#{self.question.key}")


class Preview(OfCall, Page):
    """The questions of a call as a reader fills them in; nothing is kept."""

    template_name = "consultation/preview.html"

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        questions, reader = queries.questions_of(self.call), page_language()
        form: Any = forms.Form()
        for question in questions:
            made = field_of(question, reader)
            if made is not None:
                form.fields[QUESTION + question.key] = made
        rows = rows_of_people(questions, None, {}, reader)
        return {
            "call": self.call,
            "shown": shown_questions(form, questions, rows, {}, reader),
        }
