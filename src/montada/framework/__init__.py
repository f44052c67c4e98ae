"""
Action lines, goals, targets, the matrix and the countries: the forum's vocabulary.

(The framework of goals, as the UN uses the word; not a web framework.)
"""
