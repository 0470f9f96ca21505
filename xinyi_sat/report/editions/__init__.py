"""Editions: issued once, kept for ever, compared with the records of then to be verified."""
