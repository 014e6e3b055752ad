"""Annual reviews of education, health and care plans: when they are due, what a school records of each
meeting and sends, and what the authority decides. Not the plans themselves, nor their assessment.
"""
