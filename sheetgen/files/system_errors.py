"""Say in French why the system refused a file: its own words are in the machine's language."""

from __future__ import annotations

import errno

_REASONS = {
    errno.EACCES: "accès refusé, ou fichier ouvert dans un autre programme",
    errno.EPERM: "accès refusé, ou fichier ouvert dans un autre programme",
    errno.EBUSY: "fichier ouvert dans un autre programme",
    errno.ENOENT: "fichier ou dossier introuvable",
    errno.EISDIR: "un dossier porte ce nom",
    errno.ENOTDIR: "un fichier porte le nom d'un de ses dossiers",
    errno.EEXIST: "un fichier porte déjà ce nom",
    errno.ENOTEMPTY: "le dossier n'est pas vide",
    errno.ENOSPC: "plus de place sur le disque",
    errno.EDQUOT: "plus de place sur le disque",
    errno.EFBIG: "fichier plus grand que ce que le disque accepte",
    errno.EROFS: "support en lecture seule",
    errno.ENAMETOOLONG: "nom trop long",
    errno.EINVAL: "nom que le système n'accepte pas",
    errno.EIO: "erreur de lecture ou d'écriture du disque",
    errno.EMFILE: "trop de fichiers ouverts à la fois",
    errno.ELOOP: "liens qui tournent en rond",
}


def explain(error: OSError) -> str:
    """Return the reason as a French phrase, without a capital or a full stop."""
    reason = _REASONS.get(error.errno or 0)
    return reason or f"refus du système ({error.strerror or type(error).__name__})"
