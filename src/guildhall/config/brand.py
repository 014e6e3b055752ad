"""The authority's colour as a style sheet of its own, because no page may hold styles."""

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from guildhall.foundation.access.doors import open_to_all
from guildhall.foundation.authority import queries as authority
from guildhall.foundation.kit.colours import contrast

_DEFAULT = "#1d5b79"


@require_safe
@open_to_all("the colour of the portal")
def brand(_request: HttpRequest, stamp: str) -> HttpResponse:
    """The style sheet for the authority's colour; ``stamp`` changes with it, so browsers may keep it."""
    del stamp
    colour = str(authority.setting("brand.colour"))
    colour = colour if _is_colour(colour) else _DEFAULT
    on_white = colour if contrast(colour, "#ffffff") >= 4.5 else _darker(colour)
    text = "#ffffff" if contrast(colour, "#ffffff") >= 4.5 else "#0b0c0c"
    sheet = (
        f":root{{--gh-brand:{colour};--gh-brand-text:{text};--gh-brand-ink:{on_white};"
        f"--govuk-brand-colour:{on_white}}}"
    )
    return HttpResponse(
        sheet,
        content_type="text/css; charset=utf-8",
        headers={"Cache-Control": "public, max-age=31536000, immutable"},
    )


@require_safe
@open_to_all("the logo of the authority")
def logo(_request: HttpRequest, digest: str) -> HttpResponse:
    """The authority's logo; ``digest`` changes with it, so browsers may keep it."""
    found = authority.picture_content("logo", digest)
    if found is None:
        raise Http404
    headers = {"Cache-Control": "public, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(found[0], content_type=found[1], headers=headers)


def _darker(colour: str) -> str:
    """``colour``, darkened until words in it can be read on white."""
    while contrast(colour, "#ffffff") < 4.5:
        colour = "#" + "".join(f"{int(int(colour[start : start + 2], 16) * 0.92):02x}" for start in (1, 3, 5))
    return colour


def _is_colour(text: str) -> bool:
    return re.fullmatch(r"#[0-9a-fA-F]{6}", text) is not None
