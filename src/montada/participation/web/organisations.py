"""The register of organisations, and what the secretariat decides about them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from montada.audit import queries as audit
from montada.djangokit.page_language import page_language
from montada.djangokit.views import OperationView, Page, PermissionRequired, page_of
from montada.participation import operations, queries
from montada.participation.web.organisation_forms import (
    AliasForm,
    DescribeForm,
    MergeForm,
    ParentForm,
)

if TYPE_CHECKING:
    from montada.participation.models import Organisation

ORGANISATIONS_A_PAGE = 50


class Organisations(Page):
    template_name = "participation/organisation_list.html"

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        chosen = {name: request.GET.get(name, "") for name in ("country", "group")}
        text = request.GET.get("text", "")
        found = queries.organisation_list(**chosen, text=text, reader=page_language())
        return {
            "found": found,
            "text": text,
            "page": page_of(request, found.rows, ORGANISATIONS_A_PAGE),
            **chosen,
        }


class _Deciding(PermissionRequired, OperationView):
    """One decision about one organisation; its page shows all that can be decided."""

    permission = "participation.change_organisation"
    template_name = "participation/organisation_form.html"
    heading: ClassVar[Any]
    explanation: ClassVar[Any]
    send_label: ClassVar[Any]

    def permission_object(self) -> Organisation:
        organisation = queries.organisation(self.kwargs["slug"])
        if organisation is None:
            raise Http404(_("There is no such organisation."))
        self.organisation = organisation
        return organisation

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "organisation": self.organisation,
            "heading": self.heading,
            "explanation": self.explanation,
            "send_label": self.send_label,
        }

    def get_success_url(self) -> str:
        return reverse("site:organisation", args=[self.organisation.slug])


class DescribeOrganisation(_Deciding):
    form_class = DescribeForm
    heading = gettext_lazy("Describe the organisation")
    explanation = gettext_lazy(
        "Names that change stay as aliases, so that the organisation is still found."
    )
    send_label = gettext_lazy("Save")
    success_message = gettext_lazy("The organisation was described.")

    def get_form_kwargs(self) -> dict[str, Any]:
        known = self.organisation
        return super().get_form_kwargs() | {
            "organisation": known,
            "reader": page_language(),
            "initial": {
                "acronym": known.acronym,
                "stakeholder_group_id": known.stakeholder_group_id,
                "country_id": known.country_id,
                "regions": [group.pk for group in known.regions.all()],
            },
        }

    def number_now(self) -> int:
        return audit.last_entry_about(self.organisation)

    def operate(self, cleaned: dict[str, Any]) -> Organisation:
        return operations.describe_organisation(
            organisation_id=self.organisation.pk,
            **cleaned,
            seen=self.seen,
            described_by=_person(self.request),
            at=timezone.now(),
        )


class SetParent(_Deciding):
    form_class = ParentForm
    heading = gettext_lazy("Say what it is a part of")
    explanation = gettext_lazy("A ministry's agency, a university's institute.")
    send_label = gettext_lazy("Save")
    success_message = gettext_lazy("The hierarchy was changed.")

    def get_initial(self) -> dict[str, Any]:
        parent = self.organisation.parent
        return {"parent": parent.slug if parent else ""}

    def operate(self, cleaned: dict[str, Any]) -> Organisation:
        parent = cleaned["parent"]
        return operations.set_parent(
            organisation_id=self.organisation.pk,
            parent_id=parent.pk if parent else None,
            set_by=_person(self.request),
            at=timezone.now(),
        )


class AddAlias(_Deciding):
    form_class = AliasForm
    heading = gettext_lazy("Add an alias")
    explanation = gettext_lazy("Imports and searches find the organisation under it.")
    send_label = gettext_lazy("Add")
    success_message = gettext_lazy("The alias was added.")

    def operate(self, cleaned: dict[str, Any]) -> Any:
        return operations.add_alias(
            organisation_id=self.organisation.pk,
            alias=cleaned["alias"],
            added_by=_person(self.request),
            at=timezone.now(),
        )


class MergeOrganisation(_Deciding):
    form_class = MergeForm
    heading = gettext_lazy("Merge into another record")
    explanation = gettext_lazy(
        "Everything that points to this record will point to the other one; its names "
        "become aliases there, and its address leads there."
    )
    send_label = gettext_lazy("Merge")
    success_message = gettext_lazy("The two records are one now.")

    def operate(self, cleaned: dict[str, Any]) -> Organisation:
        return operations.merge_organisations(
            kept_id=cleaned["kept"].pk,
            merged_id=self.organisation.pk,
            merged_by=_person(self.request),
            at=timezone.now(),
        )


def _person(request: HttpRequest) -> Any:
    # Who is not signed in never comes here.
    return request.user
