"""Reads the text of a file page by page. Pure Python: knows no Django, no database and no web request.

`runner.read_chunk()` is the door: it starts a bounded child process (`child.py`), which opens the file with the reader
of its kind (`pdf.py`, `office.py`, `tables.py`, `images.py`), judges every page (`judge.py`), mends what has no usable
text by OCR (`ocr.py`) and reports page by page, so that what was read before a crash is kept.
"""
