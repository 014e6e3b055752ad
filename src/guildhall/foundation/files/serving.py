"""Another name of ``views``."""

from .views import serve

__all__ = ["serve"]
