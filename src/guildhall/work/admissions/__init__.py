"""Applications and offers of a round, by school, as the admissions team loads them. Not families' own forms,
and no record of a child: a row says what the file said.
"""
