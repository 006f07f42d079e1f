"""Decisions to Word: one jury report per candidate, from templates a school may restyle.

`fields` declares what a template may name, `context` fills it from the records, `template` reads
and checks a template, `render` makes documents. Only the last two import an office library, and
only they are slow to import: ask for them where a document is really made.
"""
