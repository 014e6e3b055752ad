"""The logo at the head of every page."""

import io
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST
from PIL import Image, UnidentifiedImageError

from guildhall.foundation.access.doors import door
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.authority import services
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts.queries import say

LARGEST = 300_000
WIDEST = 2_000
KINDS = {"PNG": "image/png", "JPEG": "image/jpeg"}
Checked = tuple[bytes, str, tuple[int, int]]
NOTHING: Checked = (b"", "", (0, 0))


class NoLogo(Refusal):
    """The file cannot be the logo; the message says why."""


@require_POST
@door(Permission.EDIT_SETTINGS, verified=True)
def logo(request: HttpRequest) -> HttpResponse:
    """Use the picture that was sent, or none when the button said so."""
    try:
        content, kind, size = NOTHING if "remove" in request.POST else checked(request)
    except NoLogo as refusal:
        messages.error(request, refusal.message)
    else:
        now = timezone.now()
        services.change_picture("logo", content=content, kind=kind, size=size, by=request.user, now=now)
        messages.success(
            request, say("administration.Logo_Saved" if content else "administration.Logo_Removed")
        )
    return redirect("administration:setting", "look")


def checked(request: HttpRequest, *, kinds: Iterable[str] = KINDS, words: str = "Logo") -> Checked:
    """The picture in ``logo``, written anew so that nothing else comes with it; its type and its size.

    Raises NoLogo, in the texts that begin with ``words``, for another kind than ``kinds``.
    """
    upload: Any = request.FILES.get("logo")
    if upload is None or not upload.size:
        raise NoLogo(say(f"administration.{words}_Error_None"))
    if upload.size > LARGEST:
        raise NoLogo(say(f"administration.{words}_Error_Large"))
    try:
        with Image.open(upload, formats=list(kinds)) as picture:
            kind = str(picture.format)
            if max(picture.size) > WIDEST:
                raise NoLogo(say(f"administration.{words}_Error_Large"))
            fresh = io.BytesIO()
            picture.convert("RGBA" if kind == "PNG" else "RGB").save(fresh, kind)
            return fresh.getvalue(), KINDS[kind], picture.size
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        raise NoLogo(say(f"administration.{words}_Error_Kind")) from None
