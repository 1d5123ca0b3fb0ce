"""Files that are no pages: the bytes of a PDF or a Word document, read as lines by a program of its own."""
