"""Addresses of stocktaking."""

from django.urls import path

from montada.stocktaking.web import (
    compare,
    country,
    drafts,
    exports,
    files,
    imports,
    joining,
    keeping,
    labels,
    life,
    my_projects,
    people,
    saved,
    statistics,
    translating,
    views,
)

app_name = "stocktaking"
urlpatterns = [
    path("", views.ProjectList.as_view(), name="list"),
    path("new/", my_projects.Begin.as_view(), name="begin"),
    path("mine/", my_projects.MyProjects.as_view(), name="mine"),
    path("drafts/<int:pk>/", drafts.Draft.as_view(), name="draft"),
    path("drafts/<int:pk>/read/", drafts.Suggest.as_view(), name="suggest"),
    path("drafts/<int:pk>/files/", files.Files.as_view(), name="files"),
    path("drafts/<int:pk>/discard/", drafts.Discard.as_view(), name="discard"),
    path("drafts/<int:pk>/receipt/", drafts.Receipt.as_view(), name="receipt"),
    path("files/<int:pk>/", files.File.as_view(), name="file"),
    path("compare/", compare.Compare.as_view(), name="compare"),
    path("statistics/", statistics.Statistics.as_view(), name="statistics"),
    path("views/", saved.MyViews.as_view(), name="views"),
    path("views/<slug:key>/", saved.OpenView.as_view(), name="view"),
    path("views/<slug:key>/name/", saved.RenameView.as_view(), name="rename_view"),
    path("views/<slug:key>/delete/", saved.DeleteView.as_view(), name="delete_view"),
    path("waiting/", life.WaitingEntries.as_view(), name="waiting"),
    path("versions/<int:pk>/", life.EntryPage.as_view(), name="version"),
    path("versions/<int:pk>/endorse/", life.Endorse.as_view(), name="endorse"),
    path("versions/<int:pk>/take-back/", life.TakeBack.as_view(), name="take_back"),
    path("versions/<int:pk>/publish/", life.Publish.as_view(), name="publish"),
    path(
        "country/<str:iso3>/", country.CountryEntries.as_view(), name="country_entries"
    ),
    path(
        "country/<str:iso3>/entries.csv",
        country.CountryTable.as_view(),
        name="country_table",
    ),
    path("export/", exports.Export.as_view(), name="export"),
    path("imports/", imports.Imports.as_view(), name="imports"),
    path("imports/<int:pk>/", imports.Import.as_view(), name="import"),
    path("imports/<int:pk>/step/", imports.Step.as_view(), name="import_step"),
    path(
        "imports/<int:pk>/report.xlsx", imports.Report.as_view(), name="import_report"
    ),
    path(
        "imports/<int:pk>/rows/<int:number>/", imports.Mend.as_view(), name="mend_row"
    ),
    path("gaps/", views.Gaps.as_view(), name="gaps"),
    path("suggestions/", labels.Suggestions.as_view(), name="suggestions"),
    path("translations/", translating.MyDesk.as_view(), name="translations"),
    path(
        "translations/<slug:language>/",
        translating.ToTranslate.as_view(),
        name="to_translate",
    ),
    path(
        "translations/<slug:language>/<slug:slug>/",
        translating.Translate.as_view(),
        name="translate",
    ),
    path("<slug:slug>/history/", life.History.as_view(), name="history"),
    path("<slug:slug>/confirm/", life.Confirm.as_view(), name="confirm"),
    path("<slug:slug>/people/", people.Members.as_view(), name="people"),
    path("<slug:slug>/keeping/", keeping.Keeping.as_view(), name="keeping"),
    path("<slug:slug>/edit/", my_projects.Edit.as_view(), name="edit"),
    path("<slug:slug>/join/", joining.Join.as_view(), name="join"),
    path("<slug:slug>/labels/", labels.DecideLabel.as_view(), name="decide"),
]
