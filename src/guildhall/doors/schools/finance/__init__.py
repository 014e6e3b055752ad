"""Income and Expenditure as a school reads it: its account statements, and the returns it is asked for."""
