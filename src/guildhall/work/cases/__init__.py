"""What a submitted form becomes for officers: a case that is reviewed and decided."""
