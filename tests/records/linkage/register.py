"""Many records at once, as the room of children writes them one by one."""

from guildhall.records.children.identity import Identity
from guildhall.records.children.keys import also_keys, set_keys
from guildhall.records.children.models import AlsoKey, Child


def fill(identities: list[Identity], now) -> list[Child]:
    """One record for each of ``identities``, in their order."""
    children = [child_of(who, now) for who in identities]
    for child in children:
        set_keys(child)
    Child.objects.bulk_create(children, batch_size=500)
    keys = [
        AlsoKey(child=child, kind=kind, value=value) for child in children for kind, value in also_keys(child)
    ]
    AlsoKey.objects.bulk_create(keys, batch_size=500)
    return children


def child_of(who: Identity, now) -> Child:
    """``who`` as a record that is not saved and has no keys yet."""
    *lines, town = who.address_lines or ("", "")
    return Child(
        forename=who.forename,
        midname=who.midname,
        surname=who.surname,
        born_on=who.born_on,
        gender=who.gender,
        address={"lines": lines, "town": town, "postcode": who.postcode},
        postcode=who.postcode,
        upn=who.upn,
        nhs_number=who.nhs_number,
        uln=who.uln,
        other_names=[{"forename": "", "midname": "", "surname": who.former_surname, "kind": "former"}]
        if who.former_surname
        else [],
        added_at=now,
        updated_at=now,
    )
