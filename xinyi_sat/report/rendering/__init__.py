"""Rendering as a service: files of the report are made outside the request, once, and kept until the records change.

- An **order** (`order`) is what somebody asks for: a format, a scope and the site whose addresses stand in it. Its key is a
  digest of these, of the data revision (`revision`) and of the program that prints. Equal keys, equal files.
- The **shelf** (`shelf`) is the folder `renders` in the data folder. A finished file lies there under its key and is never
  changed; one that the disk has damaged is made again, and those used longest ago are thrown away. A render that failed
  leaves a note with its reason.
- A **render** (`render`) is an order under way. However many ask, one of them gets the lock of its key, starts a child and
  hands the lock over to it: the lock lives as long as the child. A child that is killed frees it by dying, and what it
  leaves is half a folder that nobody serves and the next render clears away. A file is put on the shelf by one rename.
- The **child** (`child`) is bounded in time and memory. It says how far it is by a small file, from which the page that a
  browser shows in the meantime is made.
"""
