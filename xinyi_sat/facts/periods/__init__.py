"""Periods: begun after the pattern of another, published, archived."""
