"""The user groups of the council's staff and what each group may do. Not the roles of people outside it."""
