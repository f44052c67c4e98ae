"""Statements: the list and who supplied them, one of them, and a new one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from montada.consultation.operations.moderation import answer_decision
from montada.consultation.operations.statements import (
    approve_wording,
    propose_statement,
)
from montada.consultation.queries.labels import labels_of_statement
from montada.consultation.queries.opinion import counts_of
from montada.consultation.queries.similar import similar_statements
from montada.consultation.queries.statements import (
    balance,
    decision,
    decisions_about,
    is_voting_open,
    listed_statements,
    own_statements,
    public_log,
    replaced_by,
    statement_rules,
)
from montada.consultation.queries.voting import own_votes, voter_of
from montada.consultation.web.asking import found_statement, present_edition
from montada.consultation.web.statement_labels import LabelForm
from montada.djangokit.page_language import page_language
from montada.djangokit.views import OperationView, Page, PermissionRequired, page_of
from montada.language.engine.text import LANGUAGES, OWN_NAMES

ROWS = 50
MOST_SENT = 10_000
"""Characters that a form takes at all; how long a statement is, the operation says."""

LANGUAGE_CHOICES = [(tag, OWN_NAMES[tag]) for tag in LANGUAGES]


class StatementList(Page):
    template_name = "consultation/statements.html"

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        edition, now = present_edition(), timezone.now()
        supplied = balance(edition)
        group, seeds = request.GET.get("group", ""), request.GET.get("seeds", "")
        if group not in {"", *(one.code for one in supplied)}:
            raise Http404(gettext("There is no such stakeholder group."))
        if seeds not in {"", "yes", "no"}:
            raise Http404(gettext("Ask for seeds with “yes” or “no”."))
        rows = listed_statements(edition, group=group, seeds=seeds)
        page = page_of(request, rows, ROWS)
        counts = counts_of(edition, [one.pk for one in page.object_list])
        return {
            "edition": edition,
            "is_open": is_voting_open(edition.pk, now),
            "moderates": request.user.has_perm(
                "consultation.moderate_statement", edition
            ),
            "balance": supplied,
            "group": group,
            "seeds": seeds,
            "page": page,
            "rows": [(one, counts.get(one.pk)) for one in page.object_list],
        }


class StatementPage(Page):
    """One statement: its words in every language, what was said, what was decided."""

    template_name = "consultation/statement.html"

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        one = found_statement(kwargs["pk"])
        counts = counts_of(one.edition, [one.pk])
        moderates = request.user.has_perm(
            "consultation.moderate_statement", one.edition
        )
        return {
            "statement": one,
            "understood": labels_of_statement(one),
            "label_form": LabelForm() if moderates else None,
            "wordings": [
                (tag, OWN_NAMES[tag], one.text.wordings[tag])
                for tag in LANGUAGES
                if tag in one.text.wordings
            ],
            "counts": counts.get(one.pk),
            "decisions": decisions_about(one),
            "replaces": replaced_by(one),
            "is_open": is_voting_open(one.edition_id, timezone.now()),
            "translates": request.user.has_perm("consultation.translate_statement"),
            "moderates": moderates,
        }


class StatementForm(forms.Form):
    text = forms.CharField(
        label=_("Your statement"),
        max_length=MOST_SENT,
        strip=False,
        required=False,
        widget=forms.Textarea({"rows": 3, "dir": "auto"}),
    )
    language = forms.ChoiceField(label=_("Written in"), choices=LANGUAGE_CHOICES)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    """The words beside which similar statements were shown."""


class Propose(LoginRequiredMixin, OperationView):
    """Writes a statement; similar ones are shown before it is sent."""

    template_name = "consultation/propose.html"
    form_class = StatementForm
    success_message = _(
        "Thank you. A moderator reads the statement; you are written to when it is "
        "open for votes."
    )

    def get_initial(self) -> dict[str, Any]:
        return {"language": page_language()}

    def form_valid(self, form: Any) -> HttpResponse:
        said = form.cleaned_data
        if said["seen"] != said["text"]:
            alike = similar_statements(
                present_edition(), said["text"][:1000], said["language"]
            )
            if alike:
                form.data = form.data.copy()
                form.data["seen"] = said["text"]
                context = self.get_context_data(form=form, alike=alike)
                return self.render_to_response(context)
        return super().form_valid(form)

    def operate(self, cleaned: dict[str, Any]) -> Any:
        person: Any = self.request.user
        return propose_statement(
            edition=present_edition(),
            text=cleaned["text"],
            language=cleaned["language"],
            author=person,
            at=timezone.now(),
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        edition = present_edition()
        return super().get_context_data(**kwargs) | {
            "edition": edition,
            "longest": statement_rules(edition.pk).longest,
            "is_open": is_voting_open(edition.pk, timezone.now()),
        }

    def get_success_url(self) -> str:
        return reverse("consultation:my_statements")


class MyStatements(LoginRequiredMixin, Page):
    """What somebody proposed, what became of it, and how they voted."""

    template_name = "consultation/my_statements.html"

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        edition = present_edition()
        voter = voter_of(edition.pk, request.user)
        return {
            "edition": edition,
            "statements": own_statements(edition, request.user),
            "votes": page_of(request, own_votes(voter), ROWS),
            "is_open": is_voting_open(edition.pk, timezone.now()),
        }


class AnswerForm(forms.Form):
    text = forms.CharField(
        label=_("Your answer"),
        max_length=MOST_SENT,
        widget=forms.Textarea({"rows": 3, "dir": "auto"}),
    )


class Answer(LoginRequiredMixin, OperationView):
    """The author of a statement answers a decision about it."""

    template_name = "consultation/answer.html"
    form_class = AnswerForm
    success_message = _("Your answer stands beside the decision.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = decision(self.kwargs["pk"])
        if found is None or found.statement.author_id != self.request.user.pk:
            raise Http404(gettext("There is no such decision about your statements."))
        return super().get_context_data(**kwargs) | {"decision": found}

    def operate(self, cleaned: dict[str, Any]) -> Any:
        person: Any = self.request.user
        found = decision(self.kwargs["pk"])
        if found is None:
            raise Http404(gettext("There is no such decision about your statements."))
        return answer_decision(
            decision=found, text=cleaned["text"], answered_by=person, at=timezone.now()
        )

    def get_success_url(self) -> str:
        return reverse("consultation:my_statements")


class Log(Page):
    """Everything that moderators decided, without names."""

    template_name = "consultation/log.html"

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        edition = present_edition()
        return {
            "edition": edition,
            "page": page_of(request, public_log(edition), ROWS),
        }


class WordingForm(forms.Form):
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGE_CHOICES)
    text = forms.CharField(
        label=_("The same statement in this language"),
        max_length=MOST_SENT,
        strip=False,
        widget=forms.Textarea({"rows": 3, "dir": "auto"}),
    )


class Translate(PermissionRequired, OperationView):
    """Gives a statement approved words in another language."""

    permission = "consultation.translate_statement"
    template_name = "consultation/translate_statement.html"
    form_class = WordingForm
    success_message = _("Readers of this language see these words from now on.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        one = found_statement(self.kwargs["pk"])
        return super().get_context_data(**kwargs) | {"statement": one}

    def operate(self, cleaned: dict[str, Any]) -> Any:
        person: Any = self.request.user
        return approve_wording(
            statement=found_statement(self.kwargs["pk"]),
            language=cleaned["language"],
            text=cleaned["text"],
            approved_by=person,
            at=timezone.now(),
        )

    def get_success_url(self) -> str:
        return reverse("consultation:statement", args=[self.kwargs["pk"]])
