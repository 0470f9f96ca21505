"""Periods side by side."""
