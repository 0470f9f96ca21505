"""The reader of figures: from the signs of a text to quantities. It knows nothing of Django, nor of facts."""
