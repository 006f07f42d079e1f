"""Identifiers, and the closed sets whose values are the French words that users read."""

from __future__ import annotations

from enum import Enum
from functools import cached_property
from typing import NewType

BlockCode = NewType("BlockCode", str)
ActivityCode = NewType("ActivityCode", str)
CompetencyCode = NewType("CompetencyCode", str)
MethodCode = NewType("MethodCode", str)
CriterionCode = NewType("CriterionCode", str)
CandidateId = NewType("CandidateId", str)
JurorCode = NewType("JurorCode", str)

NOT_OBSERVED = "Non observé"
"""The mark of a criterion that the juror could not observe; never a level of the scale."""

EXEMPT = "Exempté"
"""The locked text of an exempted criterion in a grid; never a level of the scale."""

NOTE = "note"
"""The name by which a criterion asks for the notes that « Règles » bound; never a scale's own."""


class Term(Enum):
    """A closed set whose values are the French words that users read and write."""

    @cached_property
    def key(self) -> str:
        """Return the English word for it in `decisions.json`."""
        return self.name.lower()

    @property
    def forms(self) -> tuple[str, ...]:
        """Return the word, then what people write for it of a woman, where that differs."""
        word = str(self.value)
        return (word, *_FEMININE.get(word, ()))


_FEMININE = {
    "Président": ("Présidente",),
    "Évaluateur": ("Évaluatrice",),
    "Présent": ("Présente",),
    "Absent": ("Absente",),
    "Excusé": ("Excusée",),
}


class ScaleKind(Term):
    """The kinds of scale: marks are levels, or numbers."""

    LEVELS = "niveaux"
    NOTE = "note"


class Merge(Term):
    """The ways to make one mark of several jurors' (rule « Fusion des jurés »)."""

    MEAN = "moyenne"
    MEDIAN = "médiane"
    MAJORITY = "majorité"
    MINIMUM = "minimum"
    MAXIMUM = "maximum"
    UNANIMITY = "unanimité"


class TieBreak(Term):
    """Ways to break a tie of the majority merge (rule « Départage »)."""

    DELIBERATION = "délibération"
    PRESIDENT = "président"
    LOWER = "inférieur"
    HIGHER = "supérieur"


class CompetencyRule(Term):
    """The conditions to acquire a competency (rule « Compétence acquise si »)."""

    ALL = "tous les critères"
    COUNT = "nombre de critères"
    PERCENTAGE = "pourcentage de critères"
    MEAN = "moyenne"


class BlockRule(Term):
    """The conditions to validate a bloc (rule « Bloc validé si »)."""

    ALL = "toutes les compétences"
    PERCENTAGE = "pourcentage de compétences"
    MEAN = "moyenne"
    EVERY_ASSESSMENT = "toutes les épreuves"
    ASSESSMENT_MEAN = "moyenne des épreuves"
    COMPETENCIES_AND_ASSESSMENTS = "compétences et épreuves"

    @property
    def names_assessments(self) -> bool:
        """Return whether it judges a bloc by its épreuves."""
        return self in (
            BlockRule.EVERY_ASSESSMENT,
            BlockRule.ASSESSMENT_MEAN,
            BlockRule.COMPETENCIES_AND_ASSESSMENTS,
        )


class AbsenceRule(Term):
    """The cases of a candidate who did not sit an épreuve (rule « Absence à une épreuve »)."""

    FAILED = "échec"
    TO_SIT_AGAIN = "à représenter"


class BlockStatus(Term):
    """The parts that a bloc plays: needed for the certification, or one of its options."""

    MANDATORY = "Obligatoire"
    OPTION = "Option"


class Proof(Term):
    """The ways to show a competency: assessed by the jury, or by a document from elsewhere."""

    ASSESSMENT = "Évaluation"
    EVIDENCE = "Pièce"


class Unobserved(Term):
    """Ways to count a criterion that nobody observed (rule « Critère non observé »)."""

    TO_DELIBERATE = "à délibérer"
    LEFT_OUT = "neutralisé"
    NOT_ACQUIRED = "non acquis"


class CommentRule(Term):
    """The cases in which a juror owes a comment (rule « Commentaire obligatoire »)."""

    NOT_ACQUIRED = "non acquis"
    NEVER = "jamais"


class Route(Term):
    """The whole certification, or single blocs."""

    FULL = "Certification complète"
    BLOCKS = "Capitalisation de blocs"


class AccessRoute(Term):
    """The ways to a certification (column « Voie d'accès »)."""

    INITIAL = "Formation initiale"
    APPRENTICESHIP = "Apprentissage"
    CONTINUING = "Formation continue"
    WORK_STUDY = "Contrat de professionnalisation"
    EXPERIENCE = "VAE"
    EQUIVALENCE = "Équivalence"
    INDEPENDENT = "Candidat libre"


class Status(Term):
    """Attendance of a candidate."""

    PRESENT = "Présent"
    ABSENT = "Absent"
    EXCUSED = "Excusé"
    WITHDRAWN = "Abandon"


class Sex(Term):
    """The sex in a civil register; the letters are those of the national files."""

    FEMALE = "F"
    MALE = "M"


class Notation(Term):
    """The way of marking: a grid for each juror, or one between those who mark the same."""

    INDIVIDUAL = "Individuelle"
    COMMON = "Commune"


class JurorRole(Term):
    """The juror's place in the jury."""

    PRESIDENT = "Président"
    MEMBER = "Membre"
    ASSESSOR = "Évaluateur"


class Acceptance(Term):
    """The decisions on what a candidate showed as evidence."""

    YES = "Oui"
    NO = "Non"
    PENDING = "En attente"


class AccommodationKind(Term):
    """Kinds of disability arrangement."""

    EXEMPTION = "Exemption de critère"
    METHOD = "Adaptation de la modalité"
    ASSISTANCE = "Assistance d'un tiers"
    EXTRA_TIME = "Temps majoré"


class JuryDecision(Term):
    """Decisions of the jury on a requested arrangement."""

    GRANTED = "Accordée"
    REFUSED = "Refusée"
    PENDING = "En attente"


class CriterionState(Term):
    """States of a criterion once its jurors' marks are merged."""

    MARKED = "Évalué"
    UNDECIDED = "À délibérer"
    EXEMPT = "Exempté"
    NOT_OBSERVED = "Non observé"
    MISSING = "Manquant"
    NOT_APPLICABLE = "Sans objet"
    NOT_OPEN = "Non ouvert"
    KEPT = "Conservé"
    ABSENT = "Absent"


class CompetencyOutcome(Term):
    """Proposals for a competency."""

    ACQUIRED = "Acquise"
    NOT_ACQUIRED = "Non acquise"
    TO_DELIBERATE = "À délibérer"
    INCOMPLETE = "Incomplète"
    NOT_APPLICABLE = "Sans objet"


class AssessmentOutcome(Term):
    """Proposals for an épreuve."""

    PASSED = "Réussie"
    FAILED = "Échouée"
    TO_DELIBERATE = "À délibérer"
    INCOMPLETE = "Incomplète"
    NOT_OPEN = "Non ouverte"
    ABSENT = "Absente"
    KEPT = "Conservée"


class BlockOutcome(Term):
    """Proposals for a bloc."""

    VALIDATED = "Validé"
    NOT_VALIDATED = "Non validé"
    TO_DELIBERATE = "À délibérer"
    INCOMPLETE = "Incomplet"
    ALREADY_HELD = "Déjà acquis"
    NOT_PRESENTED = "Non présenté"


class CertificationOutcome(Term):
    """Proposals for the certification."""

    AWARDED = "Délivrée"
    PARTIAL = "Validation partielle"
    NOT_AWARDED = "Non délivrée"
    TO_DELIBERATE = "À délibérer"
    INCOMPLETE = "Incomplète"
    ABSENT = "Absent"


class ReturnStatus(Term):
    """The outcomes of reading a returned file."""

    ACCEPTED = "Acceptée"
    INCOMPLETE = "Incomplète"
    REJECTED = "Refusée"
    DUPLICATE = "Doublon"
    CONFLICT = "En conflit"
