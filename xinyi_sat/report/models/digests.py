"""Digests of files."""

import hashlib


def sha256_of(content: bytes) -> str:
    """SHA-256 of a file in hexadecimal."""
    return hashlib.sha256(content).hexdigest()
