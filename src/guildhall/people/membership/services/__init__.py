"""Giving and ending roles; who works at which school, and what they may do there."""

from .duties import BadDuty, end_duty, give_duty
from .helping import enable_person, forgive_tries, reset_second
from .imports import apply_import, forget_imports, go_on_with_import, stage_import
from .network import (
    NETWORK_WORK,
    BadSerial,
    KeyfobTaken,
    NotAuthorised,
    answer_about_network,
    assign_keyfob,
    take_back_keyfob,
    work_on_network,
)
from .places import (
    AlreadyHere,
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
from .staff import disable_unused
from .starting import start_person

__all__ = [
    "NETWORK_WORK",
    "AlreadyHere",
    "Answered",
    "BadDuty",
    "BadSerial",
    "Given",
    "KeyfobTaken",
    "LastSupervisor",
    "MayNotAppoint",
    "NameTaken",
    "NoSeat",
    "NoSuchRole",
    "NotAuthorised",
    "NotRecorded",
    "NotTheirApprover",
    "NotYours",
    "TooManyEndUsers",
    "add_person",
    "answer_about_network",
    "apply_import",
    "appoint_supervisor",
    "ask_for_account",
    "assign_keyfob",
    "change_person",
    "choose_services",
    "disable_unused",
    "enable_person",
    "end_duty",
    "end_role",
    "end_supervision",
    "forget_imports",
    "forgive_tries",
    "give_duty",
    "give_role",
    "go_on_with_import",
    "grant_request",
    "join_by_code",
    "join_by_link",
    "lock_person",
    "make_member",
    "make_staff",
    "record_account",
    "refuse_request",
    "remove_person",
    "replace_supervisor",
    "reset_second",
    "send_password_link",
    "stage_import",
    "start_person",
    "take_back_keyfob",
    "work_on_network",
]
