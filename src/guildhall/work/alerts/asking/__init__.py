"""Asking the query of a scheduled alert: what may be asked, and how nothing else can be done."""
