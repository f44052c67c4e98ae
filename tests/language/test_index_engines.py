"""The computing behind search: nearest, narrowed, fused, marked, names."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from montada.language.engine.folding import folded
from montada.language.engine.fusion import (
    FAVOUR,
    LEAST_MEANING,
    MOST,
    NEAR_WORD,
    ByWords,
    Evidence,
    fused,
)
from montada.language.engine.names import Spelling, Spellings, n_slips, sound_of
from montada.language.engine.narrowing import facet_bits, written_facets
from montada.language.engine.nearest import (
    best_places,
    cosine_of,
    differing,
    nearest_cosines,
    signs_of,
)
from montada.language.engine.snippets import Piece, snippet_of, words_matched
from montada.language.engine.vectors import Vectors, unit

NAMES_OF_ONE = [
    ("Masr", "مصر"),
    ("Khartoum", "الخرطوم"),
    ("Хартум", "الخرطوم"),
    ("Beirut", "بيروت"),
    ("Riyadh", "الرياض"),
    ("Sharm", "شرم"),
    ("Mohammed", "محمد"),
]


def vectors(n: int, seed: int = 1) -> Vectors:
    drawn = np.random.default_rng(seed).standard_normal((n, 384))
    return unit(drawn.astype(np.float32))


class TestNearest:
    def test_signs_estimate_the_angle_by_hand(self) -> None:
        ones = np.ones(64, np.float32)
        half = ones.copy()
        half[:32] = -1
        signs = signs_of(np.stack([ones, -ones, half]))

        # 0, 64 and 32 of 64 signs differ: cos 0, cos π, cos π/2.
        distances = differing(ones, signs)
        assert distances.tolist() == [0, 64, 32]
        np.testing.assert_allclose(cosine_of(distances, 64), [1, -1, 0], atol=1e-6)

    def test_the_nearest_by_sign_are_made_exact(self) -> None:
        texts = vectors(1_000)
        query = unit(texts[7] + 0.5 * vectors(1, seed=2)[0])
        found = nearest_cosines(
            query, signs_of(texts), np.ones(1_000, np.bool_), lambda at: texts[at]
        )

        assert best_places(found, 1).tolist() == [7]
        assert found[7] == pytest.approx(float(texts[7] @ query), abs=1e-6)

    def test_only_what_is_allowed_is_compared_exactly(self) -> None:
        texts = vectors(500)
        allowed = np.zeros(500, np.bool_)
        allowed[[3, 4]] = True
        asked: list[list[int]] = []

        def vectors_at(places: np.ndarray) -> Vectors:
            asked.append(sorted(places.tolist()))
            found: Vectors = texts[places]
            return found

        nearest_cosines(texts[9], signs_of(texts), allowed, vectors_at)

        assert asked == [[3, 4]]

    @given(st.lists(st.sampled_from([0.0, 0.5, 1.0]), max_size=30), st.integers(1, 40))
    def test_the_best_come_first_and_of_equals_the_earlier(
        self, scores: list[float], n: int
    ) -> None:
        found = best_places(np.array(scores), n).tolist()

        assert found == sorted(range(len(scores)), key=lambda i: (-scores[i], i))[:n]


class TestNarrowing:
    rows = ("country:EGY line:C2", "country:SAU line:C2 line:C3", "line:C3", "")

    def test_values_of_one_facet_add_and_facets_narrow_each_other(self) -> None:
        bits = facet_bits(enumerate(self.rows), len(self.rows))

        assert bits.chosen({}).tolist() == [True] * 4
        either = bits.chosen({"country": ["EGY", "SAU"], "line": ["C3"]})
        assert either.tolist() == [False, True, False, False]
        assert bits.chosen({"country": ["TUV"]}).tolist() == [False] * 4

    def test_values_at_some_places(self) -> None:
        bits = facet_bits(enumerate(self.rows), len(self.rows))
        found = bits.values_at(np.array([1, 2]))

        assert {pair: places.tolist() for pair, places in found.items()} == {
            ("country", "SAU"): [0],
            ("line", "C2"): [0],
            ("line", "C3"): [0, 1],
        }

    def test_facets_are_written_in_order_and_once(self) -> None:
        facets = {"line": ("C3", "C2", "C3"), "country": ("EGY",), "goal": ()}

        assert written_facets(facets) == "country:EGY line:C2 line:C3"

    @pytest.mark.parametrize("value", ["", "a b", "a:b", "a\nb"])
    def test_what_could_not_be_read_back_is_refused(self, value: str) -> None:
        with pytest.raises(ValueError, match="not a facet"):
            written_facets({"country": (value,)})


def evidence(n: int, **values: object) -> Evidence:
    usual: dict[str, object] = {
        "allowed": np.ones(n, np.bool_),
        "favoured": np.zeros(n, np.bool_),
    }
    return Evidence(**(usual | values))  # type: ignore[arg-type] # by name


def by_words(*scores: tuple[int, float]) -> ByWords:
    return ByWords(
        np.array([place for place, _s in scores]), np.array([s for _p, s in scores])
    )


class TestFusion:
    def test_words_and_meaning_add_up_by_hand(self) -> None:
        cosines = np.array([0.5, 0.1, 0.1, 0.1], np.float32)
        found = fused(evidence(4, meaning=cosines, words=by_words((0, 0.5), (1, 1.0))))

        # Mean .2, spread .1732: row 0 stands out by 1.732, and has half the words.
        assert found[0] == pytest.approx((1.7320508 + MOST / 2) / (2 * MOST), abs=1e-4)
        assert found[1] == pytest.approx(MOST / (2 * MOST), abs=1e-4)
        assert found[2:].tolist() == [0, 0]

    def test_meaning_alone_finds_from_the_least_on(self) -> None:
        near = np.array([LEAST_MEANING + 0.01, LEAST_MEANING - 0.01, 0.0], np.float32)

        assert (fused(evidence(3, meaning=near)) > 0).tolist() == [True, False, False]

    def test_a_row_without_a_vector_is_found_by_its_words(self) -> None:
        unknown = np.array([np.nan, 0.0], np.float32)
        found = fused(evidence(2, meaning=unknown, words=by_words((0, 0.2))))

        assert found[0] == pytest.approx(0.2 * MOST / (2 * MOST), abs=1e-4)

    def test_a_like_word_counts_by_its_likeness(self) -> None:
        found = fused(evidence(2, near=[by_words((1, 0.8))]))

        assert found[1] == pytest.approx(0.8 * NEAR_WORD / (2 * MOST), abs=1e-4)

    def test_what_is_favoured_comes_first_but_is_not_found_by_that_alone(self) -> None:
        favoured = np.array([False, True, True])
        words = by_words((0, 0.5), (1, 0.5))
        found = fused(evidence(3, favoured=favoured, words=words))

        assert found[1] - found[0] == pytest.approx(FAVOUR / (2 * MOST))
        assert found[2] == 0
        alone = fused(evidence(3, favoured=favoured, favoured_are_found=True))
        assert (alone > 0).tolist() == [False, True, True]

    def test_what_is_named_comes_first_and_what_is_not_allowed_not_at_all(self) -> None:
        found = fused(
            evidence(
                3,
                named=np.array([False, True, True]),
                words=by_words((0, 1.0)),
                allowed=np.array([True, True, False]),
            )
        )

        assert (found[1], found[2]) == (1, 0)
        assert found[0] < 1

    @given(st.lists(st.floats(-1, 1, width=32), min_size=1, max_size=20))
    def test_scores_stay_between_0_and_1(self, cosines: list[float]) -> None:
        found = fused(evidence(len(cosines), meaning=np.array(cosines, np.float32)))

        assert bool(((found >= 0) & (found <= 1)).all())


class TestNames:
    @pytest.mark.parametrize(("one", "other"), NAMES_OF_ONE)
    def test_one_name_sounds_alike_in_two_scripts(self, one: str, other: str) -> None:
        assert sound_of(folded(one)) == sound_of(folded(other)) != ""

    @pytest.mark.parametrize("word", ["", "北京", "🙂", "123", "aeiou", "e"])
    def test_what_has_no_consonants_has_no_sound(self, word: str) -> None:
        assert sound_of(folded(word)) == ""

    def test_long_words_may_have_two_slips_and_short_ones_none(self) -> None:
        words = ("masr", "cairo", "goverment", "2025xx")

        assert [n_slips(word) for word in words] == [0, 1, 2, 0]

    def test_a_misspelt_word_is_put_right_and_a_known_one_left_alone(self) -> None:
        words = spellings("government", "training", "governor", "الحكومة")

        assert near(words, "goverment") == ["government"]
        assert near(words, "gvoernment") == ["government"]
        assert near(words, "training") == []
        assert words.near("goverment", is_known=True) == []

    def test_a_name_is_found_in_the_other_script(self) -> None:
        words = spellings("الخرطوم", "Khartoum", "مصر", "مشروع")

        assert near(words, "Khartoum") == ["الخرطوم"]
        assert near(words, "Masr") == []
        assert [n.text for n in words.near("Masr", is_alone=True)] == ["مصر"]

    def test_a_term_is_named_once(self) -> None:
        words = Spellings(
            Spelling("en", text, text, "govern", "") for text in ("govern", "governs")
        )

        assert near(words, "govenrs") == ["governs"]

    @given(st.text(max_size=30))
    def test_any_word_may_be_asked(self, word: str) -> None:
        assert len(spellings("government", "مصر").near(word)) <= 3


def spellings(*words: str) -> Spellings:
    return Spellings(
        Spelling("en", word.lower(), key := folded(word), key, sound_of(key))
        for word in words
    )


def near(words: Spellings, word: str) -> list[str]:
    return [found.text for found in words.near(word)]


class TestSnippets:
    def test_matches_are_marked_by_their_stems(self) -> None:
        pieces = snippet_of("Training of farmers", "en", {"farmer", "train"})

        assert pieces == (
            Piece("Training", is_match=True),
            Piece(" of "),
            Piece("farmers", is_match=True),
        )
        assert words_matched(pieces) == ("Training", "farmers")

    def test_arabic_and_chinese(self) -> None:
        arabic = snippet_of("وتدريب المزارعين", "ar", {"مزارع"})
        chinese = snippet_of("远程医疗服务", "zh", {"医疗"})

        assert words_matched(arabic) == ("المزارعين",)
        assert chinese == (Piece("远程"), Piece("医疗", True), Piece("服务"))

    def test_a_long_text_is_cut_around_most_of_its_matches(self) -> None:
        text = f"{'word ' * 100}telemedicine for rural health {'more ' * 100}"
        pieces = snippet_of(text, "en", {"telemedicin", "rural"}, length=80)
        shown = "".join(piece.text for piece in pieces)

        assert words_matched(pieces) == ("telemedicine", "rural")
        assert shown.startswith("… word")
        assert shown.endswith(" …")
        assert len(shown) <= 84

    @given(st.text(max_size=200), st.sampled_from(["ar", "en", "zh", "und"]))
    def test_nothing_is_added_and_nothing_moved(self, text: str, language: str) -> None:
        whole = "".join(p.text for p in snippet_of(text, language, {"a"}, length=10**6))

        assert whole == "".join(
            p.text for p in snippet_of(text, language, set(), length=10**6)
        )
