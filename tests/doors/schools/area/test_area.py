"""Our School Area: what is personal to a school on one page, as far as each person may see it."""

import re
from datetime import time
from uuid import uuid4

import pytest
from django.utils import timezone

from guildhall.people.calendars import services as calendars
from guildhall.people.calendars.models import Closure, ClosureReason
from guildhall.people.responsibilities import queries
from guildhall.people.responsibilities import services as responsibilities
from guildhall.people.responsibilities.models import Responsibility
from guildhall.people.schoolsite import services as site
from guildhall.people.schoolsite.first import FOLDER_GUIDES

from ....mail.post.scene import posted
from ....people.membership.schools import a_place, a_supervisor, another_school, holder
from ....standing import NOON, come_in
from ....work.schoolfolder.scene import READ, a_document, let

pytestmark = pytest.mark.django_db
AREA = "/schools/area/"
EVERYBODYS = [
    *("School details", "Users and responsibilities", "Calendar and session times", "Closures"),
    *("My School Folder", "Actions and returns due", "Cases"),
]
SESSIONS = (
    *(("morning", "from", 9), ("morning", "until", 12)),
    *(("afternoon", "from", 13), ("afternoon", "until", 15)),
)
MEALS = "Pupils Eligible for Free School Meals"


def titles(page):
    return re.findall(r'govuk-summary-card__title" id="[^"]+">([^<]+)</h2>', page)


def part(page, title):
    """One part of the page, without its markup."""
    after = page.split(f">{title}</h2>")[1].split("</section>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", after).split())


@pytest.mark.req("SC-074", "SC-075")
def test_the_area_brings_a_schools_own_things_together_with_a_guide_and_each_person_sees_their_part(client):
    elen, ffion = a_place("elen@ysgol.example.org"), a_supervisor("ffion@other.example.org", another_school())
    a_document()
    a_document("Theirs", by=ffion)
    come_in(client, elen.user)
    page = client.get(AREA).text
    assert titles(page) == EVERYBODYS
    guide = page.split('id="area-holds"')[1].split("</nav>")[0]
    assert re.findall(r'href="#area-\w+">([^<]+)</a>', guide) == EVERYBODYS
    assert "has not given you access" in part(page, "My School Folder")
    assert "Change Access" not in page
    assert "Sian Rowlands" in part(page, "Users and responsibilities")
    for address in re.findall(r'href="(/schools/[^"#?]+)"', page.split("gh-columns")[1].split("</main>")[0]):
        assert client.get(address).status_code in ({403} if address == "/schools/folder/" else {200}), address

    let(elen, READ)
    catering = Responsibility.objects.get(name__en="Catering")
    sian = a_supervisor()
    responsibilities.assign(
        elen,
        levels={catering.pk: "interested"},
        seen=queries.stamp_of({}),
        holder=holder(sian),
        by=sian.user,
        now=NOON,
    )
    posted("Catering", wants_file=True)
    hours = {f"{half}_{end}": time(hour) for half, end, hour in SESSIONS}
    calendars.set_times(elen.school, times=hours, by=sian.user, now=NOON)
    today = timezone.localdate()
    Closure.objects.create(
        key=uuid4(),
        school=elen.school,
        reason=ClosureReason.objects.get_or_create(name={"en": "Snow", "cy": "Eira"})[0],
        first_on=today,
        last_on=today,
        sessions=2,
        reported_by=sian.user,
        reported_at=NOON,
    )
    page = client.get(AREA).text
    assert titles(page) == [*EVERYBODYS[:5], MEALS, *EVERYBODYS[5:]]
    assert "Morning session: 09:00–12:00" in part(page, "Calendar and session times")
    assert f"Closed today: Yes, until {today.day} {today:%B %Y}" in part(page, "Closures")
    assert "Actions or files still to come from your school: 1" in part(page, "Actions and returns due")
    assert "Documents: 1" in part(page, "My School Folder")
    assert "Pupils on the list: 0" in part(page, MEALS)


@pytest.mark.req("SC-122")
def test_the_guides_to_the_folder_and_to_the_area_open_from_their_screens_and_are_found_by_what_they_say(
    client,
):
    come_in(client, a_supervisor().user)
    to_folder, to_area = (site.add_entry(guide, by=None, now=NOON) for guide in FOLDER_GUIDES)
    screens = ("/schools/folder/", "/schools/folder/add", "/schools/account-management/folder-access")
    for path, guide in ((AREA, to_area), *((screen, to_folder) for screen in screens)):
        assert f'href="/schools/pages/{guide.pk}/"' in client.get(path).text.split("<h1")[0], path
    found = client.get("/schools/help/", {"help": "older versions"}).text
    assert f'"/schools/pages/{to_folder.pk}/"' in found
    assert f'"/schools/pages/{to_area.pk}/"' not in found
    for guide in FOLDER_GUIDES:
        assert guide["words"]["en"].count("**") == guide["words"]["cy"].count("**") > 0
