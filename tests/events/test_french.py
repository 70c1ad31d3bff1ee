"""What the French pack reads: each sentence with its events, by the grammar that it needs."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.events import code_text
from tasks.events.reader_romance import load_reader
from tasks.events.reader_romance.morphology import load_morphology

from .codings import DAY, events

OWN_GOLD = Path(__file__).resolve().parents[2] / "benchmarks" / "events_fr.csv"
SENTENCES = {
    "a day before a comma": (
        "Lundi dernier, la Grèce avait expulsé l'ambassadeur de Russie.",
        {"GRC>RUS 161 actual"},
    ),
    "a season before a comma": (
        "L'été dernier, la Grèce avait expulsé l'ambassadeur de Russie.",
        {"GRC>RUS 161 actual"},
    ),
    "a week before a comma": (
        "La semaine dernière, la police russe a arrêté trois journalistes français.",
        {"RUS>FRA 173 actual"},
    ),
    "a date before a comma": (
        "Le 3 mai, la France a condamné la Russie.",
        {"FRA>RUS 111 actual"},
    ),
    "a year before a comma": (
        "L'an dernier, des soldats russes ont tué des civils ukrainiens.",
        {"RUS>UKR 190 actual"},
    ),
    "an evening before a comma": (
        "Dimanche soir, la Russie a attaqué l'Ukraine.",
        {"RUS>UKR 190 actual"},
    ),
    "a month before a comma": (
        "Le mois dernier, Emmanuel Macron a rencontré Vladimir Poutine.",
        {"FRA>RUS 040 actual"},
    ),
    "perfect with être and se": (
        "Emmanuel Macron s'est entretenu par téléphone avec Vladimir Poutine.",
        {"FRA>RUS 041 actual"},
    ),
    "passive with an agent": (
        "Trois journalistes français ont été arrêtés par la police russe.",
        {"RUS>FRA 173 actual"},
    ),
    "negation around the verb": (
        "La France n'a pas attaqué la Syrie.",
        {"FRA>SYR 190 negated"},
    ),
    "no longer": ("La France ne bombarde plus la Syrie.", {"FRA>SYR 195 negated"}),
    "future in one word": (
        "Emmanuel Macron rencontrera Vladimir Poutine.",
        {"FRA>RUS 036 planned"},
    ),
    "future with aller": (
        "Emmanuel Macron va rencontrer Vladimir Poutine.",
        {"FRA>RUS 036 planned"},
    ),
    "just done": (
        "Emmanuel Macron vient de rencontrer Vladimir Poutine.",
        {"FRA>RUS 040 actual"},
    ),
    "hearsay in the conditional": (
        "La Russie aurait attaqué l'Ukraine.",
        {"RUS>UKR 190 hypothetical"},
    ),
    "condition": (
        "Si la Russie attaque la Finlande, l'Otan ripostera.",
        {"RUS>FIN 190 hypothetical"},
    ),
    "partitive articles": (
        "Des soldats russes ont tué des civils ukrainiens.",
        {"RUS>UKR 190 actual"},
    ),
    "de before an adjective": (
        "La France a imposé de nouvelles sanctions contre la Russie.",
        {"FRA>RUS 163 actual"},
    ),
    "promise": ("La France a promis d'envoyer des vivres à la Syrie.", {"FRA>SYR 0333 actual"}),
    "refusal": ("La France a refusé de rencontrer la Russie.", {"FRA>RUS 125 actual"}),
    "threat": ("La Russie a menacé d'attaquer l'Ukraine.", {"RUS>UKR 138 actual"}),
    "call on someone to act": (
        "La France a exhorté la Russie à libérer les otages.",
        {"FRA>RUS 0253 actual"},
    ),
    "denial": ("La Russie a démenti avoir bombardé l'Ukraine.", {"RUS>UKR 195 denied"}),
    "one auxiliary for two verbs": (
        "M. Zelensky a remercié la France et condamné la Russie.",
        {"UKR>FRA 051 actual", "UKR>RUS 111 actual"},
    ),
    "relative clause": (
        "La France a condamné le général russe qui a bombardé l'Ukraine.",
        {"RUS>UKR 195 actual"},
    ),
    "reported clause": (
        "Le président français a déclaré que la Russie avait bombardé l'Ukraine.",
        {"RUS>UKR 195 actual"},
    ),
    "subject behind a verb of saying": (
        "« La crise est grave », a-t-il déclaré. « La paix est loin », a affirmé le président "
        "français Emmanuel Macron.",
        {"FRA>--- 010 actual"},
    ),
    "noun written with hyphens": (
        "La Russie a imposé un couvre-feu en Ukraine.",
        {"RUS>UKR 1723 actual"},
    ),
    "event noun with its parties": (
        "Les négociations entre la France et la Russie ont repris lundi.",
        {"FRA>RUS 046 actual"},
    ),
    "it is the one named before": (
        "La France a annoncé son intention de rencontrer Vladimir Poutine.",
        {"FRA>RUS 036 actual"},
    ),
}
NO_EVENTS = [
    "L'équipe de France a battu l'Allemagne en finale.",
    "Un séisme a tué vingt personnes en Turquie.",
    "La France combat l'inflation et le chômage.",
    "Le président russe est mort d'une attaque cardiaque.",
]
WORDS = st.sampled_from(
    [
        "la",
        "le",
        "l",
        "'",
        "d",
        "de",
        "des",
        "a",
        "ont",
        "été",
        "se",
        "s",
        "est",
        "que",
        "qui",
        "et",
        ",",
        ".",
        "«",
        "»",
        "ne",
        "pas",
        "Russie",
        "France",
        "Poutine",
        "attaqué",
        "attaque",
        "rencontrera",
        "soldats",
        "accord",
        "avec",
        "contre",
        "dit",
        "sanctions",
        "cessez",
        "-",
        "feu",
        "M",
        "12",
        "si",
        "en",
        "y",
    ]
)


@pytest.mark.parametrize(("text", "expected"), SENTENCES.values(), ids=SENTENCES)
def test_a_sentence_gives_its_events(text: str, expected: set[str]) -> None:
    assert expected <= events(text, "fr")


@pytest.mark.parametrize("text", NO_EVENTS)
def test_what_is_no_event_gives_none(text: str) -> None:
    assert not {e for e in events(text, "fr") if e.endswith("actual")}


def test_nine_in_ten_sentences_written_before_the_rules_give_their_type() -> None:
    lines = [x for x in OWN_GOLD.read_text("utf-8").splitlines() if not x.startswith("#")]
    rows = list(csv.DictReader(lines))
    right = 0
    for r in rows:
        wanted = {x.split()[1][:2] for x in r["expected"].split("; ") if x != "-"}
        found = {
            m.cameo[:2]
            for m in code_text(r["text"], published=DAY, lang="fr")
            if m.status in ("actual", "planned")
        }
        right += wanted == found
    assert right >= 0.9 * len(rows)


@pytest.mark.parametrize(
    ("lemma", "forms"),
    [
        ("libérer", {"libère", "libéré", "libérera", "libéra"}),
        ("menacer", {"menaçait", "menacent", "menaçant"}),
        ("exiger", {"exigeait", "exigé"}),
        ("appeler", {"appelle", "appelaient", "appellera"}),
        ("réunir", {"réunissent", "réuni", "réunira"}),
        ("soutenir", {"soutient", "soutenu", "soutiendra"}),
        ("envoyer", {"envoyer", "envoie", "enverra"}),
        ("promettre", {"promis", "promet", "promettra"}),
        ("se_rendre", {"rend", "rendus", "rendra"}),
    ],
)
def test_conjugation(lemma: str, forms: set[str]) -> None:
    assert forms <= load_morphology("fr").verb_forms(lemma, {})


@pytest.mark.parametrize("lang", ["es", "fr"])
@settings(max_examples=150, deadline=None)
@given(words=st.lists(WORDS, max_size=30))
def test_any_words_make_one_tree(lang: str, words: list[str]) -> None:
    (parse,) = load_reader(lang).parse([words])
    assert len(parse.tags) == len(parse.heads) == len(parse.words) == len(words)
    assert sum(h < 0 for h in parse.heads) == (1 if words else 0)
    for i in range(len(words)):
        seen, node = set(), i
        while node >= 0:
            assert node not in seen
            seen.add(node)
            node = parse.heads[node]
    assert load_reader(lang).parse([words, words])[1] == parse
