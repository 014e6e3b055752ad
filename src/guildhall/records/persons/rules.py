"""Who may see what of a person, and what makes an account look like theirs. Pure."""

from collections.abc import Iterable

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.access.permissions import Permission
from guildhall.people.accounts.models import User
from guildhall.records.children.folding import key, words
from guildhall.records.children.models import Child

from .models import Person


def may_see_persons(holder: Holder) -> bool:
    return holder.may(Permission.READ_CHILDREN)


def may_see_home(children: Iterable[Child], holder: Holder) -> bool:
    """Where an adult lives tells where the child lives: with one restricted child it is for safeguarding."""
    return holder.may(Permission.READ_RESTRICTED) or not any(child.restricted for child in children)


def name_key(forename: str, surname: str) -> str:
    """A name as persons are found by it, in whichever order of given and family name it is compared."""
    return " ".join(words(f"{forename} {surname}"))[:201]


def email_key(email: str) -> str:
    """An address as it is compared."""
    return email.strip().casefold()[:254]


def same_email(person: Person, user: User) -> bool:
    return bool(person.email_key) and person.email_key == email_key(user.email or "")


def same_name(person: Person, user: User) -> bool:
    """Whether forename and surname agree, apart from case, marks and hyphens."""
    return (key(person.forename), key(person.surname)) == (key(user.forename), key(user.surname))
