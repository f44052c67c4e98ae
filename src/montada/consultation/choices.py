"""Stored values of consultation, with the names people read."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CallKind(models.TextChoices):
    """What a call asks for."""

    VIEWS = "views", _("Views on themes and format")
    SESSION = "session", _("Binding request for a session")
    EXHIBITION = "exhibition", _("Space in the exhibition")
    PARTNERSHIP = "partnership", _("Partnership or sponsorship")
    SPEAKERS = "speakers", _("Speakers and nominations for the high-level track")
    REVIEW = "review", _("Comments on the review")


class QuestionKind(models.TextChoices):
    """How a question is answered."""

    SHORT_TEXT = "short_text", _("Short text")
    LONG_TEXT = "long_text", _("Long text")
    CHOICE = "choice", _("One choice")
    CHOICES = "choices", _("Several choices")
    YES_NO = "yes_no", _("Yes or no")
    NUMBER = "number", _("Number")
    DATE = "date", _("Date")
    COUNTRY = "country", _("Country")
    ACTION_LINES = "action_lines", _("Action lines")
    GOALS = "goals", _("Goals")
    PEOPLE = "people", _("People")


class ContributionState(models.TextChoices):
    """Where a contribution stands on its way into the programme."""

    DRAFT = "draft", pgettext_lazy("contribution", "Draft")
    SUBMITTED = "submitted", pgettext_lazy("contribution", "Received")
    CHANGE_ASKED = "change_asked", pgettext_lazy("contribution", "Needs a change")
    RESUBMITTED = "resubmitted", pgettext_lazy("contribution", "Received again")
    ACCEPTED = (
        "accepted",
        pgettext_lazy("contribution", "Accepted: proposed for the programme"),
    )
    MERGED = "merged", pgettext_lazy("contribution", "Merged into another")
    DECLINED = "declined", pgettext_lazy("contribution", "Declined")
    SCHEDULED = "scheduled", pgettext_lazy("contribution", "Scheduled")
    CONFIRMED = "confirmed", pgettext_lazy("contribution", "Confirmed by its organiser")
    HELD = "held", pgettext_lazy("contribution", "Held")
    OUTCOME = "outcome", pgettext_lazy("contribution", "Outcome delivered")


class SignedAs(models.TextChoices):
    """In whose name a contribution speaks."""

    PERSON = "person", _("Personally")
    ORGANISATION = "organisation", _("For an organisation")
    STATE = "state", _("In the name of the State")


class PanelRole(models.TextChoices):
    """What a person does in a session."""

    MODERATOR = "moderator", pgettext_lazy("panel", "Moderator")
    PANELLIST = "panellist", pgettext_lazy("panel", "Panellist")
    REMOTE = "remote", pgettext_lazy("panel", "Remote speaker")


class DeclineReason(models.TextChoices):
    """Why a contribution has no place in the programme."""

    OUT_OF_SCOPE = "out_of_scope", _("Outside the mandate of the forum")
    NO_PLACE = "no_place", _("More requests than places")
    COVERED = "covered", _("Covered by another part of the programme")
    INCOMPLETE = "incomplete", _("Incomplete, and not completed when asked")
    ONE_SIDED = "one_sided", _("Speakers of one side only")
    PROMOTIONAL = "promotional", _("Promotes a product or a service")
    WITHDRAWN = "withdrawn", _("Withdrawn by its author")
    OTHER = "other", pgettext_lazy("reason", "Another reason")


class TargetAxis(models.TextChoices):
    """By what an edition wants its participation to be balanced."""

    GROUP = "group", _("Stakeholder group")
    SEAT = "seat", _("Region of the seat")
    REGION = "region", _("Region spoken of")
    LANGUAGE = "language", _("Language")
    GENDER = "gender", _("Gender (voluntary)")


class VoteValue(models.IntegerChoices):
    """What somebody says to a statement."""

    AGREE = 1, pgettext_lazy("vote", "Agree")
    DISAGREE = -1, pgettext_lazy("vote", "Disagree")
    PASS = 0, pgettext_lazy("vote", "Pass")


class VoterTier(models.TextChoices):
    """How surely it is known who votes."""

    ORGANISATION = "organisation", _("People of known organisations")
    PERSON = "person", _("People with a confirmed address")
    GUEST = "guest", _("Guests")


class StatementState(models.TextChoices):
    """Where a statement stands."""

    WAITING = "waiting", pgettext_lazy("statement", "Waits for a moderator")
    OPEN = "open", pgettext_lazy("statement", "Open for votes")
    DECLINED = "declined", pgettext_lazy("statement", "Not taken up")
    RETIRED = "retired", pgettext_lazy("statement", "Retired")


class StatementStep(models.TextChoices):
    """What moderators decide about a statement."""

    OPENED = "opened", pgettext_lazy("statement", "Opened for votes")
    DECLINED = "declined", pgettext_lazy("statement", "Not taken up")
    RETIRED = "retired", pgettext_lazy("statement", "Retired")


class StatementReason(models.TextChoices):
    """Why a statement is not voted on, or no more."""

    DUPLICATE = "duplicate", _("Another statement says the same")
    OFF_TOPIC = "off_topic", _("Not about the forum or its themes")
    SEVERAL_IDEAS = "several_ideas", _("Several ideas in one statement")
    UNCLEAR = "unclear", _("Cannot be agreed or disagreed with as it stands")
    PERSONAL = "personal", _("Attacks people, or tells private things")
    PROMOTIONAL = "promotional", _("Promotes a product or a service")
    OTHER_CALL = "other_call", _("Belongs to another call of the consultation")
    WITHDRAWN = "withdrawn", _("Withdrawn by its author")
    OTHER = "other", pgettext_lazy("reason", "Another reason")
