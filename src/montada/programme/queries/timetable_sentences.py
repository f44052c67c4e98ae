"""What is said of problem files, of plans, and of why a session has no place."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from montada.djangokit.page_language import listed
from montada.programme.engine.timetable.fields import Fault
from montada.programme.engine.timetable.plan import Finding

_FAULTS: Mapping[str, str | Promise] = {
    "broken_characters": _("it has signs in it that are no characters."),
    "empty": _("it is empty."),
    "no_days": _("there is no day."),
    "not_a_date": _("%(found)s is no date such as 2027-07-05."),
    "not_a_half": _("%(found)s is neither morning nor afternoon."),
    "not_a_list": _("a list is needed here, not %(found)s."),
    "not_a_moment": _("%(found)s is no local time such as 2027-07-05T09:00."),
    "not_a_number": _("a number is needed here, not %(found)s."),
    "not_a_pair": _("two times are needed here, not %(found)s."),
    "not_a_text": _("a text is needed here, not %(found)s."),
    "not_a_time": _("%(found)s is no time such as 09:00."),
    "not_an_object": _("an object is needed here, not %(found)s."),
    "not_json": _("this is not JSON: %(why)s"),
    "not_true_or_false": _("true or false is needed here, not %(found)s."),
    "not_whole": _("a whole number is needed here, not %(found)s."),
    "out_of_range": _("%(found)s is not from %(least)s to %(most)s."),
    "repeated": _("%(found)s stands further up already."),
    "too_long": _("it is longer than %(most)s characters."),
    "too_many": _("%(found)s are too many: %(most)s may be."),
    "unknown_id": _("%(found)s is not among %(where)s."),
    "unknown_label": _("%(found)s is none of %(known)s."),
    "unknown_zone": _("%(found)s is no time zone such as Africa/Cairo."),
    "year": _("the year is not from %(least)s to %(most)s."),
}

_RULES: Mapping[str, str | Promise] = {
    "unknown_id": _("The plan names the %(kind)s %(id)s, which is not in the problem."),
    "outside_day": _(
        "%(session)s, from %(start)s to %(end)s, is outside the hours of the day."
    ),
    "in_a_break": _(
        "%(session)s, from %(start)s to %(end)s, runs into the break from "
        "%(break_start)s to %(break_end)s."
    ),
    "room_closed": _(
        "The room %(room)s is not open all the time from %(start)s to %(end)s, for "
        "%(session)s."
    ),
    "room_lacks": _("The room %(room)s lacks what %(session)s needs: %(features)s."),
    "person_away": _(
        "%(person)s is not available all the time from %(start)s to %(end)s, for "
        "%(session)s."
    ),
    "fixed_moved": _("%(session)s is fixed in the room %(room)s at %(start)s."),
    "order": _("%(other)s has to come after %(session)s, and begins before its end."),
    "not_with": _("%(session)s and %(other)s must not overlap."),
    "room_twice": _("%(session)s and %(other)s are in the room %(room)s at one time."),
    "person_twice": _(
        "%(people)s would be in %(session)s and in %(other)s at one time."
    ),
    "circle": _("These sessions wait for one another in a circle: %(sessions)s."),
    "too_long": _(
        "No day is open for %(minutes)s minutes without a break, as %(session)s needs."
    ),
    "no_rooms": _("There is no room."),
    "not_found": _(
        "Nothing keeps %(session)s out; the search has not come to it: give it longer."
    ),
    "room_shut": _("The room %(room)s is closed."),
    "room_taken": _("%(session)s has the room %(room)s."),
    "person_only": _("%(person)s is available only %(times)s."),
    "person_never": _("%(person)s is never available."),
    "person_busy": _("%(people)s is in %(session)s."),
    "after": _("%(session)s has to come after %(other)s."),
    "before": _("%(session)s has to come before %(other)s."),
    "not_all": _("These sessions cannot all have a place: %(sessions)s."),
    "needs": _("%(session)s needs %(features)s, which only %(rooms)s can give."),
    "needs_nowhere": _("No room has what %(session)s needs: %(features)s."),
    "one_at_a_time": _("A room holds one session at a time."),
    "room_hours": _("The room %(room)s is open only during its hours."),
    "needed_in": _("%(people)s is needed in each of these: %(sessions)s."),
}
_TIMES = _("%(start)s to %(end)s")


def sentence_of_fault(fault: Fault) -> str:
    """Return what is wrong with a field, to stand after its path."""
    return str(_FAULTS[fault.name]) % fault.details


def sentence_of(finding: Finding) -> str:
    """Return one thing that is wrong with a plan, or in a session's way."""
    details = dict(finding.details)
    first, second = (*finding.sessions, "", "")[:2]
    details |= {
        "session": first,
        "other": second,
        "sessions": listed(finding.sessions),
    }
    for key in ("people", "features", "rooms"):
        if key in details:
            details[key] = listed(_texts(details[key]))
    rule = finding.rule
    pause = details.get("break")
    if isinstance(pause, Mapping):
        rule = "in_a_break"
        details |= {"break_start": pause["start"], "break_end": pause["end"]}
    if rule == "person_only":
        details["times"] = listed(
            str(_TIMES) % {"start": start, "end": end}
            for start, end in _pairs(details["available"])
        )
        rule = rule if details["times"] else "person_never"
    if rule == "needs" and not details["rooms"]:
        rule = "needs_nowhere"
    return str(_RULES[rule]) % details


def _texts(value: object) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()


def _pairs(value: object) -> tuple[tuple[str, str], ...]:
    return value if isinstance(value, tuple) else ()
