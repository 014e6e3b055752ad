"""What a sign-in reads, by statements whose text is worked out once."""

from functools import cache

from django.db import connection

from guildhall.foundation.kit import statements

from .models import Authenticator, Passkey, User


def account_named(name: str) -> User | None:
    """Whose email address ``name`` is, else whose user name.

    Where nobody has it, somebody else is read and forgotten, so that the time tells nothing.
    """
    with connection.cursor() as cursor:
        cursor.execute(_named(), [name.lower(), name, name.lower()])
        found = cursor.fetchone()
    if found is None:
        return None
    *values, is_named = found
    user = _user().row(values)
    return user if is_named else None


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
    table = User._meta.db_table
    return f"""
        WITH named AS (
            SELECT id FROM {table} WHERE email = %s OR LOWER(user_name) = LOWER(%s)
            ORDER BY CASE WHEN email = %s THEN 0 ELSE 1 END LIMIT 1
        )
        SELECT {_user().sql}, EXISTS (SELECT 1 FROM named) FROM {table} person
        WHERE person.id = COALESCE((SELECT id FROM named), (SELECT MIN(id) FROM {table}))
    """  # noqa: S608 (the names are those of our own models)


@cache
def _ways() -> str:
    return f"""
        SELECT 'app', MAX(COALESCE(used_at, made_at)) FROM {Authenticator._meta.db_table}
        WHERE user_id = %s AND confirmed_at IS NOT NULL
        UNION ALL SELECT 'passkey', MAX(COALESCE(used_at, made_at)) FROM {Passkey._meta.db_table}
        WHERE user_id = %s
    """  # noqa: S608 (the names are those of our own models)
