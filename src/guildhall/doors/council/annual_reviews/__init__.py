"""The SEN team's annual reviews: due across schools, received from them, and decided."""
