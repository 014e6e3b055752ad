"""Writing returns: ``uploading`` (a file comes), ``checked`` (what the worker found), ``explaining``,
``deciding`` (submit, approve, authorise, return), ``chasing``, ``changing`` (census days), ``forgetting``.
"""

from .changing import NotSetting, set_day
from .chasing import chase
from .checked import cannot_read, far, take_result
from .deciding import (
    NotHandling,
    NotNow,
    NotReady,
    NotYours,
    approve,
    authorise,
    return_it,
    submit,
    take_back,
)
from .explaining import explain, take_offered
from .forgetting import forget_old
from .uploading import NotOpen, NotTaken, upload_file

__all__ = [
    "NotHandling",
    "NotNow",
    "NotOpen",
    "NotReady",
    "NotSetting",
    "NotTaken",
    "NotYours",
    "approve",
    "authorise",
    "cannot_read",
    "chase",
    "explain",
    "far",
    "forget_old",
    "return_it",
    "set_day",
    "submit",
    "take_back",
    "take_offered",
    "take_result",
    "upload_file",
]
