"""Folders of a few rows, of which results are worked out by hand."""
