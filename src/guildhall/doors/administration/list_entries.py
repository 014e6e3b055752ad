"""What the page of an entry of any list does with it, beside saving what was typed."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from guildhall.foundation.lists import services as lists
from guildhall.foundation.lists.models import Entry
from guildhall.people.accounts.asking import who


def acted(request: HttpRequest, entry: Entry) -> bool:
    """Move, retire or bring back ``entry`` where that button was pressed; whether one was."""
    acting: dict[str, Any] = {"by": who(request), "now": timezone.now()}
    match request.POST.get("act"):
        case "retire":
            lists.retire_entry(entry, **acting)
        case "back":
            lists.bring_back_entry(entry, **acting)
        case "up" | "down" as way:
            lists.move_entry(entry, up=way == "up", **acting)
        case _:
            return False
    return True
