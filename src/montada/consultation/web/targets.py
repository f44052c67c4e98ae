"""The secretariat's page about which shares of contributions an edition wants."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from montada.consultation import operations, queries
from montada.consultation.choices import TargetAxis
from montada.consultation.web.views import asked_edition
from montada.djangokit.page_language import page_language
from montada.djangokit.views import OperationView, PermissionRequired


class TargetsForm(forms.Form):
    """A field for each side of each axis: the least percent; empty for no target."""

    def __init__(self, *args: Any, reader: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.named = {axis: queries.names_of(axis.value, reader) for axis in TargetAxis}
        fields: dict[str, Any] = self.fields
        for axis, names in self.named.items():
            for value, name in names.items():
                fields[f"{axis.value}:{value}"] = forms.IntegerField(
                    label=name, required=False, min_value=1, max_value=100
                )

    def axes(self) -> list[tuple[str, str, list[Any]]]:
        """Return each axis with its title and its fields."""
        return [
            (
                axis.value,
                str(axis.label),
                [self[f"{axis.value}:{value}"] for value in names],
            )
            for axis, names in self.named.items()
        ]

    def targets(self) -> list[tuple[str, str, int]]:
        return [
            (axis.value, value, percent)
            for axis, names in self.named.items()
            for value in names
            if (percent := self.cleaned_data[f"{axis.value}:{value}"])
        ]


class SetTargets(PermissionRequired, OperationView):
    permission = "consultation.change_consultation"
    template_name = "consultation/set_targets.html"
    form_class = TargetsForm
    success_message = _("The targets are set.")

    def permission_object(self) -> Any:
        self.edition = asked_edition(self.request)
        return self.edition

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"reader": page_language()}

    def get_initial(self) -> dict[str, Any]:
        wanted = queries.targets_of(self.edition)
        return {f"{row.axis}:{row.value}": row.least_percent for row in wanted}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"edition": self.edition}

    def form_valid(self, form: Any) -> Any:
        self.form = form
        return super().form_valid(form)

    def operate(self, cleaned: dict[str, Any]) -> Any:
        me: Any = self.request.user
        operations.set_targets(
            edition=self.edition,
            targets=self.form.targets(),
            set_by=me,
            at=timezone.now(),
        )

    def get_success_url(self) -> str:
        address = reverse("consultation:participation")
        return f"{address}?edition={self.edition.slug}"
