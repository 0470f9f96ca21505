"""Editions: issued once, kept for ever, made again to be verified."""
