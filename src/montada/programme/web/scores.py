"""The published rubric, the points of reviewers, and files of them."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from montada.djangokit.page_language import page_language
from montada.djangokit.views import OperationView, Page
from montada.djangokit.widgets import BoundedFileField
from montada.language.fields import LocalizedTextFormField
from montada.programme import operations, queries
from montada.programme.operations.scores import LONGEST_REVIEWER
from montada.programme.queries import scores
from montada.programme.web.asking import OfProgramme, found_edition, of_edition
from montada.programme.web.settings import SetOne

MOST_BYTES = 20_000_000
ROWS_SHOWN = 200
"""Of a file's rows with something to say; a page does not grow with the file."""


class Criteria(Page):
    """The rubric: everybody reads by what proposals are scored."""

    template_name = "programme/criteria.html"

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        edition = found_edition(kwargs["edition"])
        return {
            **of_edition(edition),
            "criteria": scores.criteria_of(edition),
            "runs": queries.runs_programme(request.user, edition),
        }


class OpenCriteria(OfProgramme):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, edition: str) -> HttpResponse:
        me: Any = request.user
        operations.open_criteria(edition=self.edition, opened_by=me, at=timezone.now())
        messages.success(request, _now("The usual criteria are published."))
        return redirect("programme:criteria", edition)


class CriterionForm(forms.Form):
    name = LocalizedTextFormField(label=_("Name"))
    weight = forms.IntegerField(
        label=_("Weight"), min_value=1, max_value=scores.MOST_WEIGHT
    )
    most = forms.IntegerField(
        label=_("Points at most"), min_value=1, max_value=scores.MOST_POINTS
    )


class SetCriterion(SetOne):
    """A line of the rubric: a new one, or with a key one that is there."""

    form_class = CriterionForm
    success_message = _("The criterion is published.")
    removed_message = _("The criterion is taken out.")
    extra_context = {"heading": _("Set a criterion")}

    def permission_object(self) -> Any:
        edition = super().permission_object()
        if "key" in self.kwargs:
            self.row = scores.criterion_of(edition, self.kwargs["key"])
            if self.row is None:
                raise Http404(_now("The rubric has no such criterion."))
        return edition

    def get_initial(self) -> dict[str, Any]:
        row = self.row
        if row is None:
            return {"weight": 1, "most": 5}
        return {"weight": row.weight, "most": row.most}

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        if self.row is not None:
            # Of the field: words that stay as they were keep their approver.
            form.fields["name"].initial = self.row.name
        return form

    def number_now(self) -> int:
        return scores.last_decision_about(self.row) if self.row else 0

    def remove(self) -> None:
        me: Any = self.request.user
        operations.remove_criterion(
            criterion=self.row, seen=self.seen, removed_by=me, at=timezone.now()
        )

    def operate(self, cleaned: dict[str, Any]) -> Any:
        me: Any = self.request.user
        return operations.set_criterion(
            edition=self.edition,
            criterion=self.row,
            values=cleaned,
            seen=self.seen,
            set_by=me,
            at=timezone.now(),
        )

    def get_success_url(self) -> str:
        return reverse("programme:criteria", args=[self.edition.slug])


class ScoresForm(forms.Form):
    """A reviewer, and a field for each criterion; an empty one takes points back."""

    reviewer = forms.CharField(
        label=_("Reviewer"),
        max_length=LONGEST_REVIEWER,
        widget=forms.TextInput({"dir": "auto"}),
        help_text=_("Only the secretariat reads the name."),
    )

    def __init__(self, *args: Any, criteria: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        reader = page_language()
        for row in criteria:
            name = row.name.shown_to(reader).text
            self.fields[f"points-{row.key}"] = forms.DecimalField(
                label=_now("%(criterion)s (0 to %(most)s)")
                % {"criterion": name, "most": row.most},
                required=False,
                min_value=0,
                max_value=row.most,
                max_digits=4,
                decimal_places=1,
            )

    def points(self) -> dict[str, Any]:
        return {
            row.key: self.cleaned_data[f"points-{row.key}"] for row in self.criteria
        }


class GiveScores(OfProgramme, OperationView):
    template_name = "programme/give_scores.html"
    form_class = ScoresForm
    success_message = _("The points are kept.")

    def permission_object(self) -> Any:
        edition = super().permission_object()
        self.row: Any = queries.proposal(edition, self.kwargs["reference"])
        if self.row is None:
            raise Http404(_now("There is no such proposal, or it is not public."))
        self.given = scores.scores_by_reviewer(self.row)
        self.criteria = scores.criteria_of(edition)
        return edition

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"criteria": self.criteria}

    def get_initial(self) -> dict[str, Any]:
        reviewer = self.request.GET.get("reviewer", "")
        given = self.given.get(reviewer, {})
        points = {f"points-{key}": f"{n:g}" for key, n in given.items()}
        return {"reviewer": reviewer if given else ""} | points

    def form_valid(self, form: Any) -> HttpResponse:
        self.points = form.points()
        return super().form_valid(form)

    def operate(self, cleaned: dict[str, Any]) -> Any:
        me: Any = self.request.user
        return operations.give_scores(
            proposal=self.row,
            reviewer=cleaned["reviewer"],
            points=self.points,
            given_by=me,
            at=timezone.now(),
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = {
            **of_edition(self.edition),
            "row": self.row,
            "given": [
                (reviewer, [points.get(row.key) for row in self.criteria])
                for reviewer, points in self.given.items()
            ],
            "criteria": self.criteria,
            "scored": scores.score_of(self.row),
        }
        return super().get_context_data(**kwargs) | shown

    def get_success_url(self) -> str:
        return self.request.path


class ScoresFileForm(forms.Form):
    file = BoundedFileField(
        label=_("File"),
        help_text=_(
            "CSV or XLSX with the columns reference and reviewer, and either criterion "
            "and points or a column for each criterion."
        ),
        most_bytes=MOST_BYTES,
    )
    is_dry_run = forms.BooleanField(
        label=_("Only say what would happen"), required=False, initial=True
    )


class TakeScoresIn(OfProgramme, OperationView):
    """A file of points: what is said of its rows is shown on the page it came from."""

    template_name = "programme/take_scores_in.html"
    form_class = ScoresFileForm

    def form_valid(self, form: Any) -> HttpResponse:
        answer = super().form_valid(form)
        if answer.status_code != 302:
            return answer
        report = self.result
        shown = self.get_context_data(
            form=form,
            report=report,
            rows=report.rows[:ROWS_SHOWN],
            is_kept=not (form.cleaned_data["is_dry_run"] or report.n_refused),
            counts=[(name, n) for name, n in report.counts.items() if n],
        )
        status = 422 if report.n_refused else 200
        return self.render_to_response(shown, status=status)

    def operate(self, cleaned: dict[str, Any]) -> Any:
        me: Any = self.request.user
        with TemporaryDirectory() as folder:
            path = Path(folder) / "scores"
            with path.open("wb") as kept:
                kept.writelines(cleaned["file"].chunks())
            return operations.take_scores_in(
                edition=self.edition,
                path=path,
                taken_by=me,
                at=timezone.now(),
                dry_run=cleaned["is_dry_run"],
            )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = {
            **of_edition(self.edition),
            "criteria": scores.criteria_of(self.edition),
        }
        return super().get_context_data(**kwargs) | shown

    def get_success_url(self) -> str:
        return self.request.path
