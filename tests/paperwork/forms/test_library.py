"""The forms that come with the portal: what they ask, in which words, and when."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

import pytest
from django.utils import translation

from guildhall.paperwork.forms import queries, services, steps
from guildhall.paperwork.forms.definition import Definition, Question, Words, parse
from guildhall.paperwork.forms.kinds.base import Entry
from guildhall.paperwork.forms.kinds.table import KINDS
from guildhall.paperwork.forms.library_files import library_paths, read_definition
from guildhall.paperwork.forms.walk import Walk

from ...standing import NOON

TODAY = date(2026, 6, 1)
CODES = ["EARLYHELP-PRO", "EHCNA-PARENT", "EHCNA-YOUNG", "SAFEGUARDING-PRO"]
OTHERS = {
    "ADVICE-CARE": ("professional", "professional", "send-professional"),
    "ADVICE-EDUCATION": ("professional", "professional", "send-professional"),
    "ADVICE-HEALTH": ("professional", "professional", "send-professional"),
    "ADVICE-PSYCHOLOGY": ("professional", "professional", "send-professional"),
    "EHCNA-PRO": ("professional", "professional", "send-professional"),
    "REVIEW-PARENT": ("citizen", "parent", "send-review"),
    "REVIEW-SCHOOL": ("professional", "professional", "send-professional"),
    "REVIEW-YOUNG": ("citizen", "young-person", "send-review"),
    "COURSE": ("citizen", "public", "courses"),
    "FREE-SCHOOL-MEALS": ("citizen", "parent", "free-school-meals"),
    "LADO-REFERRAL": ("professional", "professional", "safeguarding"),
    "PUBLIC-CONCERN": ("citizen", "public", "safeguarding"),
    "PUBLIC-EARLY-HELP": ("citizen", "public", "early-help"),
    "SCHOOL-PLACE": ("citizen", "parent", "school-places"),
    "SCHOOL-TRANSPORT": ("citizen", "parent", "transport"),
    "THIRTY-HOURS-CODE": ("citizen", "parent", "thirty-hours"),
    "TWO-YEAR-OLD-FUNDING": ("citizen", "parent", "two-year-olds"),
} | {
    code: ("school", "school", destination)
    for destination, codes in {
        "school-send": ("BERA", "REF", "PIR", "PTT", "ADF", "STP"),
        "school-changes": ("SCL", "PSC", "EWS"),
        "school-early-years": ("EYC", "CPP", "SEE"),
    }.items()
    for code in codes
}
EIGHT_SECTIONS = [
    "Overview",
    "Professional’s Details",
    "Child / Young Person’s Details",
    "Consent",
    "Additional Child / Young Person’s Information",
    "Contact Information",
    "Supporting Documentation",
    "Declaration & Submit",
]

ADDRESS = {"lines": ["4 Stryd y Bont"], "town": "Bangor", "postcode": "LL57 1AA", "uprn": ""}
REFERRER = {
    "REFERRER_NAME": "Anwen Rees",
    "REFERRER_ROLE": "Class teacher",
    "REFERRER_AGENCY": "education",
    "REFERRER_ORGANISATION": "Ysgol y Garn",
    "REFERRER_TELEPHONE": "01632960001",
    "REFERRER_EMAIL": "anwen.rees@example.org",
}
CHILD = {"CHILD_FORENAME": "Nia", "CHILD_SURNAME": "Puw-Khan"}
SHORTEST: dict[str, dict[str, Any]] = {
    "EHCNA-PARENT": {
        **CHILD,
        "CHILD_BORN_ON": "2015-03-27",
        "CHILD_ADDRESS": ADDRESS,
        "parents": [
            {
                "_id": "a",
                "PARENT_NAME": "Dilys Puw",
                "PARENT_RELATIONSHIP": "mother",
                "PARENT_RESPONSIBILITY": "yes",
                "PARENT_SAME_ADDRESS": "yes",
                "PARENT_CONTACT": "yes",
            }
        ],
        "EDUCATION_PLACE": "home",
        "EDUCATION_ELSEWHERE": "I teach her myself.",
        "NEED_AREAS": ["cognition"],
        "COGNITION_NEEDS": "She cannot read short words yet.",
        "HAS_DIAGNOSIS": "no",
        "CHILD_LOOKED_AFTER": "no",
        "SEN_SUPPORT": "no",
        "WHY_NOW": "She starts school in September.",
        "CONSENT_ADVICE": "yes",
        "CONSENT_SHARING": "no",
    },
    "EHCNA-YOUNG": {
        "YOUNG_FORENAME": "Kacper",
        "YOUNG_SURNAME": "Zieliński",
        "YOUNG_BORN_ON": "2008-11-02",
        "YOUNG_ADDRESS": ADDRESS,
        "YOUNG_PLACE": "work",
        "YOUNG_NEED_AREAS": ["semh"],
        "YOUNG_SEMH_NEEDS": "I panic in crowds.",
        "YOUNG_HAS_DIAGNOSIS": "waiting",
        "YOUNG_WHY_NOW": "I want to go to college.",
        "YOUNG_CONSENT_ADVICE": "yes",
        "YOUNG_CONSENT_SHARING": "yes",
    },
    "SAFEGUARDING-PRO": {
        **REFERRER,
        "TELEPHONED": "no",
        "CHILD_UNBORN": "no",
        **CHILD,
        "PARENTS_AWARE": "yes",
        "CONSENT_GIVEN": "refused",
        "CONCERN_KINDS": ["neglect"],
        "CONCERN": "She came to school without breakfast every day this week.",
    },
    "EARLYHELP-PRO": {
        **REFERRER,
        **CHILD,
        "EARLY_CONSENT": "yes",
        "EARLY_CONSENT_BY": "Dilys Puw, mother",
        "EARLY_CONSENT_ON": "2026-05-30",
        "EARLY_CONSENT_SHARING": "yes",
        "CHILD_BORN_ON": "2015-03-27",
        "CHILD_ADDRESS": ADDRESS,
        "household": [
            {
                "_id": "a",
                "MEMBER_KIND": "parent",
                "MEMBER_NAME": "Dilys Puw",
                "MEMBER_AT_HOME": "yes",
                "MEMBER_TELEPHONE": "01632960002",
            }
        ],
        "HELP_KINDS": ["parenting"],
        "WORRIED_ABOUT": "Bedtimes.",
        "NEEDS_TO_HAPPEN": "Someone to talk to.",
    },
}


@cache
def library() -> dict[str, Definition]:
    definitions = [parse(read_definition(path)) for path in library_paths()]
    return {definition.code: definition for definition in definitions}


def walk(code: str, **answers: Any) -> Walk:
    return Walk(library()[code], answers, TODAY)


def places(code: str, **answers: Any) -> list[str]:
    return [group.key for group in walk(code, **answers).groups]


def asks(code: str, question: str, **answers: Any) -> bool:
    way = walk(code, **answers)
    return way.shows(library()[code].question_by_code[question])


def missing(code: str, place: str, **answers: Any) -> list[str]:
    """The codes of the questions on ``place`` that stand between ``answers`` and sending."""
    way = walk(code, **answers)
    group = library()[code].group_by_key[place]
    asked = [(question, row) for row in way.rows(group) for question in way.visible(group, row)]
    return [question.code for question, row in asked if way.problem(question, row)]


def words_of(definition: Definition) -> Iterator[tuple[str, Words]]:
    yield from (
        (name, getattr(definition, name))
        for name in ("title", "subtitle", "description", "guidance", "declaration")
    )
    for group in definition.groups:
        yield f"{group.key} title", group.title
        yield f"{group.key} guidance", group.guidance
        if group.repeats:
            yield f"{group.key} item", group.repeats.item
        for question in group.questions:
            for name in ("text", "hint", "tooltip", "missing"):
                yield f"{question.code} {name}", getattr(question, name)
            for option in question.options:
                yield f"{question.code} {option.id}", option.text
                yield f"{question.code} {option.id} hint", option.hint


def test_the_library_holds_the_long_forms_and_those_of_the_other_services():
    assert sorted(library()) == sorted([*CODES, *OTHERS])


@pytest.mark.heavy
@pytest.mark.both
@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "cy"])
@pytest.mark.parametrize("code", sorted(OTHERS))
def test_every_step_of_the_shorter_forms_can_be_drawn_in_both_languages(code, language):
    definition = library()[code]
    for group in definition.groups:
        row_id = "a" if group.repeats else None
        drawn = steps.fields(Walk(definition, {}, TODAY), group, language=language, row_id=row_id)
        assert all(field.html for field in drawn)
    assert definition.groups


@pytest.mark.parametrize("code", sorted(OTHERS))
@pytest.mark.req("GH-041")
def test_every_word_of_the_shorter_forms_is_there_in_both_languages_and_not_copied(code):
    same_in_both = {"Email", "Staff", "LADO"}
    for where, words in words_of(library()[code]):
        assert bool(words.en.strip()) == bool(words.cy.strip()), where
        assert not words.en or words.en != words.cy or words.en in same_in_both or words.en.isupper(), where


@pytest.mark.django_db
@pytest.mark.parametrize("path", library_paths(), ids=lambda path: path.stem)
@pytest.mark.req("GH-024")
def test_every_form_can_be_published_and_read_back(path):
    version = services.publish(read_definition(path), by=None, now=NOON)
    assert queries.definition_of(version.pk).code == version.form.code
    assert queries.live_version(version.form.code) == version


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "cy"])
@pytest.mark.parametrize("code", CODES)
def test_every_step_can_be_drawn_in_both_languages(code, language):
    definition, grown_up = library()[code], {"CHILD_BORN_ON": "2010-01-01"}
    for group in definition.groups:
        row_id = "a" if group.repeats else None
        drawn = steps.fields(Walk(definition, grown_up, TODAY), group, language=language, row_id=row_id)
        assert len(drawn) > 0 or not group.questions
        assert all(field.html for field in drawn)


@pytest.mark.django_db
@pytest.mark.parametrize("code", CODES)
@pytest.mark.req("SP-080")
def test_the_shortest_way_through_a_form_leaves_no_gap_and_every_answer_on_it_counts(code):
    assert walk(code, **SHORTEST[code]).gaps == ()
    for needed in SHORTEST[code]:
        without = {key: value for key, value in SHORTEST[code].items() if key != needed}
        assert walk(code, **without).gaps, f"{needed} is not needed"


@pytest.mark.parametrize("code", CODES)
@pytest.mark.req("GH-041")
def test_every_word_of_every_form_is_there_in_english_and_welsh(code):
    halves = [
        where
        for where, words in words_of(library()[code])
        if bool(words.en.strip()) != bool(words.cy.strip())
    ]
    assert halves == []


@pytest.mark.parametrize("code", CODES)
def test_the_welsh_is_not_the_english_again(code):
    same_in_both = {"person", "Email", "Asthma"}
    copied = [
        where
        for where, words in words_of(library()[code])
        if words.en and words.en == words.cy and words.en not in same_in_both
    ]
    assert copied == []


@pytest.mark.parametrize("code", CODES)
def test_every_section_begins_by_saying_what_it_needs(code):
    assert [group.key for group in library()[code].groups if not group.guidance] == []


def test_every_date_that_a_family_is_asked_for_says_how_to_write_it():
    families = [one for one in library().values() if one.portal == "citizen"]
    asked = [each for one in families for each in one.question_by_code.values()]
    bare = [each.code for each in asked if each.kind == "date" and not each.hint.en]
    assert families and not bare


def test_a_benefit_is_not_said_to_have_an_income_that_the_next_question_asks_for():
    asked = library()["FREE-SCHOOL-MEALS"].question_by_code
    assert "7,400" not in " ".join(option.text.en for option in asked["FSM_BENEFIT"].options)
    assert "£7,400" in asked["FSM_EARNINGS"].text.en and asked["FSM_EARNINGS"].mandatory is True


@pytest.mark.parametrize("code", CODES)
@pytest.mark.req("GH-021")
def test_a_consent_is_asked_for_again_each_time(code):
    consents = [q for q in library()[code].question_by_code.values() if "CONSENT" in q.code]
    assert consents
    assert {question.reuse for question in consents} == {"ask"}


@pytest.mark.parametrize(
    ("code", "prefix"), [("EHCNA-PARENT", "CHILD"), ("EHCNA-YOUNG", "YOUNG")], ids=["parent", "young person"]
)
@pytest.mark.req("SP-065")
def test_the_names_a_family_gives_are_no_longer_than_the_record_holds(code, prefix):
    questions = library()[code].question_by_code
    limits = {part: questions[f"{prefix}_{part}"].max_length for part in ("FORENAME", "MIDNAME", "SURNAME")}
    assert limits == {"FORENAME": 15, "MIDNAME": 25, "SURNAME": 30}


@pytest.mark.parametrize(("name", "longest"), [("FORENAME", 15), ("MIDNAME", 25), ("SURNAME", 30)])
@pytest.mark.req("SP-065")
def test_a_name_longer_than_the_field_is_not_taken(name, longest):
    code = f"CHILD_{name}"
    question = library()["EHCNA-PARENT"].question_by_code[code]
    fits = walk("EHCNA-PARENT", **{code: "a" * longest})
    too_long = walk("EHCNA-PARENT", **{code: "a" * (longest + 1)})
    assert fits.found(question).value == "a" * longest
    assert too_long.found(question).problem is not None


@pytest.mark.parametrize("code", CODES)
def test_every_form_says_who_it_is_about(code):
    roles = {question.identity for question in library()[code].question_by_code.values()} - {""}
    assert {"forename", "midname", "surname", "known_as", "born_on", "gender", "address"} <= roles
    assert {"upn", "nhs_number", "school"} <= roles


def test_what_a_parent_writes_about_the_child_becomes_an_identity():
    subject = walk(
        "EHCNA-PARENT",
        CHILD_FORENAME="Nia",
        CHILD_SURNAME="Puw-Khan",
        CHILD_BORN_ON="2015-03-27",
        CHILD_GENDER="female",
        CHILD_ADDRESS={"lines": ["4 Stryd y Bont"], "town": "Bangor", "postcode": "LL57 1AA", "uprn": ""},
    ).subject()
    assert subject["forename"] == "Nia"
    assert subject["surname"] == "Puw-Khan"
    assert subject["born_on"] == "2015-03-27"
    assert subject["gender"] == "female"
    assert subject["address_lines"] == ["4 Stryd y Bont", "Bangor"]
    assert subject["postcode"] == "LL57 1AA"


# The requests for an EHC needs assessment


@pytest.mark.req("SP-075")
def test_families_and_professionals_each_have_their_forms():
    doors = {code: (form.portal, form.audience, form.destination) for code, form in library().items()}
    assert doors == OTHERS | {
        "EHCNA-PARENT": ("citizen", "parent", "send"),
        "EHCNA-YOUNG": ("citizen", "young-person", "send"),
        "SAFEGUARDING-PRO": ("professional", "professional", "safeguarding"),
        "EARLYHELP-PRO": ("professional", "professional", "early-help"),
    }


@pytest.mark.parametrize(
    ("born_on", "asked"),
    [("2013-06-01", True), ("2013-06-02", False), ("2020-01-01", False), ("2008-01-01", True)],
)
@pytest.mark.req("GH-022")
def test_getting_ready_to_be_an_adult_is_a_step_from_the_thirteenth_birthday(born_on, asked):
    assert ("adulthood" in places("EHCNA-PARENT", CHILD_BORN_ON=born_on)) is asked


def test_without_a_date_of_birth_nothing_that_depends_on_age_is_asked():
    assert "adulthood" not in places("EHCNA-PARENT")
    assert not asks("EHCNA-PARENT", "YOUTH_JUSTICE")


@pytest.mark.parametrize(("born_on", "asked"), [("2016-06-01", True), ("2016-06-02", False)])
def test_youth_justice_is_asked_from_the_tenth_birthday(born_on, asked):
    assert asks("EHCNA-PARENT", "YOUTH_JUSTICE", CHILD_BORN_ON=born_on) is asked


@pytest.mark.parametrize(("needed", "asked"), [("yes", True), ("no", False), (None, False)])
@pytest.mark.req("GH-022")
def test_the_language_is_asked_and_required_only_when_an_interpreter_is_needed(needed, asked):
    answers = {"INTERPRETER_NEEDED": needed} if needed else {}
    assert asks("EHCNA-PARENT", "INTERPRETER_LANGUAGE", **answers) is asked
    assert ("INTERPRETER_LANGUAGE" in missing("EHCNA-PARENT", "contact", **answers)) is asked


@pytest.mark.parametrize(("looked_after", "asked"), [("yes", True), ("no", False)])
def test_care_details_are_asked_only_of_a_child_who_is_looked_after(looked_after, asked):
    details = ("LOOKED_AFTER_COUNCIL", "LOOKED_AFTER_ORDER", "SOCIAL_WORKER")
    shown = {asks("EHCNA-PARENT", code, CHILD_LOOKED_AFTER=looked_after) for code in details}
    assert shown == {asked}


def test_a_social_care_plan_asks_for_the_worker_too():
    assert asks("EHCNA-PARENT", "SOCIAL_WORKER", CHILD_LOOKED_AFTER="no", CHILD_SOCIAL_CARE="child-in-need")


@pytest.mark.parametrize(("place", "asked"), [("school", True), ("nursery", True), ("home", False)])
def test_the_school_is_asked_only_of_a_child_who_goes_to_one(place, asked):
    assert asks("EHCNA-PARENT", "CHILD_SCHOOL", EDUCATION_PLACE=place) is asked
    assert asks("EHCNA-PARENT", "EDUCATION_ELSEWHERE", EDUCATION_PLACE=place) is not asked


def test_only_the_chosen_areas_of_need_are_asked_about_and_required():
    chosen = missing("EHCNA-PARENT", "needs", NEED_AREAS=["communication", "sensory"])
    assert chosen == ["COMMUNICATION_NEEDS", "SENSORY_NEEDS"]


def test_an_answer_that_is_no_longer_asked_is_not_sent():
    answers = {"INTERPRETER_NEEDED": "no", "INTERPRETER_LANGUAGE": "Polish"}
    assert "INTERPRETER_LANGUAGE" not in walk("EHCNA-PARENT", **answers).sealed_answers()


def test_a_request_needs_at_least_one_parent_or_carer_and_takes_at_most_six():
    repeats = library()["EHCNA-PARENT"].group_by_key["parents"].repeats
    assert repeats is not None
    assert (repeats.least, repeats.most) == (1, 6)


@pytest.mark.req("GH-022")
def test_another_address_is_asked_only_for_the_parent_who_lives_elsewhere():
    home = {"_id": "a", "PARENT_NAME": "Dilys Puw", "PARENT_SAME_ADDRESS": "yes"}
    away = {"_id": "b", "PARENT_NAME": "Imran Khan", "PARENT_SAME_ADDRESS": "no"}
    way = walk("EHCNA-PARENT", parents=[home, away])
    address = library()["EHCNA-PARENT"].question_by_code["PARENT_ADDRESS"]
    assert [way.shows(address, row) for row in (home, away)] == [False, True]


@pytest.mark.parametrize(
    ("born_on", "taken"),
    [("2010-06-01", True), ("2010-06-02", False), ("2000-06-01", True), ("2000-05-31", False)],
)
def test_a_young_person_asks_for_themselves_from_sixteen(born_on, taken):
    question = library()["EHCNA-YOUNG"].question_by_code["YOUNG_BORN_ON"]
    assert (walk("EHCNA-YOUNG", YOUNG_BORN_ON=born_on).found(question).problem is None) is taken


def test_a_young_person_is_spoken_to_and_not_spoken_about():
    spoken_about = [
        where
        for where, words in words_of(library()["EHCNA-YOUNG"])
        if "your child" in words.en or "eich plentyn" in words.cy
    ]
    assert spoken_about == []


# The safeguarding concern


@pytest.mark.req("CP-018")
def test_a_safeguarding_concern_has_the_eight_sections_as_tabs_in_order():
    form = library()["SAFEGUARDING-PRO"]
    assert form.style == "tabs"
    assert [group.title.en for group in form.groups] == EIGHT_SECTIONS[:7]
    named = [form.guidance.en.find(f"{number}. {title}") for number, title in enumerate(EIGHT_SECTIONS, 1)]
    assert -1 not in named
    assert named == sorted(named)


@pytest.mark.req("CP-019")
def test_the_overview_has_its_three_headings():
    lines = library()["SAFEGUARDING-PRO"].group_by_key["overview"].guidance.en.splitlines()
    assert [line for line in lines if line.startswith("#")] == [
        "## What to do if you are worried about a child?",
        "## What does Safeguarding Children mean?",
        "## Immediate Safeguarding Concerns",
    ]


def overview() -> str:
    return " ".join(library()["SAFEGUARDING-PRO"].group_by_key["overview"].guidance.en.split())


@pytest.mark.req("CP-020")
def test_the_overview_says_what_safeguarding_means_and_who_can_complete_the_form():
    assert (
        "protecting the right of a child (aged 17 and below) to live in a safe environment free from abuse "
        "and neglect. Abuse and neglect take many forms"
    ) in overview()
    assert "Any agency providing care, or any member of the public, can complete this form" in overview()
    assert "with as much information as is available" in overview()


@pytest.mark.req("CP-021")
def test_the_overview_warns_professionals_what_a_referral_may_lead_to():
    assert (
        "it may result in a child protection investigation and/or social work assessment. Some situations "
        "may be dealt with, initially, by offering support to the child and family."
    ) in overview()


@pytest.mark.req("CP-022")
def test_the_overview_sends_immediate_concerns_to_the_telephone():
    assert (
        "Immediate safeguarding concerns should be made by telephone and followed up by a professional "
        "referral form."
    ) in overview()


@pytest.mark.req("CP-023")
def test_the_overview_can_be_read_without_signing_in_and_asks_nothing():
    form = library()["SAFEGUARDING-PRO"]
    assert form.open_overview
    assert form.groups[0].questions == ()


@pytest.mark.req("CP-030")
def test_forms_about_children_at_risk_show_the_urgent_numbers():
    assert library()["SAFEGUARDING-PRO"].emergency
    assert library()["EARLYHELP-PRO"].emergency


@pytest.mark.req("CP-015")
def test_professional_forms_have_their_names_and_are_listed_in_the_account_under_theirs():
    names = {form.title.en: form.subtitle.en for form in library().values() if form.portal == "professional"}
    assert names == {
        "Child / Young Person Safeguarding Concern": "Portal Professional Safeguarding Concern",
        "Early Help Referral": "Portal Professional Early Help Referral",
        "LADO Referral": "Portal LADO Referral",
        "Request for an EHC Needs Assessment by a professional": (
            "Portal Professional EHC Needs Assessment Request"
        ),
        "Advice for an EHC needs assessment: the school or setting": "Portal Advice: Education",
        "Advice for an EHC needs assessment: the educational psychologist": (
            "Portal Advice: Educational Psychology"
        ),
        "Advice for an EHC needs assessment: health services": "Portal Advice: Health",
        "Advice for an EHC needs assessment: social care": "Portal Advice: Social Care",
        "Annual review of an EHC plan: the school’s report": "Portal Annual Review Report",
    }


@pytest.mark.django_db
@pytest.mark.req("CP-027")
@pytest.mark.parametrize("code", sorted(library()))
def test_telephone_fields_say_that_the_number_has_no_spaces(code):
    telephones = [q for q in library()[code].question_by_code.values() if q.kind == "telephone"]

    for question in telephones:
        assert "one continuous number with no spaces" in drawn(question, "en"), question.code
        welsh = drawn(question, "cy")
        assert "un rhif heb fylchau" in welsh or "un rhif di-dor heb fylchau" in welsh, question.code


def drawn(question: Question, language: str) -> str:
    with translation.override(language):
        return KINDS[question.kind].render(Entry(question=question, language=language))


@pytest.mark.req("GH-039")
def test_a_concern_needs_consent_or_the_reason_it_was_not_sought():
    assert "CONSENT_GIVEN" in missing("SAFEGUARDING-PRO", "consent", PARENTS_AWARE="yes")
    not_sought = {"PARENTS_AWARE": "yes", "CONSENT_GIVEN": "not-sought"}
    assert missing("SAFEGUARDING-PRO", "consent", **not_sought) == ["CONSENT_NOT_SOUGHT_WHY"]
    reason = {**not_sought, "CONSENT_NOT_SOUGHT_WHY": "significant-harm"}
    assert missing("SAFEGUARDING-PRO", "consent", **reason) == []
    another = {**not_sought, "CONSENT_NOT_SOUGHT_WHY": "other"}
    assert missing("SAFEGUARDING-PRO", "consent", **another) == ["CONSENT_NOT_SOUGHT_DETAILS"]


def test_parents_who_do_not_know_need_a_reason():
    answers = {"PARENTS_AWARE": "no", "CONSENT_GIVEN": "given", "CONSENT_GIVEN_BY": "The father"}
    assert missing("SAFEGUARDING-PRO", "consent", **answers) == ["PARENTS_NOT_AWARE_WHY"]


@pytest.mark.req("GH-039")
def test_one_concern_can_name_several_children():
    contacts = [
        {"_id": "a", "CONTACT_KIND": "child", "CONTACT_NAME": "Ela Wood", "CONTACT_CONCERN": "yes"},
        {"_id": "b", "CONTACT_KIND": "child", "CONTACT_NAME": "Tomos Wood", "CONTACT_CONCERN": "yes"},
    ]
    way = walk("SAFEGUARDING-PRO", contacts=contacts)
    assert way.sealed_answers()["contacts"] == contacts
    assert missing("SAFEGUARDING-PRO", "contacts", contacts=contacts) == []


def test_an_unborn_baby_is_asked_for_when_it_is_due_and_not_when_it_was_born():
    assert asks("SAFEGUARDING-PRO", "CHILD_DUE_ON", CHILD_UNBORN="yes")
    assert not asks("SAFEGUARDING-PRO", "CHILD_BORN_ON", CHILD_UNBORN="yes")
    assert asks("SAFEGUARDING-PRO", "CHILD_BORN_ON", CHILD_UNBORN="no")


def test_an_age_will_do_while_the_date_of_birth_is_not_known():
    assert asks("SAFEGUARDING-PRO", "CHILD_AGE_ABOUT", CHILD_UNBORN="no")
    assert not asks("SAFEGUARDING-PRO", "CHILD_AGE_ABOUT", CHILD_UNBORN="no", CHILD_BORN_ON="2015-03-27")


@pytest.mark.req("CP-032")
def test_supporting_documents_are_optional_and_many():
    question = library()["SAFEGUARDING-PRO"].question_by_code["DOCUMENTS"]
    assert (question.mandatory, question.multiple, question.most) == (False, True, 20)


# The early help referral


def test_early_help_asks_who_agreed_or_why_nobody_did():
    agreed = missing("EARLYHELP-PRO", "consent", EARLY_CONSENT="yes")
    assert agreed == ["EARLY_CONSENT_BY", "EARLY_CONSENT_ON", "EARLY_CONSENT_SHARING"]
    assert missing("EARLYHELP-PRO", "consent", EARLY_CONSENT="no") == ["EARLY_NO_CONSENT_WHY"]


def test_early_help_looks_at_eight_parts_of_life_on_one_scale():
    scores = [q for q in library()["EARLYHELP-PRO"].question_by_code.values() if q.code.endswith("_SCORE")]
    assert len(scores) == 8
    assert {tuple(option.id for option in question.options) for question in scores} == {
        ("score-1", "score-2", "score-3", "score-4", "score-5")
    }


# The school case types about closures, welfare and early years


@pytest.mark.parametrize(
    ("code", "question", "answers"),
    [
        ("EWS", "HOLIDAY_DATES", {"EWS_REASON": "holiday"}),
        ("EWS", "MISSING_CHECKS", {"EWS_REASON": "missing"}),
        ("EWS", "HEALTH_EVIDENCE", {"ATTENDANCE_BARRIERS": ["anxiety"]}),
        ("EWS", "PENALTY_NEXT", {"PENALTY_BEFORE": "yes", "PENALTY_COUNT": "two"}),
        ("SCL", "CLOSURE_YEARS", {"CLOSURE_EXTENT": "part"}),
        ("SCL", "CLOSURE_HEALTH_TOLD", {"CLOSURE_REASON": "illness"}),
        ("SCL", "TRANSPORT_ROUTES", {"CLOSURE_TRANSPORT": "yes"}),
        ("EYC", "COUNT_SEN_AREAS", {"CENSUS_OPEN": "yes", "COUNT_SEN_SUPPORT": 2}),
        ("EYC", "CENSUS_DIFFERS_WHY", {"CENSUS_DIFFERS": "yes"}),
        ("CPP", "INSPECTION_ACTIONS", {"INSPECTED_ON": "2026-03-02", "INSPECTION_RESULT": "improve"}),
        ("CPP", "PROFILE_HIDE", {"PROFILE_PUBLIC": "yes"}),
    ],
)
@pytest.mark.req("GH-022", "GH-024")
def test_a_school_is_asked_more_only_where_its_answers_call_for_it(code, question, answers):
    assert asks(code, question, **answers) and not asks(code, question)


@pytest.mark.req("GH-022", "SC-104")
def test_each_line_of_the_census_asks_about_codes_and_hours_of_its_own_funding():
    questions = library()["EYC"].question_by_code
    rows = [{"_id": each, "COUNT_FUNDING": each} for each in ("extended", "fees")]
    way = walk("EYC", CENSUS_OPEN="yes", children=rows)
    for code in ("COUNT_CODES", "COUNT_FUNDED_HOURS", "COUNT_ELSEWHERE"):
        assert [way.shows(questions[code], row) for row in rows] == [True, False]
    assert "children" not in places("EYC", CENSUS_OPEN="no") and "staff" in places("EYC", CENSUS_OPEN="no")


@pytest.mark.req("SC-104")
def test_free_places_are_listed_by_age_and_day_only_where_there_are_some():
    assert "vacancies" in places("CPP", PLACES_FREE=1)
    assert "vacancies" not in places("CPP", PLACES_FREE=0) and asks("CPP", "WAITING_LIST", PLACES_FREE=0)


@pytest.mark.parametrize("code", ["CPP", "EWS", "EYC", "SCL"])
@pytest.mark.req("GH-024")
def test_every_step_of_these_school_forms_guides_and_lists_what_may_be_chosen(code):
    definition = library()[code]
    assert [group.key for group in definition.groups if not group.guidance] == []
    assert sum(bool(one.options) for one in definition.question_by_code.values()) >= 8
    assert sum(one.when is not None for one in definition.question_by_code.values()) >= 9
