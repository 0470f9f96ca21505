"""Counting words, qualifiers, names and everyday words, as `vocabulary.toml` lists them."""

import tomllib
from pathlib import Path

WORDS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def longest_first(words: str) -> list[str]:
    """The words, the longest first, so that an alternation never stops at a part of a word."""
    return sorted(set(words.split()), key=lambda word: (-len(word), word))
