"""How records are entered, changed and published: the parts that `facts/admin.py` puts together."""
