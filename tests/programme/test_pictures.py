"""Photos of speakers and images of sessions: who puts them, and what is kept."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from montada.audit import queries as audit
from montada.djangokit.refusals import Refusal
from montada.edition.models import Edition
from montada.language.engine.text import NO_TEXT, LocalizedText
from montada.participation import operations as participation
from montada.participation.models import Person
from montada.programme import operations
from montada.programme.models import (
    Proposal,
    Seat,
    Session,
    SessionImage,
    Speaker,
)
from montada.programme.operations import pictures
from montada.programme.operations.sessions import SessionCancelled
from montada.programme.operations.words import WordsTooMany
from montada.programme.queries.pictures import may_set_photo
from tests.djangokit.test_pictures import gif
from tests.factories.edition import make_edition, make_outsider, make_secretary
from tests.factories.organisations import make_organisation
from tests.factories.participation import make_person, make_role
from tests.factories.programme import make_planned, make_proposal, make_released
from tests.stocktaking.uploading import (
    SVG,
    a_photograph,
    a_png_that_says,
    an_image,
    on_disk,
    short,
)

pytestmark = pytest.mark.django_db
SHOWN = LocalizedText.of("ar", "نخيل حول بئر", en="Palms around a well")


@pytest.fixture(autouse=True)
def disk(tmp_path: Path, settings: Any) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def proposal(edition: Edition, nadia: Person) -> Proposal:
    return make_proposal(edition, submitted_by=nadia, state="accepted")


@pytest.fixture
def session(edition: Edition, proposal: Proposal) -> Session:
    return make_released(edition, "Oases", proposal=proposal)


@pytest.fixture
def amal(session: Session, proposal: Proposal) -> Speaker:
    """She has no account, and said that she speaks."""
    speaker = Speaker.objects.create(slug="amal", name="Amal")
    Seat.objects.create(
        session=session, proposal=proposal, speaker=speaker, state="confirmed"
    )
    return speaker


def put(speaker: Speaker, by: Person | None, at: datetime, content: bytes = b"") -> Any:
    file = ContentFile(content or an_image(size=(300, 400)), "amal.png")
    return operations.set_photo(speaker=speaker, file=file, set_by=by, at=at)


def add(
    session: Session,
    by: Person | None,
    at: datetime,
    content: bytes = b"",
    description: LocalizedText = SHOWN,
) -> SessionImage:
    return operations.add_image(
        session=session,
        file=ContentFile(content or an_image(size=(900, 600)), "wells.png"),
        description=description,
        added_by=by,
        at=at,
    )


def test_a_photo_is_a_small_square_under_a_name_that_changes_with_it(
    amal: Speaker,
    nadia: Person,
    now: datetime,
    disk: Path,
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        put(amal, nadia, now, a_photograph())
    amal.refresh_from_db()
    first = amal.photo_name
    content = Path(amal.photo.path).read_bytes()
    kept = Image.open(io.BytesIO(content))
    assert (kept.format, kept.size) == ("WEBP", (160, 160))
    assert b"Siwa" not in content

    with django_capture_on_commit_callbacks(execute=True):
        put(amal, nadia, now)
        # Until it is certain, readers have the one before.
        assert len(on_disk(disk)) == 2
    amal.refresh_from_db()

    assert amal.photo_name != first
    assert on_disk(disk) == [f"{amal.photo_name}.webp"]
    entries = audit.entries().filter(action="programme.photo_set")
    assert {entry.actor_id for entry in entries} == {nadia.pk}


def test_a_photo_that_is_taken_away_is_gone(
    amal: Speaker,
    nadia: Person,
    now: datetime,
    disk: Path,
    django_capture_on_commit_callbacks: Any,
) -> None:
    put(amal, nadia, now)

    for _twice in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            operations.remove_photo(speaker=amal, removed_by=nadia, at=now)

    amal.refresh_from_db()
    assert (bool(amal.photo), amal.photo_name, on_disk(disk)) == (False, "", [])
    entries = audit.entries().filter(action="programme.photo_removed")
    assert entries.count() == 1


@pytest.mark.parametrize("keeps_account", [True, False])
def test_who_is_erased_has_no_photo_any_more(
    amal: Speaker,
    now: datetime,
    disk: Path,
    django_capture_on_commit_callbacks: Any,
    keeps_account: bool,
) -> None:
    person = make_person("Amal", email="amal@example.org")
    amal.person, amal.email = (person, "") if keeps_account else (None, person.email)
    amal.save()
    put(amal, None, now)

    with django_capture_on_commit_callbacks(execute=True):
        participation.erase_person(person=person, erased_by=person, at=now)

    amal.refresh_from_db()
    assert (bool(amal.photo), on_disk(disk)) == (False, [])


def test_a_photo_is_the_speakers_the_holders_and_the_secretariats(
    amal: Speaker, nadia: Person, session: Session, now: datetime
) -> None:
    oasis_net = make_organisation("Oasis Net")
    colleague = make_person("Omar", organisation=oasis_net)
    session.organisers.add(oasis_net)
    for person in (nadia, colleague, make_secretary(), None):
        put(amal, person, now)
    with pytest.raises(pictures.PhotoNotYours) as refused:
        put(amal, make_outsider(), now)
    assert refused.value.status == 403
    with pytest.raises(pictures.PhotoNotYours):
        operations.remove_photo(speaker=amal, removed_by=make_person("Fatou"), at=now)

    # From when on she has an account, it is hers.
    amal.person = make_person("Amal")
    amal.save()
    put(amal, amal.person, now)
    with pytest.raises(pictures.PhotoNotYours):
        put(amal, nadia, now)


def test_the_secretariat_of_where_they_speak_puts_photos_and_no_other(
    amal: Speaker, edition: Edition, now: datetime
) -> None:
    here, elsewhere = make_person("Salma"), make_person("Samir")
    make_role(here, "secretariat", edition=edition)
    make_role(elsewhere, "secretariat", edition=make_edition("2026", year=2026))

    put(amal, here, now)
    with pytest.raises(pictures.PhotoNotYours):
        put(amal, elsewhere, now)


def test_who_proposes_a_known_speaker_changes_no_photo_that_others_show(
    amal: Speaker, edition: Edition, session: Session
) -> None:
    eve = make_outsider()
    hers = make_proposal(edition, "Deserts", submitted_by=eve)
    seat = Seat.objects.create(proposal=hers, speaker=amal)
    assert not may_set_photo(eve, amal)

    # Before anything of Amal's is public, it is the first thing anybody shows.
    Session.objects.filter(pk=session.pk).update(is_public=False)
    assert may_set_photo(eve, amal)
    Seat.objects.filter(pk=seat.pk).update(state="declined")
    assert not may_set_photo(eve, amal)


def test_an_image_is_kept_small_with_what_it_shows(
    session: Session,
    nadia: Person,
    now: datetime,
    disk: Path,
    django_capture_on_commit_callbacks: Any,
) -> None:
    image = add(session, nadia, now)

    kept = Image.open(io.BytesIO(Path(image.file.path).read_bytes()))
    assert (kept.format, kept.size) == ("WEBP", (640, 427))
    assert (image.width, image.height) == (640, 427)
    assert on_disk(disk) == [f"{image.name}.webp"]
    (entry,) = audit.entries().filter(action="programme.image_added")
    assert (entry.actor_id, entry.details) == (nadia.pk, {"description": str(SHOWN)})

    with django_capture_on_commit_callbacks(execute=True):
        operations.remove_image(image=image, removed_by=nadia, at=now)

    assert (SessionImage.objects.count(), on_disk(disk)) == (0, [])
    assert audit.entries().filter(action="programme.image_removed").count() == 1


def test_images_are_the_holders_and_the_secretariats(
    session: Session, nadia: Person, now: datetime
) -> None:
    image = add(session, nadia, now)
    add(session, make_secretary(), now)
    eve = make_outsider()

    with pytest.raises(pictures.ImagesNotYours) as refused:
        add(session, eve, now)
    with pytest.raises(pictures.ImagesNotYours):
        operations.remove_image(image=image, removed_by=eve, at=now)

    assert refused.value.status == 403
    assert session.images.count() == 2


def test_a_session_has_six_images_at_most(
    session: Session, nadia: Person, now: datetime
) -> None:
    images = [add(session, nadia, now) for _n in range(6)]

    with pytest.raises(pictures.TooManyImages) as refused:
        add(session, nadia, now)

    assert str(refused.value) == (
        "A session has at most 6 images. Take one away first."
    )
    operations.remove_image(image=images[0], removed_by=nadia, at=now)
    add(session, nadia, now)


@pytest.mark.parametrize(
    ("description", "told"),
    [
        (NO_TEXT, pictures.ImageUndescribed),
        (LocalizedText.of("en", "\u202e\x00"), pictures.ImageUndescribed),
        (LocalizedText.of("en", "a" * 500), WordsTooMany),
    ],
)
def test_an_image_says_what_it_shows(
    session: Session,
    nadia: Person,
    now: datetime,
    description: LocalizedText,
    told: type[Refusal],
) -> None:
    with pytest.raises(told):
        add(session, nadia, now, description=description)


def test_a_cancelled_session_takes_no_more_and_lets_go(
    edition: Edition, now: datetime
) -> None:
    session = make_planned(edition, "Rivers")
    image = add(session, None, now)
    operations.cancel_session(session=session, reason="-", cancelled_by=None, at=now)

    with pytest.raises(SessionCancelled):
        add(session, None, now)
    operations.remove_image(image=image, removed_by=None, at=now)

    assert not session.images.exists()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"Not at all a picture", "no_picture"),
        (SVG, "no_picture"),
        (gif(), "no_picture"),
        (an_image(size=(400, 300))[:200], "picture_broken"),
        (a_png_that_says(20_000, 20_000), "picture_huge"),
        (b"\0" * 5_000_001, "picture_too_large"),
    ],
    ids=short,
)
def test_what_is_no_picture_is_refused_and_nothing_is_kept(
    amal: Speaker,
    session: Session,
    now: datetime,
    disk: Path,
    content: bytes,
    code: str,
) -> None:
    put(amal, None, now)
    before = on_disk(disk)

    with pytest.raises(Refusal) as photo:
        put(amal, None, now, content)
    with pytest.raises(Refusal) as image:
        add(session, None, now, content)

    assert photo.value.code == image.value.code == f"programme.{code}"
    assert "“amal.png”" in str(photo.value)
    assert on_disk(disk) == before
