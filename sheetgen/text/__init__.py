"""Texts as people read them: what any module that prints, writes or compares one may use."""
