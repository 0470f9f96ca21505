"""Workbooks of an office become records: read, compared with what is there, shown, and saved whole or not at all.

    the file → reading → tables → comparing (with since) → the preview → saving

`columns` alone knows fields and figures. `template` makes the sheets that `tables` reads.
"""
