"""The governors' area: a governing body's papers, its training and its news. It holds nothing about a pupil."""
