"""SEN annual review recording: a school's list of reviews, and each from its planning to the decision."""
