"""The Action Tracker: what people of a school have to do, who does it and by when. Not what post asks of a
school (mail.post keeps that), nor how a case goes on.
"""
