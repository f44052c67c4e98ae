"""
IATI's codes and ours, in one place.

Versions 1.0x write words or letters where 2.0x write numbers; no code of one means
something else in the other, so both are read whatever version a file claims. Source:
the embedded and non-embedded code lists of the IATI Standard (iatistandard.org).
"""

from __future__ import annotations

VERSIONS = frozenset(
    {"1.00", "1.0", "1.01", "1.02", "1.03", "1.04", "1.05", "2.01", "2.02", "2.03"}
)

STATUSES = {
    "1": "planned",
    "2": "ongoing",
    "3": "completed",
    "4": "completed",
    "5": "cancelled",
    "6": "suspended",
}
"""Finalisation (3) is completed too: what is left is accounts and evaluation."""

SCOPES = {
    "1": "international",
    "2": "regional",
    "3": "international",
    "4": "national",
    "5": "local",
    "6": "local",
    "7": "local",
    "8": "local",
}

STAKEHOLDERS = {
    "10": "government",
    "11": "government",
    "15": "government",
    "21": "civil",
    "22": "civil",
    "23": "civil",
    "24": "civil",
    "30": "other",
    "40": "io",
    "60": "civil",
    "70": "private",
    "71": "private",
    "72": "private",
    "73": "private",
    "80": "academia",
    "90": "other",
}

FUNDING = "funding"
ROLES = {
    "1": FUNDING,
    "2": "accountable",
    "3": "extending",
    "4": "implementing",
}

WRITTEN_STATUSES = {
    "planned": "1",
    "ongoing": "2",
    "completed": "4",
    "cancelled": "5",
    "suspended": "6",
}
WRITTEN_SCOPES = {"international": "1", "regional": "2", "national": "4", "local": "8"}
WRITTEN_TYPES = {
    "government": "10",
    "civil": "22",
    "io": "40",
    "private": "70",
    "academia": "80",
}
"""What is not here is written as "other" (90)."""
WRITTEN_ROLES = {role: code for code, role in ROLES.items()}

DATES = {
    "1": "start-planned",
    "2": "start-actual",
    "3": "end-planned",
    "4": "end-actual",
}

FLOWS = {
    "1": "incoming",
    "IF": "incoming",
    "2": "commitments",
    "C": "commitments",
    "3": "disbursements",
    "D": "disbursements",
    "4": "expenditures",
    "E": "expenditures",
    "11": "incoming_commitments",
}
"""Kinds of transactions that say what a project costs or who pays for it."""

OTHER_TRANSACTIONS = frozenset(
    ["5", "6", "7", "8", "9", "10", "12", "13", "IR", "LR", "R", "QP", "QS", "CG"]
)
"""Interest, repayments, equity, guarantees, pledges: neither cost nor funds."""

GENERAL, OBJECTIVES, OTHER_DESCRIPTION = "1", "2", "4"
PERCENT = "2"
PARENT, CHILD = "1", "2"
REVISED_BUDGET = "2"
INCOMING_COMMITMENT = "11"
WEB_PAGE = "A12"
"""Category of a document: the activity's own page."""
ISO_COUNTRIES = "A4"
"""Vocabulary of places: ISO 3166-1 alpha-2."""

SECTORS_5, SECTORS_3, SECTOR_GOALS, SECTOR_TARGETS = "1", "2", "7", "8"
SECTOR_VOCABULARIES = {"": SECTORS_5, "DAC": SECTORS_5, "DAC-3": SECTORS_3}
"""Names of version 1.0x and what their absence means; others stand for themselves."""
TAG_GOALS, TAG_TARGETS, OWN = "2", "3", "99"
