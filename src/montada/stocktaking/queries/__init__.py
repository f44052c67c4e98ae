"""Everything that is read from the stocktaking tables, and in what shape."""

from montada.stocktaking.engine.record import TEXTS as TABLE_TEXTS
from montada.stocktaking.engine.tables.values import FIELDS as TABLE_FIELDS
from montada.stocktaking.queries.cards import ProjectCard, project_cards
from montada.stocktaking.queries.compare import (
    MOST_COMPARED,
    Comparison,
    comparison,
    replication_names,
)
from montada.stocktaking.queries.country import (
    STANDINGS,
    CountryEntry,
    country_entries,
    entries_shown,
    standings_of,
)
from montada.stocktaking.queries.country_table import country_table
from montada.stocktaking.queries.deadlines import Deadline, deadline
from montada.stocktaking.queries.drafts import (
    DifferentPart,
    chosen_labels,
    differences_from,
    objective_choices,
    rows_of,
    unknown_labels,
    unknown_targets,
)
from montada.stocktaking.queries.entries import (
    EntryShown,
    alike,
    entry_shown,
    is_handed_in,
    twins_of,
)
from montada.stocktaking.queries.export_files import (
    EXPORT_FORMATS,
    ExportFormat,
    one_as_file,
)
from montada.stocktaking.queries.exports import outgoing, public_ids, register_state
from montada.stocktaking.queries.facet_labels import Label, facet_labels
from montada.stocktaking.queries.gaps import Gap, gaps
from montada.stocktaking.queries.happenings import News, NewsItem, NewsKind, Scope
from montada.stocktaking.queries.history import ProjectHistory, any_project, history_of
from montada.stocktaking.queries.iati_sentences import sentence_of_refused
from montada.stocktaking.queries.import_sentences import (
    sentence_of_note,
    totals_in_words,
    written_note,
)
from montada.stocktaking.queries.imports import (
    ImportAnswer,
    RefusedRow,
    RowSaid,
    import_answer,
    import_rows,
    import_run,
    import_runs,
    next_refused,
    refused_row,
    rows_said,
    said_of,
    sampled_columns,
)
from montada.stocktaking.queries.label_names import LABEL_PARTS
from montada.stocktaking.queries.labels import (
    DecidedLabel,
    ProjectLabel,
    ProjectLabels,
    draft_suggestions,
    project_label,
    project_labels,
    text_to_label,
    titles_to_read,
)
from montada.stocktaking.queries.listing import (
    FILTERS,
    Narrowed,
    NoSuchFilterValue,
    ProjectListing,
    label_of,
    narrowed,
    project_listing,
)
from montada.stocktaking.queries.news import news, projects_at
from montada.stocktaking.queries.open_data import (
    labels_of,
    labels_written,
    my_open_versions,
    projects_listed,
    published_versions,
    record_written,
)
from montada.stocktaking.queries.problems import PART_NAMES, PURPOSE_NAMES, sentence_of
from montada.stocktaking.queries.project_page import (
    ProjectPage,
    project_page,
    project_pages,
)
from montada.stocktaking.queries.projects import (
    Counts,
    counts,
    project,
    projects_of,
    public_projects,
)
from montada.stocktaking.queries.readiness import (
    PurposeInWords,
    limits_at,
    problems_in,
    purposes_in_words,
    purposes_of,
)
from montada.stocktaking.queries.rules import RegisterAt, register_at
from montada.stocktaking.queries.saved import saved_view, saved_views_of
from montada.stocktaking.queries.similar import (
    SimilarProject,
    similar_projects,
    similar_to,
)
from montada.stocktaking.queries.statistics import Statistics, statistics
from montada.stocktaking.queries.suggestions import (
    Order,
    WaitingLabel,
    drawn_labels,
    waiting_labels,
)
from montada.stocktaking.queries.tables import heads, known_targets, vocabulary
from montada.stocktaking.queries.tallies import Tallies, Tally, tallies
from montada.stocktaking.queries.translating import (
    TRANSLATED,
    TextToTranslate,
    texts_to_translate,
    to_translate,
)
from montada.stocktaking.queries.twins import LikelyTwins, likely_twins
from montada.stocktaking.queries.versions import (
    file,
    file_of,
    is_editable,
    may_edit,
    my_projects,
    newest_versions,
    open_version,
    published_record,
    published_version,
    version,
)
from montada.stocktaking.queries.waiting import (
    KINDS,
    UPDATE_CALLED,
    Waiting,
    called_in_year_of,
    to_endorse,
    to_publish,
    waiting_for,
)

__all__ = [
    "EXPORT_FORMATS",
    "FILTERS",
    "KINDS",
    "LABEL_PARTS",
    "MOST_COMPARED",
    "PART_NAMES",
    "PURPOSE_NAMES",
    "STANDINGS",
    "TABLE_FIELDS",
    "TABLE_TEXTS",
    "TRANSLATED",
    "UPDATE_CALLED",
    "Comparison",
    "CountryEntry",
    "Counts",
    "Deadline",
    "DecidedLabel",
    "DifferentPart",
    "EntryShown",
    "ExportFormat",
    "Gap",
    "ImportAnswer",
    "Label",
    "LikelyTwins",
    "Narrowed",
    "News",
    "NewsItem",
    "NewsKind",
    "NoSuchFilterValue",
    "Order",
    "ProjectCard",
    "ProjectHistory",
    "ProjectLabel",
    "ProjectLabels",
    "ProjectListing",
    "ProjectPage",
    "PurposeInWords",
    "RefusedRow",
    "RegisterAt",
    "RowSaid",
    "Scope",
    "SimilarProject",
    "Statistics",
    "Tallies",
    "Tally",
    "TextToTranslate",
    "Waiting",
    "WaitingLabel",
    "alike",
    "any_project",
    "called_in_year_of",
    "chosen_labels",
    "comparison",
    "country_entries",
    "country_table",
    "counts",
    "deadline",
    "differences_from",
    "draft_suggestions",
    "drawn_labels",
    "entries_shown",
    "entry_shown",
    "facet_labels",
    "file",
    "file_of",
    "gaps",
    "heads",
    "history_of",
    "import_answer",
    "import_rows",
    "import_run",
    "import_runs",
    "is_editable",
    "is_handed_in",
    "known_targets",
    "label_of",
    "labels_of",
    "labels_written",
    "likely_twins",
    "limits_at",
    "may_edit",
    "my_open_versions",
    "my_projects",
    "narrowed",
    "newest_versions",
    "news",
    "next_refused",
    "objective_choices",
    "one_as_file",
    "open_version",
    "outgoing",
    "problems_in",
    "project",
    "project_cards",
    "project_label",
    "project_labels",
    "project_listing",
    "project_page",
    "project_pages",
    "projects_at",
    "projects_listed",
    "projects_of",
    "public_ids",
    "public_projects",
    "published_record",
    "published_version",
    "published_versions",
    "purposes_in_words",
    "purposes_of",
    "record_written",
    "refused_row",
    "register_at",
    "register_state",
    "replication_names",
    "rows_of",
    "rows_said",
    "said_of",
    "sampled_columns",
    "saved_view",
    "saved_views_of",
    "sentence_of",
    "sentence_of_note",
    "sentence_of_refused",
    "similar_projects",
    "similar_to",
    "standings_of",
    "statistics",
    "tallies",
    "text_to_label",
    "texts_to_translate",
    "titles_to_read",
    "to_endorse",
    "to_publish",
    "to_translate",
    "totals_in_words",
    "twins_of",
    "unknown_labels",
    "unknown_targets",
    "version",
    "vocabulary",
    "waiting_for",
    "waiting_labels",
    "written_note",
]
