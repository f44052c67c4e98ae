"""Addresses of consultation."""

from django.urls import path

from montada.consultation.web import (
    drafts,
    life,
    meetings,
    moderation,
    opinion,
    secretariat,
    statements,
    views,
    voting,
)

app_name = "consultation"
urlpatterns = [
    path("", views.Index.as_view(), name="index"),
    path("calls/open/", secretariat.OpenCalls.as_view(), name="open_calls"),
    path("calls/<int:pk>/", views.CallPage.as_view(), name="call"),
    path("calls/<int:pk>/set/", secretariat.EditCall.as_view(), name="set_call"),
    path("calls/<int:pk>/enter/", secretariat.Enter.as_view(), name="enter"),
    path(
        "questions/<int:pk>/", secretariat.EditQuestion.as_view(), name="set_question"
    ),
    path("drafts/<int:pk>/", drafts.Draft.as_view(), name="draft"),
    path("drafts/<int:pk>/read/", drafts.Suggest.as_view(), name="suggest"),
    path("drafts/<int:pk>/discard/", drafts.Discard.as_view(), name="discard"),
    path("drafts/<int:pk>/receipt/", drafts.Receipt.as_view(), name="receipt"),
    path("mine/", views.MyInputs.as_view(), name="mine"),
    path("inputs/", views.Inputs.as_view(), name="inputs"),
    path("inputs.csv", views.inputs_csv, name="inputs_csv"),
    path("inputs.json", views.inputs_json, name="inputs_json"),
    path("inputs/<slug:receipt>/", life.InputPage.as_view(), name="input"),
    path("inputs/<slug:receipt>/decide/", life.Decide.as_view(), name="decide"),
    path("totals/", views.Totals.as_view(), name="totals"),
    path("participation/", meetings.Participation.as_view(), name="participation"),
    path(
        "participation/<slug:axis>/<str:value>/invite/",
        meetings.Invite.as_view(),
        name="invite",
    ),
    path("meetings/", meetings.Meetings.as_view(), name="meetings"),
    path("meetings/new/", meetings.SetMeeting.as_view(), name="add_meeting"),
    path("meetings/<int:pk>/", meetings.MeetingPage.as_view(), name="meeting"),
    path("meetings/<int:pk>/set/", meetings.SetMeeting.as_view(), name="set_meeting"),
    path("waiting/", life.Worklist.as_view(), name="waiting"),
    path("statements/", statements.StatementList.as_view(), name="statements"),
    path("statements/new/", statements.Propose.as_view(), name="propose"),
    path("statements/mine/", statements.MyStatements.as_view(), name="my_statements"),
    path("statements/log/", statements.Log.as_view(), name="statement_log"),
    path("statements/vote/", voting.VotePage.as_view(), name="vote"),
    path("statements/counted-as/", voting.CountedAs.as_view(), name="counted_as"),
    path("statements/queue/", moderation.Queue.as_view(), name="moderation"),
    path("statements/seed/", moderation.AddSeed.as_view(), name="add_seed"),
    path("statements/answers/<int:pk>/", statements.Answer.as_view(), name="answer"),
    path("statements/<int:pk>/", statements.StatementPage.as_view(), name="statement"),
    path(
        "statements/<int:pk>/decide/",
        moderation.Decide.as_view(),
        name="decide_statement",
    ),
    path(
        "statements/<int:pk>/words/",
        statements.Translate.as_view(),
        name="translate_statement",
    ),
    path("opinion/", opinion.Opinion.as_view(), name="opinion"),
    path("opinion/votes.csv", opinion.Votes.as_view(), name="votes_table"),
    path("opinion/comments.csv", opinion.Comments.as_view(), name="comments_table"),
    path(
        "opinion/participants-votes.csv",
        opinion.Participants.as_view(),
        name="participants_table",
    ),
]
