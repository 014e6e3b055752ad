"""The areas that texts are kept in, in the order of the editor. Each is a file name of the catalogue."""

# Named in the words of administrators: administration.TextArea_<word>.
AREAS: dict[str, str] = {
    "account": "Account",
    "administration": "Administration",
    "admissions": "Admissions",
    "citizen-thirty-hours-entitlement": "CitizenThirtyHoursEntitlement",
    "free-school-meals": "FreeSchoolMeals",
    "home": "Home",
    "home-tiles": "HomeTiles",
    "local-authority": "LocalAuthority",
    "messaging": "Messaging",
    "send": "Send",
    "shared": "Shared",
    "courses": "Courses",
    "transport": "Transport",
    "two-year-old-funding": "TwoYearOldFunding",
    "text-blocks": "TextBlocks",
    "matching": "Matching",
    "children": "Children",
    "chronology": "Chronology",
    "schools": "Schools",
    "pack": "Pack",
}
# Areas whose texts are Markdown.
MARKDOWN = frozenset({"text-blocks"})
# How a language is called in the editor (Resource Culture).
CULTURES = {"en": "en", "cy": "cy-GB"}
