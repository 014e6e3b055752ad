"""Whole files and the whole register at once, with Splink on DuckDB or Spark: learning and finding pairs.

Splink is an extra (``requirements/linkage.txt``, for Spark ``requirements/spark.txt``); nothing but the pages
and commands of whole files needs it.
"""
