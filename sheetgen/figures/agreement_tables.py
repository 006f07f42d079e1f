"""The agreement of jurors as tables, with their limits beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.figures.agreement import (
    LEAST_FLAGGED,
    LEAST_FOR_COEFFICIENT,
    MOST_READ_AGAIN,
    compare_jurors,
    read_again,
)
from sheetgen.figures.decided_tables import day_text
from sheetgen.figures.figure_tables import ColumnKind, FigureColumn, FigureTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sheetgen.figures.agreement import (
        CriterionAgreement,
        JurorDeviation,
        MarkedSession,
        SessionAgreement,
    )
    from sheetgen.figures.figure_tables import Value

_LIMITS = (
    "Seuls comptent les candidats que plusieurs jurés ont notés séparément. Rien ici ne change une "
    "note ni une décision, et rien n'en est imprimé au procès-verbal."
)
_NOBODY = (
    "Aucun candidat n'a été noté par plusieurs jurés séparément dans les dossiers lus : il n'y a "
    "rien à comparer."
)
_SESSION = (("Certification", 16.0), ("Session", 20.0), ("Date", 13.0))


def _texts(*columns: tuple[str, float]) -> tuple[FigureColumn, ...]:
    return tuple(
        FigureColumn(name=name, width=width, kind=ColumnKind.TEXT)
        for name, width in (*_SESSION, *columns)
    )


def _rate(name: str, over: tuple[int, int], least: int) -> FigureColumn:
    return FigureColumn(name=name, width=11, kind=ColumnKind.RATE, over=over, least=least)


def tables_of_agreement(sessions: Sequence[MarkedSession]) -> list[FigureTable]:
    """Return the tables: sessions, criteria to read again, jurors."""
    compared = [compare_jurors(session) for session in sessions]
    criteria = [item for _, found, _ in compared for item in read_again(found)]
    jurors = [item for _, _, found in compared for item in found]
    return [
        _sessions_table([overall for overall, _, _ in compared]),
        _criteria_table(criteria),
        _jurors_table(jurors),
    ]


def _sessions_table(found: Sequence[SessionAgreement]) -> FigureTable:
    return FigureTable(
        sheet="Accord des jurés",
        title="Accord des jurés, par session",
        columns=(
            *_texts(),
            FigureColumn(name="Candidats partagés", width=12),
            FigureColumn(name="Notes comparées", width=12),
            FigureColumn(name="Identiques", width=12),
            _rate("Part", (5, 4), LEAST_FOR_COEFFICIENT),
            FigureColumn(name="Signalées divergentes", width=13),
            FigureColumn(name="Notes communes", width=12),
        ),
        rows=tuple(
            (
                *_named(item.of),
                item.candidates,
                item.compared,
                item.same,
                None,
                item.divergent,
                item.of.together,
            )
            for item in found
        ),
        notes=(
            (
                "Une note comparée : un candidat et un critère, notés par plusieurs jurés. "
                "Identiques : tous ont donné la même. Quand presque tout est acquis, beaucoup "
                "d'accord est attendu et ne prouve rien."
            ),
            (
                "Divergentes : l'écart que la règle du référentiel signale. Communes : données "
                "ensemble, elles ne disent rien de l'accord."
            ),
            _LIMITS,
        ),
        empty="Aucun dossier de session close n'a été lu : voir --output.",
    )


def _criteria_table(found: Sequence[CriterionAgreement]) -> FigureTable:
    return FigureTable(
        sheet="Critères à relire",
        title="Critères sur lesquels les jurés se séparent le plus",
        columns=(
            *_texts(("Critère", 12.0)),
            FigureColumn(name="Candidats comparés", width=12),
            FigureColumn(name="Notes différentes", width=12),
            FigureColumn(name="Signalées divergentes", width=13),
            FigureColumn(name="Plus grand écart (points)", width=14, kind=ColumnKind.POINTS),
            FigureColumn(name="Alpha", width=9, kind=ColumnKind.POINTS),
        ),
        rows=tuple(
            (
                *_named(item.of),
                item.criterion,
                item.candidates,
                item.candidates - item.same,
                item.divergent,
                float(item.widest),
                None if item.alpha is None else float(item.alpha),
            )
            for item in found
        ),
        notes=(
            (
                f"Au plus {MOST_READ_AGAIN} par session, ceux qui séparent le plus de candidats "
                "d'abord : leur énoncé est à relire."
            ),
            (
                f"Alpha de Krippendorff (intervalles), à partir de {LEAST_FOR_COEFFICIENT} "
                "candidats : 1, accord entier ; 0, celui du hasard. Il s'effondre quand presque "
                "toutes les notes sont les mêmes ; sous vingt candidats il varie trop pour rien "
                "dire."
            ),
            _LIMITS,
        ),
        empty=_NOBODY,
    )


def _jurors_table(found: Sequence[JurorDeviation]) -> FigureTable:
    return FigureTable(
        sheet="Écarts des jurés",
        title="Écart moyen de chaque juré aux autres",
        columns=(
            *_texts(("Juré", 24.0)),
            FigureColumn(name="Candidats partagés", width=12),
            FigureColumn(name="Écart moyen", width=11, kind=ColumnKind.GAP),
            FigureColumn(name="Unité", width=20, kind=ColumnKind.TEXT),
            FigureColumn(name="Au-dessus", width=11),
            FigureColumn(name="Au-dessous", width=11),
            FigureColumn(name="À relire", width=26, kind=ColumnKind.TEXT),
        ),
        rows=tuple(_juror_row(item) for item in found),
        notes=(
            (
                "Une moyenne par candidat partagé, critère à critère, moins celle des autres "
                "jurés. Au-dessus, au-dessous : nombre de candidats pour qui l'écart est de ce "
                "côté."
            ),
            (
                f"Signalé seulement à partir de {LEAST_FLAGGED} candidats, quand presque tous "
                "(neuf sur dix au moins) sont du même côté. C'est une question à poser, non un "
                "reproche : les candidats partagés ne sont pas tirés au sort."
            ),
            _LIMITS,
        ),
        empty=_NOBODY,
    )


def _juror_row(item: JurorDeviation) -> tuple[Value, ...]:
    mixed = item.of.scales > 1
    word = "au-dessus" if item.above > item.below else "au-dessous"
    return (
        *_named(item.of),
        item.of.jurors.get(item.juror, item.juror),
        item.candidates,
        float(item.mean) * (100 if mixed else 1),
        "% de l'échelle" if mixed else "points",
        item.above,
        item.below,
        f"presque toujours {word}" if item.flagged else "",
    )


def _named(session: MarkedSession) -> tuple[Value, ...]:
    return (session.certification, session.session, day_text(session.session_date))
