"""Themes: what is said about the same thing, and what the secretariat makes of it."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django import forms
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from montada.consultation import operations, queries
from montada.consultation.web.asking import found_edition
from montada.djangokit.page_language import page_language
from montada.djangokit.views import OperationView, Page, page_of
from montada.language.engine.text import LocalizedText

ROWS = 25
ALONE = 50
NO_LINE = "none"


class Themes(Page):
    """All themes of an edition, narrowed to a line; or what is on its own."""

    template_name = "consultation/themes.html"

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        edition, line = found_edition(kwargs["edition"]), request.GET.get("line", "")
        found = queries.found_themes(edition, page_language())
        is_alone = request.GET.get("alone") == "yes"
        rows = found.alone if is_alone else found.together
        lines = {one.line.code: one.line for one in found.themes if one.line}
        if line not in ("", NO_LINE, *lines):
            raise Http404(_now("There is no such filter."))
        if line:
            rows = tuple(one for one in rows if _line_of(one) == line)
        return {
            "edition": edition,
            "found": found,
            "n_texts": sum(len(one.members) for one in found.themes),
            "page": page_of(request, list(rows), ALONE if is_alone else ROWS),
            "is_alone": is_alone,
            "line": line,
            "lines": sorted(lines.values(), key=lambda row: row.order),
            "no_line": NO_LINE,
        }


def _line_of(theme: queries.Theme) -> str:
    return theme.line.code if theme.line else NO_LINE


class GroupForm(forms.Form):
    """Which contributions are read under a theme, and what it is called."""

    name = forms.CharField(
        label=_("Name of the theme"),
        required=False,
        max_length=2000,
        widget=forms.TextInput({"dir": "auto"}),
        help_text=_("In the language of this page."),
    )
    take = forms.MultipleChoiceField(
        label=_("Contributions that are put under it"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, theme: queries.Theme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        take: Any = self.fields["take"]
        take.choices = [
            (one.reference, f"{one.reference} · {one.title}")
            for one in theme.members
            if one.kind == "contribution"
        ]


class ThemePage(OperationView):
    """One theme with all that is in it; the secretariat puts contributions under it."""

    template_name = "consultation/theme.html"
    form_class = GroupForm
    success_message = _("Done; their authors were told.")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not queries.may_change(request.user, self.edition):
            raise PermissionDenied
        return super().post(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = super().get_context_data(**kwargs)
        names = queries.names_of("group", page_language())
        return shown | {
            "edition": self.edition,
            "theme": self.theme,
            "rows": [(one, names.get(one.group, "")) for one in self.theme.members],
            "taken": set(shown["form"]["take"].value() or ()),
            "is_secretariat": queries.may_change(self.request.user, self.edition),
        }

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"theme": self.theme}

    def get_initial(self) -> dict[str, Any]:
        references = [one.reference for one in self.theme.members]
        return {"name": self.theme.title, "take": references}

    @cached_property
    def edition(self) -> Any:
        return found_edition(self.kwargs["edition"])

    @cached_property
    def theme(self) -> queries.Theme:
        """The theme in which the text of this address is read now."""
        themes = queries.themes_of(self.edition, page_language())
        found = queries.theme_with(themes, self.kwargs["key"])
        if found is None:
            raise Http404(_now("There is no such theme."))
        return found

    def operate(self, cleaned: dict[str, Any]) -> Any:
        me: Any = self.request.user
        rows = queries.contributions_of(self.edition)
        return operations.group_under(
            contributions=rows.filter(receipt__in=cleaned["take"]),
            theme=self._name(cleaned["name"]),
            grouped_by=me,
            at=timezone.now(),
        )

    def _name(self, said: str) -> LocalizedText:
        """Return the name as people gave it before, where it stays the same."""
        decided = self.theme.decided
        if decided and said.strip() == self.theme.title:
            return decided
        return LocalizedText.of(page_language(), said)

    def get_success_url(self) -> str:
        key = self.kwargs["key"]
        return reverse("consultation:theme", args=[self.edition.slug, key])
