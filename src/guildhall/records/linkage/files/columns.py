"""Which column of somebody's file is which part of a child's identity."""

import re
from collections.abc import Iterable, Mapping

from guildhall.foundation.kit.refusals import Refusal

PARTS = (
    *("id", "forename", "midname", "surname", "full_name", "known_as", "former_surname"),
    *("born_on", "birth_day", "birth_month", "birth_year", "gender"),
    *("street_number", "address_1", "address_2", "address_3", "town", "county", "postcode"),
    *("upn", "nhs_number", "uln", "school", "group"),
)
"""The parts that ``--map PART=COLUMN`` may name."""

_USUAL = {
    "id": "id rec_id record_id recid unique_id uniqueid person_id pupil_id child_id row_id key ref "
    "pupil_no person_ref reference idl idr ref_no ref_number reference_no reference_number record_no "
    "record_number pupil_ref child_ref uuid uid case_no case_number case_id case_ref client_id client_no "
    "student_id student_no learner_id learner_no patient_id patient_no admission_no admission_number",
    "forename": "forename first_name firstname given_name givenname given_names fname first christian_name "
    "forenames first_names given_name_s name_first fname_c1 enw_cyntaf enwau_cyntaf",
    "midname": "midname middle_name middlename middle_names middle middlenames second_name mname "
    "enw_canol enwau_canol",
    "surname": "surname last_name lastname name_last family_name familyname lname last sname lname_c1 "
    "family_names surnames last_names cyfenw",
    "full_name": "name full_name fullname person_name child_name pupil_name pupil learner student child "
    "enw enw_llawn enw_disgybl disgybl",
    "known_as": "known_as preferred_name preferred_forename nickname alias chosen_name preferred_first_name",
    "former_surname": "former_surname previous_surname maiden_name former_name birth_surname old_surname "
    "previous_name previous_last_name previous_family_name nee cyfenw_blaenorol",
    "born_on": "born_on date_of_birth dob birth_date birthdate dateofbirth birth born d_o_b "
    "date_birth birthday dt_birth dyddiad_geni",
    "birth_day": "bd birth_day day_of_birth dob_day dobday",
    "birth_month": "bm birth_month month_of_birth dob_month dobmonth",
    "birth_year": "by birth_year year_of_birth dob_year dobyear yob",
    "gender": "gender sex legal_sex rhyw m_f f_m gender_m_f sex_m_f rhywedd",
    "street_number": "street_number house_number house_no number house_name_or_number paon streetnumber "
    "house_name house_number_name house_name_number flat_house flat_or_house "
    "flat_house_number building_number",
    "address_1": "address_1 address1 address address_line_1 addressline1 line1 line_1 street street_name "
    "add1 addr1 addr street_address full_address "
    "house_and_street 1st_line_of_address first_line_of_address cyfeiriad",
    "address_2": "address_2 address2 address_line_2 addressline2 line2 line_2 add2 addr2 locality",
    "address_3": "address_3 address3 address_line_3 addressline3 line3 line_3 add3 addr3",
    "town": "town city suburb post_town posttown town_city town_or_city tref",
    "county": "county state region",
    "postcode": "postcode post_code postal_code zip zipcode zip_code zip5 pcode pc cod_post",
    "upn": "upn unique_pupil_number pupil_number rhif_disgybl_unigryw",
    "nhs_number": "nhs_number nhs nhs_no nhsno nhsnumber rhif_gig",
    "uln": "uln unique_learner_number learner_number unique_learner_no rhif_dysgwr_unigryw",
    "school": "school establishment school_name ysgol",
    "group": "group name_group category",
}
_PART_OF = {column: part for part, columns in _USUAL.items() for column in columns.split()}
# What these stand for is said only where nothing else in the file does: a family may have a number.
_PERHAPS = {"given": "forename", "family": "surname", "previous": "former_surname"}
_SIDE = re.compile(r"_(?:l|r|a|b|left|right)$")
_WHOSE = re.compile(
    r"^(?:(?:childs?|pupil|student|learner|person|patient|client|legal|home|current|main|primary)_(?:s_)?)+"
)


class NoSuchColumn(Refusal):
    """A mapping names a part of an identity, or a column of the file, that there is not."""


def plain(heading: str) -> str:
    """A heading as it is compared: small letters and figures, joined by single underscores."""
    spaced = re.sub(r"([a-z])([A-Z])", r"\1_\2", heading.strip())
    return re.sub(r"[^a-z0-9]+", "_", spaced.lower()).strip("_")


def columns_of(headings: Iterable[str], given: Mapping[str, str]) -> dict[str, str]:
    """Part of an identity → heading: as ``given``, else as headings are usually called.

    A given column that this file does not have is left out: the other file may have it. Without any id
    column the first column is one if it says so by its name (``…id``).
    """
    headings = list(headings)
    by_plain = {plain(heading): heading for heading in reversed(headings)}
    found = {part: by_plain[plain(name)] for part, name in given.items() if plain(name) in by_plain}
    # What is named in so many words comes before what only may be meant.
    for known in (
        lambda heading: _PART_OF.get(plain(heading), ""),
        _part_of,
        lambda heading: _PERHAPS.get(plain(heading), ""),
    ):
        for heading in headings:
            part = known(heading)
            if part and part not in found and heading not in found.values():
                found[part] = heading
    if "id" not in found and headings and plain(headings[0]).endswith("id"):
        found["id"] = headings[0]
    return found


def _part_of(heading: str) -> str:
    """The part that a heading usually is: as it stands, or without what is in brackets, the side it is of,
    and whose it is (``Child's``, ``home``)."""
    bare = _SIDE.sub("", plain(re.sub(r"\(.*?\)", "", heading)))
    owned = _WHOSE.sub("", bare)
    return next((_PART_OF[each] for each in (bare, owned) if each in _PART_OF), "")


def read_mapping(written: Iterable[str]) -> dict[str, str]:
    """Part of an identity → column, from ``PART=COLUMN`` each. Raises NoSuchColumn."""
    given = {}
    for each in written:
        part, _, column = each.partition("=")
        if part.strip() not in PARTS or not column.strip():
            raise NoSuchColumn(f"{each!r} is not FIELD=COLUMN. The fields are: {', '.join(PARTS)}.")
        given[part.strip()] = column.strip()
    return given


def unused(given: Mapping[str, str], *used: Mapping[str, str]) -> dict[str, str]:
    """What of ``given`` names a column that no file has."""
    return {
        part: column
        for part, column in given.items()
        if not any(part in columns and plain(columns[part]) == plain(column) for columns in used)
    }


def demand_used(given: Mapping[str, str], *used: Mapping[str, str]) -> None:
    """Raise NoSuchColumn for a column that is ``given`` and that no file has."""
    for part, column in unused(given, *used).items():
        raise NoSuchColumn(f"No file has a column {column!r}, which was given for {part}.")
