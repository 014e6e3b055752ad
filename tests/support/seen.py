"""What a page carries of what it showed, so that a change by somebody else meanwhile is noticed."""

import re


def seen_on(page: str) -> dict[str, str]:
    """The field of the page ``page``, to post it with what is typed."""
    found = re.search(r'name="seen" value="([^"]*)"', page)
    assert found, "the page carries nothing of what it showed"
    return {"seen": found[1]}


def seen_at(client, address: str) -> dict[str, str]:
    """The same of the page at ``address``, opened now."""
    return seen_on(client.get(address).text)
