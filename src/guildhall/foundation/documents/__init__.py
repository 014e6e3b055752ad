"""PDF from plain data; knows no model."""
