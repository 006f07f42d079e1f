"""The receiver's answer to a flow: which passages it took, and why not the others.

It is read leniently, whatever the case of its names, their order and the number of wrappers; but a
document type, another namespace, or an end that is missing is refused before anything is believed.
It is parsed as it is read: identifiers and the beginning of each reason alone stay in memory.
"""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, Any, cast

from lxml import etree

from sheetgen.declaration.flow_xml import LARGEST_FLOW, MOST_PASSAGES
from sheetgen.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_NAMESPACE = "urn:cdc:cpf:pc5:rapport:schema"
_CHUNK = 1 << 20
_LONGEST_TEXT = 10_000
"""Of one element: what is longer is cut."""
_DEEPEST = 40
_OF_ONE = ("passageok", "passageko")
"""The elements that speak of one passage alone."""


class AcknowledgementError(Exception):
    """Raised where a file is no answer that can be believed; the text says why, in French."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledgement:
    """An answer; identifiers in small letters, as their case varies.

    Attributes:
        flow: the identifier of the flow; None where the answer does not say it.
        accepted: the technical identifiers of the passages taken.
        refused: the reason of each refusal, by technical identifier.
    """

    flow: str | None
    accepted: frozenset[str]
    refused: Mapping[str, str]


def read_acknowledgement(path: Path) -> Acknowledgement:
    """Return the answer that a file holds.

    Raises:
        AcknowledgementError: it is none.
        OSError: it cannot be read.
    """
    reader = _Reader()
    parser: Any = etree.XMLParser(
        target=cast("Any", reader), no_network=True, resolve_entities=False, load_dtd=False
    )
    read = 0
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                read += len(chunk)
                if read > LARGEST_FLOW:
                    message = "le fichier est trop grand"
                    raise AcknowledgementError(message)
                parser.feed(chunk)
        if not read:
            message = "le fichier est vide"
            raise AcknowledgementError(message)
        parser.close()
    except etree.XMLSyntaxError as error:
        message = "le XML est abîmé ou coupé"
        raise AcknowledgementError(message) from error
    return reader.answer()


@dataclass(slots=True)
class _Frame:
    """An element that is open: what was found right inside it.

    Attributes:
        reasons: each with the number of identifiers that were named before it.
    """

    name: str
    text: str = ""
    ids: list[str] = field(default_factory=list)
    reasons: list[tuple[int, str]] = field(default_factory=list)


class _Reader:
    """Takes an answer as it is parsed."""

    def __init__(self) -> None:
        self._open: list[_Frame] = []
        self._flow: str | None = None
        self._accepted: set[str] = set()
        self._refused: dict[str, list[str]] = {}

    def doctype(self, _name: str, _public: str | None, _system: str | None) -> None:
        message = "il déclare un type de document (DTD), ce qu'aucun accusé ne fait"
        raise AcknowledgementError(message)

    def start(self, tag: str, _attributes: object) -> None:
        space, _, name = tag.rpartition("}")
        space = space.removeprefix("{")
        if space and not space.lower().startswith(_NAMESPACE):
            message = f"son espace de noms est « {space[:100]} », et non « {_NAMESPACE} »"
            raise AcknowledgementError(message)
        if len(self._open) >= _DEEPEST:
            message = "ses éléments sont trop imbriqués"
            raise AcknowledgementError(message)
        self._open.append(_Frame(name=name.lower()))

    def data(self, text: str) -> None:
        if self._open:
            frame = self._open[-1]
            room = _LONGEST_TEXT - len(frame.text)
            if room > 0:
                # Blanks before a text would else take its room.
                frame.text += text[:room] if frame.text else text.lstrip()[:room]

    def end(self, _tag: str) -> None:
        frame = self._open.pop()
        said = frame.text.strip()
        parent = self._open[-1] if self._open else None
        if frame.name == "idflux" and said:
            self._flow = said.lower()
        elif parent is not None and frame.name == "idtechnique":
            parent.ids.append(said.lower())
        elif parent is not None and frame.name == "messageerreur" and said:
            parent.reasons.append((len(parent.ids), " ".join(said.split())))
        if frame.ids and (parent is None or not self._goes_on(frame)):
            self._judge(frame)
        elif parent is not None:
            before = len(parent.ids)
            parent.ids += frame.ids
            parent.reasons += ((before + place, reason) for place, reason in frame.reasons)
        if parent is not None and max(len(parent.ids), len(parent.reasons)) > MOST_PASSAGES:
            message = f"il nomme plus de {MOST_PASSAGES} passages, ce que ne tient aucun flux"
            raise AcknowledgementError(message)

    def close(self) -> None:
        return None

    def _goes_on(self, frame: _Frame) -> bool:
        """Return whether what is said of the passages named in an element goes on around it."""
        if _is_answer(frame.name):
            return False
        around = next((item.name for item in reversed(self._open) if _is_answer(item.name)), "")
        return around in _OF_ONE

    def _judge(self, frame: _Frame) -> None:
        """Note what an element says of the passages named in it."""
        names = [frame.name, *(item.name for item in reversed(self._open))]
        answered = next((name for name in names if _is_answer(name)), None)
        if answered is None:
            message = f"il ne dit pas si le passage « {frame.ids[0][:60]} » est accepté ou refusé"
            raise AcknowledgementError(message)
        if answered.endswith("ok"):
            self._accepted.update(frame.ids)
            return
        for technical, reasons in zip(frame.ids, _reasons_of_each(frame), strict=True):
            self._refused.setdefault(technical, []).extend(reasons)

    def answer(self) -> Acknowledgement:
        """Return what the acknowledgement says, once it is read to its end.

        Raises:
            AcknowledgementError: it names no passage, or one as both taken and refused.
        """
        both = self._accepted & self._refused.keys()
        if both:
            message = f"il dit le passage « {min(both)[:60]} » accepté et refusé"
            raise AcknowledgementError(message)
        if not self._accepted and not self._refused:
            message = "il ne nomme aucun passage"
            raise AcknowledgementError(message)
        refused = {key: " ; ".join(dict.fromkeys(said)) for key, said in self._refused.items()}
        return Acknowledgement(flow=self._flow, accepted=frozenset(self._accepted), refused=refused)


def _is_answer(name: str) -> bool:
    return name.startswith("passage") and name.endswith(("ok", "ko"))


def _reasons_of_each(frame: _Frame) -> list[list[str]]:
    """Return the reasons of each identifier that an element names, nobody's given to another.

    Where they follow each other in one list, a reason is that of the identifier beside it: the one
    before it, or the one after it where the list begins with a reason.
    """
    count, reasons = len(frame.ids), [reason for _, reason in frame.reasons]
    places = {place for place, _ in frame.reasons}
    if places <= {0} or places <= {count} or count == 1:
        each = len(reasons) == count > 1
        return [[reason] for reason in reasons] if each else [reasons] * count
    found: list[list[str]] = [[] for _ in frame.ids]
    for place, reason in frame.reasons:
        mine = place if 0 in places else place - 1
        if mine < count:
            found[mine].append(reason)
    return found
