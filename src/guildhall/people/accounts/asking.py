"""Who asks: the person behind a request."""

from django.http import HttpRequest

from .models import User


def who(request: HttpRequest) -> User:
    """Whoever passed a door is signed in."""
    assert isinstance(request.user, User)
    return request.user
