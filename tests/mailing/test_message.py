"""The message to a juror, filled in from the session."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from handing_world import ODILE, THEO, ZOE, recipient, session, template

from sheetgen.mailing import read_message_template, render_message
from sheetgen.mailing.message import FIELD_NAMES, blank_fields

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("{juré}", "Odile Hypothèse"),
        ("{prénom}", "Odile"),
        ("{nom}", "Hypothèse"),
        ("{session}", "Session de juin"),
        ("{code session}", "S1"),
        ("{date}", "15/06/2026"),
        ("{date limite}", "22/06/2026"),
        ("{centre}", "École fictive"),
        ("{représentant}", "Aurore Chimère"),
        ("{nombre}", "2"),
        ("{archive}", "J1.zip"),
        ("{porteur}", "Odile Hypothèse"),
        ("{candidats}", "- C01 — Zoé Exemple\n- C02 — Théo Inventé"),
        ("{ DATE_limite }", "22/06/2026"),
        ("{Jure}", "Odile Hypothèse"),
    ],
)
def test_a_field_gives_its_value(field: str, value: str) -> None:
    """Each field, however a school types it."""
    known = replace(session(), centre="École fictive", representative="Aurore Chimère")
    message = render_message(template(f"Voici : {field}."), recipient(within=known))
    assert message.body == f"Voici : {value}.\n"


def test_a_session_of_several_days_gives_both_ends() -> None:
    """Written after « du »; one of a single day, that day."""
    long = replace(session(), last_day=date(2026, 6, 17))
    said = {
        render_message(template("du {dates}"), recipient(within=held)).body
        for held in (session(), long)
    }
    assert said == {"du 15/06/2026\n", "du 15/06/2026 au 17/06/2026\n"}


def test_a_session_without_a_title_is_called_by_its_code() -> None:
    """A sentence about the session always has a name for it."""
    message = render_message(
        template("{session}"), recipient(within=replace(session(), title=None))
    )
    assert message.body == "S1\n"


def test_under_anonymity_candidates_are_numbers() -> None:
    """Neither first nor last name is written."""
    known = replace(session(), anonymous=True)
    message = render_message(template("{candidats}", "{candidats}"), recipient(within=known))
    assert message.body == "- C01\n- C02\n"
    assert message.subject == "- C01 - C02"


def test_a_sentence_shows_what_the_session_does_not_say() -> None:
    """A missing deadline is visible to whoever sends the draft, and said once."""
    known = replace(session(), return_deadline=None)
    written = template("À rendre le {date limite}.")
    assert render_message(written, recipient(within=known)).body == "À rendre le [à préciser].\n"
    assert blank_fields(written, known) == {"date limite": "Date limite de retour"}


def test_a_line_of_fields_alone_disappears_with_its_values() -> None:
    """A signature is as long as what is known of it."""
    written = template("Merci.\n\n{représentant}\n{centre} {date}\nAu revoir")
    known = replace(session(), representative=None, centre=None)
    message = render_message(written, recipient(within=known))
    assert message.body == "Merci.\n\n[à préciser] 15/06/2026\nAu revoir\n"
    assert blank_fields(written, known) == {"centre": "Centre"}


def test_a_template_that_asks_for_nothing_missing_has_no_blank() -> None:
    """Fields that have values, and those of the juror, are no blanks."""
    known = replace(session(), return_deadline=None)
    assert blank_fields(template("{juré} {session}\n{date limite}"), known) == {}


def test_a_subject_is_never_left_out() -> None:
    """One that is only a missing value shows that it is missing, and that is said."""
    known = replace(session(), centre=None)
    written = template(subject="{centre}")
    assert render_message(written, recipient(within=known)).subject == "[à préciser]"
    assert blank_fields(written, known) == {"centre": "Centre"}


def test_braces_in_a_name_are_no_field() -> None:
    """What is filled in is never filled in again."""
    juror = replace(ODILE, first_name="{nom}", last_name="{inconnu}")
    message = render_message(template("{juré}"), recipient(juror=juror))
    assert message.body == "{nom} {inconnu}\n"


def test_a_name_over_several_lines_stays_on_one() -> None:
    """A line break or a tab in a cell never makes a line of its own in the message."""
    juror = replace(ODILE, first_name="Odile\r\nBcc: x@example.org", last_name="Hypo\tthèse\u2028")
    message = render_message(template("{juré}", "Pour {juré}"), recipient(juror=juror))
    assert message.subject == "Pour Odile Bcc: x@example.org Hypo thèse"
    assert message.body == "Odile Bcc: x@example.org Hypo thèse\n"


def test_the_shipped_template_reads_as_a_letter() -> None:
    """The message as the juror receives it, to the letter."""
    written, problems = read_message_template(ROOT / "templates" / "message-jures.txt")
    assert problems == []
    assert written is not None
    known = replace(session(), representative="Aurore Chimère", centre="École fictive")
    message = render_message(written, recipient(candidates=(ZOE, THEO), within=known))
    assert message.subject == "Session de juin : vos grilles d'évaluation"
    assert message.body.startswith(
        "Bonjour Odile Hypothèse,\n"
        "\n"
        "Voici, en pièce jointe (J1.zip), vos grilles d'évaluation pour : Session de juin.\n"
        "Il y en a une par candidat que vous évaluez.\n"
        "\n"
        "Nombre de grilles : 2\n"
        "- C01 — Zoé Exemple\n"
        "- C02 — Théo Inventé\n"
        "\n"
    )
    assert "Date limite de retour : 22/06/2026." in message.body
    assert message.body.endswith("\n\nAurore Chimère\nÉcole fictive\n")


def test_the_shipped_template_lists_every_field() -> None:
    """A school that opens the file sees what it may write."""
    text = (ROOT / "templates" / "message-jures.txt").read_text(encoding="utf-8")
    explanation = "\n".join(line for line in text.splitlines() if line.startswith("#"))
    assert [name for name in FIELD_NAMES if f"{{{name}}}" not in explanation] == []
