"""One form for many children (GH-040): shared answers once, a row for each child, a case of its own for each.

The first child is in the form itself, whose draft has every shared answer; the rows are the others.
"""
