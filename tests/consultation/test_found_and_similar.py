"""Public contributions and open statements are found, and shown before one is sent."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from montada.consultation import operations, queries
from montada.consultation.models import Contribution
from montada.consultation.operations.moderation import retire_statement
from montada.discovery import queries as discovery
from montada.edition.models import Edition
from montada.language import operations as language
from montada.language.engine.text import LocalizedText
from montada.language.models import IndexedText
from montada.participation.models import Person
from tests.factories.consultation import (
    a_draft_input,
    an_identity,
    an_input,
    an_open_edition,
    call_of,
    decline,
)
from tests.factories.participation import make_person
from tests.factories.statements import a_seed, a_statement

pytestmark = pytest.mark.django_db

OASES = "Community networks of zebra oases"


@pytest.fixture
def edition(today: datetime) -> Edition:
    return an_open_edition(today)


def found(text: str, reader: str = "en", **choice: list[str]) -> list[str]:
    it = discovery.search(text, reader=reader, choice=choice)
    return [result.key for result in discovery.results_of(it, it.found.hits)]


def titled(
    title: str, author: Person, edition: Edition, at: datetime, **told: Any
) -> Contribution:
    answers = {"title": title, **told.pop("answers", {})}
    return an_input(author, edition, at=at, answers=answers, **told)


class TestFound:
    def test_a_contribution_is_found_from_the_moment_it_is_sent(
        self, edition: Edition, nadia: Person, today: datetime
    ) -> None:
        said = {"title": OASES, "action_lines": ["C2"], "goals": ["9"]}
        draft = a_draft_input(nadia, edition, at=today, answers=said)
        assert found("zebra") == []

        row = operations.submit_contribution(
            contribution=draft, submitted_by=nadia, at=today
        )

        year = [str(edition.year)]
        assert found("zebra", kind=["contribution"], year=year) == [row.receipt]
        assert found("zebra", country=["EGY"], line=["C2"], goal=["9"]) == [row.receipt]
        assert found("zebra", line=["C3"]) == []
        # What it says is found too, and in its language.
        kind = ["contribution"]
        assert found("spectrum", kind=kind, language=["en"]) == [row.receipt]
        assert found("spectrum", kind=kind, language=["ar"]) == []

    def test_what_nobody_may_read_is_not_found(
        self, edition: Edition, nadia: Person, salma: Person, today: datetime
    ) -> None:
        row = titled(OASES, nadia, edition, today, may_publish=False)
        assert found("zebra") == []

        told: dict[str, Any] = {"contribution": row, "at": today}
        operations.ask_contribution_change(**told, words="Say more.", asked_by=salma)
        row.refresh_from_db()
        saving: dict[str, Any] = {"answers": {"title": OASES}, "saved_by": nadia}
        operations.save_contribution(
            **told, **saving, identity=an_identity(), revision=row.revision
        )
        assert found("zebra") == [row.receipt]
        operations.save_contribution(
            **told,
            **saving,
            identity=an_identity(may_publish=False),
            revision=row.revision + 1,
        )
        assert found("zebra") == []

    def test_what_was_declined_stays_and_what_was_withdrawn_goes(
        self, edition: Edition, nadia: Person, salma: Person, today: datetime
    ) -> None:
        stays = titled(OASES, nadia, edition, today)
        goes = titled("Zebra wells", nadia, edition, today)

        decline(stays, salma, today)
        operations.decline_contribution(
            contribution=goes,
            reason="withdrawn",
            words="Its author asked for it.",
            declined_by=salma,
            at=today,
        )

        assert found("zebra") == [stays.receipt]
        assert operations.publish_contributions() == 0

    def test_a_statement_is_found_while_it_is_open(
        self, edition: Edition, nadia: Person, salma: Person, today: datetime
    ) -> None:
        operations.propose_statement(
            edition=edition,
            text="Zebras wait for a moderator",
            language="en",
            author=nadia,
            at=today,
        )
        assert found("zebras") == []
        one = a_statement(edition, "Zebras vote in the evening", at=today)
        assert found("zebras", kind=["statement"]) == [str(one.pk)]

        operations.approve_wording(
            statement=one,
            language="fr",
            text="Les quaggas votent le soir",
            approved_by=salma,
            at=today,
        )
        assert found("quaggas", "fr") == [str(one.pk)]
        retire_statement(
            statement=one, reason="unclear", note="", retired_by=salma, at=today
        )
        assert found("zebras") == []
        assert found("quaggas", "fr") == []

    def test_the_search_leads_to_both(
        self, client: Client, edition: Edition, nadia: Person, today: datetime
    ) -> None:
        row = titled(OASES, nadia, edition, today)
        seed = a_seed(edition, "Zebras speak first")

        shown = client.get("/en/search/?q=zebra").content.decode()

        assert f'href="/en/consultation/inputs/{row.receipt}/"' in shown
        assert f'href="/en/consultation/statements/{seed.pk}/"' in shown

    def test_all_of_it_can_be_published_anew(
        self, edition: Edition, nadia: Person, today: datetime
    ) -> None:
        row = titled(OASES, nadia, edition, today)
        seed = a_seed(edition, "Zebras speak first")
        IndexedText.objects.all().delete()

        assert operations.publish_contributions() == 1
        assert operations.publish_statements() == 1
        assert sorted(found("zebra")) == sorted([row.receipt, str(seed.pk)])


class TestSimilar:
    def alike(self, row: Contribution) -> list[tuple[str, bool]]:
        row.refresh_from_db()
        return [
            (one.contribution.receipt, one.is_same)
            for one in queries.similar_contributions(row)
        ]

    def test_the_same_title_is_here_already(
        self, edition: Edition, nadia: Person, today: datetime
    ) -> None:
        there = titled(OASES, make_person("Omar"), edition, today)
        titled(
            "Sign language in plenary",
            make_person("Li"),
            edition,
            today,
            answers={
                "summary": "Every plenary needs sign language in each of six languages."
            },
        )

        mine = a_draft_input(nadia, edition, at=today, answers={"title": OASES.upper()})

        assert self.alike(mine) == [(there.receipt, True)]

    def test_what_denies_it_or_nobody_may_read_or_is_elsewhere_is_not_the_same(
        self, edition: Edition, nadia: Person, today: datetime
    ) -> None:
        omar = make_person("Omar")
        title = "Charge community networks of oases for spectrum"
        words = {"summary": "Spectrum of the oases and who pays for it at all."}
        other = titled(
            "Do not charge community networks of oases for spectrum",
            omar,
            edition,
            today,
            answers=words,
        )
        titled(title, omar, edition, today, may_publish=False)
        elsewhere = an_open_edition(today, slug="elsewhere", year=edition.year)
        titled(title, omar, elsewhere, today)

        mine = a_draft_input(nadia, edition, at=today, answers={"title": title} | words)

        assert self.alike(mine) == [(other.receipt, False)]

    def test_it_is_found_across_languages(
        self, edition: Edition, nadia: Person, today: datetime
    ) -> None:
        there = titled(
            "شبكات الواحات",
            make_person("Omar"),
            edition,
            today,
            language="ar",
            answers={
                "summary": "يمكن للواحات والقرى البعيدة أن تدير شبكاتها بنفسها إذا "
                "تقاسمت الطيف ودُرِّب الناس: تستمع هذه الجلسة إلى من فعلوا ذلك وإلى "
                "الجهات المنظمة."
            },
        )
        # Only this one is encoded: the rest of the index takes longer.
        IndexedText.objects.exclude(kind="contribution").delete()
        language.embed_waiting(keep_going=lambda: True)

        assert self.alike(a_draft_input(nadia, edition, at=today)) == [
            (there.receipt, True)
        ]

    @pytest.mark.parametrize("title", ["", "🙂", "x" * 400, "<b>", "oases 9" * 40])
    def test_any_title_is_compared(
        self, edition: Edition, nadia: Person, today: datetime, title: str
    ) -> None:
        titled(OASES, make_person("Omar"), edition, today)
        said = {"title": title, "summary": ""}
        mine = a_draft_input(nadia, edition, at=today, answers=said)

        assert all(not is_same for _receipt, is_same in self.alike(mine))

    def test_the_draft_page_shows_both_while_writing_and_on_saving(
        self, client: Client, edition: Edition, nadia: Person, today: datetime
    ) -> None:
        there = titled(OASES, make_person("Omar"), edition, today)
        seed = a_seed(edition, OASES)
        mine = a_draft_input(nadia, edition, at=today, answers={"title": OASES})
        client.force_login(nadia)
        address = f"/en/consultation/drafts/{mine.pk}/"

        for shown in (
            client.get(address).content.decode(),
            client.post(f"{address}read/").content.decode(),
        ):
            assert f'href="/en/consultation/inputs/{there.receipt}/"' in shown
            assert "Already here: support it or join it" in shown
            assert f"?statement={seed.pk}" in shown

    def test_who_writes_in_the_wrong_call_sees_it_too(
        self, edition: Edition, nadia: Person, today: datetime
    ) -> None:
        there = titled(OASES, make_person("Omar"), edition, today)
        row = operations.begin_contribution(
            call=call_of(edition, "session"), written_in="en", begun_by=nadia, at=today
        )
        row.title = LocalizedText.of("en", OASES)
        row.save()

        assert self.alike(row) == [(there.receipt, True)]
