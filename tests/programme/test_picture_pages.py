"""Pages with photos and images: what they show, to whom, and at what cost."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from montada.edition.models import Edition
from montada.language.engine.text import LocalizedText
from montada.participation.models import Person
from montada.participation.queries import digest_of
from montada.programme import operations
from montada.programme.models import Proposal, Seat, Session, Speaker
from tests.factories.edition import make_edition, make_outsider, make_secretary
from tests.factories.participation import make_person
from tests.factories.programme import make_proposal, make_released
from tests.stocktaking.uploading import SVG, an_image

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 5, 1, 9, tzinfo=UTC)
KEY = "k" * 43
SHOWN = LocalizedText.of("ar", "نخيل حول بئر", en="Palms around a well")
SESSION = "/programme/2027/sessions/oases/"


@pytest.fixture(autouse=True)
def disk(tmp_path: Path, settings: Any) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def proposal(edition: Edition) -> Proposal:
    nadia = make_person("Nadia")
    return make_proposal(edition, submitted_by=nadia, state="accepted")


@pytest.fixture
def session(edition: Edition, proposal: Proposal) -> Session:
    return make_released(edition, "Oases", slug="oases", proposal=proposal)


def seat(session: Session, name: str, **values: Any) -> Seat:
    speaker = Speaker.objects.create(slug=name.lower(), name=name)
    usual = {"state": "confirmed", "proposal": session.proposal}
    return Seat.objects.create(session=session, speaker=speaker, **(usual | values))


def a_file(content: bytes = b"", name: str = "amal.png") -> ContentFile[bytes]:
    return ContentFile(content or an_image(size=(300, 400)), name)


def with_photo(session: Session, name: str) -> Speaker:
    speaker = seat(session, name).speaker
    return operations.set_photo(speaker=speaker, file=a_file(), set_by=None, at=NOW)


def with_image(session: Session, description: LocalizedText = SHOWN) -> Any:
    return operations.add_image(
        session=session,
        file=a_file(an_image(size=(900, 600))),
        description=description,
        added_by=None,
        at=NOW,
    )


def page(client: Client, address: str, language: str = "en") -> str:
    response = client.get(f"/{language}{address}")
    assert response.status_code == 200
    return response.content.decode()


def who_sent(proposal: Proposal) -> Person:
    assert proposal.submitted_by is not None
    return proposal.submitted_by


def status_of(client: Client, address: str) -> int:
    answer: Any = client.get(address)
    if answer.streaming:
        # To its end, so that the file is closed.
        assert b"".join(answer.streaming_content)
    return int(answer.status_code)


def pictures_in(html: str) -> list[str]:
    main = html[html.index("<main") : html.index("</main>")]
    return re.findall(r"<img[^>]*>", main)


@pytest.mark.parametrize(
    ("language", "words", "direction"),
    [("ar", "نخيل حول بئر", "rtl"), ("en", "Palms around a well", "ltr")],
)
def test_a_session_shows_faces_beside_names_and_images_with_their_words(
    client: Client, session: Session, language: str, words: str, direction: str
) -> None:
    amal, image = with_photo(session, "Amal"), with_image(session)

    shown = page(client, "/sessions/oases/", language)

    assert pictures_in(shown) == [
        f'<img class="photo" src="/{language}/pictures/speakers/{amal.photo_name}.webp"'
        ' width="64" height="64" alt="" loading="lazy" decoding="async">',
        f'<img class="picture" src="/{language}/pictures/sessions/{image.name}.webp"'
        f' width="640" height="427" alt="{words}" lang="{language}" dir="{direction}"'
        ' loading="lazy" decoding="async">',
    ]
    caption = f'<bdi lang="{language}" dir="{direction}">{words}</bdi></figcaption>'
    assert caption in shown
    (photo,) = pictures_in(page(client, "/programme/2027/speakers/amal/", language))
    assert 'width="112" height="112" alt=""' in photo


def test_a_session_without_pictures_has_no_place_for_them(
    client: Client, session: Session
) -> None:
    seat(session, "Amal")

    shown = page(client, "/sessions/oases/")

    assert pictures_in(shown) == []
    assert ("pictured" in shown, 'id="images"' in shown) == (False, False)


def test_agendas_and_lists_have_no_pictures(client: Client, session: Session) -> None:
    with_photo(session, "Amal")
    with_image(session)

    for address in ("", "?view=list", "?view=people", "speakers/"):
        assert pictures_in(page(client, f"/programme/2027/{address}")) == []


def n_queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as caught:
        page(client, address)
    return len(caught)


def test_three_of_each_need_as_many_queries_as_one(
    client: Client, session: Session, proposal: Proposal
) -> None:
    reader, nadia = Client(), client
    nadia.force_login(who_sent(proposal))
    mine = f"/programme/2027/proposals/{proposal.reference}/"
    pages = [
        (reader, "/sessions/oases/"),
        (nadia, "/sessions/oases/"),
        (nadia, mine),
        (nadia, f"{SESSION}images/"),
    ]

    def counted() -> list[int]:
        return [n_queries(who, address) for who, address in pages]

    with_photo(session, "Amal")
    with_image(session)
    one = counted()
    for name in ("Boris", "Chen"):
        with_photo(session, name)
        with_image(session)

    assert counted() == one
    assert one[0] <= 11


def test_files_come_as_they_are_kept_and_run_nothing(
    client: Client, session: Session
) -> None:
    amal, image = with_photo(session, "Amal"), with_image(session)

    for address in (f"speakers/{amal.photo_name}", f"sessions/{image.name}"):
        answer: Any = client.get(f"/en/pictures/{address}.webp")
        assert answer.status_code == 200
        assert b"".join(answer.streaming_content)[8:12] == b"WEBP"
        assert answer["Content-Type"] == "image/webp"
        assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "immutable" in answer["Cache-Control"]
    for address in ("speakers/x", "sessions/x", f"sessions/{amal.photo_name}"):
        assert client.get(f"/en/pictures/{address}.webp").status_code == 404


def test_a_file_that_is_not_there_is_not_found(
    client: Client, session: Session, disk: Path
) -> None:
    amal = with_photo(session, "Amal")
    for path in disk.rglob("*.webp"):
        path.unlink()

    answer = client.get(f"/en/pictures/speakers/{amal.photo_name}.webp")

    assert answer.status_code == 404


def test_pictures_of_what_is_not_public_are_for_those_inside(
    client: Client, session: Session, proposal: Proposal
) -> None:
    amal, image = with_photo(session, "Amal"), with_image(session)
    Session.objects.update(is_public=False)

    def answers(person: Any) -> set[int]:
        client.logout()
        if person:
            client.force_login(person)
        names = (f"speakers/{amal.photo_name}", f"sessions/{image.name}")
        return {status_of(client, f"/en/pictures/{name}.webp") for name in names}

    assert answers(None) == answers(make_outsider()) == {404}
    assert answers(proposal.submitted_by) == answers(make_secretary()) == {200}
    # Who has not said that they speak is not shown either.
    Session.objects.update(is_public=True)
    Seat.objects.update(state="asked")
    photo = f"/en/pictures/speakers/{amal.photo_name}.webp"
    assert status_of(client, photo) == 200
    client.logout()
    assert status_of(client, photo) == 404


def test_a_speaker_puts_a_photo_with_the_key_of_the_letter(
    client: Client, session: Session
) -> None:
    amal = seat(session, "Amal", digest=digest_of(KEY), state="asked").speaker
    address = f"/en/programme/2027/speakers/key/{KEY}/"

    sent = client.post(address, {"part": "photo", "photo": a_file()})
    assert sent.status_code == 302
    amal.refresh_from_db()
    assert amal.photo
    (own,) = pictures_in(client.get(address).content.decode())
    assert 'src="data:image/webp;base64,' in own

    wrong = client.post(address, {"part": "photo", "photo": a_file(SVG)})
    assert wrong.status_code == 409
    assert "is no JPEG, PNG or WebP image" in wrong.content.decode()
    assert client.post(address, {"part": "photo"}).status_code == 422

    client.post(address, {"part": "no-photo"})
    amal.refresh_from_db()
    assert not amal.photo


def test_those_of_a_panel_put_the_photo_of_who_has_no_account(
    client: Client, session: Session, proposal: Proposal
) -> None:
    amal = seat(session, "Amal").speaker
    address = "/en/programme/2027/speakers/amal/photo/"
    assert "/login/" in client.get(address)["Location"]
    client.force_login(make_outsider())
    assert client.get(address).status_code == 404

    client.force_login(who_sent(proposal))
    for place in (f"proposals/{proposal.reference}", "speakers/amal"):
        assert address in page(client, f"/programme/2027/{place}/")
    assert client.get(address).status_code == 200
    assert client.post(address, {"photo": a_file()}).status_code == 302
    amal.refresh_from_db()
    assert amal.photo_name in client.get(address).content.decode()
    wrong = client.post(address, {"photo": a_file(SVG)})
    assert (wrong.status_code, b"whatever its name says" in wrong.content) == (
        409,
        True,
    )
    assert client.post(address, {"remove": "photo"}).status_code == 302
    amal.refresh_from_db()
    assert not amal.photo

    amal.person = make_person("Amal")
    amal.save()
    assert client.get(address).status_code == 404
    shown = page(client, f"/programme/2027/proposals/{proposal.reference}/")
    assert address not in shown


def test_those_of_a_session_add_images_and_take_them_away(
    client: Client, session: Session, proposal: Proposal
) -> None:
    address = f"/en{SESSION}images/"
    words = {"description_ar": "نخيل حول بئر"}
    assert "/login/" in client.get(address)["Location"]
    client.force_login(make_outsider())
    assert client.post(address, {"image": a_file(), **words}).status_code == 403
    assert address not in page(client, "/sessions/oases/")

    client.force_login(who_sent(proposal))
    assert address in page(client, "/sessions/oases/")
    undescribed = client.post(address, {"image": a_file()})
    assert undescribed.status_code == 422
    assert client.post(address, {"image": a_file(), **words}).status_code == 302
    image = session.images.get()
    assert image.description.by_language == {"ar": "نخيل حول بئر"}
    assert image.name in client.get(address).content.decode()
    wrong = client.post(address, {"image": a_file(SVG), **words})
    assert (wrong.status_code, "نخيل" in wrong.content.decode()) == (409, True)
    assert client.post(address, {"remove": "999"}).status_code == 404
    assert client.post(address, {"remove": f"{image.pk}"}).status_code == 302
    assert not session.images.exists()


def test_a_full_or_cancelled_session_offers_no_form(
    client: Client, session: Session
) -> None:
    client.force_login(make_secretary())
    for _n in range(6):
        with_image(session)
    assert 'name="image"' not in page(client, f"{SESSION}images/")
    sent = {"image": a_file(), "description_ar": "بئر"}
    assert client.post(f"/en{SESSION}images/", sent).status_code == 409

    Session.objects.update(is_cancelled=True)
    shown = page(client, f"{SESSION}images/")
    assert "This session does not take place." in shown
    assert shown.count('name="remove"') == 6
    session.images.all().delete()
    assert "/images/" not in page(client, "/sessions/oases/")


def test_there_are_no_images_of_what_is_not_planned_here(
    client: Client, session: Session
) -> None:
    client.force_login(make_secretary())
    other = make_edition("2026", year=2026)
    Session.objects.create(
        slug="old", title=SHOWN, sort_key="old", edition=other, year=2026
    )

    for address in ("2026/sessions/old", "2026/sessions/oases", "2027/sessions/none"):
        assert client.get(f"/en/programme/{address}/images/").status_code == 404
