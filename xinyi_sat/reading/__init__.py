"""From the characters of a text to quantities; without Django, and without knowing what facts are."""
