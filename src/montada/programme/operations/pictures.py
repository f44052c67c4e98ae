"""Photos of speakers and images of sessions: put, replaced, taken away."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from montada.audit import operations as audit
from montada.djangokit import pictures
from montada.djangokit.refusals import Refusal
from montada.language.engine.text import LocalizedText
from montada.programme.models import Session, SessionImage, Speaker
from montada.programme.operations.sessions import SessionCancelled, held_session
from montada.programme.operations.words import LONGEST_LINE, kept_line, kept_text
from montada.programme.queries import may_describe
from montada.programme.queries.pictures import PHOTO_SIDE, may_set_photo

if TYPE_CHECKING:
    from montada.participation.models import Person

LARGEST = 5_000_000
"""Bytes of a picture as it is sent; what is kept has a few thousand."""
MOST_IMAGES = 6
"""Of one session."""
LONGEST_SIDE = 640
"""Points of a session's image."""


class PhotoNotYours(Refusal):
    code = "programme.photo_not_yours"
    message = _(
        "A photo is put and taken away by the speaker, by the secretariat and, where "
        "the speaker has no account, by those who hold the panel."
    )
    status = 403


class ImagesNotYours(Refusal):
    code = "programme.images_not_yours"
    message = _(
        "Images are added and taken away by those who hold the session and by the "
        "secretariat."
    )
    status = 403


class PictureTooLarge(Refusal):
    code = "programme.picture_too_large"
    message = _(
        "“%(name)s” has %(size)s MB; a picture may have %(most)s MB. Send a smaller "
        "one."
    )


class NoPicture(Refusal):
    code = "programme.no_picture"
    message = _("“%(name)s” is no JPEG, PNG or WebP image, whatever its name says.")


class PictureBroken(Refusal):
    code = "programme.picture_broken"
    message = _(
        "The image “%(name)s” cannot be opened. Save it anew and send it again."
    )


class PictureHuge(Refusal):
    code = "programme.picture_huge"
    message = _(
        "The image “%(name)s” has more than %(most)s million points. Send a smaller "
        "one."
    )


class ImageUndescribed(Refusal):
    code = "programme.image_undescribed"
    message = _("Say what the image shows, for those who do not see it.")


class TooManyImages(Refusal):
    code = "programme.too_many_images"
    message = _("A session has at most %(most)s images. Take one away first.")


@transaction.atomic
def set_photo(
    *, speaker: Speaker, file: File[bytes], set_by: Person | None, at: datetime
) -> Speaker:
    """
    Put a speaker's photo, in the place of the one before.

    Nobody (None) is the one who holds the key of a letter to this speaker.

    Raises
    ------
    PhotoNotYours, PictureTooLarge, NoPicture, PictureBroken, PictureHuge
    """
    row = _held_speaker(speaker, set_by)
    picture = _read(file, lambda content: pictures.square(content, PHOTO_SIDE))
    _discard_after(row.photo)
    row.photo.save(_name(), ContentFile(picture.content), save=False)
    row.save(update_fields=["photo"])
    audit.record(action="programme.photo_set", actor=set_by, subject=row, at=at)
    return row


@transaction.atomic
def remove_photo(*, speaker: Speaker, removed_by: Person | None, at: datetime) -> None:
    """
    Take a speaker's photo away; it is gone for good. Without one nothing happens.

    Raises
    ------
    PhotoNotYours
    """
    row = _held_speaker(speaker, removed_by)
    if forget_photo(row):
        row.save(update_fields=["photo"])
        audit.record(
            action="programme.photo_removed", actor=removed_by, subject=row, at=at
        )


def forget_photo(row: Speaker) -> bool:
    """Empty a held row's photo; whoever calls saves it. The file goes afterwards."""
    if not row.photo:
        return False
    _discard_after(row.photo)
    row.photo = ""
    return True


@transaction.atomic
def add_image(
    *,
    session: Session,
    file: File[bytes],
    description: LocalizedText,
    added_by: Person | None,
    at: datetime,
) -> SessionImage:
    """
    Add an image to a session's page.

    Raises
    ------
    ImagesNotYours, SessionCancelled, ImageUndescribed, WordsTooMany, TooManyImages,
    PictureTooLarge, NoPicture, PictureBroken, PictureHuge
    """
    row = _held_session(session, added_by)
    if row.is_cancelled:
        raise SessionCancelled
    said = kept_text(description, longest=LONGEST_LINE)
    if not said:
        raise ImageUndescribed
    if row.images.count() >= MOST_IMAGES:
        raise TooManyImages(most=MOST_IMAGES)
    picture = _read(
        file, lambda content: pictures.within(content, LONGEST_SIDE, LONGEST_SIDE)
    )
    image = SessionImage(
        session=row,
        width=picture.width,
        height=picture.height,
        description=said,
        added_at=at,
    )
    image.file.save(_name(), ContentFile(picture.content))
    _record_image("programme.image_added", image, added_by, at)
    return image


@transaction.atomic
def remove_image(
    *, image: SessionImage, removed_by: Person | None, at: datetime
) -> None:
    """
    Take an image from a session's page; it is gone for good.

    Raises
    ------
    ImagesNotYours
    """
    _held_session(image.session, removed_by)
    _record_image("programme.image_removed", image, removed_by, at)
    _discard_after(image.file)
    image.delete()


def _held_speaker(speaker: Speaker, person: Person | None) -> Speaker:
    row = Speaker.objects.select_for_update().get(pk=speaker.pk)
    if person is not None and not may_set_photo(person, row):
        raise PhotoNotYours
    return row


def _held_session(session: Session, person: Person | None) -> Session:
    row = held_session(session)
    if person is not None and not may_describe(person, row):
        raise ImagesNotYours
    return row


def _read(
    file: File[bytes], write: Callable[[bytes], pictures.Picture]
) -> pictures.Picture:
    name = kept_line((file.name or "")[-100:])
    if file.size > LARGEST:
        size, most = f"{file.size / 1e6:.1f}", LARGEST // 1_000_000
        raise PictureTooLarge(name=name, size=size, most=most)
    try:
        return write(file.read())
    except pictures.NoImage as error:
        raise NoPicture(name=name) from error
    except pictures.ImageBroken as error:
        raise PictureBroken(name=name) from error
    except pictures.ImageTooLarge as error:
        raise PictureHuge(name=name, most=error.most_million) from error


def _name() -> str:
    """Return a name that nobody guesses and nothing had before."""
    return f"{secrets.token_hex(16)}.webp"


def _discard_after(file: Any) -> None:
    """Delete a file from disk once the transaction holds, if there is one."""
    if file:
        stored, storage = str(file.name), file.storage
        transaction.on_commit(lambda: storage.delete(stored))


def _record_image(
    action: str, image: SessionImage, by: Person | None, at: datetime
) -> None:
    audit.record(
        action=action,
        actor=by,
        subject=image.session,
        at=at,
        details={"description": str(image.description)},
    )
