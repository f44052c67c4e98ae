"""Records of any shape, for what must hold of every one."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from montada.language.engine.text import LANGUAGES, LocalizedText, TextState, Wording
from montada.stocktaking.choices import Beneficiary, Coverage, EntryType, ProjectStatus
from montada.stocktaking.engine.record import (
    TEXTS,
    Evidence,
    Money,
    Partner,
    Place,
    ProjectRecord,
    Replication,
)

WORDS = st.text(max_size=8)
AMOUNTS = st.none() | st.decimals(
    min_value=0, max_value=10**9, places=2, allow_nan=False
)
DAYS = st.none() | st.dates(date(1990, 1, 1), date(2100, 1, 1))
COUNTRIES = st.sampled_from([None, "EGY", "TUN"])

texts = st.builds(
    LocalizedText,
    st.sampled_from([*LANGUAGES, "und"]),
    st.dictionaries(
        st.sampled_from([*LANGUAGES, "und"]),
        st.builds(Wording, WORDS, st.sampled_from(TextState)),
        max_size=3,
    ),
)

evidence = st.builds(
    Evidence,
    indicator=WORDS,
    baseline=AMOUNTS,
    value=AMOUNTS,
    unit=WORDS,
    measured_on=DAYS,
    source=WORDS,
    file_id=st.none() | st.integers(1, 9),
)
money = st.builds(
    Money,
    budget=AMOUNTS,
    currency=st.sampled_from(["", "EGP"]),
    funded=AMOUNTS,
    own_share=AMOUNTS,
    donors=st.lists(WORDS, max_size=2).map(tuple),
)
places = st.builds(
    Place,
    name=WORDS,
    country_id=COUNTRIES,
    latitude=st.none() | st.floats(-90, 90),
    longitude=st.none() | st.floats(-180, 180),
)


def one_of(choices: type[EntryType | ProjectStatus | Coverage]) -> st.SearchStrategy:
    return st.sampled_from(["", *(choice.value for choice in choices)])


records = st.builds(
    ProjectRecord,
    **{name: texts for name in TEXTS},
    entry_type=one_of(EntryType),
    status=one_of(ProjectStatus),
    coverage=one_of(Coverage),
    beneficiaries=st.lists(st.sampled_from(Beneficiary.values), max_size=2).map(tuple),
    starts_on=DAYS,
    ends_on=DAYS,
    website=WORDS,
    evidence=st.lists(evidence, max_size=2).map(tuple),
    money=money,
    replication=st.builds(Replication, connectivity=WORDS, skills=WORDS),
    partners=st.lists(
        st.builds(Partner, name=WORDS, role=WORDS, country_id=COUNTRIES), max_size=2
    ).map(tuple),
    places=st.lists(places, max_size=2).map(tuple),
)
