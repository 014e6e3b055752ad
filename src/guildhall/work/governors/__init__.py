"""The governors' area: a governing body's papers, its training and its news. Nothing about a pupil."""
