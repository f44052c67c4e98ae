"""Everything that can happen to participation: every write is a function here."""

from __future__ import annotations

from montada.participation.operations._organisation_names import (
    OrganisationNameMissing,
    OrganisationNameTooLong,
)
from montada.participation.operations.forum import (
    ForumNameMissing,
    ForumSetUpAlready,
    SetupKeyWrong,
    make_setup_key,
    set_up_forum,
    set_up_forum_with_key,
)
from montada.participation.operations.invitations import (
    InvitationExpired,
    InvitationForAnotherAddress,
    InvitationUnknown,
    InvitationUsed,
    accept_invitation,
    invite,
)
from montada.participation.operations.known import load_known_organisations
from montada.participation.operations.merging import (
    OrganisationMergedIntoItself,
    OrganisationsInOneHierarchy,
    ReferencesCollide,
    merge_organisations,
)
from montada.participation.operations.naming import name_organisation
from montada.participation.operations.organisations import (
    OrganisationAliasKnown,
    OrganisationMerged,
    OrganisationPartOfItself,
    add_alias,
    describe_organisation,
    set_parent,
)
from montada.participation.operations.outbox import (
    PAUSES,
    Dispatch,
    MessageSentAlready,
    TemplateUnknown,
    resend_message,
    send_waiting,
    write_message,
    written,
)
from montada.participation.operations.people import (
    AddressTaken,
    FormOfAddressUnknown,
    LanguageUnknown,
    LastAdministrator,
    NotYoursToErase,
    PersonErased,
    TimezoneUnknown,
    add_person,
    change_person,
    erase_person,
    note_joined,
)
from montada.participation.operations.publishing import publish_organisations
from montada.participation.operations.roles import (
    NotYoursToGrant,
    RoleNeedsActionLine,
    RoleNeedsCountry,
    RoleUnknown,
    grant_role,
    withdraw_role,
)
from montada.participation.operations.sign_in import (
    LinkExpired,
    LinkUnknown,
    LinkUsed,
    PersonNotActive,
    make_sign_in_link,
    use_sign_in_link,
)

__all__ = [
    "PAUSES",
    "AddressTaken",
    "Dispatch",
    "FormOfAddressUnknown",
    "ForumNameMissing",
    "ForumSetUpAlready",
    "InvitationExpired",
    "InvitationForAnotherAddress",
    "InvitationUnknown",
    "InvitationUsed",
    "LanguageUnknown",
    "LastAdministrator",
    "LinkExpired",
    "LinkUnknown",
    "LinkUsed",
    "MessageSentAlready",
    "NotYoursToErase",
    "NotYoursToGrant",
    "OrganisationAliasKnown",
    "OrganisationMerged",
    "OrganisationMergedIntoItself",
    "OrganisationNameMissing",
    "OrganisationNameTooLong",
    "OrganisationPartOfItself",
    "OrganisationsInOneHierarchy",
    "PersonErased",
    "PersonNotActive",
    "ReferencesCollide",
    "RoleNeedsActionLine",
    "RoleNeedsCountry",
    "RoleUnknown",
    "SetupKeyWrong",
    "TemplateUnknown",
    "TimezoneUnknown",
    "accept_invitation",
    "add_alias",
    "add_person",
    "change_person",
    "describe_organisation",
    "erase_person",
    "grant_role",
    "invite",
    "load_known_organisations",
    "make_setup_key",
    "make_sign_in_link",
    "merge_organisations",
    "name_organisation",
    "note_joined",
    "publish_organisations",
    "resend_message",
    "send_waiting",
    "set_parent",
    "set_up_forum",
    "set_up_forum_with_key",
    "use_sign_in_link",
    "withdraw_role",
    "write_message",
    "written",
]
