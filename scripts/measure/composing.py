"""Runs inside the portal: times of composing one document, and the memory of composing many."""

import importlib
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

django.setup()

import typst

from guildhall.foundation.documents import Document, Look, Section, fonts, services

_FEW = 20


def a_document(number: int) -> Document:
    """100 questions in 10 tables; ``number`` is in every answer."""
    words = "She finds it hard to follow a lesson and needs help to make friends. "
    sections = [
        Section(
            f"{part}. Part of the form",
            [(f"Question {part}.{q}, as it is asked?", [f"{number}.{q} {words * 2}"]) for q in range(10)],
        )
        for part in range(1, 11)
    ]
    return Document("Request for an assessment", f"SND-2606-{number:08X}", "en", sections)


def bare(document: Document) -> bytes:
    """What the composer comes to, with data that is ready."""
    data: dict[str, Any] = services._data(document) | {"look": services._look(Look())}
    text = json.dumps(data)
    began = time.process_time()
    typst.compile(
        str(services._COMPOSER / "document.typ"),
        root=str(services._COMPOSER),
        font_paths=[str(fonts.folder())],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"document": text},
        pdf_standards=["ua-1"],
        timestamp=0,
    )
    _TIMES["bare"].append(time.process_time() - began)
    return b""


def weasy(document: Document) -> bytes:
    """The same words from HTML by the peer."""
    html = importlib.import_module("weasyprint").HTML
    rows = "".join(
        f"<h2>{section.heading}</h2><table><tr><th>Question</th><th>Answer</th></tr>"
        + "".join(f"<tr><td>{label}</td><td>{'<br>'.join(lines)}</td></tr>" for label, lines in section.rows)
        + "</table>"
        for section in document.sections
    )
    page = f"<html lang=en><title>{document.title}</title><h1>{document.title}</h1>{rows}</html>"
    return bytes(html(string=page).write_pdf(pdf_variant="pdf/ua-1"))


_TIMES: dict[str, list[float]] = {"bare": [], "pdf": [], "word": []}


def timed(name: str, compose: Callable[[Document], bytes], document: Document) -> None:
    began = time.process_time()
    compose(document)
    _TIMES.setdefault(name, []).append(time.process_time() - began)


def memory() -> float:
    """Resident MB of this process (Linux)."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 1e6


def _has_peer() -> bool:
    """Whether WeasyPrint is there, and the libraries of the system that it draws text with."""
    try:
        importlib.import_module("weasyprint")
    except (ImportError, OSError):
        return False
    return True


def main(rounds: int, count: int) -> None:
    # Memory comes first: the peer would be counted as ours.
    early = 0.0
    for number in range(count):
        services.pdf(a_document(number))
        if number + 1 == _FEW:
            early = memory()
    late = memory()
    peer = _has_peer()
    for number in range(count, count + rounds):
        bare(a_document(number))
        timed("pdf", services.pdf, a_document(number + 10_000))
        timed("word", services.word, a_document(number))
        if peer:
            timed("weasyprint", weasy, a_document(number))
    print(json.dumps({"times": _TIMES, "memory": [early, late]}))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
