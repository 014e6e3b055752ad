"""What an officer types of an adult."""

from django.http import HttpRequest

from guildhall.foundation.kit.typed import one_line, paragraphs
from guildhall.records.persons.models import Person
from guildhall.records.persons.services import Details


def typed(request: HttpRequest, person: Person | None = None, *, sees_home: bool = True) -> Details:
    """What was posted. An address that the officer may not see stays as it is."""
    data = request.POST
    lines = {name: one_line(data.get(name)) for name in ("forename", "surname", "role", "email", "telephone")}
    address = paragraphs(data.get("address")) if sees_home else person.address if person else ""
    return Details(**lines, address=address)
