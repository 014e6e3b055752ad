"""Publishing what was built: at once, planned, taken back, and an older version again."""

from datetime import timedelta

import pytest

from guildhall.foundation.outbox.models import Task
from guildhall.paperwork.forms import queries, services, tasks
from guildhall.paperwork.forms.definition import DefinitionError
from guildhall.paperwork.forms.models import FormVersion, Publication
from guildhall.paperwork.forms.services import releasing

from ...definitions import every_kind
from ...standing import NOON, an_administrator

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=2)


def built(**changes):
    return services.start_working("EVERY-KIND", content=every_kind(**changes), by=None, now=NOON)


def plan(working, **more):
    return releasing.plan_publication(
        working,
        **({"revision": working.revision, "note": "", "due_at": LATER, "by": None, "now": NOON} | more),
    )


def test_what_is_built_is_published_with_who_when_and_why():
    by = an_administrator()
    version = releasing.publish_working(built(), revision=0, note="Shorter", by=by, now=NOON)
    assert queries.live_version("EVERY-KIND") == version
    asked = version.publications.get()
    assert (asked.note, asked.asked_by, asked.asked_at) == ("Shorter", by, NOON)
    assert queries.working_form("EVERY-KIND").based_on == version


def test_a_form_that_somebody_changed_meanwhile_is_not_published():
    working = built()
    services.change_working(working, content=every_kind(subtitle=None), revision=0, by=None, now=NOON)
    with pytest.raises(services.BuiltMeanwhile):
        releasing.publish_working(working, revision=0, note="", by=None, now=NOON)
    assert not FormVersion.objects.exists()


@pytest.mark.req("SP-129")
def test_a_form_for_internal_use_is_never_published():
    working = services.start_working("EVERY-KIND", content=every_kind(), by=None, now=NOON, internal=True)
    for act in (releasing.publish_working, releasing.plan_publication):
        more = {"due_at": LATER} if act is releasing.plan_publication else {}
        with pytest.raises(releasing.CannotPublish):
            act(working, revision=0, note="", by=None, now=NOON, **more)
    assert queries.offered() == []


def test_a_form_with_errors_is_neither_published_nor_planned():
    working = built(groups=[])
    with pytest.raises(DefinitionError):
        releasing.publish_working(working, revision=0, note="", by=None, now=NOON)
    with pytest.raises(DefinitionError):
        plan(working)
    assert not Publication.objects.exists()


def test_a_planned_publication_comes_at_its_moment_and_once():
    working = built()
    planned = plan(working)
    assert queries.live_version("EVERY-KIND") is None
    task = Task.objects.get(kind="form-publish")
    assert task.due_at == LATER
    services.change_working(
        working, content=every_kind(title={"en": "Later", "cy": "Wedyn"}), revision=0, by=None, now=NOON
    )

    for _ in range(2):
        tasks.publish(task.payload, task_key=task.key, now=LATER)

    version = FormVersion.objects.get()
    assert version.definition == planned.content == every_kind()


def test_a_publication_that_was_taken_back_never_comes():
    planned = plan(built())
    releasing.cancel_publication(planned, by=None, now=NOON)
    tasks.publish({"id": planned.pk}, task_key="k", now=LATER)
    assert not FormVersion.objects.exists()
    assert plan(queries.working_form("EVERY-KIND"))


def test_one_publication_waits_at_a_time_and_not_for_the_past():
    working = built()
    with pytest.raises(releasing.CannotPublish):
        plan(working, due_at=NOON)
    plan(working)
    with pytest.raises(releasing.CannotPublish):
        plan(working)


def test_an_older_version_is_published_again_as_a_new_one():
    first = services.publish(every_kind(), by=None, now=NOON)
    services.publish(every_kind(subtitle={"en": "New", "cy": "Newydd"}), by=None, now=NOON)
    again = releasing.publish_again(first, note="Back", by=None, now=LATER)
    assert (again.number, again.definition) == (3, first.definition)
    assert queries.live_version("EVERY-KIND") == again
