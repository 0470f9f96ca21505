"""From a workbook of an office to records: read, compared with what is there, shown, and saved whole or not at all.

    the file → reading → tables → comparing (with since) → the preview → saving

`columns` alone knows the fields of a kind; everything else here knows rows of text. `template` makes a sheet, `tables` finds it again.
"""
