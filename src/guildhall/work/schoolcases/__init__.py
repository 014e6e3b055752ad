"""What schools raise: their cases from the first page on, with references of one running sequence."""
