"""Giving and ending roles; who works at which school, and what they may do there."""

from .duties import BadDuty, end_duty, give_duty
from .helping import enable_person, forgive_tries, reset_second
from .imports import NothingToApply, apply_import, discard_import, stage_import
from .job_titles import (
    TitleTaken,
    add_job_title,
    bring_back_job_title,
    change_job_title,
    move_job_title,
    retire_job_title,
)
from .places import (
    AlreadyHere,
    Changed,
    Given,
    NotYours,
    add_person,
    change_person,
    lock_person,
    remove_person,
    send_password_link,
)
from .requests import (
    Answered,
    NotRecorded,
    ask_for_account,
    grant_request,
    record_account,
    refuse_request,
)
from .roles import (
    NameTaken,
    NoSuchRole,
    end_role,
    give_role,
    join_by_code,
    join_by_link,
    make_member,
    make_staff,
)
from .seats import (
    LastSupervisor,
    MayNotAppoint,
    NoSeat,
    appoint_supervisor,
    end_supervision,
    replace_supervisor,
)
from .secure_services import NotTheirApprover, TooManyEndUsers, choose_services
from .starting import start_person

__all__ = [
    "AlreadyHere",
    "Answered",
    "BadDuty",
    "Changed",
    "Given",
    "LastSupervisor",
    "MayNotAppoint",
    "NameTaken",
    "NoSeat",
    "NoSuchRole",
    "NotRecorded",
    "NotTheirApprover",
    "NotYours",
    "NothingToApply",
    "TitleTaken",
    "TooManyEndUsers",
    "add_job_title",
    "add_person",
    "apply_import",
    "appoint_supervisor",
    "ask_for_account",
    "bring_back_job_title",
    "change_job_title",
    "change_person",
    "choose_services",
    "discard_import",
    "enable_person",
    "end_duty",
    "end_role",
    "end_supervision",
    "forgive_tries",
    "give_duty",
    "give_role",
    "grant_request",
    "join_by_code",
    "join_by_link",
    "lock_person",
    "make_member",
    "make_staff",
    "move_job_title",
    "record_account",
    "refuse_request",
    "remove_person",
    "replace_supervisor",
    "reset_second",
    "retire_job_title",
    "send_password_link",
    "stage_import",
    "start_person",
]
