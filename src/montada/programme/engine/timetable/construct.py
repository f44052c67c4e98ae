"""The first plan: the most constrained session first, each into its cheapest slot."""

from __future__ import annotations

from montada.programme.engine.timetable.board import Board
from montada.programme.engine.timetable.chance import Chance


def construct(board: Board, chance: Chance) -> None:
    """
    Place what can be placed without moving anything.

    What has one choice comes first, then whatever still fits where it was released, so
    that a new plan begins as the old one; the rest by how few choices it has.
    """
    tasks = board.tasks
    order = sorted(
        (n for n, task in enumerate(tasks) if task.n_choices),
        key=lambda n: (tasks[n].n_choices > 1, tasks[n].n_choices, -tasks[n].n_units),
    )
    for number in order:
        released = tasks[number].released
        if tasks[number].n_choices == 1 or released is not None:
            slot = released if tasks[number].n_choices > 1 else _only(board, number)
            if slot is not None and board.is_free(number, slot):
                board.put(number, slot)
    for number in order:
        if board.slots[number] is None:
            found = board.best(number, chance)
            if found is not None:
                board.put(number, found[1])


def _only(board: Board, number: int) -> tuple[int, int]:
    task = board.tasks[number]
    return task.starts.bit_length() - 1, task.rooms[0][1]
