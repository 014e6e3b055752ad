"""PDF and Word from plain data; knows no model. ``services.pdf(Document(…))`` and ``word`` are the way in."""

from .document import Document, Look, Section

__all__ = ["Document", "Look", "Section"]
