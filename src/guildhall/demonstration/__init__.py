"""The demonstration authority: invented people, children, forms and cases, made through services only."""
