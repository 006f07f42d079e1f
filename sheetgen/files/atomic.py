"""Writing a file so that its reader finds the former one or the new one, never a part of it.

Where the system refuses, `explain` says why in French: its own words are in the machine's language.
"""

from __future__ import annotations

import errno
import re
import secrets
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_DRAFT = re.compile(r"^\..*\.[0-9a-f]{16}(\.\w+)?$")
"""The name of a file that is being written."""

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
    errno.EADDRINUSE: "un autre programme l'utilise",
}


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Yield a path beside `path` to write to; it replaces `path` on success, else is removed.

    Raises:
        OSError: the folder cannot be written to, or `path` is held open by another program.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    # Two machines of a cluster may have processes of one number, and do one piece of work again.
    draft = path.with_name(f".{path.stem}.{secrets.token_hex(8)}{path.suffix}")
    try:
        yield draft
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def remove_drafts(folder: Path) -> None:
    """Remove what a run that was killed had begun to write under a folder and not put in place.

    Raises:
        OSError: a draft cannot be removed.
    """
    for path in list(folder.rglob(".*")) if folder.is_dir() else ():
        if _DRAFT.search(path.name) and path.is_file():
            path.unlink()


def write_whole(path: Path, data: bytes) -> None:
    """Write a file at once, in the way of `replacing`.

    Raises:
        OSError: likewise.
    """
    with replacing(path) as draft:
        draft.write_bytes(data)


def copy_whole(source: Path, path: Path) -> None:
    """Copy a file of any size, in the way of `replacing`.

    Raises:
        OSError: likewise, or the file cannot be read.
    """
    with replacing(path) as draft:
        shutil.copyfile(source, draft)


def explain(error: OSError) -> str:
    """Return the reason as a French phrase, without a capital or a full stop."""
    reason = _REASONS.get(error.errno or 0)
    return reason or f"refus du système ({error.strerror or type(error).__name__})"
