"""The shipped templates that were checked before they were shipped: those bytes, and no others.

A template that somebody edited, be it in a checkout, is checked whenever it is read. `make test`
checks each of these, and says which line to write once one of them has changed.
"""

from __future__ import annotations

import hashlib

CHECKED = {
    "attestation-bloc.docx": "3e3f7c00750395586e6b0060132959c7cc359c4466093e75b2613e1216787948",
    "consignes-jures.docx": "dbfed3ab3f360a29777540cb83b4b2d55236f063e48207b5040e74109f3f80c9",
    "convocation.docx": "27ab8c2390a29c559399e17c52ba6ee88601dd273d674265b72cd94ac8326d8a",
    "explication.docx": "361161d9eb505d0499a0b22e66fbf421fc29055a57673ca6ea805217633736a3",
    "feuille-emargement.docx": "a8ee212f20dc145b225c89ef37c3ca08cc1ea5c79a75ad00481372b514d0f181",
    "grille-papier.docx": "a8219d0cdc383a3b7673c2b8d6582c4c151923071a82718125a76b53385ab975",
    "notification.docx": "20f403e34d22b4aa504b86b3abcf12fc4078187d14d883de49f6a4cb1e2cae1a",
    "parchemin.docx": "872fd983ad0227430d0b71212957e4028ebd12c2695bd5a1f76d6da2f908b3c0",
    "proces-verbal.docx": "d33da8d95e64c3f853a6e7ee82895f578baeec10cbbc893998a809e9c4a24404",
    "rapport-jury.docx": "92485994be05eb33a45f2edb9b2a0f04c5dfe71063ea92184d84a190a7771760",
    "releve.docx": "49daa92b05364739ce77c289e1727ef88cca4c0cd9ff2f4d79f4d4f844d99e06",
}
"""By the name of each file in which there is nothing to tell, its SHA-256 in hexadecimal."""


def was_checked(name: str, data: bytes) -> bool:
    """Return whether these bytes are the template shipped under this name, without fault."""
    return CHECKED.get(name) == hashlib.sha256(data).hexdigest()
