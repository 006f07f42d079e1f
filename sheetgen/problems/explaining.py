"""Kinds of problem found in explaining a decision."""

from __future__ import annotations

from sheetgen.problems.records import error

OBJECT_UNKNOWN = error(
    "explained-object-unknown",
    "« {found} » n'est ni un critère, ni une compétence, ni une épreuve, ni un bloc.{suggestion}",
    "Donner un code du référentiel, Certification, ou rien pour tout expliquer.",
    "« sheetgen explain » raconte comment une chose a été décidée, à partir des appréciations dont "
    "elle dépend.",
)
CHANGED_SINCE_CLOSING = error(
    "explained-otherwise-than-closed",
    "Candidat {candidate} : les grilles et les règles ne donnent plus ce que le jury avait sous "
    "les yeux à la clôture ({blocks}). Rien n'est expliqué, car ce serait une autre décision.",
    "Remettre le référentiel, la session et les retours tels qu'ils étaient, puis relancer ; "
    "« sheetgen finalize » dit les valeurs qui ont changé.",
    "Une explication dit exactement ce qui a été calculé. Les décisions d'une session close sont "
    "figées ; ce qui sert à les expliquer doit être ce qui les a données.",
)
CLOSING_UNLIKE = error(
    "explained-closing-unknown",
    "La clôture ne dit pas, du candidat {candidate}, ce que le jury a décidé.",
    "Vérifier le numéro du candidat ; « sheetgen finalize » rétablit ce qui manque à final/.",
    "Ce que le jury a décidé se lit dans les décisions figées de la session.",
)
