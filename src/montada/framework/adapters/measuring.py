"""
Measurements of labelling: how often it is right, on texts it has not learnt from.

Nothing is chosen by what is measured here: it reports.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from random import Random

import numpy as np

from montada.framework.adapters import label_arrays, label_heads, label_texts
from montada.framework.adapters.label_meaning import meaning_of
from montada.framework.adapters.label_projects import titles_of_prizes
from montada.framework.adapters.label_regression import (
    Seen,
    Tools,
    Trainer,
    evidence_of,
    readings_of,
    seen,
    vocabulary_of,
)
from montada.framework.adapters.label_texts import Example
from montada.framework.adapters.training import language_tools
from montada.framework.engine.label_model import Matrix
from montada.framework.engine.labelling import suggestions
from montada.language.engine.figures import Figure, Measurement
from montada.language.engine.measures import Measured, f1, mean, top_k
from montada.language.engine.text import LANGUAGES

SEED = 1
BENCHMARK = "sdgclassification-benchmark"
_IN_PACKAGE = Path("benchmark/resources/benchmark.csv")


def benchmark_file() -> Path:
    """Return where the package has its texts; a path that is nowhere without it."""
    package = find_spec("sdgclassification")
    for place in (package and package.submodule_search_locations) or ():
        return Path(place) / _IN_PACKAGE
    return Path(BENCHMARK) / _IN_PACKAGE


def goals(folder: Path, _tools: object) -> Iterator[Figure]:
    """
    Measure how often people and labelling agree that a text speaks of a goal.

    As the benchmark does: a text with the goal it was asked about counts as labelled
    where the goal is among those suggested; the mean over the 17 goals.
    """
    yield from agreement_on_goals(label_texts.rows_of(folder / benchmark_file()))


def agreement_on_goals(rows: Iterable[dict[str, str]]) -> Iterator[Figure]:
    """Measure the agreement on some of the benchmark's rows."""
    tools, model = language_tools(), label_arrays.shipped()
    encode = partial(meaning_of, language="en")
    asked: dict[str, list[tuple[bool, bool]]] = {
        code: [] for code in label_texts.goals()
    }
    for row in rows:
        found = suggestions(
            row["text"],
            "en",
            model,
            encode=encode,
            terms_of=tools.terms_of,
            explained=False,
        )
        is_given = row["sdg"] in {label.code for label in found.goals}
        asked[row["sdg"]].append((row["label"] == "True", is_given))
    for name, of_goal in (("accuracy", _accuracy), ("f1", _f1)):
        measured = _mean_over_goals(list(asked.values()), of_goal)
        method = f"arrays as shipped, {model.name}"
        yield Figure(("goals", name), measured, method, Path(BENCHMARK))


Pairs = Sequence[tuple[bool, bool]]
"""What people say, and what labelling says."""


def _accuracy(pairs: Pairs) -> float:
    return mean([one == other for one, other in pairs])


def _f1(pairs: Pairs) -> float:
    return f1(
        sum(one and other for one, other in pairs),
        sum(other and not one for one, other in pairs),
        sum(one and not other for one, other in pairs),
    )


def _mean_over_goals(
    asked: Sequence[Pairs], of_goal: Callable[[Pairs], float]
) -> Measured:
    """Return the mean over goals, with the interval that drawing texts again gives."""
    rng = Random(SEED)

    def drawn() -> float:
        return mean([of_goal(rng.choices(pairs, k=len(pairs))) for pairs in asked])

    draws = sorted(drawn() for _draw in range(1_000))
    n_texts = sum(map(len, asked))
    value = mean([of_goal(pairs) for pairs in asked])
    return Measured(value, draws[25], draws[-26], n_texts)


def goals_arabic(folder: Path, _tools: object) -> Iterator[Figure]:
    """
    Measure how often an Arabic indicator finds its goal without Arabic to learn from.

    Trained again without any Arabic text and without indicators in any language; the
    centre of the Arabic vectors comes from titles without their labels.
    """
    yield from goals_without_arabic(folder, label_texts.public_goods(folder))


def goals_without_arabic(
    folder: Path, public_goods: Iterable[Example]
) -> Iterator[Figure]:
    """Measure it after learning from some of the public goods, which are in English."""
    tools = language_tools()
    others = [language for language in LANGUAGES if language != "ar"]
    examples = [
        *label_texts.un_texts(folder, kinds=("goal", "target"), languages=others),
        *label_texts.own_texts_of_goals(others),
        *public_goods,
    ]
    indicators = list(
        label_texts.un_texts(folder, kinds=("indicator",), languages=("ar",))
    )
    learnt, asked = seen(examples, tools), seen(indicators, tools)
    trainer = Trainer("goal", label_texts.goals(), vocabulary_of(learnt))
    evidence = _evidence(trainer, learnt, asked, tools)
    for k, measured in _found(trainer, asked, evidence):
        path = ("goals_arabic", f"top{k}")
        method = "without Arabic texts and indicators"
        yield Figure(path, measured, method, label_texts.UN_TEXTS)


def action_lines_titles(folder: Path, _tools: object) -> Iterator[Figure]:
    """
    Measure how often the title of a prize finds the line it was entered under.

    Trained in folds, one project's titles together; and without any prize.
    """
    tools = language_tools()
    titles = seen(list(titles_of_prizes(folder, tools.language_of)), tools)
    own = seen([*label_texts.texts_of_lines(), *label_texts.off_topic()], tools)
    codes = label_texts.lines()
    trainer = Trainer("action_line", codes, vocabulary_of(own + titles))
    aside = label_heads.evidence_aside(trainer, own, titles, tools)
    trainer = Trainer("action_line", codes, vocabulary_of(own))
    without = _evidence(trainer, own, titles, tools)
    for branch, evidence, method in (
        ((), aside, "folds by project"),
        (("zero_shot",), without, "without any prize"),
    ):
        for k, measured in _found(trainer, titles, evidence):
            path = ("action_lines_titles", *branch, f"top{k}")
            yield Figure(path, measured, method, label_texts.PRIZES)


def _evidence(trainer: Trainer, learnt: Seen, asked: Seen, tools: Tools) -> Matrix:
    readings = readings_of(asked, trainer.vocabulary, tools)
    return evidence_of(trainer.fitted(learnt), readings)


def _found(
    trainer: Trainer, asked: Seen, evidence: Matrix
) -> Iterator[tuple[int, Measured]]:
    """Yield how often the label of a text is the first, and among the first three."""
    order = np.argsort(-evidence, axis=1, kind="stable").tolist()
    ranked = [[trainer.codes[at] for at in row] for row in order]
    for k in (1, 3):
        yield k, top_k([one.labels[0] for one in asked.examples], ranked, k)


MEASUREMENTS = (
    Measurement("goals", benchmark_file(), goals),
    Measurement("goals_arabic", label_texts.PUBLIC_GOODS, goals_arabic),
    Measurement("action_lines_titles", label_texts.PRIZES, action_lines_titles),
)
