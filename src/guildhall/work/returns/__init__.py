"""Data collections: census returns of schools, checked for practice and then live, explained, submitted,
approved by the headteacher and authorised by the council. ``census`` reads and checks files and knows
no database. Not the department's own collection: what is authorised here is taken there by the council.
"""
