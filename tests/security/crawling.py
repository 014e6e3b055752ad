"""Going everywhere that a persona can try to go, and reading what came back."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.urls import reverse

from ..access import matrix, targets
from ..access.world import PERSONAS, World, client_of


@dataclass(frozen=True)
class Answer:
    """One answer: where, in which relation, and everything that left the house."""

    name: str
    verb: str
    relation: str
    response: Any
    text: str


def everywhere(world: World, persona: str, verbs: tuple[str, ...] = ("GET",)) -> Iterator[Answer]:
    """Ask for everything as ``persona``; whatever is posted is taken back again."""
    client = client_of(world, persona)
    cookies = client.cookies.output().replace("Set-Cookie: ", "")
    client.get("/healthz")  # the first request of a session keeps that it was seen, and the others need not
    for name, verb, relation, arguments in targets.cells(world, persona):
        if verb not in verbs or arguments is None:
            continue
        client.cookies.clear()
        client.cookies.load(cookies)
        body = targets.body_for(world, name, PERSONAS[persona]) if verb == "POST" else None
        with transaction.atomic(), matrix.refusals_unlogged():
            response = getattr(client, verb.lower())(reverse(name, kwargs=arguments), body)
            found = Answer(name, verb, relation, response, everything_in(response))
            transaction.set_rollback(True)
        yield found


def everything_in(response: Any) -> str:
    """Headers and body as one text; a PDF as the text that a reader sees."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if response.get("Content-Type", "") == "application/pdf":
        return f"{response.headers} {pdf_text(body)}"
    return f"{response.headers} {response.cookies.output()} {body.decode(errors='replace')}"


def pdf_text(content: bytes) -> str:
    import io

    from pypdf import PdfReader

    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
