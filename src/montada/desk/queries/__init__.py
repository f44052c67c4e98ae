"""Everything that is read for the desk, and in what shape."""

from montada.desk.queries.countries import (
    CountryList,
    CountryPage,
    CountryRow,
    Excerpt,
    Letter,
    code_meant,
    country_list,
    country_page,
    heading_of,
    letters_of,
)
from montada.desk.queries.follows import (
    MOST_FOLLOWS,
    Followed,
    follows_of,
    is_following,
    key_to_follow,
    name_of,
)
from montada.desk.queries.news import (
    N_ON_PAGE,
    WhatIsNew,
    news_at,
    news_for_digest,
    news_of,
    what_is_new,
)
from montada.desk.queries.readings import (
    feed_key,
    person_of_feed,
    reading_of,
    readings_due,
)
from montada.desk.queries.tasks import Task, tasks_of

__all__ = [
    "MOST_FOLLOWS",
    "N_ON_PAGE",
    "CountryList",
    "CountryPage",
    "CountryRow",
    "Excerpt",
    "Followed",
    "Letter",
    "Task",
    "WhatIsNew",
    "code_meant",
    "country_list",
    "country_page",
    "feed_key",
    "follows_of",
    "heading_of",
    "is_following",
    "key_to_follow",
    "letters_of",
    "name_of",
    "news_at",
    "news_for_digest",
    "news_of",
    "person_of_feed",
    "reading_of",
    "readings_due",
    "tasks_of",
    "what_is_new",
]
