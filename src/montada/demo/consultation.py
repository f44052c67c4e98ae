"""
The made-up consultation: calls, contributions on their way, two meetings.

Everything goes through the operations that its authors and the secretariat use.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from montada.consultation import operations, queries
from montada.consultation.engine.values import Identity, MeetingPlan
from montada.demo.voices import (
    APPEALED,
    DRAFT,
    FLOOR,
    LATE,
    LATE_CALL_CLOSED,
    MISPLACED,
    TARGETS,
    VOICES,
    Voice,
)
from montada.language.engine.text import LocalizedText
from montada.participation import queries as people

if TYPE_CHECKING:
    from montada.consultation.models import ConsultationMeeting, Contribution
    from montada.participation.models import Person

SECRETARIAT = "secretariat@example.org"


def consult(*, edition: Any, at: datetime) -> int:
    """
    Make the consultation of an edition through its operations; once.

    Return how many contributions it received. Moments before its phase are moved to
    the phase's first.
    """
    phase = queries.consultation_phase(edition)
    if phase is None or phase.opens_at > at:
        return 0
    if queries.counted(edition.pk):
        return 0
    build = _Consultation(edition, min(at, phase.closes_at), phase.opens_at)
    build.everything()
    return len(queries.counted(edition.pk))


class _Consultation:
    def __init__(self, edition: Any, until: datetime, opens_at: datetime) -> None:
        self.edition, self.until, self.opens_at = edition, until, opens_at
        self.salma = _person(SECRETARIAT)

    def everything(self) -> None:
        operations.open_calls(
            edition=self.edition, opened_by=self.salma, at=self.opens_at
        )
        operations.set_targets(
            edition=self.edition,
            targets=TARGETS,
            set_by=self.salma,
            at=self.opens_at,
        )
        meeting = self._meetings()
        voices = (*VOICES, APPEALED)
        sent = [self._sent(voice) for voice in voices]
        for voice, row in zip(voices, sent, strict=True):
            self._follow(voice, row, into=sent[1])
        self._draft(DRAFT)
        self._entered(FLOOR, None, meeting)
        self._late()
        self._misplaced()

    def _moment(self, days_ago: float) -> datetime:
        moment = self.until - timedelta(days=days_ago, seconds=1)
        return max(moment, self.opens_at)

    def _call(self, kind: str) -> Any:
        return queries.calls_of(self.edition).get(kind=kind)

    def _draft(self, voice: Voice) -> Contribution:
        author, at = _person(voice.author), self._moment(voice.days_ago)
        row = operations.begin_contribution(
            call=self._call(voice.call),
            written_in=voice.language,
            begun_by=author,
            at=at,
        )
        return self._saved(row, voice, author, at)

    def _saved(
        self, row: Contribution, voice: Voice, by: Person, at: datetime
    ) -> Contribution:
        name = _person(voice.author).name if voice.author else "A voice from the floor"
        return operations.save_contribution(
            contribution=row,
            identity=Identity(
                language=voice.language,
                author_name=name,
                signed_as=voice.signed_as,
                organisation_name=voice.organisation,
                stakeholder_group_id=voice.group,
                country_id=voice.country,
                region_id=voice.region,
                gender=voice.gender,
                may_publish=voice.may_publish,
                entry_note=voice.entry_note,
            ),
            answers={"title": voice.title, "summary": voice.summary} | voice.answers,
            revision=row.revision,
            saved_by=by,
            at=at,
        )

    def _sent(self, voice: Voice) -> Contribution:
        row = self._draft(voice)
        at = self._moment(voice.days_ago)
        row = operations.submit_contribution(
            contribution=row, submitted_by=_person(voice.author), at=at
        )
        if voice.is_read:
            operations.read_contribution(contribution=row, at=at)
        return row

    def _follow(self, voice: Voice, row: Contribution, into: Contribution) -> None:
        for n, (step, words) in enumerate(voice.steps, start=1):
            told: dict[str, Any] = {
                "contribution": row,
                "at": self._moment(max(voice.days_ago - n, 0)),
            }
            by = self.salma
            if step == "accept":
                operations.accept_contribution(**told, words=words, accepted_by=by)
            elif step == "schedule":
                operations.schedule_contribution(
                    **told, words=words, session_at=self._session(), scheduled_by=by
                )
            elif step == "confirm":
                operations.confirm_contribution(
                    **told, confirmed_by=_person(voice.author)
                )
            elif step == "decline":
                operations.decline_contribution(
                    **told, reason="no_place", words=words, declined_by=by
                )
            elif step == "merge":
                operations.merge_contributions(
                    **told, into=into, words=words, merged_by=by
                )
            elif step == "appeal":
                operations.appeal(
                    **told, words=words, appealed_by=_person(voice.author)
                )
            elif step == "change":
                operations.ask_contribution_change(**told, words=words, asked_by=by)
            else:
                theme = LocalizedText.of(voice.language, words)
                operations.group_contribution(**told, theme=theme, grouped_by=by)

    def _session(self) -> datetime:
        """Return ten in the morning of the forum's second day."""
        day = self.edition.starts_on + timedelta(days=1)
        return datetime(day.year, day.month, day.day, 10, tzinfo=self.edition.zone)

    def _meetings(self) -> ConsultationMeeting:
        first, second = self._moment(FLOOR.days_ago), self.until + timedelta(days=21)
        plans = (
            MeetingPlan(
                title=LocalizedText.of(
                    "ar",
                    "الاجتماع التشاوري الأول (افتراضي)",
                    en="First consultation meeting (made up)",
                    fr="Première réunion de consultation (fictive)",
                ),
                starts_at=first,
                ends_at=first + timedelta(hours=1),
                place=LocalizedText.of(
                    "ar", "قاعة افتراضية، جنيف", en="A made-up room"
                ),
                agenda=LocalizedText.of(
                    "ar",
                    "الترحيب\nكلمات الجهات المنظمة\nالمستجدات\nنقاش مفتوح",
                    en="Welcome\nRemarks of the co-organisers\nUpdates\n"
                    "Open discussion",
                    fr="Accueil\nMots des coorganisateurs\nPoint de situation\n"
                    "Débat ouvert",
                ),
                minutes=LocalizedText.of(
                    "ar",
                    "محضر افتراضي: طلب الحضور وقتًا أطول للأسئلة.",
                    en="Made-up minutes: those present asked for more time for "
                    "questions.",
                ),
            ),
            MeetingPlan(
                title=LocalizedText.of(
                    "ar",
                    "الاجتماع التشاوري الثاني (افتراضي)",
                    en="Second consultation meeting (made up)",
                    fr="Deuxième réunion de consultation (fictive)",
                ),
                starts_at=second,
                ends_at=second + timedelta(hours=1),
            ),
        )
        made = [
            operations.set_meeting(
                edition=self.edition, plan=plan, set_by=self.salma, at=self.opens_at
            )
            for plan in plans
        ]
        return made[0]

    def _entered(
        self, voice: Voice, author: Person | None, meeting: ConsultationMeeting | None
    ) -> None:
        """Let the secretariat write down what somebody else said."""
        at = self._moment(voice.days_ago)
        row = operations.enter_contribution(
            call=self._call(voice.call),
            written_in=voice.language,
            author=author,
            meeting=meeting,
            entered_by=self.salma,
            at=at,
        )
        self._saved(row, voice, self.salma, at)
        operations.submit_contribution(contribution=row, submitted_by=self.salma, at=at)

    def _late(self) -> None:
        call, moment = self._call(LATE.call), self._moment(LATE_CALL_CLOSED)
        day = moment.astimezone(self.edition.zone).date()
        closes_at = datetime.combine(day, time(), self.edition.zone)
        if closes_at <= call.opens_at:
            # So early in the consultation nothing can be late.
            return
        operations.set_call(
            call=call,
            opens_at=call.opens_at,
            closes_at=closes_at,
            intro=call.intro,
            set_by=self.salma,
            at=self.opens_at,
        )
        self._entered(LATE, _person(LATE.author), None)

    def _misplaced(self) -> None:
        """Let somebody propose as a statement what belongs to another call."""
        at = self._moment(MISPLACED.days_ago)
        statement = operations.propose_statement(
            edition=self.edition,
            text=MISPLACED.text,
            language=MISPLACED.language,
            author=_person(MISPLACED.author),
            at=at,
        )
        operations.move_statement(
            statement=statement,
            call=self._call(MISPLACED.call),
            note=MISPLACED.note,
            moved_by=self.salma,
            at=at + timedelta(hours=1),
        )


def _person(email: str) -> Person:
    person = people.person_of_email(email)
    assert person is not None
    return person
