"""The page components: small functions that return safe HTML. Everything given to them is escaped,
except SafeString. They follow the GOV.UK Design System's markup, which a test holds them to.
"""

from .blocks import back_link, button, details, inset, notification, panel, reference, tag_label, warning
from .choices import checkbox, checkboxes_field, radios_field
from .dates import date_field
from .frame import Field, tooltip
from .inputs import file_field, password_field, select_field, text_field, textarea_field
from .lists import breadcrumb_list, error_summary, menu, pager, problems_of, sortable, summary_list, task_list
from .options import Option

__all__ = [
    "Field",
    "Option",
    "back_link",
    "breadcrumb_list",
    "button",
    "checkbox",
    "checkboxes_field",
    "date_field",
    "details",
    "error_summary",
    "file_field",
    "inset",
    "menu",
    "notification",
    "pager",
    "panel",
    "password_field",
    "problems_of",
    "radios_field",
    "reference",
    "select_field",
    "sortable",
    "summary_list",
    "tag_label",
    "task_list",
    "text_field",
    "textarea_field",
    "tooltip",
    "warning",
]
