"""Decisions to Word: reports, minutes, certificates and letters, from templates schools restyle.

`fields` declares what each kind of template may name, `contexts` fills it from the records,
`template` reads, checks and fills a template, `kinds` has a class for each kind of document. Only
the last two import an office library, and only they are slow to import: ask for them where a
document is really made.
"""
