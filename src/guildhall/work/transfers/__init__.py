"""Files of pupils' information on their way from one school to another, or between a school and the council:
common transfer files, admission transfer files and those that ask for unique learner numbers. Not what is in
them: nothing that a file says changes a child's record.
"""
