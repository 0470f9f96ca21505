"""The press: prints the chapters of a report side by side and binds them to one PDF.

WeasyPrint sets a page in a tenth of a second and keeps all pages in memory until the last one is set: a report of a
thousand pages takes minutes and gigabytes. But every chapter begins a new page, so no chapter needs to know another.

1. The press is a process of its own that knows WeasyPrint and nothing of Django or a database (`__main__`). It is handed
   chapters as HTML and has them printed by **workers** (`workers`), one for each processor, forked when its typefaces are
   open; after each chapter a worker clears up.
2. A worker prints its chapter to **sheets** (`sheets`): the PDF objects of its pages without a page number, without
   typefaces, and with the places that bookmarks and links may want to lead to. Of a long table WeasyPrint sets some rows,
   and the others are made after them (`tables`, `rows`, `cells`). Sheets are kept (`kept`): a chapter that was printed
   before is not printed again.
3. When every chapter is printed, it is known which page each begins on. Then the front (cover and contents) is set with
   these numbers, and the **binding** puts the sheets behind it (`binding`): one page tree, one structure tree, one list
   of bookmarks, one set of typefaces (`fonts`) with every glyph that any chapter used, and on each page its number
   as the stylesheet draws it (`folios`).
4. The file is written as it is bound, a chapter at a time (`objects`, `pdf_file`).

WeasyPrint itself writes the catalog, bookmarks, destinations and metadata: it is given the bound pages as blank ones that
carry the anchors and bookmarks of the sheets. Beyond its documented interface it is relied on that a document's dictionary
of fonts is filled while pages are painted and read when they are done; and `tables` puts four functions of ours in the place
of its own while a chapter is printed. An edition of WeasyPrint that does these things otherwise is found out by
tests/report/press/test_tables.py, which prints tables with and without them and compares the bytes.
"""
