"""Polis' own measures, to compare with what Polis published."""

from __future__ import annotations

import numpy as np

from montada.consultation.engine.routing import BOOST, HALVED_AFTER
from montada.consultation.engine.tallies import Tally
from montada.consultation.engine.votes import FloatArray


def group_informed_consensus(counts: Tally) -> FloatArray:
    """
    Return the product of smoothed agreements, (n_statements,).

    (agree + 1) / (seen + 2) of each group (conversation.clj, `group-aware-consensus`).
    """
    result: FloatArray = np.prod((counts.agree + 1) / (counts.seen + 2), axis=0)
    return result


def polis_priority(counts: Tally, extremity: FloatArray) -> FloatArray:
    """
    Return the weight of each statement, (n_statements,), whoever asks.

    ((1 - p) · (E + 1) · a · (1 + 8 · 2^(-S/5)))², p and a the smoothed shares of passes
    and agreement, E the extremity, S the views (conversation.clj, `priority-metric`).
    """
    seen = counts.seen.sum(axis=0)
    agreed = (counts.agree.sum(axis=0) + 1) / (seen + 2)
    passed = (counts.passed.sum(axis=0) + 1) / (seen + 2)
    boost = 1 + BOOST * 2.0 ** (-seen / HALVED_AFTER)
    weights: FloatArray = (1 - passed) * (extremity + 1) * agreed * boost
    return weights**2
