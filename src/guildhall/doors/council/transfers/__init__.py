"""File transfer at the council's door: every file, the council's own, the lost pupils, learner numbers."""
