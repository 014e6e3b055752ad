from ..details import Dates, Pupil
from .deciding import decide_review, take_back_decision
from .forgetting import forget_old, forget_plans
from .loading import add_loaded, stage_list
from .meetings import cancel_meeting, plan_meeting
from .permitting import GoneOn, NotTheirs
from .plans import WrongPupil, add_plan, change_dates, end_plan, put_back_plan
from .recording import SavedMeanwhile, add_document, remove_document, save_part
from .reminding import remind_of_due
from .sending import Unfinished, begin_correction, drop_correction, send_report, unfinished

__all__ = [
    "Dates",
    "GoneOn",
    "NotTheirs",
    "Pupil",
    "SavedMeanwhile",
    "Unfinished",
    "WrongPupil",
    "add_document",
    "add_loaded",
    "add_plan",
    "begin_correction",
    "cancel_meeting",
    "change_dates",
    "decide_review",
    "drop_correction",
    "end_plan",
    "forget_old",
    "forget_plans",
    "plan_meeting",
    "put_back_plan",
    "remind_of_due",
    "remove_document",
    "save_part",
    "send_report",
    "stage_list",
    "take_back_decision",
    "unfinished",
]
