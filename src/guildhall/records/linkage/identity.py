"""A child as somebody wrote them, frozen: what comparison works on."""

from guildhall.records.children.identity import Address, Identity, Name, identity_of

__all__ = ["Address", "Identity", "Name", "identity_of"]
