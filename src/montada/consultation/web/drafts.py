"""Writing a contribution: save as you type, accept suggestions, send."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from montada.consultation import operations, queries
from montada.consultation.queries.similar import similar_statements
from montada.consultation.queries.statements import moved_from
from montada.consultation.web.contribution_forms import (
    ContributionForm,
    initial_of,
    people_told,
    rows_of_people,
    shown_questions,
)
from montada.djangokit.drafts import WritingView, whole
from montada.djangokit.page_language import page_language
from montada.djangokit.refusals import Refusal
from montada.participation import queries as people


class OfContribution(WritingView):
    """A page about a contribution whose words are the reader's."""

    back = "consultation:mine"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.row: Any = queries.contribution(kwargs["pk"])

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.person: Any = request.user
        if request.user.is_authenticated and (
            self.row is None or not queries.may_write(request.user, self.row)
        ):
            # So that nobody learns which drafts there are.
            raise Http404(_("There is no such draft of yours."))
        return super().dispatch(request, *args, **kwargs)


class Draft(OfContribution):
    """The form. `action` of a sending says what is wanted beside saving."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.questions = queries.questions_of(self.row.call) if self.row else []

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not queries.is_editable(self.row):
            return redirect("consultation:receipt", pk)
        stored = queries.answers_of(self.row)
        return self._page(self._form(None, initial_of(self.row, stored)), stored)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form, stored = self._form(request.POST), queries.answers_of(self.row)
        action, _colon, what = request.POST.get("action", "save").partition(":")
        try:
            self._save(form, stored)
            return self._acted(action, what, form, stored)
        except operations.ContributionSavedMeanwhile as refusal:
            if self.is_typing:
                return self._side(refusal)
            self.row = queries.contribution(pk)
            return self._page(form, stored, refusal=refusal, status=409)
        except operations.ContributionNotReady as refusal:
            self.row = queries.contribution(pk)
            return self._page(form, stored, refusal=refusal, status=422)
        except Refusal as refusal:
            if self.is_typing:
                return self._side(refusal)
            self.row = queries.contribution(pk)
            return self._page(form, stored, refusal=refusal, status=refusal.status)

    def _form(self, data: Any, initial: Any = None) -> ContributionForm:
        return ContributionForm(
            data,
            initial=initial,
            row=self.row,
            questions=self.questions,
            reader=page_language(),
        )

    def _rows(self, data: Any, stored: dict[str, Any]) -> dict[str, Any]:
        return rows_of_people(self.questions, data, stored, page_language())

    def _save(self, form: ContributionForm, stored: dict[str, Any]) -> None:
        form.is_valid()
        answers = form.answers()
        for key, rows in self._rows(self.request.POST, stored).items():
            if (told := people_told(rows)) is not None:
                answers[key] = told
        self.row = operations.save_contribution(
            contribution=self.row,
            identity=form.identity(self.row),
            answers=answers,
            revision=whole(self.request.POST.get("revision", "")),
            saved_by=self.person,
            at=timezone.now(),
        )

    def _acted(
        self, action: str, what: str, form: ContributionForm, stored: dict[str, Any]
    ) -> HttpResponse:
        """Do what is wanted beside saving, and say where the writer is led."""
        now = timezone.now()
        if self.is_typing:
            return self._side()
        if action == "add":
            return self._page(form, stored, added=what)
        if not form.is_valid():
            return self._page(form, stored, status=422)
        if action == "send":
            operations.submit_contribution(
                contribution=self.row, submitted_by=self.person, at=now
            )
            return redirect("consultation:receipt", self.row.pk)
        if action in ("accept", "refuse"):
            self._decide(action, what)
        else:
            operations.read_contribution(contribution=self.row, at=now)
        messages.success(self.request, _("The draft was saved."))
        return redirect("consultation:draft", self.row.pk)

    def _decide(self, action: str, what: str) -> None:
        axis, _slash, code = what.partition("/")
        if axis not in ("action_line", "goal"):
            raise Http404(_("There is no such label to decide."))
        operations.decide_suggestion(
            contribution=self.row,
            axis=axis,  # type: ignore[arg-type]  # checked above
            code=code,
            is_confirmed=action == "accept",
            decided_by=self.person,
            at=timezone.now(),
        )

    def _one_more(self, key: str) -> Any:
        """Return what was sent with an empty row of people after the others."""
        data, total = self.request.POST.copy(), f"q-{key}-TOTAL_FORMS"
        data[total] = str(whole(data.get(total, "")) + 1)
        return data

    def _side(self, refusal: Refusal | None = None) -> HttpResponse:
        """Answer a saving as one types: what stands beside the form."""
        shown = self._beside() | {"refusal": refusal, "reads": refusal is None}
        if refusal:
            # Who types on has not seen the other's words: only a press of the button,
            # which shows the page anew, goes on from there.
            shown["revision"] = whole(self.request.POST.get("revision", ""))
        return render(self.request, "consultation/_draft_side.html", shown)

    def _beside(self) -> dict[str, Any]:
        zone = self.row.call.edition.zone
        saved = people.on_two_clocks(self.row.written_at, zone=zone, reader=self.person)
        labels = {row.key: row.label for row in self.questions}
        return {
            "row": self.row,
            "revision": self.row.revision,
            "saved_at": saved.here_at or saved.at,
            "problems": [
                (p, labels.get(p.key), queries.sentence_of(p))
                for p in queries.problems_in(self.row)
            ],
            "suggested": [
                one for one in queries.understood(self.row) if not one.is_stated
            ],
        }

    def _page(
        self,
        form: ContributionForm,
        stored: dict[str, Any],
        *,
        refusal: Refusal | None = None,
        added: str = "",
        status: int = 200,
    ) -> HttpResponse:
        beside = self._beside()
        is_sent = isinstance(refusal, operations.ContributionNotReady)
        wrong = {
            problem.key: said
            for problem, _label, said in beside["problems"]
            # What is not written yet is no fault before somebody wants to send it.
            if is_sent or problem.fact not in ("missing", "too_short")
        }
        data = self._one_more(added) if added else (self.request.POST or None)
        rows = self._rows(data, stored)
        me = self.person
        return render(
            self.request,
            "consultation/draft.html",
            {
                **beside,
                **_here_already(self.row),
                "form": form,
                "moved_from": moved_from(self.row),
                "shown": shown_questions(
                    form, self.questions, rows, wrong, page_language()
                ),
                "wrong": wrong,
                "refusal": refusal,
                "call": queries.call_row(self.row.call, timezone.now(), me),
            },
            status=status,
        )


def _here_already(row: Any) -> dict[str, Any]:
    """Return public contributions and open statements that say about the same."""
    edition, title = row.call.edition, str(row.title)
    return {
        "similar": queries.similar_contributions(row),
        "alike": similar_statements(edition, title, row.language),
    }


class Suggest(OfContribution):
    """Reads what was written, and answers with the labels it suggests."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        operations.read_contribution(contribution=self.row, at=timezone.now())
        suggested = [one for one in queries.understood(self.row) if not one.is_stated]
        shown = {"row": self.row, "suggested": suggested} | _here_already(self.row)
        return render(request, "consultation/_draft_labels.html", shown)


class Discard(OfContribution):
    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return render(request, "consultation/discard.html", {"row": self.row})

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        try:
            operations.discard_contribution(
                contribution=self.row, discarded_by=self.person, at=timezone.now()
            )
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The draft was thrown away."))
        return redirect("consultation:mine")


class Receipt(OfContribution):
    """The number and the times of what was sent; what happens next."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not self.row.receipt:
            return redirect("consultation:draft", pk)
        zone = self.row.call.edition.zone
        sent = people.on_two_clocks(
            self.row.submitted_at, zone=zone, reader=self.person
        )
        return render(
            request, "consultation/receipt.html", {"row": self.row, "sent": sent}
        )
