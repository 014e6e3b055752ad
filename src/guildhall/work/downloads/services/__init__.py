"""Keeping downloads and their sections, and floor plans."""

from .items import (
    ToldItem,
    TooManyItems,
    TooManyVersions,
    add_item,
    change_item,
    move_item,
    note_downloaded,
    offer_again,
    replace_item,
    retire_item,
)
from .plans import (
    PlanFull,
    ToldPlan,
    add_plan,
    change_plan,
    note_plan_opened,
    restore_plan,
    retire_plan,
)
from .sections import NotEmpty, SectionTaken, add_section, move_section, remove_section, rename_section

__all__ = [
    "NotEmpty",
    "PlanFull",
    "SectionTaken",
    "ToldItem",
    "ToldPlan",
    "TooManyItems",
    "TooManyVersions",
    "add_item",
    "add_plan",
    "add_section",
    "change_item",
    "change_plan",
    "move_item",
    "move_section",
    "note_downloaded",
    "note_plan_opened",
    "offer_again",
    "remove_section",
    "rename_section",
    "replace_item",
    "restore_plan",
    "retire_item",
    "retire_plan",
]
