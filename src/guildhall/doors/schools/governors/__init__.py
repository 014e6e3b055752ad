"""The governors' area: papers, training and news, for the chair, the governors and the clerk."""
