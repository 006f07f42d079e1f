"""Make the reference pages in `docs/` from what the program declares.

`python scripts/make_docs.py` writes them, `--check` says which differ; tests hold them in CI. What
users read comes from the declarations themselves, so that a page cannot say anything else.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
from field_page import render_fields
from json_page import render_json
from markdown_parts import page, plain, sentence, table

from sheetgen import model, problems
from sheetgen.cli import main as program
from sheetgen.documents import TEMPLATE_KINDS
from sheetgen.documents.checked_templates import CHECKED, told_line
from sheetgen.model.retention import RETENTION_KINDS
from sheetgen.problems import CATALOGUE, Kind, Severity
from sheetgen.rules import ReasonCode
from sheetgen.sources.schema import (
    REFERENTIAL,
    SESSION,
    FieldSpec,
    SheetSpec,
    ValueKind,
    ValueSpec,
    WorkbookSpec,
)
from sheetgen.workspace import render_configuration
from sheetgen.workspace.settings_file import CONFIGURATION, SETTINGS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"

_SEVERITIES = {
    Severity.ERROR: "Erreur",
    Severity.WARNING: "Avertissement",
    Severity.INFO: "Note",
}

_STAGES = {
    "importing": "L’import d’un document, du registre ou d’une liste",
    "source_files": "Les classeurs de l’école : fichier, feuilles, colonnes",
    "source_cells": "Les classeurs de l’école : contenu des cellules",
    "sources": "Le référentiel et la session",
    "regulations": "Le règlement, essayé",
    "returns": "Les fichiers revenus",
    "grids": "Le contenu des grilles",
    "grid_marks": "Les évaluations",
    "several_grids": "Plusieurs fichiers pour une grille, ou aucun",
    "common_grids": "Grilles remplies en commun",
    "handing": "L’envoi des grilles",
    "files": "L’écriture des fichiers",
    "consolidated": "La consolidation que le jury remplit",
    "carried_over": "La consolidation refaite",
    "deliberation": "La délibération",
    "frozen": "La clôture",
    "closing_papers": "Les documents de la clôture",
    "extracting": "L’extrait d’une personne",
    "outputs": "Les modèles Word et les documents",
    "executing": "Le travail à plusieurs processus ou machines",
    "configuration": "Les réglages de `sheetgen.toml`",
    "starting": "Le bureau ouvert par un raccourci",
}
"""What each module of kinds is about; one that is not named here is under the last title."""

_OTHER_STAGE = "Les autres messages"

_DECISION_TERMS: Mapping[str, type[model.Term]] = {
    "Parcours (`route`)": model.Route,
    "Statut du candidat (`status`)": model.Status,
    "Certification (`outcome`)": model.CertificationOutcome,
    "Bloc (`outcome`)": model.BlockOutcome,
    "Compétence (`outcome`)": model.CompetencyOutcome,
    "Critère (`state`)": model.CriterionState,
    "Retour (`status`)": model.ReturnStatus,
}
"""The closed sets that `decisions.json` writes in English, by what they are about."""


def render_messages() -> str:
    """Every problem's code, with its message, its cure and its cause."""
    parts = [
        "# Les messages",
        (
            "Chaque message du programme a un code, un texte, un remède et une explication. "
            "Les codes figurent dans `decisions.json` et dans les comptes rendus `--json` ; "
            "l’écran et les feuilles « Anomalies » montrent le texte et le remède. Pour retrouver "
            "un message, chercher dans cette page un de ses mots. « … » tient la place de ce que "
            "le message précise : un nom, une valeur, un nombre."
        ),
        (
            "- **Erreur** : ce qui est touché ne compte pas tant que ce n’est pas corrigé, et la "
            "commande se termine avec le statut 1.\n"
            "- **Avertissement** : à regarder ; rien n’est arrêté.\n"
            "- **Note** : bon à savoir."
        ),
    ]
    for title, kinds in _kinds_by_stage():
        parts.append(f"## {title}")
        parts += [_message(kind) for kind in kinds]
    return page(parts)


def _kinds_by_stage() -> Iterator[tuple[str, list[Kind]]]:
    left = dict(CATALOGUE)
    for name, title in _STAGES.items():
        declared = vars(getattr(problems, name)).values()
        yield title, [left.pop(kind.code) for kind in declared if isinstance(kind, Kind)]
    if left:
        yield _OTHER_STAGE, list(left.values())


def _message(kind: Kind) -> str:
    return "\n\n".join(
        (
            f"### {kind.code}",
            f"**{_SEVERITIES[kind.severity]}** : {sentence(kind.message)}",
            f"*Que faire* : {sentence(kind.hint) or 'Ce que dit le message.'}",
            f"*Explication* : {plain(kind.explanation)}",
        )
    )


def render_workbooks() -> str:
    """Every sheet, column and row of the two workbooks that a school fills."""
    parts = [
        "# Les classeurs à remplir",
        (
            "Les noms des feuilles, des colonnes et des lignes sont reconnus sans tenir compte des "
            "majuscules, des accents, des apostrophes, des espaces ni de l’ordre. Une colonne en "
            "**gras** doit exister et être remplie ; une ligne en **gras** doit être remplie. Les "
            "autres peuvent rester vides ou manquer."
        ),
    ]
    for spec, file in ((REFERENTIAL, "referential.xlsx"), (SESSION, "session.xlsx")):
        parts.append(f"## {spec.title} : `{file}`")
        others = " et ".join(f"« {name} »" for name in spec.companions)
        parts.append(
            f"Le modèle contient aussi les feuilles {others}, que le programme ne lit pas."
        )
        for sheet in (*spec.sheets, *spec.drafts):
            parts += _sheet(spec, sheet)
    return page(parts)


def _sheet(workbook: WorkbookSpec, sheet: SheetSpec) -> list[str]:
    described: Sequence[ValueSpec] = sheet.fields or sheet.columns
    columns = ("Ligne" if sheet.fields else "Colonne", "Valeur", "Si rien n’est écrit", "Aide")
    parts = [
        f"### Feuille {sheet.name} du classeur {workbook.title}",
        plain(sheet.help) + ("" if sheet.required else " La feuille peut manquer ou rester vide."),
    ]
    if sheet.fields:
        names = ", ".join(plain(column.name) for column in sheet.columns)
        parts.append(f"Colonnes : {names}. Lignes :")
    parts.append(table(columns, map(_described, described)))
    return parts


def _described(spec: ValueSpec) -> tuple[str, str, str, str]:
    if spec.required:
        blank = "refusé"
    elif spec.blank_means is None:
        blank = plain(spec.default or "—")
    elif spec.default is None:
        blank = plain(spec.blank_means)
    else:
        blank = f"ligne absente : {plain(spec.default)} ; vide : {plain(spec.blank_means)}"
    printed = ""
    if isinstance(spec, FieldSpec) and spec.printed_on:
        printed = f" Imprimé sur {spec.printed_on}."
    return _name(spec), _value(spec), blank, plain(spec.help) + printed


def _name(spec: ValueSpec) -> str:
    return f"**{plain(spec.name)}**" if spec.required else plain(spec.name)


def _value(spec: ValueSpec) -> str:
    if spec.choices:
        return " ; ".join(plain(word) for word in spec.allowed)
    if spec.references:
        several = "codes" if spec.kind is ValueKind.REFERENCES else "code"
        return f"{several} de la feuille {plain(spec.references)}"
    return plain(spec.kind.value)


def render_commands() -> str:
    """The help of every command, as the program prints it."""
    parts = [
        "# Les commandes",
        (
            "L’aide de chaque commande, telle que le programme l’affiche. Statut de sortie : "
            "0 sans erreur (des avertissements sont possibles), 1 avec au moins une erreur (ce qui "
            "peut être écrit l’est quand même) ou, pour `status`, tant qu’il manque quelque chose, "
            "2 quand la commande est mal écrite."
        ),
        _help(_context()),
    ]
    for name, command in commands().items():
        context = click.Context(command, parent=_context(), info_name=name)
        parts += [f"## sheetgen {name}", _help(context)]
    return page(parts)


def commands() -> Mapping[str, click.Command]:
    """Every command by its name, in the order of the help."""
    found: dict[str, click.Command] = {}
    for name, command in program.commands.items():
        found[name] = command
        if isinstance(command, click.Group):
            found |= {f"{name} {below}": item for below, item in command.commands.items()}
    return found


def _context() -> click.Context:
    """The program as in a terminal of 80 columns, of which Click leaves two free."""
    settings = program.context_settings
    return click.Context(program, info_name="sheetgen", terminal_width=78, **settings)


def _help(context: click.Context) -> str:
    return f"```text\n{context.get_help()}\n```"


def render_codes() -> str:
    """The words of `decisions.json`: why a bloc is not simply validated, and every outcome."""
    sentences = {code.key: sentence(code.value) for code in ReasonCode}
    parts = [
        "# Les codes de `decisions.json`",
        (
            "La forme du fichier est décrite par "
            "[decisions.schema.json](decisions.schema.json) (JSON Schema). Cette page donne le "
            "sens français de ses mots anglais. Les codes des problèmes sont dans "
            "[Les messages](messages.md)."
        ),
        "## Les motifs (`reasons`)",
        (
            "Pourquoi un bloc n’est pas simplement validé, ou, pour les codes "
            "`…general_mean…`, une certification n’est pas délivrée alors que tous les blocs sont "
            "acquis. « … » tient la place d’un code, d’un résultat ou d’un seuil."
        ),
        table(("Code", "Phrase"), [(f"`{code}`", text) for code, text in sentences.items()]),
        "## Les états et les résultats",
    ]
    for title, terms in _DECISION_TERMS.items():
        rows = [(f"`{term.key}`", plain(str(term.value))) for term in terms]
        parts += [f"### {title}", table(("Code", "En français"), rows)]
    return page(parts)


def render_settings() -> str:
    """What can be set once for all, and the file that a workspace starts with."""
    rows = [
        (
            f"`{setting.name}`",
            f"`{setting.option}`",
            f"`{setting.variable}`",
            plain(setting.help),
            setting.blank or f"`{setting.default}`",
        )
        for setting in SETTINGS.values()
    ]
    return page(
        [
            "# Les réglages",
            (
                "Ce qui serait à retaper à chaque commande s’écrit une fois, dans le fichier "
                f"`{CONFIGURATION}` ou dans des variables d’environnement. Rien n’y est "
                "obligatoire."
            ),
            (
                "Ce qui est le plus près de vous l’emporte : l’option de la ligne de commande, "
                "puis la variable d’environnement, puis le fichier, puis la valeur par défaut. "
                "Un interrupteur mis par le fichier ou par une variable s’ôte sur la ligne de "
                "commande : `--reports`, `--no-quiet`."
            ),
            table(("Dans le fichier", "Option", "Variable", "Sens", "Par défaut"), rows),
            (
                f"Le fichier `{CONFIGURATION}` est lu **dans le dossier où la commande est "
                "lancée**, à côté de `referential.xlsx` et de `session.xlsx`, et nulle part "
                "ailleurs : ni dans les dossiers qui le contiennent, ni dans le dossier personnel. "
                "Les chemins partent de ce dossier. Un réglage inconnu ou mal écrit arrête la "
                "commande, avec le statut 2 : mieux vaut rien qu’une session prise pour une autre."
            ),
            "## Les durées de conservation",
            (
                "La section `[conservation]` dit combien de temps chaque chose est gardée après la "
                'décision du jury : `"18 mois"`, `"3 ans"` ou `"à vie"`. `sheetgen register '
                "forget` montre ce qui est arrivé à son terme, et ne supprime qu’après "
                "confirmation. Ces durées par défaut ne sont qu’un usage : celles qui vous lient "
                "sont dans le registre des traitements de votre établissement. Celle des "
                "décisions ne peut être plus courte que celle d’un fichier, qu’elles permettent "
                "de reconnaître."
            ),
            table(
                ("Réglage", "Ce qui est gardé", "Par défaut"),
                [
                    (f"`{kind.name}`", plain(kind.help), kind.default)
                    for kind in RETENTION_KINDS.values()
                ],
            ),
            "## Le fichier de départ",
            "`sheetgen init` en écrit un, où tout est expliqué et rien n’est encore réglé :",
            f"```toml\n{render_configuration()}```",
        ]
    )


def render_checked_templates() -> str:
    """The shipped templates in which a check finds nothing, by their bytes."""
    lines: list[str] = []
    for kind in TEMPLATE_KINDS:
        data = (ROOT / "templates" / kind.file).read_bytes()
        if not kind(kind.file, data).check():
            lines.append(told_line(kind.file, data))
    return "".join(f"{line}\n" for line in sorted(lines, key=lambda line: line.split()[1]))


PAGES: Mapping[str, Callable[[], str]] = {
    "messages.md": render_messages,
    "classeurs.md": render_workbooks,
    "commandes.md": render_commands,
    "reglages.md": render_settings,
    "champs.md": render_fields,
    "codes-motifs.md": render_codes,
    "json.md": render_json,
    CHECKED.relative_to(ROOT).as_posix(): render_checked_templates,
}
"""What makes each page of `docs/`, and the list of templates that need no check."""


def place_of(name: str) -> Path:
    """Where one of them lies."""
    return (ROOT if "/" in name else DOCS) / name


def changed_pages() -> list[str]:
    """The names of the pages that are not what this script writes."""
    return [
        name
        for name, render in PAGES.items()
        if not place_of(name).exists() or place_of(name).read_text(encoding="utf-8") != render()
    ]


def _told(name: str) -> str:
    return name if "/" in name else f"docs/{name}"


def main(arguments: Sequence[str]) -> int:
    """Writes the pages; with `--check` writes nothing and is 1 where one would change."""
    changed = changed_pages()
    for name in changed:
        if "--check" in arguments:
            print(f"{_told(name)}: not what scripts/make_docs.py writes", file=sys.stderr)
        else:
            place_of(name).write_text(PAGES[name](), encoding="utf-8", newline="\n")
            print(_told(name))
    return int("--check" in arguments and bool(changed))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
