"""A census return checked: a file read piece by piece into columns, and rules that are data, one pack a year.

It knows no database and no page. ``packs`` has the rules, ``reading`` the file, ``frames`` the columns, and
``checking`` puts them together. Only what runs in the worker imports Polars: the pages need the packs alone.
"""
