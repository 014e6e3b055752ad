"""Packs: complete, resumed where they stopped, with nothing of another child, released by two people."""

import json
import re
import zipfile
from datetime import date, timedelta
from io import BytesIO, StringIO
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command

from guildhall.foundation.audit.models import Entry
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.outbox.worker import drain
from guildhall.paperwork.submissions.models import Submission
from guildhall.people.accounts import services as accounts
from guildhall.people.accounts.models import User
from guildhall.work.cases.models import Case
from guildhall.work.privacy import packing, queries, services, wording
from guildhall.work.privacy.models import Pack, PackPart, Request
from guildhall.work.privacy.registry import PLACES
from guildhall.work.privacy.rules import answer_by
from guildhall.work.privacy.subject import Subject
from tests.standing import NOON, a_parent, a_person, another_parent
from tests.work.cases.scene import a_case

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=1)


def an_auditor(name: str = "dpo") -> User:
    return a_person(f"{name}@council.example.org", role="auditor")


def a_child_in_a_case(mark: str, sender: User) -> Case:
    """A child whose every word is ``mark``-ed, with a form, a message and a record of its own."""
    child = {"forename": f"Fore{mark}", "surname": f"Sur{mark}", "address_lines": (f"1 {mark} Row", "Town")}
    answers = {"NAME": f"Sur{mark}", "WHY": f"Because {mark}"}
    return a_case(sender=sender, child=child, answers=answers, reference=f"SND-{mark}-{uuid4().hex[:6]}")


def a_request(subject: Subject, *, language: str = "en") -> Request:
    return services.open_request(
        subject, received_on=NOON.date(), language=language, by=an_auditor(), now=NOON
    )


def gathered(request: Request) -> Pack:
    pack = request.pack
    while pack.state == Pack.State.GATHERING:
        pack = services.gather(pack, now=LATER, pages=200)
    return pack


def contents(pack: Pack, *, whole: bool = False) -> dict[str, str]:
    to = BytesIO()
    packing.write(pack, to, whole=whole)
    with zipfile.ZipFile(to) as held:
        return {name: held.read(name).decode("utf-8", "replace") for name in held.namelist()}


@pytest.mark.req("GH-048")
def test_a_pack_of_a_child_has_every_kind_of_row_about_it_and_nothing_of_another_child():
    own = a_child_in_a_case("OWNMARK", a_parent())
    a_child_in_a_case("OTHERCHILD", a_parent())
    a_child_in_a_case("STRANGER", another_parent())

    pack = gathered(a_request(Subject("child", own.mention.child_id)))

    page = "".join(contents(pack, whole=True).values())
    assert "SurOWNMARK" in page
    assert "Because OWNMARK" in page
    assert "OTHERCHILD" not in page
    assert "STRANGER" not in page
    models = set(pack.parts.values_list("model", flat=True))
    assert {"children.Child", "linkage.Mention", "submissions.Submission", "cases.Case"} <= models
    assert {"chronology.Entry", "audit.Entry", "linkage.Decision"} <= models


@pytest.mark.req("GH-048")
def test_a_pack_of_an_account_has_what_it_sent_and_nothing_of_another_family():
    mine, theirs = a_parent(), another_parent()
    a_child_in_a_case("OWNMARK", mine)
    a_child_in_a_case("STRANGER", theirs)

    files = contents(gathered(a_request(Subject("user", mine.pk))), whole=True)

    page = "".join(files.values())
    assert "Because OWNMARK" in page
    assert mine.email in page
    assert "STRANGER" not in page
    assert theirs.email not in page
    assert mine.password not in page
    assert {each["model"] for each in json.loads(files["data.json"])} >= {"accounts.User", "cases.Case"}


@pytest.mark.req("GH-048")
def test_what_may_be_about_somebody_else_is_taken_out_unless_the_checker_keeps_it():
    case = a_child_in_a_case("OWNMARK", a_parent())
    pack = gathered(a_request(Subject("child", case.mention.child_id)))
    assert queries.marked_in(pack)["submissions.Submission.answers"] == 1

    services.check_pack(pack, kept=[], by=an_auditor(), now=LATER)
    pack.refresh_from_db()
    without = contents(pack)
    services.check_pack(pack, kept=["submissions.Submission.answers"], by=an_auditor(), now=LATER)
    pack.refresh_from_db()

    assert "Because OWNMARK" not in "".join(without.values())
    assert "about somebody else" in without["index.html"]
    assert "Because OWNMARK" in contents(pack)["data.json"]
    assert str(case.submission.sender) not in contents(pack)["index.html"]


@pytest.mark.req("GH-048")
def test_a_pack_reads_as_sentences_days_and_words_and_names_the_person_themselves():
    mine = a_parent()
    accounts.change_details(mine, changes={"born_on": date(1986, 5, 17)}, by=mine, now=NOON)
    accounts.note_entry(mine, verified=True, now=NOON)

    files = contents(gathered(a_request(Subject("user", mine.pk))))

    page = files["index.html"]
    assert f"{mine} changed the details of account {mine.pk}" in page
    assert "17 May 1986" in page
    assert "1 June 2026, 1pm" in page
    assert "Your account: Answer to a consent statement" in page
    assert "ConsentGiven" not in page
    assert '"born_on": "1986-05-17"' in files["data.json"]
    assert '<th scope="row">Date of birth</th>' in page
    assert not re.search(r'<th scope="row">[a-z]', page), "a name of a column"


@pytest.mark.req("GH-041")
@pytest.mark.req("GH-048")
def test_a_pack_in_welsh_has_welsh_names_of_fields():
    mine = a_parent()
    accounts.change_details(mine, changes={"born_on": date(1986, 5, 17)}, by=mine, now=NOON)

    page = contents(gathered(a_request(Subject("user", mine.pk), language="cy")))["index.html"]

    assert '<th scope="row">Dyddiad geni</th>' in page
    assert "Date of birth" not in page


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"why": ["a", {"b": True}], "none": []}, "Why:\n  – a\n  –\n    b: Yes\nnone:"),
        ("2026-99-99", "2026-99-99"),
        ("2026-02-29T10:00:00Z", "2026-02-29T10:00:00Z"),
        (None, ""),
        (0, "0"),
    ],
)
def test_a_value_of_a_pack_is_written_line_by_line(value: object, words: str):
    assert wording.spoken(value) == words


@pytest.mark.req("GH-048")
def test_whoever_checked_a_pack_does_not_release_it():
    pack = gathered(a_request(Subject("user", a_parent().pk)))
    checker, other = an_auditor(), an_auditor("deputy")
    with pytest.raises(services.NotReady):
        services.release_pack(pack, by=other, now=LATER)
    services.check_pack(pack, kept=[], by=checker, now=LATER)

    with pytest.raises(services.CheckedByYou):
        services.release_pack(pack, by=checker, now=LATER)
    released = services.release_pack(pack, by=other, now=LATER)

    assert released.state == Pack.State.RELEASED
    assert list(
        Entry.objects.filter(verb__startswith="privacy.").order_by("pk").values_list("verb", flat=True)
    ) == ["privacy.request_opened", "privacy.pack_ready", "privacy.pack_checked", "privacy.pack_released"]


@pytest.mark.req("GH-048")
def test_the_worker_gathers_a_pack_and_goes_on_where_it_stopped():
    pack = a_request(Subject("user", a_parent().pk)).pack
    services.gather(pack, now=NOON, pages=1)
    pack.refresh_from_db()
    done, every = queries.progress_of(pack)
    assert 0 < done < every
    before = list(pack.parts.values_list("model", "number"))

    drain(lambda: LATER)

    pack.refresh_from_db()
    assert pack.state == Pack.State.READY
    assert queries.progress_of(pack) == (every, every)
    after = list(pack.parts.values_list("model", "number"))
    assert len(after) == len(set(after))
    assert set(before) <= set(after)


def test_more_rows_than_a_page_are_all_gathered(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("guildhall.work.privacy.gathering.ROWS", 2)
    parent = a_parent()
    for number in range(5):
        a_child_in_a_case(f"MARK{number}", parent)

    pack = gathered(a_request(Subject("user", parent.pk)))

    parts = PackPart.objects.filter(pack=pack, model="submissions.Submission")
    rows = [row["fields"]["id"] for part in parts for row in part.rows]
    assert sorted(rows) == sorted(Submission.objects.values_list("pk", flat=True))


def test_an_officer_who_decided_is_told_of_the_act_without_the_form():
    case = a_child_in_a_case("OWNMARK", a_parent())
    officer = User.objects.get(email="send.officer@council.example.org")

    page = "".join(contents(gathered(a_request(Subject("user", officer.pk))), whole=True).values())

    assert "linkage.Decision" in page
    assert "OWNMARK" not in page
    assert case.mention.child_id


def test_a_pack_goes_when_its_time_is_over():
    pack = gathered(a_request(Subject("user", a_parent().pk)))
    services.check_pack(pack, kept=[], by=an_auditor(), now=LATER)
    services.release_pack(pack, by=an_auditor("deputy"), now=LATER)

    assert services.forget_packs(now=LATER + timedelta(days=13)) == 0
    assert services.forget_packs(now=LATER + timedelta(days=14)) == 1

    pack.refresh_from_db()
    assert pack.state == Pack.State.GONE
    assert not pack.parts.exists()


def test_the_clock_stands_still_while_the_person_is_asked():
    request = a_request(Subject("user", a_parent().pk))
    services.pause_request(request, by=an_auditor(), now=NOON + timedelta(days=3))
    with pytest.raises(services.NotPaused):
        services.pause_request(request, by=an_auditor(), now=NOON + timedelta(days=4))
    request = services.resume_request(request, by=an_auditor(), now=NOON + timedelta(days=8))

    assert request.paused_days == 5
    clock = queries.clock_of(request, date(2026, 6, 10))
    assert clock.due_on == NOON.date() + timedelta(days=33)
    assert answer_by(
        NOON.date(), paused_days=0, paused_on=date(2026, 6, 3), today=date(2026, 6, 5)
    ) == NOON.date() + timedelta(days=30)


@pytest.mark.parametrize(("subject", "day"), [(Subject("user", 987_654), 0), (Subject("child", 5), 0)])
def test_nobody_is_asked_about_who_is_not_there(subject: Subject, day: int):
    with pytest.raises(services.NobodyThere):
        a_request(subject)
    with pytest.raises(Refusal):
        services.open_request(
            Subject("user", a_parent().pk),
            received_on=NOON.date() + timedelta(days=1 + day),
            language="en",
            by=None,
            now=NOON,
        )


@pytest.mark.req("GH-048")
def test_one_command_makes_the_pack(tmp_path: Path):
    out, said = tmp_path / "pack.zip", StringIO()

    call_command("privacy", "pack", "--user", a_parent().email, "--out", str(out), stdout=said)

    assert "rows gathered" in said.getvalue()
    assert zipfile.ZipFile(out).namelist()[:2] == ["index.html", "data.json"]
    assert out.stat().st_mode & 0o077 == 0
    with pytest.raises(CommandError):
        call_command("privacy", "pack", "--user", "nobody@example.org")


def test_secrets_have_reasons():
    assert all(why for place in PLACES.values() for _name, why in place.hidden)
