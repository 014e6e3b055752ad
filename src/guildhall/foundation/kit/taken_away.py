"""Files that a page makes for somebody to keep."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

KINDS = {
    "csv": "text/csv; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""Ending of a name → media type."""


def taken_away(content: bytes, kind: str, name: str) -> HttpResponse:
    """``content``, of one of KINDS, as a file that no cache keeps. ``name`` may be the authority's words."""
    ending = f".{kind}"
    headers = {
        "Content-Disposition": str(content_disposition_header(True, name.removesuffix(ending) + ending)),
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store, private",
    }
    return HttpResponse(content, content_type=KINDS[kind], headers=headers)
