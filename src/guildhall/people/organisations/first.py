"""What every authority starts with: the teams that the shipped forms go to."""

TEAMS = {
    "send": {
        "en": "Special educational needs and disabilities",
        "cy": "Anghenion addysgol arbennig ac anableddau",
    },
    "safeguarding": {"en": "Child Social Services", "cy": "Gwasanaethau Cymdeithasol Plant"},
    "early-help": {"en": "Early Help", "cy": "Cymorth Cynnar"},
    "early-years": {"en": "Early Years", "cy": "Y Blynyddoedd Cynnar"},
    "benefits": {"en": "Grants and Benefits", "cy": "Grantiau a Budd-daliadau"},
    "admissions": {"en": "Admissions and Transfers", "cy": "Derbyniadau a Throsglwyddiadau"},
    "transport": {"en": "Transport", "cy": "Cludiant"},
    "training": {"en": "Training", "cy": "Hyfforddiant"},
    "schools": {"en": "Schools and Education Welfare", "cy": "Ysgolion a Lles Addysg"},
}
