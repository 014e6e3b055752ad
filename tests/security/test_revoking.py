"""T4: what was taken away is gone at the next request of an open session: page, file, autosave, post."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from guildhall.people.accounts import services as accounts
from guildhall.people.accounts.models import User
from guildhall.people.membership import services as membership

from ..access.world import LATER, World, client_of, the_world
from ..standing import PASSPHRASE, undone

pytestmark = pytest.mark.django_db


NEW = "moon otter lamp hill"


def set_state(user: User, state: str) -> None:
    User.objects.filter(pk=user.pk).update(state=state)


def end_roles(user: User) -> None:
    for held in user.memberships.filter(ended_at=None):
        membership.end_role(held, by=None, now=LATER)


TAKEN: dict[str, Callable[[User], object]] = {
    "role": end_roles,
    "disabled": lambda user: set_state(user, "disabled"),
    "locked": lambda user: set_state(user, "locked"),
    "consent": lambda user: set_state(user, "withdrawn"),
    "sessions": accounts.end_sessions,
    "password": lambda user: accounts.change_password(
        user, old=PASSPHRASE, new="moon otter lamp hill", now=LATER
    ),
    "two-step": lambda user: accounts.change_two_step(user, method="none", now=LATER),
}


def given(client: Client, url: str) -> int:
    """Ask for a file, and read it to its end where it is given."""
    response = client.get(url)
    if response.streaming:
        assert b"".join(response.streaming_content)
    return int(response.status_code)


def asked_of(world: World, who: str) -> list[Callable[[Client], int]]:
    """A page, a file, a document, an autosave and a post, each as a request of an open session."""
    if who == "parent A":
        mine = world.owned[who]
        script = {"HTTP_X_PAGE": "/forms/"}
        return [
            lambda client: client.get(reverse("filling:summary", args=[mine.draft.pk])).status_code,
            lambda client: given(client, reverse("filling:file", args=[mine.file.pk])),
            lambda client: client.get(reverse("filling:pdf", args=[mine.submission.pk])).status_code,
            lambda client: client.get(reverse("inbox:message", args=[mine.message.pk])).status_code,
            lambda client: (
                client.post(
                    reverse("filling:autosave", args=[mine.draft.pk]), {"place": "child"}, **script
                ).status_code
            ),
            lambda client: (
                client.post(
                    reverse("filling:step", args=[mine.draft.pk, "child"]), {"later": "yes"}, **script
                ).status_code
            ),
        ]
    reference, file = world.cases["send"].reference, world.case_file("send").pk
    record = world.cases["send"].mention.child_id
    return [
        lambda client: client.get(reverse("council:case", args=[reference])).status_code,
        lambda client: given(client, reverse("council:file", args=[reference, file])),
        lambda client: client.get(reverse("council:child", args=[record])).status_code,
        lambda client: client.get(reverse("council:children"), {"q": "Pritchard"}).status_code,
        lambda client: client.post(reverse("council:assign", args=[reference]), {"to": "me"}).status_code,
    ]


@pytest.mark.req("GH-033")
@pytest.mark.parametrize("who", ["parent A", "send officer"])
def test_the_next_request_of_an_open_session_is_refused(who):
    world = the_world()
    person = world.people["parent A" if who == "parent A" else "send"]
    for taken in TAKEN:
        if (who, taken) == ("send officer", "two-step"):
            continue  # the council's staff cannot choose their second step
        with undone():
            _take(world, who, person, taken)


def _take(world: World, who: str, person: User, taken: str) -> None:
    client = client_of(world, who)
    asked = asked_of(world, who)
    assert {ask(client) for ask in asked} <= {200, 302, 409}, taken

    TAKEN[taken](User.objects.get(pk=person.pk))

    refused = {401, 403} if taken == "role" else {302, 401}
    for number, ask in enumerate(asked):
        assert ask(client) in refused, (taken, number)
    if taken != "role":
        assert client.get("/home").url.startswith("/account/sign-in"), taken


def test_an_officer_who_leaves_one_team_loses_its_forms_and_keeps_the_other_s():
    world = the_world()
    officer = world.people["send"]
    membership.give_role(officer, role="early-help-officer", team="early-help", by=None, now=LATER)
    client = client_of(world, "send officer")
    pages = {team: reverse("council:case", args=[case.reference]) for team, case in world.cases.items()}
    assert [client.get(pages[team]).status_code for team in ("send", "early-help")] == [200, 200]

    membership.end_role(officer.memberships.get(team="send"), by=None, now=LATER)

    assert [client.get(pages[team]).status_code for team in ("send", "early-help")] == [404, 200]
