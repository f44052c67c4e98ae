"""Which texts are about the same: by hand, by property, by meaning."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, log, radians, sin
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from montada.consultation.engine.themes import Group, grouped
from montada.consultation.engine.themes_likeness import Text
from montada.language import queries as language
from montada.language.engine.vectors import Vectors
from montada.language.queries.vectors import vectors_of_each

Labels = tuple[tuple[str, float], ...]


def text(
    words: str,
    *,
    key: str = "",
    tag: str = "en",
    labels: Labels = (),
    decided: str = "",
) -> Text:
    """A text whose terms are its words."""
    return Text(key or words, words, tag, tuple(words.split()), labels, decided)


def at_angles(*degrees: float) -> Vectors:
    turned = [(cos(radians(one)), sin(radians(one))) for one in degrees]
    return np.array(turned, np.float32)


def sets(groups: Sequence[Group], texts: Sequence[Text]) -> set[frozenset[str]]:
    return {frozenset(texts[at].words for at in one.places) for one in groups}


def angle(cosine: float) -> float:
    return float(np.degrees(np.arccos(cosine)))


class TestByHand:
    def test_words_alone_are_weighed_by_their_rarity(self) -> None:
        groups = grouped([text("oasis network"), text("oasis school")])

        # Two texts: "oasis" weighs log(1 + 2/2), a word of one text log(1 + 2/1); the
        # cosine is w² / (w² + v²) = .4805 / (.4805 + 1.2069) = .2847, times 2.5.
        w, v = log(2), log(3)
        assert len(groups) == 1
        assert groups[0].likeness == pytest.approx(2.5 * w**2 / (w**2 + v**2), abs=1e-4)

    @pytest.mark.parametrize(
        ("cosine", "tags", "n_groups"),
        [
            # One language, no word shared: .7 × .6 = .42 is enough, .7 × .55 is not.
            (0.6, ("en", "en"), 1),
            (0.55, ("en", "en"), 2),
            # Two languages: .8 × .55 = .44 is enough, .8 × .45 is not.
            (0.55, ("en", "ar"), 1),
            (0.45, ("en", "ar"), 2),
        ],
    )
    def test_meaning_is_seven_tenths_and_across_languages_eight(
        self, cosine: float, tags: tuple[str, str], n_groups: int
    ) -> None:
        texts = [text(f"word{n}", tag=tag) for n, tag in enumerate(tags)]

        assert len(grouped(texts, at_angles(0, angle(cosine)))) == n_groups

    def test_no_chain_joins_what_has_nothing_in_common(self) -> None:
        texts = [text("a"), text("b"), text("c")]

        # cos 45° × .7 = .49 joins two neighbours; then the third is like the pair by
        # (cos 45° + cos 90°) / 2 × .7 = .25.
        groups = grouped(texts, at_angles(0, 45, 90))

        assert sorted(len(one.places) for one in groups) == [1, 2]

    def test_shared_labels_bring_together_and_others_keep_apart(self) -> None:
        one, other = ("line:C2", 1.0), ("line:C5", 1.0)
        near, nearer = at_angles(0, angle(0.5)), at_angles(0, angle(0.65))

        def n(first: Labels, second: Labels, vectors: Vectors) -> int:
            texts = [text("a", labels=first), text("b", labels=second)]
            return len(grouped(texts, vectors))

        # .7 × .5 = .35, and .1 more for one line; .7 × .65 = .455, and .1 less for two.
        assert (n((one,), (one,), near), n((), (one,), near)) == (1, 2)
        assert (n((one,), (other,), nearer), n((one,), (), nearer)) == (2, 1)

    def test_a_group_has_the_labels_of_half_its_labelled_texts(self) -> None:
        texts = [
            text("a b", key="1", labels=(("goal:9", 0.5), ("line:C2", 1.0))),
            text("a b", key="2", labels=(("line:C2", 0.4),)),
            text("a b", key="3", labels=(("goal:4", 1.0),)),
            text("a b", key="4"),
        ]

        assert [one.labels for one in grouped(texts)] == [("line:C2",)]

    def test_what_people_put_under_one_theme_is_one_and_under_two_are_two(self) -> None:
        texts = [
            text("oasis", decided="Water"),
            text("school", decided="Water"),
            text("oasis", key="x", decided="Networks"),
            text("oasis", key="y"),
        ]

        groups = grouped(texts)

        found = {tuple(sorted(one.places)): one.decided for one in groups}
        assert found in (
            {(0, 1): "Water", (2, 3): "Networks"},
            {(0, 1, 3): "Water", (2,): "Networks"},
        )

    def test_nothing_is_no_group_and_no_words_stay_alone(self) -> None:
        assert grouped([]) == []
        empty = [Text("1", "", "und", ()), Text("2", "🌴", "und", ())]
        assert [one.likeness for one in grouped(empty)] == [1.0, 1.0]

    def test_more_texts_than_are_compared_join_the_themes_of_those(self) -> None:
        topics = ("broadband towers", "school meals", "water wells")
        texts = [
            text(f"{topics[n % 3]} place{n}", decided="Last" if n == 2_999 else "")
            for n in range(3_000)
        ]
        vectors = at_angles(*((0, 120, 240)[n % 3] for n in range(3_000)))

        groups = grouped(texts, vectors)

        assert [len(one.places) for one in groups] == [1_000] * 3
        assert all(len({at % 3 for at in one.places}) == 1 for one in groups)


some_texts = st.lists(
    st.tuples(
        st.lists(st.sampled_from("abcdef"), max_size=4),
        st.sampled_from(["en", "ar"]),
        st.floats(0, 360),
        st.sampled_from(["", "", "", "Water", "Schools"]),
    ),
    max_size=12,
)


class TestByProperty:
    @settings(max_examples=60, deadline=None)
    @given(some_texts, st.booleans(), st.randoms(use_true_random=False))
    def test_every_text_is_in_one_group_whatever_order_and_names(
        self, told: list[tuple[list[str], str, float, str]], knows: bool, order: Random
    ) -> None:
        texts = [
            Text(f"t{n}", f"{n} {' '.join(terms)}", tag, tuple(terms), (), decided)
            for n, (terms, tag, _angle, decided) in enumerate(told)
        ]
        vectors = at_angles(*(one[2] for one in told)) if knows and told else None
        places = list(range(len(texts)))
        order.shuffle(places)
        renamed = [
            Text(f"x{at}", one.words, one.language, one.terms, (), one.decided)
            for at, one in ((at, texts[at]) for at in places)
        ]

        groups = grouped(texts, vectors)
        again = grouped(renamed, None if vectors is None else vectors[places])

        assert sorted(at for one in groups for at in one.places) == list(
            range(len(texts))
        )
        assert sets(groups, texts) == sets(again, renamed)
        assert [one.likeness for one in groups] == [one.likeness for one in again]
        decided = [{texts[at].decided for at in one.places} - {""} for one in groups]
        assert all(len(one) <= 1 for one in decided)


TOPICS = {
    "radio": (
        ("en", "Villages should be allowed to run their own broadband networks."),
        ("en", "License spectrum for broadband networks that villages own."),
        ("ar", "ينبغي السماح للقرى بتشغيل شبكات النطاق العريض الخاصة بها."),
    ),
    "children": (
        ("en", "Children need protection from harm on the internet."),
        ("en", "Protect children from harmful content on the internet."),
        ("ar", "يحتاج الأطفال إلى الحماية من الأذى على الإنترنت."),
    ),
    "alone": (("en", "The canteen closes too early in the evening."),),
}
OPPOSITES = (
    ("en", "The forum should be held in Geneva every year."),
    ("en", "The forum should not be held in Geneva every year."),
)


def read(told: Sequence[tuple[str, str]]) -> tuple[list[Text], Vectors | None]:
    texts = [
        Text(words, words, tag, tuple(language.terms_of(words, tag)))
        for tag, words in told
    ]
    try:
        found = list(vectors_of_each(((w, tag) for tag, w in told), "both"))
    except language.EncoderMissing:
        return texts, None
    return texts, np.stack([one for one in found if one is not None])


class TestByMeaning:
    def test_two_topics_in_two_languages_are_found_and_nothing_is_forced(self) -> None:
        told = [one for topic in TOPICS.values() for one in topic]
        texts, vectors = read(told)
        if vectors is None:
            pytest.skip("no encoder works on this machine")

        assert sets(grouped(texts, vectors), texts) == {
            frozenset(words for _tag, words in topic) for topic in TOPICS.values()
        }

    def test_by_words_alone_languages_do_not_meet(self) -> None:
        texts, _vectors = read([one for topic in TOPICS.values() for one in topic])

        groups = grouped(texts)

        assert all(
            len({texts[at].language for at in one.places}) == 1 for one in groups
        )
        assert sets(groups, texts) >= {
            frozenset(words for _tag, words in TOPICS["alone"])
        }

    def test_opposites_are_about_the_same(self) -> None:
        texts, vectors = read(OPPOSITES)

        (group,) = grouped(texts, vectors)

        # That they say the same is claimed nowhere: a group has no such field.
        assert len(group.places) == 2
