"""Fill each kind of document from the records: plain French-named values for its template."""
