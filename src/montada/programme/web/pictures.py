"""Photos of speakers and images of sessions: put, taken away, sent to readers."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views import View

from montada.djangokit.refusals import Refusal
from montada.language.fields import LocalizedTextFormField
from montada.programme import operations, queries
from montada.programme.queries import pictures
from montada.programme.web.asking import found_edition, of_edition


def picture_field(label: Any, help_text: Any) -> forms.FileField:
    """Return a field for one picture; what is wrong with it the operation says."""
    widget = forms.FileInput({"accept": "image/jpeg,image/png,image/webp"})
    return forms.FileField(
        label=label, help_text=help_text, allow_empty_file=True, widget=widget
    )


class PhotoForm(forms.Form):
    photo = picture_field(
        _("Photo"),
        _(
            "JPEG, PNG or WebP of at most 5 MB. A small square is kept of it, without "
            "what the camera wrote into it, and everybody sees it."
        ),
    )


class ImageForm(forms.Form):
    image = picture_field(
        _("Image"),
        _(
            "JPEG, PNG or WebP of at most 5 MB. It is kept small, so that it comes "
            "over a slow line too, and without what the camera wrote into it."
        ),
    )
    description = LocalizedTextFormField(
        label=_("What it shows"),
        help_text=_("It is read out to those who do not see it."),
    )


class PictureSteps(LoginRequiredMixin, View):
    """
    A page with a form that sends a picture, and buttons that take one away.

    Subclasses find what it is of, or raise `Http404`, and write the two operations.
    """

    template_name: ClassVar[str]
    form_class: ClassVar[type[forms.Form]]
    added: ClassVar[Any]
    removed: ClassVar[Any]

    def find(self) -> None:
        raise NotImplementedError

    def add(self, cleaned: dict[str, Any]) -> Any:
        raise NotImplementedError

    def remove(self, name: str) -> Any:
        raise NotImplementedError

    def shown(self) -> dict[str, Any]:
        raise NotImplementedError

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        self.person: Any = request.user
        self.edition = found_edition(kwargs["edition"])
        self.find()
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._page(self.form_class())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        is_removal = "remove" in request.POST
        form = self.form_class(*(() if is_removal else (request.POST, request.FILES)))
        if not is_removal and not form.is_valid():
            return self._page(form, 422)
        try:
            if is_removal:
                self.remove(request.POST["remove"])
            else:
                self.add(form.cleaned_data)
        except Refusal as refusal:
            if is_removal:
                messages.error(request, str(refusal))
            else:
                form.add_error(None, str(refusal))
            return self._page(form, refusal.status)
        messages.success(request, str(self.removed if is_removal else self.added))
        return redirect(request.path)

    def _page(self, form: forms.Form, status: int = 200) -> HttpResponse:
        shown = {
            **of_edition(self.edition),
            "form": form,
            **self.shown(),
        }
        return render(self.request, self.template_name, shown, status=status)


class SpeakerPhoto(PictureSteps):
    template_name = "programme/set_photo.html"
    form_class = PhotoForm
    added = _("The photo is on the profile.")
    removed = _("The photo is taken away.")

    def find(self) -> None:
        found = pictures.speaker_of_edition(self.edition, self.kwargs["slug"])
        if found is None or not pictures.may_set_photo(self.person, found):
            raise Http404(_now("There is no such speaker."))
        self.speaker = found

    def add(self, cleaned: dict[str, Any]) -> Any:
        return operations.set_photo(
            speaker=self.speaker,
            file=cleaned["photo"],
            set_by=self.person,
            at=timezone.now(),
        )

    def remove(self, name: str) -> Any:
        operations.remove_photo(
            speaker=self.speaker, removed_by=self.person, at=timezone.now()
        )

    def shown(self) -> dict[str, Any]:
        return {
            "speaker": self.speaker,
            "is_announced": bool(queries.seats_of(self.speaker, self.edition)[0]),
        }


class SessionImages(PictureSteps):
    template_name = "programme/session_images.html"
    form_class = ImageForm
    added = _("The image is on the session's page.")
    removed = _("The image is taken away.")

    def find(self) -> None:
        found = queries.session(self.kwargs["slug"])
        is_planned = found is not None and found.kind_id is not None
        if found is None or found.edition != self.edition or not is_planned:
            raise Http404(_now("There is no such session."))
        if not queries.may_describe(self.person, found):
            raise PermissionDenied
        self.session: Any = found

    def add(self, cleaned: dict[str, Any]) -> Any:
        return operations.add_image(
            session=self.session,
            file=cleaned["image"],
            description=cleaned["description"],
            added_by=self.person,
            at=timezone.now(),
        )

    def remove(self, name: str) -> Any:
        images = self.session.images.all()
        image = next((one for one in images if str(one.pk) == name), None)
        if image is None:
            raise Http404(_now("There is no such image."))
        return operations.remove_image(
            image=image, removed_by=self.person, at=timezone.now()
        )

    def shown(self) -> dict[str, Any]:
        images = list(self.session.images.all())
        is_full = len(images) >= operations.MOST_IMAGES
        return {"session": self.session, "images": images, "is_full": is_full}


class PictureFile(View):
    """Sends a picture to who may see it; nothing in it runs on our pages."""

    def find(self, name: str) -> Any:
        raise NotImplementedError

    def get(self, request: HttpRequest, name: str) -> FileResponse:
        file = self.find(name)
        if file is None:
            raise Http404(_now("There is no such image."))
        try:
            opened = file.open()
        except FileNotFoundError:
            raise Http404(_now("There is no such image.")) from None
        response = FileResponse(opened, content_type="image/webp")
        response["Content-Security-Policy"] = "default-src 'none'; sandbox"
        response["X-Content-Type-Options"] = "nosniff"
        # Another picture has another name.
        response["Cache-Control"] = "private, max-age=604800, immutable"
        return response


class PhotoFile(PictureFile):
    def find(self, name: str) -> Any:
        return pictures.photo(name, self.request.user)


class ImageFile(PictureFile):
    def find(self, name: str) -> Any:
        return pictures.image(name, self.request.user)
