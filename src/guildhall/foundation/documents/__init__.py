"""PDF from plain data; knows no model. ``services.pdf(Document(…))`` is the way in."""

from .document import Document, Section

__all__ = ["Document", "Section"]
