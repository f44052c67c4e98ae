"""Addresses of programme: sessions of all forums, and the programme of one."""

from django.urls import URLPattern, path

from montada.programme.web import (
    agenda,
    cancelling,
    choosing,
    deciding,
    exports,
    imports,
    my_agenda,
    papers,
    pictures,
    proposal_work,
    proposals,
    releases,
    rooms,
    scores,
    session_details,
    settings,
    speakers,
    timetable,
    timetable_changes,
    views,
)

app_name = "programme"

OF = "programme/<slug:edition>/"
"""What belongs to one edition."""
ONE = f"{OF}proposals/<slug:reference>/"
"""What belongs to one proposal."""

urlpatterns: list[URLPattern] = [
    path("sessions/", views.SessionList.as_view(), name="list"),
    path("sessions/<slug:slug>/", views.SessionPage.as_view(), name="session"),
    # Agenda
    path("programme/", agenda.PresentProgramme.as_view(), name="present"),
    path("programme/offline.js", agenda.OfflineWorker.as_view(), name="offline"),
    path("programme/zone-place/", agenda.ZonePlace.as_view(), name="zone_place"),
    path(OF, agenda.Agenda.as_view(), name="agenda"),
    path(f"{OF}clock/", agenda.Zones.as_view(), name="agenda_zones"),
    path(f"{OF}clock/chosen/", agenda.ChooseZone.as_view(), name="choose_zone"),
    path(f"{OF}mine/", my_agenda.MyAgenda.as_view(), name="mine"),
    path(f"{OF}mine/mark/", my_agenda.Mark.as_view(), name="mark"),
    # Out
    path(f"{OF}out/", papers.OutPage.as_view(), name="out"),
    path(f"{OF}out/programme.pdf", papers.Paper.as_view(), name="out_paper"),
    path(f"{OF}out/days/<str:day>/signs.pdf", papers.Signs.as_view(), name="signs"),
    path(
        f"{OF}out/days/<str:day>/nameplates.pdf",
        papers.Nameplates.as_view(),
        name="nameplates",
    ),
    path(
        f"{OF}out/sessions/<slug:slug>/nameplates.pdf",
        papers.SessionNameplates.as_view(),
        name="session_nameplates",
    ),
    path(f"{OF}out/programme.ics", exports.Calendar.as_view(), name="out_ical"),
    path(
        f"{OF}out/lines/<slug:line>.ics",
        exports.LineCalendar.as_view(),
        name="out_ical_line",
    ),
    path(
        f"{OF}out/sessions/<slug:slug>.ics",
        exports.SessionCalendar.as_view(),
        name="out_ical_session",
    ),
    path(f"{OF}out/mine.ics", exports.MyCalendar.as_view(), name="out_ical_mine"),
    path(
        f"{OF}out/schedule.xml", exports.ScheduleXml.as_view(), name="out_schedule_xml"
    ),
    path(
        f"{OF}out/schedule.json",
        exports.ScheduleJson.as_view(),
        name="out_schedule_json",
    ),
    path(f"{OF}out/programme.csv", exports.Csv.as_view(), name="out_csv"),
    path(f"{OF}out/programme.xlsx", exports.Xlsx.as_view(), name="out_xlsx"),
    path(f"{OF}out/programme.json", exports.Json.as_view(), name="out_json"),
    path(f"{OF}matrix/", exports.Matrix.as_view(), name="matrix"),
    path(f"{OF}out/matrix.csv", exports.MatrixCsv.as_view(), name="out_matrix"),
    path(f"{OF}in/", imports.TakeInProgramme.as_view(), name="in"),
    path(
        f"{OF}sessions/<slug:slug>/details/",
        session_details.DescribeSession.as_view(),
        name="session_details",
    ),
    path(
        f"{OF}sessions/<slug:slug>/cancel/",
        cancelling.CancelSession.as_view(),
        name="cancel_session",
    ),
    # Pictures
    path(
        "pictures/speakers/<slug:name>.webp",
        pictures.PhotoFile.as_view(),
        name="photo",
    ),
    path(
        "pictures/sessions/<slug:name>.webp",
        pictures.ImageFile.as_view(),
        name="image",
    ),
    path(
        f"{OF}sessions/<slug:slug>/images/",
        pictures.SessionImages.as_view(),
        name="session_images",
    ),
    path(
        f"{OF}speakers/<slug:slug>/photo/",
        pictures.SpeakerPhoto.as_view(),
        name="set_photo",
    ),
    # Releases
    path(f"{OF}releases/", releases.Releases.as_view(), name="releases"),
    path(f"{OF}releases/<int:number>/", releases.ReleasePage.as_view(), name="release"),
    path(f"{OF}release/", releases.ReleaseNow.as_view(), name="release_now"),
    # Timetable
    path(f"{OF}timetable/rooms/", rooms.Rooms.as_view(), name="plan_rooms"),
    path(f"{OF}rooms/<int:pk>/", rooms.EditRoom.as_view(), name="plan_room"),
    path(f"{OF}timetable/", timetable.Plans.as_view(), name="plans"),
    path(f"{OF}timetable/<int:pk>/", timetable.PlanPage.as_view(), name="plan"),
    path(
        f"{OF}timetable/<int:pk>/change/",
        timetable_changes.ChangePlan.as_view(),
        name="change_plan",
    ),
    path(
        f"{OF}timetable/<int:pk>/remove/",
        timetable_changes.RemovePlan.as_view(),
        name="remove_plan",
    ),
    path(
        f"{OF}timetable/<int:pk>/conflicts/",
        timetable_changes.MoveConflicts.as_view(),
        name="move_conflicts",
    ),
    path(
        f"{OF}timetable/<int:pk>/state/",
        timetable_changes.PlanState.as_view(),
        name="plan_state",
    ),
    # Proposals
    path(f"{OF}proposals/", proposals.ProposalList.as_view(), name="proposals"),
    path(f"{OF}proposals/new/", proposal_work.Propose.as_view(), name="propose"),
    path(f"{OF}proposals/take-in/", proposals.TakeIn.as_view(), name="take_in"),
    path(f"{OF}proposals/alike/", proposals.Alike.as_view(), name="alike"),
    path(f"{ONE}", proposals.ProposalPage.as_view(), name="proposal"),
    path(f"{ONE}edit/", proposal_work.EditProposal.as_view(), name="edit_proposal"),
    path(f"{ONE}withdraw/", proposals.Withdraw.as_view(), name="withdraw_proposal"),
    path(f"{ONE}support/", proposals.Support.as_view(), name="support"),
    path(
        f"{ONE}organisers/",
        proposal_work.NameOrganiser.as_view(),
        name="name_organiser",
    ),
    path(
        f"{ONE}organisers/<int:pk>/",
        proposal_work.AnswerOrganising.as_view(),
        name="answer_organising",
    ),
    path(f"{ONE}panel/", proposal_work.SeatSpeaker.as_view(), name="seat_speaker"),
    path(f"{ONE}panel/<int:pk>/", proposal_work.SeatStep.as_view(), name="seat"),
    path(f"{ONE}merge/", proposal_work.OfferMerge.as_view(), name="offer_merge"),
    path(
        f"{ONE}merge/<int:pk>/",
        proposal_work.AnswerMerge.as_view(),
        name="answer_merge",
    ),
    # Choosing
    path(f"{OF}choosing/", choosing.Choosing.as_view(), name="choosing"),
    path(f"{OF}choosing/what-if/", choosing.WhatIf.as_view(), name="what_if"),
    path(
        f"{OF}choosing/together/",
        deciding.DecideTogether.as_view(),
        name="decide_together",
    ),
    path(
        f"{OF}choosing/runs/<int:pk>/",
        choosing.SharesRunPage.as_view(),
        name="shares_run",
    ),
    path(
        f"{OF}choosing/runs/<int:pk>/ledger.json",
        choosing.Ledger.as_view(),
        name="ledger",
    ),
    path(
        f"{OF}choosing/runs/<int:pk>/accept/",
        deciding.AcceptChosen.as_view(),
        name="accept_chosen",
    ),
    path(f"{OF}choosing/ballots.csv", choosing.Ballots.as_view(), name="ballots"),
    path(f"{OF}choosing/scores/", scores.TakeScoresIn.as_view(), name="take_scores_in"),
    path(f"{OF}criteria/", scores.Criteria.as_view(), name="criteria"),
    path(f"{OF}criteria/open/", scores.OpenCriteria.as_view(), name="open_criteria"),
    path(f"{OF}criteria/new/", scores.SetCriterion.as_view(), name="add_criterion"),
    path(
        f"{OF}criteria/<slug:key>/", scores.SetCriterion.as_view(), name="set_criterion"
    ),
    path(f"{ONE}decide/", deciding.Decide.as_view(), name="decide"),
    path(f"{ONE}place/", deciding.GivePlace.as_view(), name="give_place"),
    path(f"{ONE}appeal/", deciding.AppealDecision.as_view(), name="appeal_decision"),
    path(f"{ONE}scores/", scores.GiveScores.as_view(), name="give_scores"),
    # Settings
    path(f"{OF}settings/", settings.Settings.as_view(), name="settings"),
    path(
        f"{OF}settings/kinds/<slug:code>/", settings.SetKind.as_view(), name="set_kind"
    ),
    path(f"{OF}settings/rights/new/", settings.SetRight.as_view(), name="add_right"),
    path(
        f"{OF}settings/rights/<int:pk>/", settings.SetRight.as_view(), name="set_right"
    ),
    path(f"{OF}settings/series/new/", settings.SetSeries.as_view(), name="add_series"),
    path(
        f"{OF}settings/series/<int:pk>/",
        settings.SetSeries.as_view(),
        name="set_series",
    ),
    # Speakers
    path(f"{OF}speakers/", speakers.SpeakerList.as_view(), name="speakers"),
    path(f"{OF}speakers/me/", speakers.MySpeaking.as_view(), name="my_speaking"),
    path(f"{OF}speakers/key/<str:key>/", speakers.Speaking.as_view(), name="speaking"),
    path(f"{OF}speakers/<slug:slug>/", speakers.SpeakerPage.as_view(), name="speaker"),
]
