"""Everything that can happen to the programme: every write is a function here."""

from montada.programme.operations.answering import (
    answer_seat,
)
from montada.programme.operations.appeals import appeal_decision
from montada.programme.operations.asking_solver import (
    ask_to_prove,
    ask_to_solve,
    stop_solving,
)
from montada.programme.operations.bookmarks import (
    NotToBeMarked,
    TooManyMarks,
    mark_sessions,
    unmark_session,
)
from montada.programme.operations.choosing import choose_by_shares
from montada.programme.operations.criteria import (
    CriterionInUse,
    open_criteria,
    remove_criterion,
    set_criterion,
)
from montada.programme.operations.decisions import (
    accept_proposal,
    decline_proposal,
)
from montada.programme.operations.erasing import (
    forget_person,
)
from montada.programme.operations.importing import import_sessions
from montada.programme.operations.kinds import (
    MOST_AUDIENCE,
    open_kinds,
    remove_place_by_right,
    set_kind,
    set_place_by_right,
)
from montada.programme.operations.merging import (
    NotMergeable,
    answer_merge,
    offer_merge,
)
from montada.programme.operations.organisers import (
    answer_organising,
    ask_organiser,
    drop_organiser,
    name_organiser,
)
from montada.programme.operations.permitted import NotTheSecretariat
from montada.programme.operations.pictures import (
    MOST_IMAGES,
    add_image,
    remove_image,
    remove_photo,
    set_photo,
)
from montada.programme.operations.places import give_place
from montada.programme.operations.placing import (
    ChangedMeanwhile,
    place,
    refuse_nowhere,
    set_lock,
    swap,
    undo,
    unplace,
)
from montada.programme.operations.plans import (
    SolverAtWork,
    begin_plan,
    make_current,
    remove_plan,
    rename_plan,
)
from montada.programme.operations.profiles import (
    change_profile,
    set_availability,
    take_profile_over,
)
from montada.programme.operations.proposals import (
    ProposalSavedMeanwhile,
    change_proposal,
    propose,
)
from montada.programme.operations.publishing import publish_sessions
from montada.programme.operations.releases import release_plan
from montada.programme.operations.rooms import (
    set_room_details,
)
from montada.programme.operations.rules import (
    set_rules,
)
from montada.programme.operations.schedules_taken_in import TakenIn, take_in_schedule
from montada.programme.operations.scores import give_scores
from montada.programme.operations.scores_taken_in import take_scores_in
from montada.programme.operations.series import (
    remove_series,
    set_series,
)
from montada.programme.operations.session_details import describe_session
from montada.programme.operations.sessions import (
    cancel_session,
    open_session,
)
from montada.programme.operations.solving import solve
from montada.programme.operations.speakers import (
    ask_again,
    seat_speaker,
    unseat_speaker,
)
from montada.programme.operations.supports import (
    support,
    withdraw_support,
)
from montada.programme.operations.taking_in import (
    take_in_requests,
)
from montada.programme.operations.together import (
    Together,
    accept_chosen,
    decide_together,
)
from montada.programme.operations.told import tell_of_release
from montada.programme.operations.withdrawing import withdraw_proposal
from montada.programme.operations.words import LONGEST_NOTE

__all__ = [
    "LONGEST_NOTE",
    "MOST_AUDIENCE",
    "MOST_IMAGES",
    "ChangedMeanwhile",
    "CriterionInUse",
    "NotMergeable",
    "NotTheSecretariat",
    "NotToBeMarked",
    "ProposalSavedMeanwhile",
    "SolverAtWork",
    "TakenIn",
    "Together",
    "TooManyMarks",
    "accept_chosen",
    "accept_proposal",
    "add_image",
    "answer_merge",
    "answer_organising",
    "answer_seat",
    "appeal_decision",
    "ask_again",
    "ask_organiser",
    "ask_to_prove",
    "ask_to_solve",
    "begin_plan",
    "cancel_session",
    "change_profile",
    "change_proposal",
    "choose_by_shares",
    "decide_together",
    "decline_proposal",
    "describe_session",
    "drop_organiser",
    "forget_person",
    "give_place",
    "give_scores",
    "import_sessions",
    "make_current",
    "mark_sessions",
    "name_organiser",
    "offer_merge",
    "open_criteria",
    "open_kinds",
    "open_session",
    "place",
    "propose",
    "publish_sessions",
    "refuse_nowhere",
    "release_plan",
    "remove_criterion",
    "remove_image",
    "remove_photo",
    "remove_place_by_right",
    "remove_plan",
    "remove_series",
    "rename_plan",
    "seat_speaker",
    "set_availability",
    "set_criterion",
    "set_kind",
    "set_lock",
    "set_photo",
    "set_place_by_right",
    "set_room_details",
    "set_rules",
    "set_series",
    "solve",
    "stop_solving",
    "support",
    "swap",
    "take_in_requests",
    "take_in_schedule",
    "take_profile_over",
    "take_scores_in",
    "tell_of_release",
    "undo",
    "unmark_session",
    "unplace",
    "unseat_speaker",
    "withdraw_proposal",
    "withdraw_support",
]
