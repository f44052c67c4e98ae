"""Proposals: taken from requests, changed by their people, supported, erased."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from montada.audit.models import Entry
from montada.consultation import operations as consultation
from montada.edition.models import Edition
from montada.language.engine.text import LocalizedText
from montada.participation import operations as participation
from montada.participation.models import Message, Person
from montada.programme import operations, queries
from montada.programme.engine.values import ProposalFacts, SpeakerFacts
from montada.programme.models import Proposal, Session
from montada.programme.operations.organisers import LeadStays, NotYourOrganisation
from montada.programme.operations.proposal_columns import (
    KindUnknown,
    LengthNotOffered,
    TitleMissing,
    WishUnknown,
)
from montada.programme.operations.proposals import (
    NotYourProposal,
    ProposalClosed,
    ProposalSavedMeanwhile,
)
from montada.programme.operations.supports import SupportClosed
from montada.programme.operations.words import WordsTooMany
from tests.factories.consultation import (
    a_draft_input,
    an_input,
    an_open_edition,
)
from tests.factories.consultation import merge as merge_requests
from tests.factories.edition import make_edition, make_secretary
from tests.factories.organisations import make_organisation
from tests.factories.participation import make_person
from tests.factories.programme import make_kind, make_proposal

pytestmark = pytest.mark.django_db

ANSWERS: dict[str, Any] = {
    "binding": "yes",
    "expected_outcomes": "A guide for villages.",
    "session_type": "thematic_workshop",
    "length": "60",
    "preferred_day": "2027-07-06",
    "mode": "hybrid",
    "accessibility": ["captioning", "interpretation"],
    "co_organisers": "Bibliotheca, Egypt\nواحات الصحراء، تونس\n\n",
    "panellists": [
        {
            "name": "Amal Said",
            "organisation": "Bibliotheca",
            "stakeholder_group_id": "civil",
            "country_id": "EGY",
            "gender": "woman",
            "role": "moderator",
            "confirmed": "yes",
        },
        {"name": "Jean Petit", "country_id": "FRA", "role": "remote"},
    ],
    "remote_moderator": "Li Wei",
    "action_lines": ["C2", "C4"],
    "goals": ["4", "9"],
}


def a_request(author: Person, edition: Edition, at: datetime, **told: Any) -> Any:
    draft = a_draft_input(
        author, edition, at=at, kind="session", answers=ANSWERS, **told
    )
    return consultation.submit_contribution(
        contribution=draft, submitted_by=author, at=at
    )


def facts_of(words: str = "Networks of oases", **values: Any) -> ProposalFacts:
    usual: dict[str, Any] = {
        "title": LocalizedText.of("en", words),
        "kind": "workshop",
    }
    return ProposalFacts(**(usual | values))


@pytest.fixture
def edition() -> Edition:
    made = make_edition()
    make_kind(made, lengths=[45, 60])
    return made


def test_a_request_becomes_a_proposal_with_all_it_says(now: datetime) -> None:
    edition = an_open_edition(now)
    nadia, salma = make_person("Nadia"), make_secretary()
    request = a_request(
        nadia,
        edition,
        now,
        signed_as="organisation",
        organisation_name="Oasis Net",
    )

    (taken,) = operations.take_in_requests(edition=edition, taken_by=salma, at=now)

    row = queries.proposal(edition, taken.reference)
    assert row is not None
    assert (row.reference, str(row.title)) == ("P-2027-0001", "Networks of oases")
    assert (row.contribution, row.submitted_by) == (request, nadia)
    assert (row.kind.code, row.minutes, row.mode) == ("thematic_workshop", 60, "hybrid")
    assert row.needs == ["interpretation", "captioning", "remote"]
    assert row.wishes == {"days": ["2027-07-06"]}
    assert str(row.outcomes) == "A guide for villages."
    assert [line.code for line in row.action_lines.all()] == ["C2", "C4"]
    assert [goal.number for goal in row.goals.all()] == [4, 9]
    assert [
        (str(one.organisation.name), one.is_lead, one.accepted_at is not None)
        for one in row.organisers.all()
    ] == [
        ("Oasis Net", True, True),
        ("Bibliotheca", False, False),
        ("واحات الصحراء", False, False),
    ]
    assert [
        (seat.speaker.name, seat.role, seat.is_remote, seat.state)
        for seat in row.seats.all()
    ] == [
        ("Amal Said", "moderator", False, "confirmed"),
        ("Jean Petit", "panellist", True, "asked"),
        ("Li Wei", "remote_mod", True, "asked"),
    ]
    letters = Message.objects.filter(template="programme_taken_in")
    assert [letter.to_email for letter in letters] == ["nadia@example.org"]


def test_taking_in_twice_is_once_and_leaves_requests_as_they_were(
    now: datetime,
) -> None:
    edition = an_open_edition(now)
    request = a_request(make_person("Nadia"), edition, now)
    an_input(make_person("Omar"), edition, at=now)
    before = (request.state, request.revision)
    operations.take_in_requests(edition=edition, taken_by=None, at=now)
    n_entries = Entry.objects.count()

    again = operations.take_in_requests(edition=edition, taken_by=None, at=now)

    request.refresh_from_db()
    assert (again, Proposal.objects.count()) == ([], 1)
    assert Entry.objects.count() == n_entries
    assert (request.state, request.revision) == before
    assert queries.n_requests_waiting(edition) == 0


def test_a_request_for_space_becomes_a_stand(now: datetime) -> None:
    edition = an_open_edition(now)
    nadia = make_person("Nadia")
    draft = a_draft_input(
        nadia,
        edition,
        at=now,
        kind="exhibition",
        answers={"space": "poster", "binding": "yes"},
    )
    consultation.submit_contribution(contribution=draft, submitted_by=nadia, at=now)

    (taken,) = operations.take_in_requests(edition=edition, taken_by=None, at=now)

    assert (taken.kind.code, taken.kind.is_stand) == ("poster", True)


@pytest.mark.parametrize("is_merged_before", [True, False])
def test_a_merged_request_goes_on_in_the_proposal_of_its_target(
    is_merged_before: bool, now: datetime
) -> None:
    edition, salma = an_open_edition(now), make_secretary()
    part = a_request(make_person("Nadia"), edition, now)
    whole = a_request(
        make_person("Omar"),
        edition,
        now,
        signed_as="organisation",
        organisation_name="Oasis Net",
    )
    if is_merged_before:
        merge_requests(part, whole, salma, now)
    operations.take_in_requests(edition=edition, taken_by=salma, at=now)
    if not is_merged_before:
        merge_requests(part, whole, salma, now)
        operations.take_in_requests(edition=edition, taken_by=salma, at=now)

    rows = Proposal.objects.in_bulk(field_name="reference")
    assert rows["P-2027-0001"].merged_into == rows["P-2027-0002"]
    assert rows["P-2027-0001"].state == "merged"
    assert rows["P-2027-0002"].state == "received"


def test_a_proposal_is_numbered_and_refused_for_what_does_not_fit(
    edition: Edition, now: datetime
) -> None:
    def propose(facts: ProposalFacts) -> Proposal:
        return operations.propose(
            edition=edition, facts=facts, submitted_by=None, at=now
        )

    assert propose(facts_of()).reference == "P-2027-0001"
    assert propose(facts_of(minutes=45)).minutes == 45
    for wrong, refusal in [
        (facts_of("\u202e\x00"), TitleMissing),
        (facts_of("long " * 100), WordsTooMany),
        (facts_of(kind="circus"), KindUnknown),
        (facts_of(minutes=61), LengthNotOffered),
        (facts_of(wishes={"days": ["2027-08-01"]}), WishUnknown),
        (facts_of(wishes={"half": "night"}), WishUnknown),
    ]:
        with pytest.raises(refusal):
            propose(wrong)
    assert Proposal.objects.count() == 2


def test_the_second_to_save_sees_that_somebody_saved(
    edition: Edition, now: datetime
) -> None:
    nadia = make_person("Nadia")
    row = operations.propose(
        edition=edition, facts=facts_of(), submitted_by=nadia, at=now
    )

    def save(words: str, by: Person) -> Proposal:
        return operations.change_proposal(
            proposal=row, facts=facts_of(words), revision=0, changed_by=by, at=now
        )

    assert str(save("Wells", nadia).title) == "Wells"
    with pytest.raises(ProposalSavedMeanwhile):
        save("Springs", nadia)
    with pytest.raises(NotYourProposal):
        save("Mine", make_person("Mallory"))
    row.refresh_from_db()
    assert (str(row.title), row.revision) == ("Wells", 1)


def test_an_accepted_proposal_passes_its_words_on_and_nothing_else(
    edition: Edition, now: datetime
) -> None:
    nadia = make_person("Nadia")
    row = operations.propose(
        edition=edition, facts=facts_of(), submitted_by=nadia, at=now
    )
    operations.open_session(proposal=row, opened_by=None, at=now)
    Proposal.objects.update(state="accepted")

    operations.change_proposal(
        proposal=row,
        facts=facts_of("Wells", minutes=45, audience=900),
        revision=0,
        changed_by=nadia,
        at=now,
    )

    row.refresh_from_db()
    session = Session.objects.get()
    assert (str(session.title), session.minutes) == ("Wells", 60)
    assert (row.minutes, row.audience) == (60, 0)
    with pytest.raises(ProposalClosed):
        operations.withdraw_proposal(proposal=row, withdrawn_by=nadia, at=now)


def test_several_organisations_organise_once_their_people_agree(
    edition: Edition, now: datetime
) -> None:
    ours, theirs = make_organisation("Oasis Net"), make_organisation("Bibliotheca")
    nadia = make_person("Nadia", organisation=ours)
    karim = make_person("Karim", organisation=theirs)
    row = operations.propose(
        edition=edition,
        facts=facts_of(organisers=(ours.pk,)),
        submitted_by=nadia,
        at=now,
    )

    named = operations.ask_organiser(
        proposal=row, organisation=theirs, asked_by=nadia, at=now
    )
    assert [m.to_email for m in Message.objects.all()] == ["karim@example.org"]
    assert not queries.organises(karim, row)
    with pytest.raises(NotYourOrganisation):
        operations.answer_organising(
            organiser=named, is_accepted=True, answered_by=nadia, at=now
        )
    operations.answer_organising(
        organiser=named, is_accepted=True, answered_by=karim, at=now
    )

    fresh = queries.proposal(edition, row.reference)
    assert fresh is not None
    assert queries.organises(karim, fresh)
    session = operations.open_session(proposal=row, opened_by=None, at=now)
    assert set(session.organisers.all()) == {ours, theirs}
    operations.answer_organising(
        organiser=named, is_accepted=False, answered_by=karim, at=now
    )
    assert set(session.organisers.all()) == {ours}
    lead = row.organisers.get(is_lead=True)
    with pytest.raises(LeadStays):
        operations.drop_organiser(organiser=lead, dropped_by=nadia, at=now)


def test_support_is_once_a_person_and_taken_back(
    edition: Edition, now: datetime
) -> None:
    row, eve = make_proposal(edition), make_person("Eve")
    with pytest.raises(SupportClosed):
        operations.support(proposal=row, person=eve, at=now)
    operations.set_rules(
        edition=edition, values={"is_support_open": True}, set_by=None, at=now
    )

    operations.support(proposal=row, person=eve, at=now)
    operations.support(proposal=row, person=eve, at=now)
    assert queries.n_supports(row) == 1
    # The trail does not say who would come.
    assert Entry.objects.get(action="programme.supported").actor_id is None
    operations.withdraw_support(proposal=row, person=eve, at=now)
    operations.withdraw_support(proposal=row, person=eve, at=now)
    assert queries.n_supports(row) == 0


def test_a_series_gives_its_sessions_their_parts(
    edition: Edition, now: datetime
) -> None:
    first, second, third = (
        operations.open_session(
            proposal=make_proposal(edition, f"Part {n}"), opened_by=None, at=now
        )
        for n in (1, 2, 3)
    )
    title = LocalizedText.of("en", "Oases")

    def put(*sessions: Session, series: Any = None) -> Any:
        return operations.set_series(
            edition=edition,
            series=series,
            title=title,
            is_in_order=True,
            sessions=sessions,
            set_by=None,
            at=now,
        )

    series = put(first, second, third)
    series = put(third, first, series=series)

    parts = {s.slug: s.part for s in Session.objects.all()}
    assert parts == {third.slug: 1, first.slug: 2, second.slug: None}
    operations.remove_series(series=series, removed_by=None, at=now)
    assert {s.series_id for s in Session.objects.all()} == {None}


def test_erasing_somebody_leaves_proposals_and_panels_without_them(
    edition: Edition, now: datetime
) -> None:
    nadia = make_person("Nadia")
    row = operations.propose(
        edition=edition, facts=facts_of(), submitted_by=nadia, at=now
    )
    operations.set_rules(
        edition=edition, values={"is_support_open": True}, set_by=None, at=now
    )
    operations.support(proposal=row, person=nadia, at=now)
    seat = operations.seat_speaker(
        proposal=row,
        facts=SpeakerFacts(name="Nadia", email="nadia@example.org", gender="woman"),
        seated_by=nadia,
        at=now,
    )
    opens = datetime.fromisoformat("2027-07-05T08:00+00:00")
    operations.set_availability(
        edition=edition,
        speaker=seat.speaker,
        times=[(opens, opens + timedelta(hours=2))],
        set_by=None,
        at=now,
    )

    participation.erase_person(person=nadia, erased_by=nadia, at=now)

    row.refresh_from_db()
    seat.refresh_from_db()
    seat.speaker.refresh_from_db()
    speaker = seat.speaker
    assert (row.submitted_by, seat.digest, row.supports.count()) == (None, "", 0)
    assert (speaker.person, speaker.email, speaker.gender) == (None, "", "")
    assert speaker.available.count() == 0
