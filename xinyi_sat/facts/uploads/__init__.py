"""From a workbook of an office to records: read, compared with what is there, shown, and saved whole or not at all.

    the file → parser (a process of its own) → sheets → tables → comparing → the preview → saving

`layout` says for any kind of fact what its sheet looks like; `template` makes such a sheet, `tables` reads one.
"""
