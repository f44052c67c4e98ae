"""Tables of language: the index of what features publish, and vectors of texts."""

from __future__ import annotations

from uuid import uuid4

from django.db import models


class IndexedText(models.Model):
    """
    One published record in one language.

    Rows are never changed: a text that changes is a new row, so that a process knows
    by its number what it has read already. The full-text index beside this table
    (`adapters.fulltext`) follows it by itself.
    """

    kind = models.CharField(max_length=40)
    """What the record is: "project", "session", …"""
    key = models.CharField(max_length=120)
    """The record's own name within its kind, as in its address."""
    language = models.CharField(max_length=5)
    """In which it is shown; "und" where nobody says."""
    read_as = models.CharField(max_length=5)
    """One of the six, by whose rules it was analysed."""
    title = models.TextField()
    body = models.TextField(blank=True)
    facets = models.TextField(blank=True)
    """What lists are narrowed by: "country:EGY line:C2", each once, by spaces."""
    title_terms = models.TextField()
    body_terms = models.TextField(blank=True)
    digest = models.CharField(max_length=64, db_index=True)
    """SHA-256 of what is encoded: texts of one digest share a vector; "" for names."""

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("kind", "key", "language"), name="indexed_once_a_language"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.key} ({self.language})"


class IndexedWord(models.Model):
    """
    A word that stands in a title, for finding what somebody misspelt.

    Words are only added. One whose last title was withdrawn finds nothing, and is
    never suggested.
    """

    language = models.CharField(max_length=5)
    """In which the title is read; the word may be of another."""
    text = models.CharField(max_length=64)
    """As written, in small letters."""
    key = models.CharField(max_length=64)
    """Folded."""
    term = models.CharField(max_length=64)
    """Under which the full-text index has it."""
    sound = models.CharField(max_length=64)
    """Its consonants in Latin letters; see `engine.names`."""

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("language", "text"), name="word_once_a_language"
            ),
        )

    def __str__(self) -> str:
        return f"{self.text} ({self.language})"


class TextVector(models.Model):
    """What a text means to one model, kept by content: it is encoded once."""

    digest = models.CharField(max_length=64)
    model = models.CharField(max_length=40)
    """Name with version."""
    vector = models.BinaryField()
    """float16, little-endian, of length 1, centred; empty for a text without a word."""

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("digest", "model"), name="vector_once_a_model"
            ),
        )

    def __str__(self) -> str:
        return f"{self.model} {self.digest[:12]}"


def new_stamp() -> str:
    """Return a stamp that no state of any index ever had, restored backups included."""
    return uuid4().hex


class IndexState(models.Model):
    """One row: a stamp that every change of index or vectors replaces."""

    stamp = models.CharField(max_length=32, default=new_stamp)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(pk=1), name="index_is_one_row"),
        )

    def __str__(self) -> str:
        return self.stamp
