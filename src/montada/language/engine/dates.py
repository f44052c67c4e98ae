"""Dates and periods in words, always with the year: «من 7 إلى 11 يوليو 2025»."""

from __future__ import annotations

from datetime import date, datetime

from babel.dates import format_date, format_skeleton

_PERIOD = {
    "ar": "من {start} إلى {end}",
    "fr": "du {start} au {end}",
    "es": "del {start} al {end}",
}
"""How a language joins the two ends; where none is given, by a dash."""


def written_date(day: date, language: str) -> str:
    """Return a day as "11 July 2025"."""
    if language == "en":
        return format_date(day, "d MMMM y", locale="en")
    return format_date(day, "long", locale=language)


def written_period(start: date, end: date, language: str) -> str:
    """Return the days from `start` to `end`, both included, naming nothing twice."""
    if start == end:
        return written_date(end, language)
    if language == "zh":
        return f"{written_date(start, 'zh')}至{_short(end, start, 'zh')}"
    short, full = _short(start, end, language), written_date(end, language)
    dash = "\N{EN DASH}" if short.isdigit() else " \N{EN DASH} "
    return _PERIOD.get(language, "{start}{dash}{end}").format(
        start=short, end=full, dash=dash
    )


def written_moment(moment: datetime, language: str) -> str:
    """Return a moment in its own time zone as "11 July 2025, 14:00"."""
    clock = f"{moment:%H:%M}"
    comma = "، " if language == "ar" else ", "
    return f"{written_date(moment.date(), language)}{comma}{clock}"


def written_weekday(day: date, language: str) -> str:
    """Return the name of the day of the week, in full."""
    return format_date(day, "EEEE", locale=language)


def _short(day: date, other: date, language: str) -> str:
    """Return `day` without what the other end of the period says already."""
    if (day.year, day.month) == (other.year, other.month):
        return f"{day.day}日" if language == "zh" else str(day.day)
    if day.year != other.year:
        return written_date(day, language)
    if language == "en":
        return str(format_date(day, "d MMMM", locale="en"))
    return str(format_skeleton("MMMMd", day, locale=language))
