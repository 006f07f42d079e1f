"""The example référentiels that `sheetgen init` can give, each with a session of its own."""

from __future__ import annotations

EXAMPLES = {
    "titre-developpeur": "un titre dont les épreuves traversent les blocs",
    "diplome-soin": "un diplôme avec barèmes, stage et attestation",
    "certificat-branche": "un certificat dont la théorie ouvre la pratique",
    "titre-options-voies": "un titre avec options, voies d'accès et mentions",
}
"""What each shows, in French, in the order to offer them."""
