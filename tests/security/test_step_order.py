"""T12: whatever is posted in whatever order, a form and its case go only the ways they may."""

import random
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from guildhall.foundation.kit.refusals import Refusal
from guildhall.paperwork.submissions.models import Draft, Submission
from guildhall.records.linkage import services as linkage
from guildhall.work.cases import services as cases
from guildhall.work.cases.models import Case
from guildhall.work.cases.moves import MOVES, Status
from tests.definitions import a_full_draft
from tests.standing import an_officer, come_in
from tests.work.cases.scene import LETTER

pytestmark = pytest.mark.django_db
PLACES = ("child", "parents", "needs", "clinic", "other", "evidence")
FIELDS = {
    "q-child_forename": ("Mali", "Non", "Siwan", ""),
    "q-has_diagnosis": ("no", "no", "yes", "perhaps"),
    "q-diagnosis": ("smuggled",),
    "q-clinic": ("smuggled",),
    "q-year": ("one", "two", "three"),
}


class Journey:
    """A sender who presses anything, and an officer who decides anything, on one form after the other."""

    def __init__(self, client: Client, seed: int) -> None:
        self.chance = random.Random(seed)
        self.client = client
        self.keys = [a_full_draft().key]
        come_in(client, Draft.objects.get().owner)

    def go_on(self) -> None:
        acts = (self.save, self.autosave, self.send, self.delete, self.decide, self.decide)
        self.chance.choice(acts)()

    def save(self) -> None:
        self._post("step", self._draft(), self.chance.choice(PLACES), **self._typed())

    def autosave(self) -> None:
        self._post("autosave", self._draft(), place=self.chance.choice(PLACES), **self._typed())

    def send(self) -> None:
        draft = Draft.objects.order_by("started_at").first()
        right = {"key": draft.key, "revision": draft.revision} if draft else {}
        wrong = {"key": self.chance.choice(self.keys), "revision": 0, "declarations": ["first"]}
        dropped = {name for name in wrong if self.chance.random() < 0.8}
        posted = {"declarations": ["first", "second"]} | right
        posted |= {name: value for name, value in wrong.items() if name not in dropped}
        self._post("send", draft.pk if draft else uuid4(), **posted)
        self.keys.extend(set(Draft.objects.values_list("key", flat=True)) - set(self.keys))

    def delete(self) -> None:
        if self.chance.random() < 0.1:
            self._post("delete", self._draft())

    def decide(self) -> None:
        if not (known := Case.objects.order_by("pk")):
            return
        case = self.chance.choice(list(known))
        if case.mention.state == "waiting":
            linkage.add_child_for(case.mention, by=an_officer(), now=timezone.now())
            case = Case.objects.get(pk=case.pk)
        by_officer = {"by": an_officer(), "now": timezone.now()}
        acts: list[Callable[[], Any]] = [
            lambda: cases.open_first(case, **by_officer),
            lambda: cases.approve(case, LETTER, **by_officer),
            lambda: cases.reject(case, LETTER, **by_officer),
            lambda: cases.request_information(case, LETTER, reopen=True, reason="Other", **by_officer),
            lambda: cases.resubmit_to_matching(case, LETTER, **by_officer),
        ]
        try:
            self.chance.choice(acts)()
        except Refusal:
            return

    def _draft(self) -> Any:
        """A draft that there is, or one that was sent or deleted."""
        known = Draft.objects.order_by("started_at").values_list("pk", flat=True)
        return self.chance.choice([*known, *known, uuid4()])

    def _typed(self) -> dict[str, Any]:
        some = self.chance.sample(sorted(FIELDS), self.chance.randint(0, 2))
        typed = {name: self.chance.choice(FIELDS[name]) for name in some}
        newest = Draft.objects.order_by("started_at").values_list("revision", flat=True).first() or 0
        return typed | {"shown": list(typed), "revision": self.chance.choice([newest, newest, 0, 99])}

    def _post(self, name: str, *parts: Any, **posted: Any) -> None:
        response = self.client.post(reverse(f"filling:{name}", args=parts), posted)
        assert response.status_code in {200, 302, 404, 409, 422}, (name, posted)


@pytest.mark.heavy
@pytest.mark.both
@pytest.mark.req("SP-089", "SP-090", "GH-022")
def test_no_order_of_posts_leads_where_a_form_may_not_go(client):
    journey, sent, states = Journey(client, seed=12), {}, {}

    for _act in range(120):
        journey.go_on()
        for one in Submission.objects.all():
            assert sent.setdefault(one.pk, one.answers) == one.answers, "what was sent has changed"
            hidden = {"DIAGNOSIS", "CLINIC"} & one.answers.keys()
            assert not hidden or one.answers["HAS_DIAGNOSIS"] == "yes", "a hidden answer was sent"
            assert one.answers["CHILD_FORENAME"], "an unfinished form was sent"
        for case in Case.objects.all():
            before = states.get(case.pk, Status.NOT_OPENED)
            assert case.status == before or case.status in MOVES[Status(before)].values(), "no such move"
            states[case.pk] = Status(case.status)
        if not Draft.objects.exists():
            journey.keys.append(a_full_draft().key)

    assert len(sent) > 2, "too little was sent to say anything"
