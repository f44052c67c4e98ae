"""The made-up people of the demonstration: one for each role, none of them real."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Visitor:
    """Addresses end in example.org: nothing can reach anybody."""

    kind: str
    name: str
    email: str
    language: str
    country: str | None = None
    action_line: str | None = None
    everywhere: bool = False
    """Holds the role in every edition, not only in the made-up one."""


VISITORS = (
    Visitor(
        "secretariat",
        "سلمى (الأمانة)",
        "secretariat@example.org",
        "ar",
        everywhere=True,
    ),
    Visitor(
        "facilitator", "Boris (C2)", "facilitator@example.org", "en", action_line="C2"
    ),
    Visitor(
        "focal_point", "أمينة (مصر)", "focal-point@example.org", "ar", country="EGY"
    ),
    Visitor("reviewer", "Chen", "reviewer@example.org", "en"),
    Visitor("submitter", "Fatou", "submitter@example.org", "fr"),
    Visitor("donor", "Diego", "donor@example.org", "es"),
    Visitor("remote_moderator", "ليلى", "moderator@example.org", "ar"),
    Visitor("translator", "يوسف (ترجمة)", "translator@example.org", "ar"),
)
