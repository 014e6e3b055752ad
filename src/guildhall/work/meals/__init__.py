"""Each school's list of pupils eligible for free school meals, how it is loaded, and what schools ask to have
changed in it. Not the applications of families, nor their checks.
"""
