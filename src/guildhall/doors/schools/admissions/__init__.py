"""Who applied to the school and what was offered, as the council's admissions team loads it."""
