"""A child as somebody wrote them, frozen: what comparison works on."""

from guildhall.records.children.identity import IDENTIFIERS, Address, Identity, Name, identity_of

__all__ = ["IDENTIFIERS", "Address", "Identity", "Name", "identity_of"]
