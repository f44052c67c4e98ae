"""Writing about a project: begin, save as you type, accept suggestions, send."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from montada.djangokit.drafts import WritingView, whole
from montada.djangokit.page_language import page_language
from montada.djangokit.refusals import Refusal
from montada.language.engine.text import LANGUAGES, LocalizedText
from montada.participation import queries as people
from montada.stocktaking import operations, queries
from montada.stocktaking.engine.record import ProjectRecord
from montada.stocktaking.web.my_projects import mine
from montada.stocktaking.web.record_fields import MOST_ROWS
from montada.stocktaking.web.record_forms import (
    RecordForm,
    initial_of,
    labels_shown,
)
from montada.stocktaking.web.row_forms import (
    ContactForm,
    EvidenceForm,
    PartnerForm,
    PlaceForm,
)

ROWS: dict[str, Any] = {
    "evidence": EvidenceForm,
    "partners": PartnerForm,
    "places": PlaceForm,
    "contacts": ContactForm,
}
"""Lists of rows in a record, and the form of one row."""
_NOT_SAVED = (operations.SavedMeanwhile, operations.VersionNotEditable)
"""Somebody was quicker, or the writer in another tab: what was typed is shown again."""
LONGEST_TOLD = 2000
"""Characters that are compared with other projects."""


class OfDraft(WritingView):
    """A page about a version that is the reader's to write."""

    back = "stocktaking:mine"
    beside = ("revision", "labels_shown")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.version: Any = queries.version(kwargs["pk"])

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated:
            mine(request, self.version and self.version.project)
            self.person: Any = request.user
        return super().dispatch(request, *args, **kwargs)


class Draft(OfDraft):
    """The form. `action` of a sending says what is wanted beside saving."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not queries.is_editable(self.version):
            return redirect("stocktaking:receipt", pk)
        self.shown = self.version.labels
        initial = initial_of(self.version, queries.chosen_labels(self.version))
        # A text that is still to be written is written in the reader's language.
        if initial["language"] not in LANGUAGES:
            initial["language"] = page_language()
        form = RecordForm(initial=initial, reader=page_language())
        return self._page(form, self._rows(None))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.shown = labels_shown(request.POST, self.version)
        form = RecordForm(request.POST, reader=page_language())
        rows = self._rows(request.POST)
        action, _colon, what = request.POST.get("action", "save").partition(":")
        try:
            self._save(form, rows)
            return self._acted(action, what, form, rows)
        except _NOT_SAVED as refusal:
            if self.is_typing:
                return self._side(refusal)
            if action == "send" and self._was_sent(form, rows):
                return redirect("stocktaking:receipt", pk)
            return self._page(form, rows, refusal=refusal, status=409)
        except operations.NotReady as refusal:
            self.version = queries.version(pk)
            return self._page(form, rows, refusal=refusal, status=422)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect("stocktaking:draft", pk)

    def _save(self, form: RecordForm, rows: dict[str, Any]) -> None:
        form.is_valid()
        me: Any = self.request.user
        now = timezone.now()
        record = self._record(form, rows)
        # A field with an error stays as it was.
        before, said = self.version, form.cleaned_data
        project = before.project
        filed = {
            name: said.get(name, getattr(project, name)) or None
            for name in ("country_id", "stakeholder_group_id")
        }
        self.version = operations.save_draft(
            version=before,
            record=record,
            revision=whole(self.request.POST.get("revision", "")),
            saved_by=me,
            at=now,
            organisation_name=said.get("organisation_name", before.organisation_name),
            **filed,
        )
        labels = form.labels(self.shown)
        self.version = operations.set_labels(
            version=self.version, labels=labels, shown=self.shown, set_by=me
        )
        self.shown = labels
        if (contacts := _told_rows(rows["contacts"])) is not None:
            operations.set_contacts(version=self.version, contacts=contacts, set_by=me)

    def _record(self, form: RecordForm, rows: dict[str, Any]) -> ProjectRecord:
        parts: Any = {
            name: tuple(said)
            for name in ("evidence", "partners", "places")
            if (said := _told_rows(rows[name])) is not None
        }
        return replace(form.record(self.version.record), **parts)

    def _was_sent(self, form: RecordForm, rows: dict[str, Any]) -> bool:
        """Return whether these very words were sent: the button was pressed twice."""
        now: Any = queries.version(self.version.pk)
        other = queries.differences_from(self._record(form, rows), now.record)
        return not (other or queries.is_editable(now))

    def _acted(
        self, action: str, what: str, form: RecordForm, rows: dict[str, Any]
    ) -> HttpResponse:
        """Do what is wanted beside saving, and say where the writer is led."""
        me: Any = self.request.user
        sent = [part for part in rows.values() if part.is_bound]
        is_complete = form.is_valid() and all(part.is_valid() for part in sent)
        if self.is_typing:
            return self._side()
        if action == "add" and what in ROWS:
            return self._page(form, {**rows, what: self._one_more(what)}, added=what)
        if action == "send" and is_complete:
            operations.submit_version(
                version=self.version, submitted_by=me, at=timezone.now()
            )
            return redirect("stocktaking:receipt", self.version.pk)
        if action in ("accept", "refuse"):
            self._decide(action, what)
        else:
            operations.read_draft(version=self.version, at=timezone.now())
        if not is_complete:
            return self._page(form, rows, status=422)
        messages.success(self.request, _("The draft was saved."))
        return redirect("stocktaking:draft", self.version.pk)

    def _decide(self, action: str, what: str) -> None:
        axis, _slash, code = what.partition("/")
        if axis not in ("action_line", "goal"):
            raise Http404(_("There is no such label to decide."))
        me: Any = self.request.user
        label: Any = {"version": self.version, "axis": axis, "code": code}
        now = timezone.now()
        if action == "accept":
            self.version = operations.accept_label(**label, accepted_by=me, at=now)
        else:
            self.version = operations.refuse_label(**label, refused_by=me, at=now)

    def _rows(self, data: Any) -> dict[str, Any]:
        """Return the lists of rows: as they were sent, else as they are stored."""
        named = queries.facet_labels(page_language())["country"]
        files = self.version.project.files.all()
        choices = {
            "country_id": [(value, label.text) for value, label in named.items()],
            "file_id": [(file.pk, file.name) for file in files],
        }
        return {name: self._of_rows(name, data, choices) for name in ROWS}

    def _of_rows(self, name: str, data: Any, choices: dict[str, Any]) -> Any:
        formset = forms.formset_factory(
            ROWS[name], extra=1, max_num=MOST_ROWS, absolute_max=MOST_ROWS
        )
        more: dict[str, Any] = {"prefix": name, "form_kwargs": {"choices": choices}}
        sent = formset(data, **more)
        if data is not None and sent.management_form.is_valid():
            return sent
        return formset(initial=queries.rows_of(self.version, name), **more)

    def _one_more(self, name: str) -> Any:
        """Return the rows as they were sent, and an empty one after them."""
        data, total = self.request.POST.copy(), f"{name}-TOTAL_FORMS"
        data[total] = str(min(whole(data.get(total, "")) + 1, MOST_ROWS))
        return self._rows(data)[name]

    def _side(self, refusal: Refusal | None = None) -> HttpResponse:
        """Answer a saving as one types: what stands beside the form."""
        shown = self._beside() | {"refusal": refusal, "reads": refusal is None}
        if refusal:
            # Who types on has not seen the other's words: only a press of the button,
            # which shows them, goes on from there.
            shown["revision"] = whole(self.request.POST.get("revision", ""))
        return render(self.request, "stocktaking/_draft_side.html", shown)

    def _beside(self) -> dict[str, Any]:
        now = timezone.now()
        problems = queries.problems_in(self.version, now)
        saved = people.on_two_clocks(
            self.version.written_at,
            zone=queries.register_at(now).zone,
            reader=self.person,
        )
        return {
            "version": self.version,
            "revision": self.version.revision,
            "labels_shown": " ".join(f"{one.axis}/{one.code}" for one in self.shown),
            "saved_at": saved.here_at or saved.at,
            "problems": [
                (p, queries.PART_NAMES[p.part], queries.sentence_of(p))
                for p in problems
            ],
            "purposes": queries.purposes_in_words(self.version),
            "suggestions": queries.draft_suggestions(self.version),
        }

    def _page(
        self,
        form: RecordForm,
        rows: dict[str, Any],
        *,
        refusal: Refusal | None = None,
        added: str = "",
        status: int = 200,
    ) -> HttpResponse:
        beside = self._beside()
        shown = [one for one in beside["problems"] if not one[0].is_needed_to_send]
        if isinstance(refusal, operations.NotReady):
            shown = beside["problems"]
        theirs = None
        if isinstance(refusal, _NOT_SAVED):
            self.version = queries.version(self.version.pk)
            theirs = queries.differences_from(
                self._record(form, rows), self.version.record
            )
            beside = self._beside()
        return render(
            self.request,
            "stocktaking/draft.html",
            {
                **beside,
                "form": form,
                "rows": rows,
                "refusal": refusal,
                "added": added,
                "theirs": theirs,
                "wrong": {problem.part: said for problem, _name, said in shown},
                "similar": queries.similar_to(
                    _told(self.version.record),
                    page_language(),
                    self.version.project.slug,
                ),
            },
            status=status,
        )


class Suggest(OfDraft):
    """Reads what was written, and answers with the labels it suggests."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        operations.read_draft(version=self.version, at=timezone.now())
        record = self.version.record
        return render(
            request,
            "stocktaking/_draft_suggestions.html",
            {
                "version": self.version,
                "suggestions": queries.draft_suggestions(self.version),
                "similar": queries.similar_to(
                    _told(record), page_language(), self.version.project.slug
                ),
            },
        )


class Discard(OfDraft):
    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return render(request, "stocktaking/discard.html", {"version": self.version})

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        me: Any = request.user
        try:
            operations.discard_draft(
                version=self.version, discarded_by=me, at=timezone.now()
            )
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The draft was thrown away."))
        return redirect("stocktaking:mine")


class Receipt(OfDraft):
    """The number and the times of a version that was sent; what happens next."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not self.version.receipt:
            return redirect("stocktaking:draft", pk)
        me: Any = request.user
        register = queries.register_at(timezone.now())
        return render(
            request,
            "stocktaking/receipt.html",
            {
                "version": self.version,
                "project": self.version.project,
                "sent": people.on_two_clocks(
                    self.version.submitted_at, zone=register.zone, reader=me
                ),
                "edition": register.edition,
                "deadline": queries.deadline(
                    self.version.due_on, reader=me, register=register
                ),
            },
        )


def _told_rows(rows: Any) -> list[Any] | None:
    """Return what was sent of each row, without what is broken; None if nothing was."""
    if not rows.is_bound:
        return None
    rows.is_valid()
    return [row.row() for row in rows.forms if row.cleaned_data and row.is_filled]


def _told(record: ProjectRecord) -> str:
    texts: tuple[LocalizedText, ...] = (record.title, record.summary)
    return "\n".join(str(text) for text in texts if text)[:LONGEST_TOLD]
