"""The systems that a responsibility may open. Pure."""

# In the order of the page. The words of "online-admissions" are schools.System_OnlineAdmissions.
SYSTEMS = (
    "free-school-meals",
    "online-admissions",
    "income-and-expenditure",
    "emergency-contacts",
    "school-calendar",
    "batch-invoices",
    "annual-reviews",
)
