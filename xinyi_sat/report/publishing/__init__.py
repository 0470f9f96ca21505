"""Publishing makes files, readers fetch them.

A change that readers see enqueues `publish` for its period. The worker makes PDF, Word, workbook and data package and stores
them; an address of a file serves the newest one and never begins any work.
"""
