"""What the Spanish pack reads: each sentence with its events, by the grammar that it needs."""

from __future__ import annotations

import pytest

from tasks.events import code_text
from tasks.events.reader_romance import load_reader
from tasks.events.reader_romance.morphology import load_morphology, plain

from .codings import events

SENTENCES = {
    "a week before a comma": (
        "La semana pasada, el ejército de Rusia atacó a civiles ucranianos.",
        {"RUS>UKR 190 actual"},
    ),
    "a day before a comma": (
        "El lunes, Grecia expulsó al embajador de Rusia.",
        {"GRC>RUS 161 actual"},
    ),
    "a season before a comma": (
        "El verano pasado, Grecia expulsó al embajador de Rusia.",
        {"GRC>RUS 161 actual"},
    ),
    "a month before a comma": (
        "El mes pasado, Francia impuso sanciones a Rusia.",
        {"FRA>RUS 163 actual"},
    ),
    "a date before a comma": (
        "El 3 de mayo, Francia condenó a Rusia.",
        {"FRA>RUS 111 actual"},
    ),
    "a year before a comma": (
        "El año pasado, tres periodistas franceses fueron detenidos por la policía rusa.",
        {"RUS>FRA 173 actual"},
    ),
    "this week before a comma": (
        "Esta semana, tropas rusas atacaron a civiles ucranianos.",
        {"RUS>UKR 190 actual"},
    ),
    "passive with an agent": (
        "Tres periodistas franceses fueron detenidos por la policía rusa.",
        {"RUS>FRA 173 actual"},
    ),
    "passive by se": ("Se firmó un acuerdo entre Francia y Rusia.", {"FRA>RUS 057 actual"}),
    "reciprocal se": (
        "Los presidentes de Francia y Rusia se reunieron el martes en Ginebra.",
        {"FRA>RUS 040 actual"},
    ),
    "name behind a title": (
        "El presidente de Francia, Emmanuel Macron, y su homólogo de Rusia, Vladímir Putin, "
        "se reunieron en Ginebra.",
        {"FRA>RUS 040 actual"},
    ),
    "person acted upon with a": (
        "Tropas rusas atacaron ayer a civiles ucranianos.",
        {"RUS>UKR 190 actual"},
    ),
    "negation": ("Francia no atacó a Siria.", {"FRA>SYR 190 negated"}),
    "a no that denies something else": (
        "Francia acusó a Rusia de ataques con drones no identificados.",
        {"FRA>RUS 112 actual"},
    ),
    "future in one word": (
        "Emmanuel Macron se reunirá con Vladímir Putin.",
        {"FRA>RUS 036 planned"},
    ),
    "future with ir a": (
        "Emmanuel Macron va a reunirse con Vladímir Putin.",
        {"FRA>RUS 036 planned"},
    ),
    "hearsay in the conditional": (
        "Rusia habría atacado a Ucrania.",
        {"RUS>UKR 190 hypothetical"},
    ),
    "condition": (
        "Si Rusia ataca a Finlandia, la OTAN intervendrá.",
        {"RUS>FIN 190 hypothetical"},
    ),
    "pronoun behind an infinitive": (
        "Francia se negó a reunirse con Rusia.",
        {"FRA>RUS 125 actual"},
    ),
    "threat": ("Rusia amenazó con invadir Ucrania.", {"RUS>UKR 1382 actual"}),
    "promise": ("Francia prometió enviar alimentos a Siria.", {"FRA>SYR 0333 actual"}),
    "call on someone to act": (
        "Francia instó a Rusia a liberar a los rehenes.",
        {"FRA>RUS 0253 actual"},
    ),
    "demand with que": (
        "Francia pidió a Rusia que libere a los rehenes.",
        {"FRA>RUS 0253 actual"},
    ),
    "denial": ("Rusia negó haber atacado a Ucrania.", {"RUS>UKR 190 denied"}),
    "attempt": ("Rusia intentó invadir Ucrania.", {"RUS>UKR 192 hypothetical"}),
    "two verbs with one subject": (
        "Rusia invadió Ucrania y expulsó a un diplomático francés.",
        {"RUS>UKR 192 actual", "RUS>FRA 161 actual"},
    ),
    "two clauses": (
        "Rusia atacó a Ucrania y Francia condenó a Rusia.",
        {"RUS>UKR 190 actual", "FRA>RUS 111 actual"},
    ),
    "relative clause": (
        "Francia condenó al general ruso que bombardeó Ucrania.",
        {"RUS>UKR 195 actual"},
    ),
    "subject behind the verb": (
        "En Moscú protestaron miles de estudiantes rusos contra Vladímir Putin.",
        {"RUS>RUS 141 actual"},
    ),
    "reported clause": (
        "El presidente francés dijo que Rusia bombardeó Ucrania.",
        {"RUS>UKR 195 actual"},
    ),
    "verb of saying behind a quotation": (
        "«La crisis es grave», dijo el presidente francés Emmanuel Macron.",
        {"FRA>--- 010 actual"},
    ),
    "what it was done with": (
        "Rebeldes asesinaron con disparos de fusil a un soldado francés.",
        {"--->FRA 193 actual"},
    ),
    "no accents": (
        "El presidente frances Emmanuel Macron se reunio con Vladimir Putin.",
        {"FRA>RUS 040 actual"},
    ),
    "event noun with its parties": (
        "El ataque de Rusia contra Ucrania comenzó el lunes.",
        {"RUS>UKR 190 actual"},
    ),
}
NO_EVENTS = [
    "La selección de Francia derrotó a Alemania en la final del Mundial.",
    "Un terremoto mató a veinte personas en Turquía.",
    "Francia lucha contra la inflación y el desempleo.",
    "El precio del petróleo subió en Rusia.",
    "El presidente ruso murió de un ataque cardíaco.",
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES.values(), ids=SENTENCES)
def test_a_sentence_gives_its_events(text: str, expected: set[str]) -> None:
    assert expected <= events(text, "es")


@pytest.mark.parametrize("text", NO_EVENTS)
def test_what_is_no_event_gives_none(text: str) -> None:
    assert not {e for e in events(text, "es") if e.endswith("actual")}


def test_who_says_so_is_kept_in_the_words_of_the_text() -> None:
    (m,) = [
        m
        for m in code_text("Emmanuel Macron dijo que Rusia bombardeó Ucrania.", lang="es")
        if m.cameo == "195"
    ]
    assert m.attribution is not None
    assert (m.attribution.text, m.attribution.verb) == ("Emmanuel Macron", "decir")


@pytest.mark.parametrize(
    ("lemma", "forms"),
    [
        ("atacar", {"atacó", "ataquen", "atacando", "atacadas", "ataco"}),
        ("reunirse", {"reúne", "reunieron", "reunirse", "reunirá"}),
        ("pedir", {"pidió", "piden", "pidiendo"}),
        ("morir", {"murieron", "muere", "muertos"}),
        ("destruir", {"destruyó", "destruyeron", "destruyen"}),
        ("detener", {"detuvo", "detuvieron", "detiene", "detenido"}),
        ("exigir", {"exija", "exigió"}),
        ("amenazar", {"amenace", "amenazó"}),
        ("imponer", {"impuso", "impuesto", "imponga", "impondrá"}),
        ("reconocer", {"reconozca", "reconoció"}),
    ],
)
def test_conjugation(lemma: str, forms: set[str]) -> None:
    assert forms <= load_morphology("es").verb_forms(lemma, {})


def test_words_of_grammar_bear_the_names_of_the_rules() -> None:
    words = ["Francia", "no", "se", "reunió", "con", "Rusia", "en", "contra", "de", "Siria"]
    (parse,) = load_reader("es").parse([words])
    assert parse.words[1] == "not"
    assert parse.words[4] == "with"
    assert parse.words[6] == "against"
    assert parse.lemmas[3] == "reunirse"
    assert plain("reunió") == "reunio"
