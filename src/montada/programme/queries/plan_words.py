"""What is said of a plan, in the reader's language: by titles and names, not by ids."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from babel.dates import format_skeleton
from babel.lists import format_list
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from montada.audit import queries as audit
from montada.djangokit.page_language import page_language
from montada.edition import queries as editions
from montada.framework import queries as framework
from montada.language.engine.text import NO_TEXT, LocalizedText
from montada.language.queries import in_page_digits
from montada.programme.choices import Feature, HalfDay
from montada.programme.engine.timetable.plan import Finding
from montada.programme.models import PlanChange, Session, Speaker
from montada.programme.queries.planning import ON_SITE
from montada.programme.queries.timetable_sentences import sentence_of

WARNINGS: Mapping[str, str | Promise] = {
    "seats_over": _(
        "%(audience)s people are expected at %(session)s; the room %(room)s seats "
        "%(seats)s."
    ),
    "wrong_day": _("%(session)s is wanted on another day: %(days)s."),
    "wrong_half": _("%(session)s is wanted at another time of day: %(half)s."),
    "same_track_parallel": _(
        "%(session)s and %(other)s overlap, and are both about %(tracks)s."
    ),
    "popular_parallel": _("%(session)s and %(other)s overlap; many want both."),
    "unsocial_hours": _(
        "%(session)s is from %(start)s to %(end)s on the clock of %(person)s, who "
        "takes part from afar."
    ),
    "track_spread": _(
        "On %(day)s there are %(n)s sessions about %(track)s; evenly spread they would "
        "be %(share)s a day."
    ),
    "room_change": _(
        "On %(day)s the sessions about %(track)s are in several rooms: %(rooms)s."
    ),
    "changed_since_release": _(
        "%(session)s was released for %(start)s, in the room %(room)s."
    ),
}
_MOMENT = _("%(day)s, %(hour)s")


@dataclass(frozen=True, slots=True)
class Names:
    """
    What ids of a problem stand for.

    Attributes
    ----------
    sessions, rooms, lines : title or name by slug, number, code
    people : name by slug
    slugs : slug of each session by its number
    """

    sessions: Mapping[str, LocalizedText]
    rooms: Mapping[str, LocalizedText]
    lines: Mapping[str, LocalizedText]
    people: Mapping[str, str]
    slugs: Mapping[int, str]

    def session(self, slug: str) -> str:
        return _text(self.sessions.get(slug, NO_TEXT)) or slug

    def room(self, pk: str) -> str:
        return _text(self.rooms.get(pk, NO_TEXT))

    def line(self, code: str) -> str:
        return _text(self.lines.get(code, NO_TEXT))

    def person(self, slug: str) -> str:
        return isolated(self.people.get(slug, slug))


@audit.remembered("programme.", "edition.", "framework.", "participation.")
def names_of(edition: Any) -> Names:
    """Return the names of what an edition's plans speak of. Three or four queries."""
    sessions = list(
        Session.objects.filter(edition=edition).values_list("pk", "slug", "title")
    )
    speakers = Speaker.objects.filter(seats__session__edition=edition)
    return Names(
        sessions={slug: title for _pk, slug, title in sessions},
        rooms={str(room.pk): room.name for room in editions.rooms_of(edition)},
        lines={line.code: line.title for line in framework.action_lines()},
        people=dict(speakers.values_list("slug", "name")),
        slugs={pk: slug for pk, slug, _title in sessions},
    )


def isolated(text: str) -> str:
    """Return words that turn no others around, whatever their direction is."""
    return f"\N{FIRST STRONG ISOLATE}{text}\N{POP DIRECTIONAL ISOLATE}"


def title_of(session: Session) -> str:
    """Return a session's title as a sentence may show it."""
    return _text(session.title)


def name_of_editor(person: Any) -> str:
    """Return who changed something; nobody is whoever runs the server."""
    return isolated(str(person)) if person else gettext("The operator")


def day_words(on: date) -> str:
    """Return a day of the forum in short: "Tue, 6 Jul"."""
    language = page_language()
    locale = "en_GB" if language == "en" else language
    return in_page_digits(str(format_skeleton("MMMEd", on, locale=locale)))


def hour_words(moment: datetime) -> str:
    return in_page_digits(f"{moment:%H:%M}")


def moment_words(moment: datetime) -> str:
    """Return a local moment as "Tue, 6 Jul, 10:30"."""
    return str(_MOMENT) % {
        "day": day_words(moment.date()),
        "hour": hour_words(moment),
    }


def words_of(finding: Finding, names: Names) -> str:
    """Return a finding as a sentence for the reader."""
    named = _named(finding, names)
    template = WARNINGS.get(finding.rule)
    if template is None:
        return sentence_of(named)
    first, second = (*named.sessions, "", "")[:2]
    return str(template) % {**named.details, "session": first, "other": second}


def words_of_place(
    session: Session, edition: Any, *, room: Any, starts_at: datetime
) -> str:
    """Return a session and where it would be, as a sentence."""
    start = starts_at.astimezone(edition.zone).replace(tzinfo=None)
    return gettext("“%(title)s”: %(room)s, %(start)s.") % {
        "title": title_of(session),
        "room": _text(room.name),
        "start": moment_words(start),
    }


def words_of_change(
    change: PlanChange, edition: Any, *, only: set[int] | None = None
) -> str:
    """
    Return what a change did, one sentence a session; a large one only counted.

    Parameters
    ----------
    only : numbers of the sessions to speak of; None for all
    """
    names = names_of(edition)
    spots = [s for s in change.after if only is None or s["session"] in only]
    if len(spots) > 3:
        moved = ngettext(
            "%(n)s session was moved.", "%(n)s sessions were moved.", len(spots)
        )
        return moved % {"n": in_page_digits(len(spots))}
    before = {spot["session"]: spot for spot in change.before}
    return " ".join(
        _words_of_move(before.get(spot["session"], {}), spot, names, edition)
        for spot in spots
    )


def words_of_undoing(change: Any, edition: Any) -> str:
    """
    Return what is undone with a change, as its button says it.

    Parameters
    ----------
    change : as `change_to_undo` returns it
    """
    n = len(change.after)
    if change.is_solving:
        said = ngettext(
            "Undo: solving (%(n)s session)", "Undo: solving (%(n)s sessions)", n
        )
        return said % {"n": in_page_digits(n)}
    if n != 1:
        said = ngettext("Undo: moving %(n)s session", "Undo: moving %(n)s sessions", n)
        return said % {"n": in_page_digits(n)}
    (before,), (after,) = change.before, change.after
    if after["room"] is None:
        said = gettext("Undo: taking out “%(session)s”")
    elif not _is_same_place(before, after):
        said = gettext("Undo: moving “%(session)s”")
    elif after["is_locked"]:
        said = gettext("Undo: locking “%(session)s”")
    else:
        said = gettext("Undo: unlocking “%(session)s”")
    names = names_of(edition)
    return said % {"session": names.session(names.slugs.get(after["session"], ""))}


def _is_same_place(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    return all(before.get(key) == after[key] for key in ("room", "starts_at"))


def _words_of_move(
    before: Mapping[str, Any], after: Mapping[str, Any], names: Names, edition: Any
) -> str:
    slug = names.slugs.get(after["session"], "")
    values = {"session": names.session(slug)}
    if after["room"] is None:
        return gettext("“%(session)s” was taken out.") % values
    start = datetime.fromisoformat(after["starts_at"]).astimezone(edition.zone)
    values |= {
        "room": names.room(str(after["room"])),
        "start": moment_words(start),
    }
    stayed = _is_same_place(before, after)
    if stayed and after["is_locked"]:
        return gettext("“%(session)s” was locked: %(room)s, %(start)s.") % values
    if stayed:
        return gettext("“%(session)s” was unlocked: %(room)s, %(start)s.") % values
    return gettext("“%(session)s” was put here: %(room)s, %(start)s.") % values


def _named(finding: Finding, names: Names) -> Finding:
    """Return a finding with names in the place of ids, and times in words."""
    details = {
        key: _in_words(key, value, names) for key, value in finding.details.items()
    }
    titles = tuple(map(names.session, finding.sessions))
    return Finding(finding.rule, titles, details | _hours(finding.details))


def _in_words(key: str, value: Any, names: Names) -> Any:
    """Return one detail of a finding as a sentence shows it."""
    words = _DETAILS.get(key)
    return value if words is None else words(names, value)


def _hours(details: Mapping[str, Any]) -> dict[str, str]:
    """Return `start` and `end` in words; the end's day only where it is another."""
    if "start" not in details:
        return {}
    start = datetime.fromisoformat(details["start"])
    if "end" not in details:
        return {"start": moment_words(start)}
    end = datetime.fromisoformat(details["end"])
    is_same_day = start.date() == end.date()
    return {
        "start": moment_words(start),
        "end": hour_words(end) if is_same_day else moment_words(end),
    }


def _pair_words(pair: Any) -> tuple[str, str]:
    hours = _hours({"start": pair[0], "end": pair[1]})
    return hours["start"], hours["end"]


def _feature(name: str) -> str:
    if name == ON_SITE:
        return gettext("a room on site")
    return str(Feature(name).label) if name in Feature.values else name


def _listed(texts: Iterable[str]) -> str:
    return str(format_list(list(texts), locale=page_language()))


def _text(text: LocalizedText) -> str:
    shown = text.shown_to(page_language()).text
    return isolated(shown) if shown else ""


_DETAILS: Mapping[str, Callable[[Names, Any], Any]] = {
    "audience": lambda _names, n: in_page_digits(n),
    "available": lambda _names, times: tuple(map(_pair_words, times)),
    "break": lambda _names, hours: _hours(hours),
    "day": lambda _names, day: day_words(date.fromisoformat(day)),
    "days": lambda _names, days: _listed(
        day_words(date.fromisoformat(day)) for day in days
    ),
    "features": lambda _names, features: tuple(map(_feature, features)),
    "half": lambda _names, half: str(HalfDay(half).label),
    "minutes": lambda _names, n: in_page_digits(n),
    "n": lambda _names, n: in_page_digits(n),
    "people": lambda names, people: tuple(map(names.person, people)),
    "person": Names.person,
    "room": Names.room,
    "rooms": lambda names, rooms: _listed(map(names.room, rooms)),
    "seats": lambda _names, n: in_page_digits(n),
    "share": lambda _names, n: in_page_digits(n),
    "track": Names.line,
    "tracks": lambda names, lines: _listed(map(names.line, lines)),
}
"""How each detail of a finding is said."""
