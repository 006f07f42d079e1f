"""Kinds of problem of sealed papers: the key that seals them, verifying one, the page."""

from __future__ import annotations

from sheetgen.problems.records import Together, error, warning

SEALING_KEY_UNSAID = error(
    "sealing-key-unsaid",
    "Le fichier de la clé qui signe les documents n'est pas dit.",
    "Donner ce fichier avec --key (ou key dans sheetgen.toml) ; il est créé la première fois.",
    "Un registre PostgreSQL n'a pas de dossier où ranger la clé privée : l'école dit où elle est.",
)
SEALING_KEY_LOST = error(
    "sealing-key-lost",
    "La clé qui signe les documents n'est plus là.",
    "La reprendre d'une sauvegarde et relancer ; si elle est perdue, « sheetgen register key "
    "--new » en fait une autre, puis « sheetgen register publish » refait la page.",
    "Elle a déjà signé des documents : une autre ne la remplace que sur demande.",
)
SEALING_KEY_UNUSABLE = error(
    "sealing-key-unusable",
    "Ce fichier n'est pas une clé de signature.",
    "Indiquer le bon fichier avec --key, ou le reprendre d'une sauvegarde.",
    "Une clé Ed25519, dans un fichier PEM sans mot de passe, tel que sheetgen l'a fait.",
)
SEALING_KEY_REFUSED = error(
    "sealing-key-refused",
    "La clé qui signe les documents ne peut être ni lue ni écrite : {reason}.",
    "Vérifier les droits sur ce fichier et sur son dossier.",
    "Sans clé, aucun document vérifiable ne peut être fait.",
)
SEALING_KEY_OTHER = error(
    "sealing-key-other",
    "Ce fichier n'est pas la clé de ce registre.",
    "Indiquer la bonne clé avec --key ; si l'école a changé de clé, la plus récente.",
    "La page de vérification ne connaît que les clés que le registre connaît.",
)
SEAL_UNREADABLE = error(
    "seal-unreadable",
    "Rien ne peut être vérifié : {reason}.",
    "Donner l'adresse entière que porte le code QR, entre apostrophes, ou recopier ce qui est "
    "imprimé avec --number, --holder, --birth-date, --code, --title, --day, --certifier et "
    "--seal.",
    "L'adresse se termine, après « # », par ce que le document dit et par sa signature.",
)
SEAL_FALSE = error(
    "seal-false",
    "Ce document n'est pas de l'école, ou quelque chose y a été changé.",
    "Relire chaque ligne si elle a été recopiée ; sinon, ne pas se fier au document.",
    "La signature ne correspond à aucune clé de l'école pour ce que dit le document.",
)
PAPER_WITHDRAWN = error(
    "paper-withdrawn",
    "Le document {number} a été retiré le {day} : il ne vaut plus rien.",
    "Demander à son titulaire le document qui le remplace.",
    "Il fut signé par l'école, puis annulé par une réouverture de la session.",
)
NUMBER_UNKNOWN = warning(
    "sealed-number-unknown",
    "Le document {number} est signé de la clé de l'école, et le registre ne le connaît pas.",
    "Inscrire la session si elle ne l'est pas encore (« sheetgen register record ») ; sinon, se "
    "demander qui d'autre a la clé.",
    "Chaque document signé est inscrit à la clôture de sa session.",
)
PUBLISHED_PAGE_UNREADABLE = error(
    "published-page-unreadable",
    "Ce n'est pas une page de vérification.",
    "Donner le fichier index.html que « sheetgen register publish » a écrit.",
    "La page contient les clés publiques de l'école et les numéros retirés.",
)
CERTIFIER_UNSAID = error(
    "certifier-unsaid",
    "La page ne peut pas dire de qui elle est : « Certificateur » est vide.",
    "Remplir « Certificateur » dans la feuille « Certification » du référentiel.",
    "La page dit si un document est bien de ce certificateur.",
)
NO_SEALING_KEY = error(
    "no-sealing-key",
    "Aucun document n'a encore été signé.",
    "Remplir « Page de vérification » dans la feuille « Certification », puis clore une session.",
    "La clé est créée par la première clôture qui délivre un document vérifiable.",
)
CODE_TOO_LONG = warning(
    "code-too-long",
    "Le document {number} est fait sans code QR : ce qu'il dit, avec l'adresse de la page, est "
    "plus long que ce qu'un code peut tenir.",
    "Rien à faire s'il suffit de recopier le code de vérification, qui y est imprimé ; sinon, "
    "raccourcir « Page de vérification » ou l'intitulé dans le référentiel, et refaire le document "
    "avec --reopen.",
    "Un code QR tient 2 953 signes.",
    together=Together(
        sentence="{count} documents sont faits sans code QR, ce qu'ils disent étant trop long "
        "pour en tenir dans un : {items}.",
        item="{number}",
    ),
)
TEMPLATE_WITHOUT_CODE = warning(
    "template-without-code",
    "Le modèle n'imprime pas le code de vérification, alors que l'école a une page de "
    "vérification.",
    "Y placer {{{{ document.qr }}}} et {{{{ document.code_verification }}}}, entre "
    "{{%p if document.verifiable %}} et {{%p endif %}}, ou vider « Page de vérification ».",
    "Ses documents ne pourront pas être vérifiés.",
)
