"""What every authority starts with: the teams that the shipped forms go to."""

TEAMS = {
    "send": {
        "en": "Special educational needs and disabilities",
        "cy": "Anghenion addysgol arbennig ac anableddau",
    },
    "safeguarding": {"en": "Child Social Services", "cy": "Gwasanaethau Cymdeithasol Plant"},
    "early-help": {"en": "Early Help", "cy": "Cymorth Cynnar"},
}
