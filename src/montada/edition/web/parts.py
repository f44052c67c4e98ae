"""Phases, rooms and words of an edition: set and removed one by one."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from montada.edition import operations, queries
from montada.edition.engine.values import PhasePlan, RoomPlan
from montada.edition.web.base import Confirmation, EditionForm
from montada.edition.web.forms import PhaseForm, RoomForm, TermForm


class SetPhase(EditionForm):
    """Sets the phase of the kind in the address, or of a kind that is chosen."""

    template_name = "edition/phase_form.html"
    form_class = PhaseForm
    success_message = gettext_lazy("The phase is set.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"zone": self.edition.zone}

    def get_initial(self) -> dict[str, Any]:
        phase = queries.phases_of(self.edition).filter(pk=self.kwargs.get("pk")).first()
        if phase is None:
            if "pk" in self.kwargs:
                raise Http404(_("This edition has no such phase."))
            return {}
        return {
            "kind": phase.kind,
            "name": phase.name,
            "opens_at": phase.opens_at,
            "closes_at": phase.closes_at,
        }

    def operate(self, cleaned: dict[str, Any]) -> Any:
        return operations.set_phase(
            edition_id=self.edition.pk,
            phase=PhasePlan(**cleaned),
            set_by=self.person,
            at=timezone.now(),
        )


class RemovePhase(Confirmation):
    template_name = "edition/remove.html"
    success_message = gettext_lazy("The phase was removed.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        phase = queries.phases_of(self.edition).filter(pk=self.kwargs["pk"]).first()
        return super().get_context_data(**kwargs) | {"removed": phase}

    def operate(self, cleaned: dict[str, Any]) -> Any:
        operations.remove_phase(
            edition_id=self.edition.pk,
            phase_id=self.kwargs["pk"],
            removed_by=self.person,
            at=timezone.now(),
        )


class SetRoom(EditionForm):
    """Adds a room or link, or changes the one in the address."""

    template_name = "edition/room_form.html"
    form_class = RoomForm
    success_message = gettext_lazy("The room is set.")

    def get_initial(self) -> dict[str, Any]:
        room = self.room()
        if room is None:
            return {}
        columns = ("name", "seats", "is_online", "join_url", "order")
        return {column: getattr(room, column) for column in columns}

    def room(self) -> Any:
        """Return the room in the address as it is now; None where one is added."""
        if "pk" not in self.kwargs:
            return None
        room = queries.rooms_of(self.edition).filter(pk=self.kwargs["pk"]).first()
        if room is None:
            raise Http404(_("This edition has no such room."))
        return room

    def number_now(self) -> int | None:
        room = self.room()
        return None if room is None else queries.last_decision_about_room(room)

    def operate(self, cleaned: dict[str, Any]) -> Any:
        return operations.set_room(
            edition_id=self.edition.pk,
            room=RoomPlan(**cleaned),
            room_id=self.kwargs.get("pk"),
            seen=self.seen,
            set_by=self.person,
            at=timezone.now(),
        )


class RemoveRoom(Confirmation):
    template_name = "edition/remove.html"
    success_message = gettext_lazy("The room was removed.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        room = queries.rooms_of(self.edition).filter(pk=self.kwargs["pk"]).first()
        return super().get_context_data(**kwargs) | {"removed": room}

    def operate(self, cleaned: dict[str, Any]) -> Any:
        operations.remove_room(
            edition_id=self.edition.pk,
            room_id=self.kwargs["pk"],
            removed_by=self.person,
            at=timezone.now(),
        )


class SetTerm(EditionForm):
    template_name = "edition/term_form.html"
    form_class = TermForm
    success_message = gettext_lazy("The word is set.")

    def get_initial(self) -> dict[str, Any]:
        key = self.request.GET.get("key", "")
        return {"key": key, "label": queries.term(self.edition, key)}

    def operate(self, cleaned: dict[str, Any]) -> Any:
        operations.set_term(
            edition_id=self.edition.pk,
            set_by=self.person,
            at=timezone.now(),
            **cleaned,
        )
