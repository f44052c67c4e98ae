"""The programme on paper, and the page that leads to everything that can be taken."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from montada.djangokit.page_language import page_language
from montada.djangokit.papers import paper
from montada.djangokit.views import Page, PermissionRequired
from montada.language.engine.text import OWN_NAMES
from montada.programme import queries
from montada.programme.web.agenda import asked_release
from montada.programme.web.asking import found_edition, of_edition
from montada.programme.web.exports import Out, named

PRINTED_IN = ("ar", "en", "fr")
TEMPLATES = Path(__file__).parents[1] / "papers"
PERMISSION = "programme.change_programme"


class OutPage(Page):
    """Calendars, files and papers of a programme, each with what it is for."""

    template_name = "programme/out.html"

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        edition, release = asked_release(kwargs["edition"])
        agenda = queries.agenda_of(edition)
        zone = edition.zone
        offered = queries.offered_values(agenda)
        held = [one for one in agenda.sessions if one.can_be_attended]
        return {
            **of_edition(edition),
            "release": release,
            "lines": [
                (code, queries.name_of_line(line))
                for code, line in offered["line"].items()
            ],
            "printed_in": [(tag, OWN_NAMES[tag]) for tag in PRINTED_IN],
            "days": queries.agenda_days(held, zone),
            "rooms": list(agenda.rooms.items()),
            "is_secretariat": queries.runs_programme(request.user, edition),
        }


class Paper(Out):
    """The printed programme, in the language of the address."""

    def file(self, **kwargs: Any) -> HttpResponse:
        content = queries.printed_programme(self.edition, self.programme())
        return drawn("programme", content, f"programme-{self.edition.slug}")


class ForSecretariat(PermissionRequired, Out):
    """A paper for the rooms: it is drawn for those who run the programme."""

    permission = PERMISSION

    def permission_object(self) -> Any:
        return found_edition(self.kwargs["edition"])

    def asked_day(self, written: str) -> date:
        try:
            return date.fromisoformat(written)
        except ValueError:
            raise Http404(_("There is nothing on that day.")) from None

    def asked_room(self) -> int:
        asked = self.request.GET.get("room", "")[:9]
        return int(asked) if asked.isascii() and asked.isdigit() else 0


class Signs(ForSecretariat):
    """Signs for the doors of all rooms on a day, or of the one that `?room=` names."""

    def file(self, **kwargs: Any) -> HttpResponse:
        day, room = self.asked_day(kwargs["day"]), self.asked_room()
        content = queries.room_signs(self.edition, self.programme(), day, room)
        if content is None:
            raise Http404(_("There is nothing on that day."))
        return drawn("signs", content, f"signs-{day}")


class Nameplates(ForSecretariat):
    """Plates for the panels of a day, or of a room's day."""

    def file(self, **kwargs: Any) -> HttpResponse:
        day = self.asked_day(kwargs["day"])
        content = queries.nameplates(self.edition, day=day, room=self.asked_room())
        return _plates(content, str(day))


class SessionNameplates(LoginRequiredMixin, Out):
    """Plates for the panel of a session: for those who hold it as well."""

    def file(self, **kwargs: Any) -> HttpResponse:
        session, person = queries.session(kwargs["slug"]), self.request.user
        if session is None or session.edition != self.edition:
            raise Http404(_("There is no such session."))
        may = queries.holds_session(person, session)
        if not may and not queries.runs_programme(person, self.edition):
            raise PermissionDenied
        content = queries.nameplates(self.edition, slug=session.slug)
        return _plates(content, session.slug)


def _plates(content: Any, of: str) -> HttpResponse:
    if content is None:
        raise Http404(_("Nobody is on a panel there."))
    return drawn("nameplates", content, f"nameplates-{of}")


def drawn(template: str, content: Any, name: str) -> HttpResponse:
    """Return a paper in the page's language, shown by the browser."""
    reader = page_language()
    if reader not in PRINTED_IN:
        raise Http404(_("This document is printed in Arabic, English and French."))
    pdf = paper(TEMPLATES / f"{template}.typ", content, reader)
    response = HttpResponse(pdf, "application/pdf")
    return named(response, f"{name}-{reader}.pdf", "inline")
