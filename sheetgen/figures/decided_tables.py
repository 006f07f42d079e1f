"""Tables of what was decided: by certification, session, centre, route, bloc and épreuve."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from typing import TYPE_CHECKING

from sheetgen.figures.figure_tables import ColumnKind, FigureChart, FigureColumn, FigureTable
from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import Status
from sheetgen.text import natural_parts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from sheetgen.figures.figure_tables import Value
    from sheetgen.register import CountedLine, CountedSession

UNSAID = "non renseigné"

_PRESENT = Status.PRESENT.key
_REFUSED = ("validated", "not_validated")


@dataclass(frozen=True, slots=True)
class Label:
    """A column that names a group, by a text of each line."""

    name: str
    width: float
    of: Callable[[CountedLine], str]


@dataclass(frozen=True, slots=True)
class Measure:
    """A column that counts the candidates of the lines that a condition keeps."""

    name: str
    keeps: Callable[[CountedLine], bool]


@dataclass(frozen=True, slots=True)
class Rate:
    """A column that divides one measure by another, both by name."""

    name: str
    part: str
    whole: str


_COUNT_WIDTH = 9.0
_Column = Label | Measure | Rate


def _certification(line: CountedLine) -> str:
    session = line.session
    return (
        f"{session.rncp_code} — {session.certification}"
        if session.rncp_code
        else (session.certification)
    )


def _short(line: CountedLine) -> str:
    return line.session.rncp_code or line.session.certification


def day_text(text: str | None) -> str:
    """Return an ISO day as people write it; what is none is unsaid."""
    try:
        return f"{date.fromisoformat(text or ''):%d/%m/%Y}"
    except ValueError:
        return UNSAID


def _present(line: CountedLine) -> bool:
    return line.status == _PRESENT


def _whole(line: CountedLine) -> bool:
    return _present(line) and line.route == "full"


def _by_blocks(line: CountedLine) -> bool:
    return _present(line) and line.route != "full"


def _sat(line: CountedLine) -> bool:
    return line.outcome in (*_REFUSED, "passed", "failed")


def _passed(line: CountedLine) -> bool:
    return line.outcome in ("validated", "passed")


_ATTENDANCE: tuple[Measure, ...] = (
    Measure("Inscrits", lambda line: True),  # noqa: ARG005 (all of them)
    Measure("Présents", _present),
    *(
        Measure(word, lambda line, key=status.key: line.status == key)  # type: ignore[misc]
        for word, status in (
            ("Absents", Status.ABSENT),
            ("Excusés", Status.EXCUSED),
            ("Abandons", Status.WITHDRAWN),
        )
    ),
)
_WHOLE = "Présents, certification entière"
_AWARDED = "Délivrées"
_DECIDED: tuple[Measure | Rate, ...] = (
    Measure(_WHOLE, _whole),
    Measure(_AWARDED, lambda line: _whole(line) and line.outcome == "awarded"),
    Rate("Taux", _AWARDED, _WHOLE),
    Measure("Validations partielles", lambda line: _whole(line) and line.outcome == "partial"),
    Measure(
        "Non délivrées",
        lambda line: _whole(line) and line.outcome not in ("awarded", "partial"),
    ),
    Measure("Présents, par blocs", _by_blocks),
    Measure("… dont délivrées", lambda line: _by_blocks(line) and line.outcome == "awarded"),
)
_DECIDED_ALL: tuple[Measure | Rate, ...] = (*_ATTENDANCE, *_DECIDED)
_TRIES: tuple[Measure | Rate, ...] = (
    Measure("Présents, 1re fois", lambda line: _whole(line) and not line.again),
    Measure(
        "Délivrées, 1re fois",
        lambda line: _whole(line) and not line.again and line.outcome == "awarded",
    ),
    Rate("Taux, 1re fois", "Délivrées, 1re fois", "Présents, 1re fois"),
    Measure("Se représentent", lambda line: _present(line) and line.again),
    Measure(
        "Délivrées, représentés",
        lambda line: _present(line) and line.again and line.outcome == "awarded",
    ),
    Rate("Taux, représentés", "Délivrées, représentés", "Se représentent"),
)


def _judged(presented: str, passed: str) -> tuple[_Column, ...]:
    return (
        Measure(presented, _sat),
        Measure(passed, lambda line: _sat(line) and _passed(line)),
        Rate("Taux", passed, presented),
        Measure(f"{presented}, 1re fois", lambda line: _sat(line) and not line.again),
        Measure(f"{passed}, 1re fois", lambda line: _passed(line) and not line.again),
        Rate("Taux, 1re fois", f"{passed}, 1re fois", f"{presented}, 1re fois"),
        Measure(f"{presented} de nouveau", lambda line: _sat(line) and line.again),
        Measure(f"{passed}, de nouveau", lambda line: _passed(line) and line.again),
        Rate("Taux, de nouveau", f"{passed}, de nouveau", f"{presented} de nouveau"),
    )


_RATE_NOTE = (
    "Un taux est donné à partir de 10 personnes au dénominateur ; au-dessous (« — »), une seule "
    "personne pèserait plus de dix points : seuls les nombres sont donnés."
)
_WHOLE_NOTE = (
    "Taux = délivrées ÷ présents pour la certification entière. Qui se présente par blocs est "
    "compté à part."
)


def tables_of_decisions(
    lines: Sequence[CountedLine], sessions: Sequence[CountedSession]
) -> list[FigureTable]:
    """Return every table of what was decided; those without a row say so."""
    people = [line for line in lines if line.kind == "certification"]
    blocks = [line for line in lines if line.kind == "block"]
    tests = [line for line in lines if line.kind == "assessment"]
    title = Label("Certification", 44, _certification)
    short = Label("Certification", 16, _short)
    session = Label("Session", 18, lambda line: line.session.session)
    day = Label("Date", 13.0, lambda line: day_text(line.session.session_date))
    centre = Label("Centre", 26, lambda line: line.session.centre or UNSAID)
    route = Label("Voie d'accès", 26, lambda line: line.access_route or UNSAID)
    block = (Label("Bloc", 9, lambda line: line.code), Label("Intitulé", 36, _newest(blocks)))
    test = (Label("Épreuve", 9, lambda line: line.code), Label("Intitulé", 36, _newest(tests)))
    rates = (_WHOLE_NOTE, _RATE_NOTE)
    again = (
        "« De nouveau » : la même personne l'avait déjà présenté, dans une session du registre.",
    )
    return [
        _table(("Certifications", "Par certification"), people, (title, *_DECIDED_ALL), rates),
        _table(
            ("Représentations", "Première présentation et représentations"),
            people,
            (title, *_TRIES),
            (
                (
                    "Se représente qui était déjà présent à une session du registre pour la même "
                    "certification, quel que soit son parcours."
                ),
                _RATE_NOTE,
            ),
        ),
        _table(("Sessions", "Par session"), people, (short, session, day, *_DECIDED_ALL), rates),
        _delays(sessions),
        _table(("Centres", "Par centre"), people, (short, centre, *_DECIDED_ALL), rates),
        _table(("Voies", "Par voie d'accès"), people, (short, route, *_DECIDED_ALL), rates),
        _table(
            ("Blocs", "Par bloc"),
            blocks,
            (short, *block, *_judged("Présentés", "Validés")),
            (_RATE_NOTE, *again),
        ),
        _table(
            ("Blocs par session", "Par bloc et par session"),
            blocks,
            (short, session, day, centre, route, block[0], *_judged("Présentés", "Validés")[:3]),
            (_RATE_NOTE,),
            page=False,
        ),
        _table(
            ("Épreuves", "Par épreuve"),
            tests,
            (
                short,
                *test,
                *_judged("Présentées", "Réussies")[:3],
                Measure("Absents à l'épreuve", lambda line: line.outcome == "absent"),
                Measure("Non ouverte", lambda line: line.outcome == "not_open"),
                Measure("Conservée", lambda line: line.outcome == "kept"),
                *_judged("Présentées", "Réussies")[6:],
            ),
            (_RATE_NOTE, *again),
        ),
    ]


def _newest(lines: Iterable[CountedLine]) -> Callable[[CountedLine], str]:
    """Return what gives a code's title as the latest session has it."""
    ordered = sorted(lines, key=lambda line: line.session.session_date or "")
    titles = {(line.session.key, line.code): line.title for line in ordered if line.title}
    return lambda line: titles.get((line.session.key, line.code), "")


def _table(
    names: tuple[str, str],
    lines: Sequence[CountedLine],
    columns: Sequence[_Column],
    notes: tuple[str, ...],
    *,
    page: bool = True,
) -> FigureTable:
    labels = [column for column in columns if isinstance(column, Label)]
    groups: dict[tuple[object, ...], list[CountedLine]] = defaultdict(list)
    for line in lines:
        # A group is known by its certification too: two may have one title.
        groups[(line.session.key, *(label.of(line) for label in labels))].append(line)
    ordered = sorted(groups, key=lambda key: _order(key, groups[key][0], labels))
    shown = tuple(map(_column_of(columns), columns))
    bars = [place for place, column in enumerate(shown) if column.name == "Taux"]
    return FigureTable(
        sheet=names[0],
        title=names[1],
        columns=shown,
        rows=tuple(_row(groups[key], columns) for key in ordered),
        notes=notes,
        page=page,
        charts=tuple(
            FigureChart(
                title=f"{names[1]} : {columns[place - 1].name.lower()}",
                labels=tuple(range(len(labels))),
                rate=place,
                latest=any(label.name == "Date" for label in labels),
            )
            for place in bars[:1]
        ),
    )


def _order(
    key: tuple[object, ...], line: CountedLine, labels: Sequence[Label]
) -> tuple[object, ...]:
    """Return the place of a group: sessions by day, the rest as people sort it."""
    day = line.session.session_date or "" if any(item.name == "Date" for item in labels) else ""
    return (key[0], day, [natural_parts(str(part)) for part in key[1:]])


def _column_of(columns: Sequence[_Column]) -> Callable[[_Column], FigureColumn]:
    places = {column.name: place for place, column in enumerate(columns)}

    def made(column: _Column) -> FigureColumn:
        if isinstance(column, Label):
            return FigureColumn(name=column.name, width=column.width, kind=ColumnKind.TEXT)
        if isinstance(column, Rate):
            over = places[column.part], places[column.whole]
            width = _room(column.name)
            return FigureColumn(name=column.name, width=width, kind=ColumnKind.RATE, over=over)
        return FigureColumn(name=column.name, width=_room(column.name))

    return made


def _room(name: str) -> float:
    """Return the width of a column of numbers, whose longest word has to stand on one line."""
    return max(_COUNT_WIDTH, max(map(len, name.split())) * 1.05 + 1.5)


def _row(lines: Sequence[CountedLine], columns: Sequence[_Column]) -> tuple[Value, ...]:
    def cell(column: _Column) -> Value:
        if isinstance(column, Label):
            return column.of(lines[0])
        if isinstance(column, Rate):
            return None
        return sum(line.count for line in lines if column.keeps(line))

    return tuple(map(cell, columns))


def _delays(sessions: Sequence[CountedSession]) -> FigureTable:
    """Return the days from the jury's decision to the record, session by session."""

    def days(item: CountedSession) -> int | None:
        try:
            closed = date.fromisoformat((item.closed or "")[:10])
            recorded = datetime.fromisoformat(item.recorded or "").astimezone().date()
        except ValueError:
            return None
        return (recorded - closed).days

    rows = [
        (
            item.rncp_code or item.certification,
            item.session,
            day_text(item.session_date),
            day_text((item.closed or "")[:10]),
            day_text((item.recorded or "")[:10]),
            days(item),
            item.version - 1,
        )
        for item in sorted(sessions, key=lambda item: (item.key, item.session_date or ""))
    ]
    texts = (("Certification", 20.0), ("Session", 24.0), ("Date", 13.0))
    moments = (("Décision du jury", 16.0), ("Inscription", 16.0))
    return FigureTable(
        sheet="Délais",
        title="De la décision au registre",
        columns=(
            *(
                FigureColumn(name=name, width=width, kind=ColumnKind.TEXT)
                for name, width in (*texts, *moments)
            ),
            FigureColumn(name="Jours", width=10),
            FigureColumn(name="Réouvertures", width=14),
        ),
        rows=tuple(rows),
        notes=(
            (
                "Jours entre la clôture par le jury et l'inscription au registre de la dernière "
                "version ; vide : l'une des deux dates n'est pas connue."
            ),
        ),
    )
