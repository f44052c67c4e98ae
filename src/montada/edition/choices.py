"""Stored values of edition, with the names people read."""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Mode(models.TextChoices):
    """How people take part."""

    ON_SITE = "on_site", _("On site")
    ON_SITE_REMOTE = "on_site_remote", _("On site, with remote participation")
    HYBRID = "hybrid", _("Hybrid")
    ONLINE = "online", _("Online")


class PhaseKind(models.TextChoices):
    """What a phase is for; its name is the edition's own."""

    CONSULTATION = "consultation", _("Open consultation")
    SUBMISSION = "submission", _("Projects are submitted")
    SELECTION = "selection", _("Voting and selection")
    PROGRAMME = "programme", _("Final programme")
    FORUM = "forum", _("The forum")
    REVIEW = "review", _("Reports and review")


class TermKey(models.TextChoices):
    """What an edition may call by a word of its own, with the word used otherwise."""

    PROJECTS = "projects", _("Registered projects")
    SESSIONS = "sessions", _("Sessions")
    AWARDS = "awards", _("Awards")
    EDITIONS = "editions", _("Editions of the forum")
    PHASES = "phases", _("Phases")
    PARTS = "parts", _("Parts of the forum")


WORDS_OF_SOURCES: dict[str, Promise] = {
    # organisers
    "ITU": _("ITU"),
    "UNESCO": _("UNESCO"),
    "UNDP": _("UNDP"),
    "UNCTAD": _("UNCTAD"),
    "UN DESA": _("UN DESA"),
    "others": _("others"),
    "others (not all named on the page read)": _(
        "others (not all named on the page read)"
    ),
    "co-host Swiss Confederation": _("Swiss Confederation (co-host)"),
    # what the number of participants counts
    "registered before the event (lower bound)": _(
        "registered before the event (lower bound)"
    ),
    "attended (more than)": _("attended (more than)"),
    "attended (more than), closing communique; FAO page says more than 2500 from more "
    "than 150 countries": _(
        "attended (more than), according to the closing communiqué; a page of FAO says "
        "more than 2,500 from more than 150 countries"
    ),
    "stated at the opening (more than)": _("stated at the opening (more than)"),
    "cumulative online attendance": _("cumulative online attendance"),
    "cumulative attendance incl. recordings and social media": _(
        "cumulative attendance, recordings and social media included"
    ),
    "on site in the final week (more than); more than 30000 engaged online since 15 "
    "March": _(
        "on site in the final week (more than); more than 30,000 took part online from "
        "15 March on"
    ),
    "on site and remote (more than)": _("on site and remote (more than)"),
    "on site and online (more than)": _("on site and online (more than)"),
    "on site (more than), combined with the AI for Good Global Summit": _(
        "on site (more than), together with the AI for Good Global Summit"
    ),
}
"""Short wordings of `editions.csv` that pages can say in the reader's language."""
