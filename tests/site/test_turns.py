"""A slow line is in nobody's way; those who compute take turns."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable
from io import BytesIO
from typing import Any

from montada.site.turns import SHORT, Turns


def environ(body: Any, length: int, method: str = "POST") -> dict[str, Any]:
    return {
        "CONTENT_LENGTH": str(length),
        "REQUEST_METHOD": method,
        "wsgi.input": body,
    }


def answered(turns: Turns, request: dict[str, Any]) -> Iterable[bytes]:
    return turns(request, lambda *_head: lambda _data: None)


class SlowLine(BytesIO):
    """A body of which the rest comes when somebody lets it."""

    def __init__(self, body: bytes) -> None:
        super().__init__(body)
        self.may_go_on = threading.Event()

    def read(self, size: int | None = -1, /) -> bytes:
        assert self.may_go_on.wait(5)
        return super().read(size)


def test_no_more_than_its_number_are_worked_on_at_once() -> None:
    at_work, most = 0, 0
    counting, both = threading.Lock(), threading.Barrier(2)

    def application(_environ: Any, _start: Any) -> Iterable[bytes]:
        nonlocal at_work, most
        with counting:
            at_work += 1
            most = max(most, at_work)
        both.wait(5)
        with counting:
            at_work -= 1
        return [b"done"]

    turns = Turns(application, at_once=2)
    threads = [
        threading.Thread(target=answered, args=(turns, environ(BytesIO(), 0)))
        for _request in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(5)

    assert (most, at_work) == (2, 0)


def test_a_reader_who_takes_an_answer_slowly_has_no_turn() -> None:
    turns = Turns(lambda _environ, _start: iter([b"a", b"b"]), at_once=1)

    first = iter(answered(turns, environ(BytesIO(), 0)))
    next(first)
    second = list(answered(turns, environ(BytesIO(), 0)))

    assert (second, list(first)) == ([b"a", b"b"], [b"b"])


def test_a_request_that_arrives_slowly_has_no_turn_and_is_read_whole() -> None:
    def application(environ: Any, _start: Any) -> Iterable[bytes]:
        return [environ["wsgi.input"].read()]

    turns, got = Turns(application, at_once=1), list[bytes]()
    form, file = SlowLine(b"x" * 10), SlowLine(b"y" * (SHORT + 1))
    slow = [
        threading.Thread(
            target=lambda body=body, n=n: got.extend(answered(turns, environ(body, n)))
        )
        for body, n in ((form, 10), (file, SHORT + 1))
    ]
    for thread in slow:
        thread.start()
    quick = list(answered(turns, environ(BytesIO(b"z"), 1)))
    form.may_go_on.set()
    file.may_go_on.set()
    for thread in slow:
        thread.join(5)

    assert quick == [b"z"]
    assert sorted(got) == [b"x" * 10, b"y" * (SHORT + 1)]


def test_words_go_before_pages_and_a_page_after_three_of_them() -> None:
    at_work, may_go_on = threading.Event(), threading.Event()
    order = list[str]()

    def application(environ: Any, _start: Any) -> Iterable[bytes]:
        at_work.set()
        assert may_go_on.wait(5)
        order.append(environ["name"])
        return []

    turns = Turns(application, at_once=1)
    asked = ["first", *(f"page {n}" for n in "123"), *(f"vote {n}" for n in "12345")]
    threads = []
    for name in asked:
        method = "PUT" if name.startswith("vote") else "GET"
        request = environ(BytesIO(), 0, method) | {"name": name}
        threads.append(threading.Thread(target=answered, args=(turns, request)))
        threads[-1].start()
        assert at_work.wait(5)
        # Who began later also came later.
        while turns.n_waiting < len(threads) - 1:
            time.sleep(0.001)
    may_go_on.set()
    for thread in threads:
        thread.join(5)

    assert order == [
        "first",
        *("vote 1", "vote 2", "vote 3", "page 1"),
        *("vote 4", "vote 5", "page 2", "page 3"),
    ]
