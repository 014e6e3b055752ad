"""What a sign-in reads, by statements whose text is worked out once."""

from functools import cache

from django.db import connection

from guildhall.foundation.kit import statements

from .models import Authenticator, Passkey, User


def account_named(name: str) -> User | None:
    """Whose email address ``name`` is, else whose user name. One statement, also where nobody has it."""
    with connection.cursor() as cursor:
        cursor.execute(_named(), [name.lower(), name])
        found = [_user().row(values) for values in cursor.fetchall()]
    return min(found, key=lambda user: user.email != name.lower(), default=None)


def last_used(user: User) -> dict[str, str]:
    """When an "app" and a "passkey" of ``user`` were used last, else made; without those they have not.

    As the database writes moments: good for telling which is later.
    """
    with connection.cursor() as cursor:
        cursor.execute(_ways(), [user.pk, user.pk])
        return {kind: str(moment) for kind, moment in cursor.fetchall() if moment}


@cache
def _user() -> statements.Columns[User]:
    return statements.Columns(User, alias="person")


@cache
def _named() -> str:
    return f"""
        SELECT {_user().sql} FROM {User._meta.db_table} person
        WHERE person.email = %s OR LOWER(person.user_name) = LOWER(%s)
    """  # noqa: S608 (the names are those of our own models)


@cache
def _ways() -> str:
    return f"""
        SELECT 'app', MAX(COALESCE(used_at, made_at)) FROM {Authenticator._meta.db_table}
        WHERE user_id = %s AND confirmed_at IS NOT NULL
        UNION ALL SELECT 'passkey', MAX(COALESCE(used_at, made_at)) FROM {Passkey._meta.db_table}
        WHERE user_id = %s
    """  # noqa: S608 (the names are those of our own models)
