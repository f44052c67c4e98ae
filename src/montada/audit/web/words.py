"""What decisions are called on the page. What is not named here shows its code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "consultation.call_set": _("Call of the consultation set"),
    "consultation.calls_opened": _("Calls of the consultation opened"),
    "consultation.contribution_accepted": _("Contribution accepted"),
    "consultation.contribution_appealed": _("Author appeals against a decision"),
    "consultation.contribution_begun": _("Contribution begun"),
    "consultation.contribution_change_asked": _(
        "Author asked to change a contribution"
    ),
    "consultation.contribution_confirmed": _("Session of a contribution confirmed"),
    "consultation.contribution_declined": _("Contribution declined"),
    "consultation.contribution_discarded": _("Draft of a contribution thrown away"),
    "consultation.contribution_entered": _("Contribution entered by the secretariat"),
    "consultation.contribution_grouped": _("Contribution grouped under a theme"),
    "consultation.contribution_held": _("Session of a contribution held"),
    "consultation.contribution_merged": _("Contribution merged into another"),
    "consultation.contribution_outcome": _("Outcome of a contribution noted"),
    "consultation.contribution_resubmitted": _("Contribution sent again"),
    "consultation.contribution_scheduled": _("Contribution scheduled"),
    "consultation.contribution_submitted": _("Contribution sent"),
    "consultation.meeting_set": _("Meeting of the consultation set"),
    "consultation.opinion_computed": _("Opinion computed"),
    "consultation.question_added": _("Question added to a call"),
    "consultation.question_changed": _("Question of a call changed"),
    "consultation.question_moved": _("Question of a call moved"),
    "consultation.question_removed": _("Question of a call removed"),
    "consultation.statement_answered": _("Decision answered by the author"),
    "consultation.statement_declined": _("Statement not taken up"),
    "consultation.statement_moved": _("Statement moved to another call"),
    "consultation.statement_opened": _("Statement opened for votes"),
    "consultation.statement_proposed": _("Statement proposed"),
    "consultation.statement_retired": _("Statement retired"),
    "consultation.statement_rules_set": _("Rules for statements and votes set"),
    "consultation.statement_translated": _("Wording of a statement approved"),
    "consultation.statements_taken_in": _("Statements taken in"),
    "consultation.targets_set": _("Targets of participation set"),
    "consultation.voice_invited": _("Somebody invited to speak up"),
    "consultation.voter_declared": _("Voter said as what to be counted"),
    "consultation.votes_taken_in": _("Votes taken in"),
    "edition.copied": _("Edition copied"),
    "edition.loaded": _("Editions loaded"),
    "edition.moved_online": _("Edition moved online"),
    "edition.opened": _("Edition opened"),
    "edition.phase_removed": _("Phase removed"),
    "edition.phase_set": _("Phase set"),
    "edition.room_removed": _("Room removed"),
    "edition.room_set": _("Room set"),
    "edition.term_set": _("Term set"),
    "forum.key_made": _("Setup key made"),
    "forum.set_up": _("Forum set up"),
    "framework.label_confirmed": _("Suggested label confirmed"),
    "framework.label_declined": _("Suggested label declined"),
    "framework.labels_suggested": _("Labels suggested"),
    "framework.matrix_cell_changed": _("Cell of the matrix changed"),
    "framework.reference_loaded": _("Reference data loaded"),
    "framework.targets_loaded": _("Titles of targets loaded"),
    "indicators.figures_imported": _("Figures imported"),
    "indicators.series_described": _("Series described"),
    "language.texts_encoded": _("Published texts encoded by their meaning"),
    "invitation.accepted": _("Invitation accepted"),
    "invitation.sent": _("Invitation sent"),
    "invitation.withdrawn": _("Invitation withdrawn"),
    "message.resent": _("Message tried again"),
    "organisation.alias_added": _("Name of an organisation added"),
    "organisation.described": _("Organisation described"),
    "organisation.known_loaded": _("Known organisations loaded"),
    "organisation.learned": _("Organisation completed"),
    "organisation.merged": _("Organisations merged"),
    "organisation.named": _("Organisation named"),
    "organisation.parent_set": _("Organisation placed under another"),
    "person.changed": _("Details of a person changed"),
    "person.erased": _("Person erased"),
    "person.joined": _("Person joined"),
    "programme.availability_set": _("Hours of a speaker set"),
    "programme.criteria_opened": _("Criteria published"),
    "programme.criterion_removed": _("Criterion taken out"),
    "programme.criterion_set": _("Criterion set"),
    "programme.image_added": _("Image added to a session"),
    "programme.image_removed": _("Image taken from a session"),
    "programme.kind_set": _("Kind of session set"),
    "programme.kinds_opened": _("Kinds of sessions opened"),
    "programme.merge_answered": _("Merging of proposals answered"),
    "programme.merge_offered": _("Merging of proposals offered"),
    "programme.organiser_answered": _("Organisation answered"),
    "programme.organiser_asked": _("Organisation asked to organise"),
    "programme.organiser_dropped": _("Organisation taken out of a proposal"),
    "programme.photo_removed": _("Photo of a speaker taken away"),
    "programme.photo_set": _("Photo of a speaker set"),
    "programme.place_by_right_removed": _("Places by right taken back"),
    "programme.place_by_right_set": _("Places by right set"),
    "programme.place_given": _("Place by right given or taken back"),
    "programme.profile_changed": _("Profile of a speaker changed"),
    "programme.proposal_accepted": _("Proposal accepted"),
    "programme.proposal_appealed": _("Appeal against declining a proposal"),
    "programme.proposal_changed": _("Proposal changed"),
    "programme.proposal_declined": _("Proposal declined"),
    "programme.proposal_merged": _("Proposal merged into another"),
    "programme.proposal_taken_apart": _("Merged proposal taken apart again"),
    "programme.proposal_withdrawn": _("Proposal withdrawn"),
    "programme.proposed": _("Proposal entered"),
    "programme.released": _("Programme released"),
    "programme.requests_taken_in": _("Requests taken in as proposals"),
    "programme.room_details_set": _("Details of a room set"),
    "programme.rules_set": _("Rules of the programme set"),
    "programme.schedule_taken_in": _("Programme taken in from a file"),
    "programme.scored": _("Points given"),
    "programme.scores_taken_in": _("Points taken in"),
    "programme.session_cancelled": _("Session cancelled"),
    "programme.session_changed": _("Session changed"),
    "programme.session_opened": _("Session opened"),
    "programme.series_removed": _("Series ended"),
    "programme.series_set": _("Series set"),
    "programme.sessions_imported": _("Sessions imported"),
    "programme.shares_chosen": _("Choice by equal shares kept"),
    "programme.speaker_answered": _("Speaker answered"),
    "programme.speaker_asked": _("Speaker asked again"),
    "programme.speaker_seated": _("Speaker put on a panel"),
    "programme.speaker_unseated": _("Speaker taken from a panel"),
    "programme.support_withdrawn": _("Somebody would not come any more"),
    "programme.supported": _("Somebody would come"),
    "role.granted": _("Role granted"),
    "role.withdrawn": _("Role withdrawn"),
    "selection.prizes_imported": _("Prizes imported"),
    "sign_in_link.made": _("Sign-in link made"),
    "sign_in_link.used": _("Sign-in link used"),
    "site.restored": _("Backup restored"),
    "stocktaking.change_advised": _("Change advised by the focal point"),
    "stocktaking.change_asked": _("Change asked for by the focal point"),
    "stocktaking.distinction_noted": _("Distinction noted"),
    "stocktaking.draft_discarded": _("Draft thrown away"),
    "stocktaking.endorsement_ended": _("Endorsement ended: the words may change"),
    "stocktaking.endorsement_taken_back": _("Endorsement taken back"),
    "stocktaking.file_added": _("File added to a project"),
    "stocktaking.file_removed": _("File taken from a project"),
    "stocktaking.import_begun": _("Import begun"),
    "stocktaking.import_done": _("Import finished"),
    "stocktaking.import_matched": _("Columns of an import matched"),
    "stocktaking.import_recovered": _("Import taken up again after a fault"),
    "stocktaking.import_started": _("Import started"),
    "stocktaking.import_stopped": _("Import stopped"),
    "stocktaking.join_asked": _("Somebody asked to join a project"),
    "stocktaking.member_added": _("Co-editor added"),
    "stocktaking.member_removed": _("Co-editor or owner left"),
    "stocktaking.project_archived": _("Archived: not updated for long"),
    "stocktaking.project_brought_back": _("Brought back from the archive"),
    "stocktaking.project_changed": _("Project completed by a source"),
    "stocktaking.project_confirmed": _("Confirmed: all is still true"),
    "stocktaking.project_created": _("Project named by a source"),
    "stocktaking.project_handed_over": _("Handed over to a new owner"),
    "stocktaking.project_republished": _("Put back into the register"),
    "stocktaking.project_unpublished": _("Taken from the register"),
    "stocktaking.projects_imported": _("Projects imported"),
    "stocktaking.row_mended": _("Row of an import mended"),
    "stocktaking.translation_approved": _("Translation approved"),
    "stocktaking.translation_drafted": _("Translation drafted"),
    "stocktaking.translations_approved": _("Translations of a file approved"),
    "stocktaking.twins_linked": _("Joined to another record of the same project"),
    "stocktaking.twins_unlinked": _("Separated from another record"),
    "stocktaking.update_called": _("Owner asked whether all is still true"),
    "stocktaking.version_begun": _("Version begun"),
    "stocktaking.version_commented": _("Comment made"),
    "stocktaking.version_endorsed": _("Endorsed by the country"),
    "stocktaking.version_passed_on": _("Passed on: the focal point’s time was over"),
    "stocktaking.version_published": _("Version published"),
    "stocktaking.version_returned": _("Returned to the author by the secretariat"),
    "stocktaking.version_submitted": _("Version sent"),
    "stocktaking.view_deleted": _("View deleted"),
    "stocktaking.view_renamed": _("View renamed"),
    "stocktaking.view_saved": _("View saved"),
    "token.made": _("Key for an application made"),
    "token.revoked": _("Key for an application revoked"),
    "timetable.plan_begun": _("Plan of a timetable begun"),
    "timetable.plan_changed": _("Sessions of a plan moved"),
    "timetable.plan_made_current": _("Plan made the current one"),
    "timetable.plan_removed": _("Plan of a timetable removed"),
    "timetable.plan_renamed": _("Plan of a timetable renamed"),
    "timetable.plan_solved": _("Plan solved"),
    "timetable.solver_asked": _("Solver asked for a plan"),
    "timetable.solver_failed": _("Solver came to nothing"),
    "timetable.solver_stopped": _("Solver told to stop"),
}


def action_name(action: str) -> str:
    return str(ACTIONS.get(action, action))


def details_shown(
    details: Mapping[str, Any], reader: str
) -> list[tuple[str, list[str]]]:
    """Return each detail as its name and its lines, for a list of facts."""
    return [
        (name.replace("_", " "), _lines(value, reader))
        for name, value in details.items()
        if value not in (None, "", [], {})
    ]


def _lines(value: Any, reader: str) -> list[str]:
    if isinstance(value, dict) and "wordings" in value:
        # A text in several languages, as the language feature stores it.
        words = value["wordings"]
        shown = words.get(reader) or words.get(value.get("written_in")) or {}
        return [str(shown.get("text", ""))]
    if isinstance(value, dict):
        return [f"{key}: {'; '.join(_lines(v, reader))}" for key, v in value.items()]
    if isinstance(value, list):
        return [line for item in value for line in _lines(item, reader)]
    if isinstance(value, bool):
        return [gettext("yes") if value else gettext("no")]
    return [str(value)]
