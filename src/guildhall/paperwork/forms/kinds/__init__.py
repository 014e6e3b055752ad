"""The kinds of question. A kind owns all that follows from it: reading, checking, speaking, drawing."""
