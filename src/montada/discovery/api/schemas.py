"""What the API says of a search."""

from __future__ import annotations

from ninja import Schema


class FoundRecord(Schema):
    id: str
    kind: str
    title: str
    language: str
    url: str
    score: float
    why: list[str]


class FoundRecords(Schema):
    results: list[FoundRecord]
