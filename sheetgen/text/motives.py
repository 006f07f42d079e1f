"""Tell whether a reason that a jury, a juror or an administrator wrote says anything.

A reason is compulsory where a candidate will read it or a court may ask for it. A dash, « RAS » or
« voir ci-dessus » fills the cell and gives none.
"""

from __future__ import annotations

import re

from sheetgen.text.fold import fold

_WORD = re.compile(r"[^\W_]+")
_LONG_WORD, _SHORT_WORD, _WORDS, _DISTINCT = 4, 2, 2, 3
"""One word of four letters says something, or two words of two; of three different letters."""

SHORTEST = _LONG_WORD
"""The fewest characters of a reason that says something: a live formula can count no more."""

_FILLERS = frozenset(
    """
    idem ibid ibidem ditto item ok oui non ras neant nihil rien sans objet so nc na nr np tbd
    todo aucun aucune aucuns aucunes pas de du des la le les l d un une et ou a au aux en par
    que qui ce cet cette ces cela ca est etre dire signaler ajouter preciser mentionner motiver
    justifier commentaire commentaires remarque remarques observation observations motivation
    raison raisons justification texte vide voir cf ci dessus dessous haut bas plus supra infra
    meme memes chose pareil identique precedent precedente avant apres ligne bloc completer
    complete remplir venir suivre attente azerty qwerty xyz abc abcd lorem ipsum merci svp jury
    decision applicable particulier special null none nan motif motifs
    proposition adoptee
    """.split()  # noqa: SIM905 (forty lines of quotes would say no more)
)
"""Words that a reason may hold and that are none by themselves, as `fold` leaves them."""


def says_something(text: str | None) -> bool:
    """Return whether a reason has a word of four letters or two shorter ones, fillers apart.

    Digits, punctuation, single letters and one letter repeated count for nothing.
    """
    if text is None:
        return False
    words = [
        letters
        for word in _WORD.findall(fold(text))
        if word not in _FILLERS
        and len(letters := "".join(filter(str.isalpha, word))) >= _SHORT_WORD
        and len(set(letters)) > 1
    ]
    if len(set("".join(words))) < _DISTINCT:
        return False
    return len(words) >= _WORDS or any(len(word) >= _LONG_WORD for word in words)
