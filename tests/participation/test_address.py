"""People are addressed as they chose, in Arabic and French by their gender."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from montada.audit import queries as audit
from montada.language.engine.text import LANGUAGES
from montada.participation import operations as participation
from montada.participation import queries
from montada.participation.choices import FEMININE, FormOfAddress, RoleKind, role_name
from montada.participation.models import Message, Person
from tests.factories.participation import make_administrator, make_person, make_role

pytestmark = pytest.mark.django_db

SAID = {
    "mr": ("السيد", "Mr"),
    "ms": ("السيدة", "Ms"),
    "dr_m": ("الدكتور", "Dr"),
    "dr_f": ("الدكتورة", "Dr"),
    "prof_m": ("الأستاذ الدكتور", "Prof."),
    "prof_f": ("الأستاذة الدكتورة", "Prof."),
    "eng_m": ("المهندس", "Eng."),
    "eng_f": ("المهندسة", "Eng."),
    "he_m": ("معالي السيد", "H.E. Mr"),
    "he_f": ("معالي السيدة", "H.E. Ms"),
    "amb_m": ("سعادة السفير", "Ambassador"),
    "amb_f": ("سعادة السفيرة", "Ambassador"),
}
WOMEN_ARE_CALLED = {
    "secretariat": "الأمانة",
    "facilitator": "ميسّرة خط العمل",
    "focal_point": "جهة الاتصال الوطنية",
    "reviewer": "محكِّمة",
    "submitter": "مقدِّمة مشروع",
    "donor": "جهة مانحة أو شريكة",
    "remote_moderator": "مديرة المشاركة عن بُعد",
    "translator": "مترجمة",
}


def make_layla(**values: Any) -> Person:
    usual: dict[str, Any] = {"email": "layla@example.org", "form_of_address": "dr_f"}
    return make_person("ليلى الحداد", **usual | values)


def change(person: Person, now: datetime, **values: Any) -> None:
    usual: dict[str, Any] = {
        "name": person.name,
        "form_of_address": person.form_of_address,
        "language": person.language,
        "timezone": person.timezone,
        "organisation": None,
    }
    participation.change_person(
        person=person, **usual | values, changed_by=person, at=now
    )


def sign_in(client: Client, person: Person) -> Person:
    client.force_login(person, "allauth.account.auth_backends.AuthenticationBackend")
    return person


def written_to(person: Person, now: datetime, **values: Any) -> Message:
    usual: dict[str, Any] = {"language": person.language, "template": "test"}
    return participation.write_message(
        to_email=person.email,
        person=person,
        **{"values": {}, "at": now, **usual, **values},
    )


# Words


@pytest.mark.parametrize("form", FormOfAddress.values)
def test_each_form_is_said_before_the_name(form: str) -> None:
    layla = make_layla(form_of_address=form)
    arabic, english = SAID[form]

    with translation.override("ar"):
        assert layla.addressed_as() == f"{arabic} ليلى الحداد"
    with translation.override("en"):
        assert layla.addressed_as() == f"{english} ليلى الحداد"


def test_who_chose_no_form_is_called_by_the_name_alone() -> None:
    assert make_layla(form_of_address="").addressed_as() == "ليلى الحداد"


def test_nobody_is_called_doctor_of_an_address() -> None:
    nameless = make_person("", email="eve@example.org", form_of_address="dr_f")

    assert nameless.addressed_as() == "eve@example.org"


@pytest.mark.parametrize("kind", RoleKind.values)
def test_a_womans_role_is_feminine_in_arabic_where_it_differs(kind: str) -> None:
    with translation.override("ar"):
        assert role_name(kind, "ms") == WOMEN_ARE_CALLED[kind]
        assert role_name(kind, "mr") == str(RoleKind(kind).label)
        assert role_name(kind, "") == str(RoleKind(kind).label)


@pytest.mark.parametrize("kind", RoleKind.values)
def test_english_has_one_name_for_a_role(kind: str) -> None:
    assert role_name(kind, "ms") == role_name(kind, "mr") == role_name(kind, "")


def test_every_form_is_offered_once_under_its_gender() -> None:
    (alone, _name), (_man, men), (_woman, women) = queries.forms_of_address()

    assert alone == ""
    assert [value for value, _said in women] == [v for v in SAID if v in FEMININE]
    assert [value for value, _said in men] == [v for v in SAID if v not in FEMININE]


# Choosing


def test_a_member_chooses_how_to_be_addressed(client: Client) -> None:
    layla = sign_in(client, make_layla(form_of_address="", language="ar"))
    form = {"name": layla.name, "form_of_address": "eng_f", "language": "ar"}

    before = client.get("/ar/participation/me/").content.decode()
    client.post("/ar/participation/me/", form)
    after = client.get("/ar/participation/me/").content.decode()

    assert "صيغة مخاطبتك" in before
    assert '<optgroup label="بصيغة المؤنث">' in before
    assert "<h1><bdi>ليلى الحداد</bdi></h1>" in before
    assert "<h1><bdi>المهندسة ليلى الحداد</bdi></h1>" in after
    assert '<option value="eng_f" selected>المهندسة</option>' in after
    (entry,) = audit.entries_about(layla)
    assert entry.details == {"fields": ["form_of_address"]}


def test_choosing_nothing_is_a_choice(client: Client) -> None:
    layla = sign_in(client, make_layla())

    client.post("/en/participation/me/", {"name": layla.name, "language": "ar"})

    layla.refresh_from_db()
    assert layla.form_of_address == ""


def test_a_form_that_nobody_uses_is_explained_beside_its_field(client: Client) -> None:
    layla = sign_in(client, make_layla())
    form = {"name": "Layla", "form_of_address": "king", "language": "en"}

    page = client.post("/en/participation/me/", form)

    layla.refresh_from_db()
    assert "king is not one of the available choices" in page.content.decode()
    assert (layla.name, layla.form_of_address) == ("ليلى الحداد", "dr_f")


def test_a_form_that_nobody_uses_is_refused_at_every_door(now: datetime) -> None:
    with pytest.raises(participation.FormOfAddressUnknown) as refused:
        change(make_layla(), now, form_of_address="king")

    assert refused.value.code == "participation.form_of_address_unknown"
    assert str(refused.value) == "Nobody is addressed as “king” here."


def test_an_erased_person_is_not_addressed_any_more(now: datetime) -> None:
    layla = make_layla()
    make_role(layla, "reviewer")

    participation.erase_person(person=layla, erased_by=layla, at=now)

    layla.refresh_from_db()
    assert layla.form_of_address == ""
    with translation.override("ar"):
        assert [role.called() for role in queries.roles_shown(layla)] == ["محكِّم"]


# Pages of the secretariat


@pytest.mark.parametrize(
    ("language", "layla", "boris", "roles"),
    [
        ("ar", "الدكتورة ليلى الحداد", "السيد Boris", ["محكِّمة", "محكِّم"]),
        ("en", "Dr ليلى الحداد", "Mr Boris", ["Reviewer", "Reviewer"]),
    ],
)
def test_the_secretariat_sees_people_as_they_are_addressed(
    client: Client, language: str, layla: str, boris: str, roles: list[str]
) -> None:
    sign_in(client, make_administrator())
    people = [make_person("Boris", form_of_address="mr"), make_layla()]
    for person in people:
        make_role(person, "reviewer")

    listed = client.get(f"/{language}/participation/people/").content.decode()

    headings = re.findall(r"<h2><a [^>]*><bdi>([^<]+)</bdi>", listed)
    assert headings == [layla, boris, "Salma"]
    assert re.findall(r'<span class="chip plain">([^<]+)</span>', listed)[:2] == roles
    for person, name, role in zip(people, (boris, layla), roles[::-1], strict=True):
        address = f"/{language}/participation/people/{person.pk}/"
        page = client.get(address).content.decode()
        assert f"<h1><bdi>{name}</bdi></h1>" in page
        assert f"<strong>{role}</strong>" in page
        assert f": {role}" in page


def test_forms_of_address_cost_no_query(django_assert_num_queries: Any) -> None:
    make_role(make_layla(), "reviewer")
    make_role(make_person("Boris"), "donor")

    with django_assert_num_queries(2):  # people and their roles
        said = [
            (person.addressed_as(), [role.called() for role in person.roles.all()])
            for person in queries.people()
        ]

    assert said == [("Boris", ["Donor or partner"]), ("Dr ليلى الحداد", ["Reviewer"])]


# Messages


@pytest.mark.parametrize(
    ("language", "greeting"),
    [
        ("ar", "الدكتورة ليلى الحداد، تحية طيبة وبعد،"),
        ("en", "Dear Dr ليلى الحداد,"),
        ("fr", "Bonjour Dre ليلى الحداد,"),
    ],
)
def test_a_message_greets_whom_it_knows(
    now: datetime, language: str, greeting: str
) -> None:
    message = written_to(make_layla(language=language), now)

    assert message.body.splitlines()[0] == greeting


def test_a_message_to_who_chose_no_form_greets_by_the_name(now: datetime) -> None:
    message = written_to(make_person("O'Neil & Co", email="o@example.org"), now)

    assert message.body.splitlines()[0] == "Dear O'Neil & Co,"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_message_without_a_name_greets_all_the_same(
    now: datetime, language: str
) -> None:
    nameless = make_person("", email="eve@example.org", form_of_address="dr_f")
    with translation.override(language):
        greeting = translation.gettext("Hello,")

    message = written_to(nameless, now, language=language)

    assert message.body.splitlines()[0] == greeting


def test_a_code_still_leads_the_subject_of_its_message(now: datetime) -> None:
    message = written_to(
        make_layla(language="ar"), now, template="login_code", values={"code": "AB-12"}
    )

    assert message.subject.startswith("AB-12")
    assert "\nAB-12\n" in message.body


@pytest.mark.parametrize(
    ("invited", "role"), [("dr_f", "محكِّمة"), ("dr_m", "محكِّم"), ("", "محكِّم")]
)
def test_an_invitation_names_the_role_in_the_invited_persons_gender(
    now: datetime, invited: str, role: str
) -> None:
    layla = make_layla(form_of_address=invited)

    participation.invite(
        email=layla.email,
        kind="reviewer",
        language="ar",
        site_url="https://forum.example",
        invited_by=None,
        at=now,
    )

    message = Message.objects.get()
    assert message.subject == f"دعوة بصفة {role}"
    assert f"\n{role}\n" in message.body
