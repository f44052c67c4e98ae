"""
Everything that can happen at the desk: every write is a function here.

None of it is a decision about the forum, and what somebody reads is nobody else's
matter: no entry is left in the trail. The pages that show it are never kept, since they
are shown to one person.
"""

from montada.desk.operations.digests import Digests, send_digests
from montada.desk.operations.following import (
    NothingToFollow,
    TooMuchFollowed,
    follow,
    follow_kept,
    forget,
    unfollow,
)
from montada.desk.operations.reading import choose_rhythm, mark_read, renew_feed

__all__ = [
    "Digests",
    "NothingToFollow",
    "TooMuchFollowed",
    "choose_rhythm",
    "follow",
    "follow_kept",
    "forget",
    "mark_read",
    "renew_feed",
    "send_digests",
    "unfollow",
]
