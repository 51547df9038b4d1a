"""The words of English that make events: patterns by PLOVER type, and word classes, compiled from YAML.

``data/lexicon/patterns.yml`` says which verbs and nouns are which type and where the recipient stands;
``data/lexicon/words.yml`` says what the other words do in a sentence. Both open with their own rules.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from entente.errors import LexiconError
from entente.model import EventType, Quad, Status

PATTERNS_FILE = "patterns.yml"
WORDS_FILE = "words.yml"

# Kinds of noun that a pattern may ask for.
_KINDS = frozenset({"@person", "@people", "@leader", "@place", "@group", "@organisation"})
_SLOTS = frozenset(
    [
        "upon",
        "object",
        "doer",
        "in",
        "on",
        "at",
        "into",
        "against",
        "for",
        "to",
        "with",
        "from",
        "of",
        "by",
        "between",
        "over",
        "near",
        "along",
        "around",
        "off",
        "toward",
        "towards",
        "opposite",
        "across",
        "through",
        "outside",
        "alongside",
        "about",
        "that",
        "and",
        "in defiance of",
    ]
)
_KEYS = frozenset(
    [
        "type",
        "cameo",
        "verbs",
        "nouns",
        "object",
        "not_object",
        "object_class",
        "object_optional",
        "goal",
        "means",
        "words",
        "to_act",
        "own",
        "to",
        "both",
        "reverse",
        "answers",
        "needs_other",
        "together",
        "weight",
        "actor",
        "status",
        "example",
    ]
)
_DEEDS = frozenset({Quad.MATERIAL_COOPERATION, Quad.MATERIAL_CONFLICT})
_UNIONS = {
    "beings": "agents forces persons",
    "associates": "fellows belonging",
    "carrying_verbs": "light_verbs responding_verbs joining_verbs",
    "complaining_verbs": "reporting_verbs charging_that_verbs finding_verbs",
    "protests_and_slogans": "protests slogans",
    "punishing_or_jailing_verbs": "custody_verbs penal_verbs",
    "saying_verbs": "reporting_verbs promising_verbs vowing_verbs",
    "signing_or_holding_verbs": "holding_verbs signing_verbs",
    "telling_or_finding_verbs": "reporting_verbs finding_verbs",
    "telling_nouns": "protests slogans gatherings accusing_nouns teamwork mediations helping_nouns",
    "weighed_nouns": "weighing_nouns decision_nouns",
}
_VOWELS = "aeiou"
# Irregular verbs that double their last letter before -ing.
_DOUBLED = frozenset(
    ["hit", "cut", "put", "set", "let", "get", "run", "win", "begin", "sit", "shut", "split", "quit", "bid", "swim"]
)
_NOUN_CLASSES = frozenset({"agents", "forces", "persons", "assets"})


# Words by tag, as in coding/words.py, whatever the lexicon says.
_CLOSED = {
    "M": "won't can't wouldn't couldn't shouldn't 'll",
    "V": "don't doesn't didn't isn't aren't wasn't weren't hasn't haven't hadn't",
    "W": "who whom whose which",
    "S": "because although though while whereas if unless whether when where as once",
    "R": "he she it they we i you him them us himself itself themselves herself",
    "X": "not never n't",
}
_AUXILIARIES = "be is are am was were been being have has had having do does did"
_POINTING = "that those these this"
# Prepositions that may open a clause of their own ("after Russia suspended supplies").
OPENERS = frozenset({"after", "before", "since", "until", "till"})


@dataclass(frozen=True, slots=True)
class Pattern:
    """One group of verbs or nouns that make an event of one type.

    ``objects`` are the nouns one of which must head the verb's object (empty: any, or none). One of ``goals`` must stand behind a
    preposition, one of ``means`` behind "with", one of ``words`` anywhere behind the verb (empty: nothing must); ``to_act`` wants somebody told to do something, ``own`` an object
    that is the doer's own.
    ``to`` lists the places where the recipient may
    stand, best first. ``answers`` says that the act answers a deed told before, whose doer is the recipient when none is named, ``needs_other`` that it is no event when
    nobody is; ``together`` is the type of the act of both when several do it, ``status`` what an act told as done is instead. ``name`` identifies the pattern in an event's ``rule``.
    ``kinds`` are the kinds of noun ("@place") among ``objects`` and ``not_objects``.
    ``wants_noun`` says that one of ``objects`` must be there by its word alone: none is optional, or a kind of noun ("@place") that the sentence must tell.
    """

    name: str
    type: EventType
    cameo: str
    objects: frozenset[str]
    not_objects: frozenset[str]
    object_optional: bool
    object_class: str
    actor_class: str
    goals: frozenset[str]
    means: frozenset[str]
    words: frozenset[str]
    to_act: bool
    own: bool
    to: tuple[str, ...]
    both: bool
    reverse: bool
    answers: bool
    needs_other: bool
    together: EventType | None
    status: Status | None
    weight: str
    example: tuple[str, str]
    wants_noun: bool = False
    kinds: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class VerbForm:
    """What an inflected word can be: its lemma and its form (base, s, past, participle, past-participle or ing)."""

    lemma: str
    form: str


@dataclass(frozen=True, slots=True)
class Grammar:
    """Everything the coder knows of English words.

    ``verb_forms`` maps a lower-case word to what it can be as a verb; ``verb_patterns`` a verb's first word to (particles,
    pattern) pairs, longest particles first; ``noun_patterns`` a noun (lemma, or lemmas joined by ``_``) to its patterns.
    ``form_lemmas`` maps such a word to its forms, each with the lemma it is the form of. ``closed`` and ``function_words`` map words
    to their tags (see coding/words.py): those of ``closed`` are the same in any sentence, of the others "to" and "that" depend on it.
    ``compound_starts`` and ``compound_pairs`` are the first word and the first two of each compound of several words.
    ``pair_words`` are the words of the class fixed_pairs. ``classes`` holds the word sets of words.yml by name, ``noun_classes`` what a noun is by the first of agents, persons, forces and
    assets that lists it.
    """

    verb_forms: Mapping[str, tuple[VerbForm, ...]]
    verb_patterns: Mapping[str, tuple[tuple[tuple[str, ...], Pattern], ...]]
    noun_patterns: Mapping[str, tuple[Pattern, ...]]
    particles: Mapping[str, tuple[tuple[str, ...], ...]]
    classes: Mapping[str, frozenset[str]]
    patterns: tuple[Pattern, ...]
    triggers: frozenset[str]
    compound_starts: frozenset[str]
    compound_pairs: frozenset[str]
    noun_classes: Mapping[str, str]
    form_lemmas: Mapping[str, Mapping[str, str]]
    pair_words: frozenset[str]
    closed: Mapping[str, str]
    function_words: Mapping[str, str]


def _doubles(word: str) -> bool:
    """Whether the last consonant is doubled before -ed and -ing (one short syllable: ban, stab)."""
    return (
        len(word) >= 3
        and word[-1] not in _VOWELS + "wxyh"
        and word[-2] in _VOWELS
        and word[-3] not in _VOWELS
        and sum(c in _VOWELS for c in word) == 1
    )


def inflect(lemma: str, irregular: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]) -> dict[str, set[str]]:
    """All forms of a one-word verb: form name to spellings."""
    stem = lemma[:-1] if lemma.endswith("e") and not lemma.endswith(("ee", "oe", "ye")) else lemma
    if lemma.endswith(("s", "x", "z", "ch", "sh")) or lemma in ("go", "do", "veto"):
        third = lemma + "es"
    elif lemma.endswith("y") and lemma[-2:-1] not in _VOWELS:
        third = lemma[:-1] + "ies"
    else:
        third = lemma + "s"
    if lemma.endswith("y") and lemma[-2:-1] not in _VOWELS:
        past = lemma[:-1] + "ied"
    elif _doubles(lemma):
        past = lemma + lemma[-1] + "ed"
    else:
        past = stem + "ed" if stem != lemma else (lemma + "d" if lemma.endswith("e") else lemma + "ed")
    ing = lemma[:-2] + "ying" if lemma.endswith("ie") else (lemma + lemma[-1] + "ing" if _doubles(lemma) else stem + "ing")
    forms = {"base": {lemma}, "s": {third}, "past": {past}, "participle": {past}, "ing": {ing}}
    if lemma in irregular:
        pasts, participles = irregular[lemma]
        forms["past"], forms["participle"] = set(pasts), set(participles)
        doubled = any(p.endswith(lemma[-1] * 2 + "ed") for p in pasts) and not lemma.endswith(lemma[-1] * 2)
        if doubled or lemma in _DOUBLED:
            forms["ing"] = {lemma + lemma[-1] + "ing"}
    if lemma == "be":
        forms = {"base": {"be"}, "s": {"is", "are", "am"}, "past": {"was", "were"}, "participle": {"been"}, "ing": {"being"}}
    if lemma == "have":
        forms["s"], forms["ing"] = {"has"}, {"having"}
    return forms


def noun_forms(lemma: str) -> set[str]:
    """A noun's singular and plural."""
    irregular = {
        "man": "men",
        "woman": "women",
        "child": "children",
        "person": "people",
        "serviceman": "servicemen",
        "policeman": "policemen",
        "body": "bodies",
        "fisherman": "fishermen",
    }
    if lemma in irregular:
        return {lemma, irregular[lemma]}
    if lemma.endswith(("s", "x", "z", "ch", "sh")):
        return {lemma, lemma + "es"}
    if lemma.endswith("y") and lemma[-2:-1] not in _VOWELS:
        return {lemma, lemma[:-1] + "ies"}
    return {lemma, lemma + "s"}


def _words(value: Any, file: str, entry: str) -> list[str]:
    if not isinstance(value, str):
        raise LexiconError(file, entry, f"needs words separated by blanks, has {value!r}")
    return value.split()


def _irregular(text: str) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    out: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}
    for item in text.split():
        parts = item.split(":")
        if len(parts) != 3:
            raise LexiconError(WORDS_FILE, "irregular_verbs", f"{item!r} is not of the form base:past:participle")
        # A phrasal verb inflects in its first word only.
        base, pasts, participles = (p.split("/") for p in parts)
        first = base[0].split("_")[0]
        out.setdefault(first, (tuple(p.split("_")[0] for p in pasts), tuple(p.split("_")[0] for p in participles)))
    return out


def _type(value: Any, entry: str) -> EventType:
    try:
        return EventType(str(value))
    except ValueError:
        raise LexiconError(PATTERNS_FILE, entry, f"type is none of {', '.join(EventType)}: {value!r}") from None


def _status(value: Any, entry: str) -> Status:
    try:
        return Status(str(value))
    except ValueError:
        raise LexiconError(PATTERNS_FILE, entry, f"status is none of {', '.join(Status)}: {value!r}") from None


def _pattern(number: int, entry: Mapping[str, Any]) -> Pattern:
    name = f"{number} ({entry.get('type')})"
    unknown = set(entry) - _KEYS
    if unknown:
        raise LexiconError(PATTERNS_FILE, name, f"unknown key {sorted(unknown)[0]!r}; known are {', '.join(sorted(_KEYS))}")
    event_type = _type(entry.get("type"), name)
    if ("verbs" in entry) == ("nouns" in entry):
        raise LexiconError(PATTERNS_FILE, name, "needs either verbs or nouns")
    to = tuple(word.replace("_", " ") for word in _words(entry.get("to", ""), PATTERNS_FILE, name))
    for slot in to:
        if slot not in _SLOTS:
            raise LexiconError(
                PATTERNS_FILE, name, f"to: {slot!r} is no place for a recipient; known are {', '.join(sorted(_SLOTS))}"
            )
    example = entry.get("example")
    if not (isinstance(example, list) and len(example) == 2):
        raise LexiconError(PATTERNS_FILE, name, "example needs a sentence and what must come of it")
    optional = "object_optional" in entry
    objects = _words(entry.get("object_optional" if optional else "object", ""), PATTERNS_FILE, name)
    not_objects = _words(entry.get("not_object", ""), PATTERNS_FILE, name)
    kinds = frozenset(word for word in (*objects, *not_objects) if word.startswith("@"))
    if not kinds <= _KINDS:
        raise LexiconError(
            PATTERNS_FILE, name, f"{min(kinds - _KINDS)!r} is no kind of noun; known are {', '.join(sorted(_KINDS))}"
        )
    first = _words(entry.get("verbs", entry.get("nouns")), PATTERNS_FILE, name)[0]
    return Pattern(
        name=f"{event_type.value}: {first}" + (f" + {objects[0]}" if objects else "") + (" (noun)" if "nouns" in entry else ""),
        type=event_type,
        cameo=str(entry.get("cameo", "")),
        objects=frozenset(objects),
        not_objects=frozenset(not_objects),
        object_optional=optional,
        object_class=str(entry.get("object_class", "")),
        actor_class=str(entry.get("actor", "")),
        goals=frozenset(_words(entry.get("goal", ""), PATTERNS_FILE, name)),
        means=frozenset(_words(entry.get("means", ""), PATTERNS_FILE, name)),
        words=frozenset(_words(entry.get("words", ""), PATTERNS_FILE, name)),
        to_act=bool(entry.get("to_act", False)),
        own=bool(entry.get("own", False)),
        to=to,
        both=bool(entry.get("both", False)),
        reverse=bool(entry.get("reverse", False)),
        answers=bool(entry.get("answers", False)),
        needs_other=bool(entry.get("needs_other", False)),
        together=_type(entry["together"], name) if "together" in entry else None,
        status=_status(entry["status"], name) if "status" in entry else None,
        weight=str(entry.get("weight", "")),
        example=(str(example[0]), str(example[1])),
        wants_noun=bool(objects) and not optional and not any(word.startswith("@") for word in objects),
        kinds=kinds,
    )


def compile_grammar(patterns: Iterable[Mapping[str, Any]], words: Mapping[str, Any]) -> Grammar:
    """The parsed YAML of patterns.yml and words.yml as lookups. Raises LexiconError naming file and entry."""
    irregular = _irregular(str(words.get("irregular_verbs", "")))
    classes: dict[str, frozenset[str]] = {}
    for key, value in words.items():
        if key != "irregular_verbs":
            found = frozenset(w.replace("_", " ") for w in _words(value, WORDS_FILE, key))
            classes[key] = frozenset(form for w in found for form in noun_forms(w)) if key in _NOUN_CLASSES else found
    # Unions that the coder asks for at every word, made once.
    for name, parts in _UNIONS.items():
        classes[name] = frozenset().union(*(classes.get(part, frozenset()) for part in parts.split()))
    verb_patterns: dict[str, list[tuple[tuple[str, ...], Pattern]]] = defaultdict(list)
    noun_patterns: dict[str, list[Pattern]] = defaultdict(list)
    compiled: list[Pattern] = []
    lemmas: set[str] = {"be", "have", "do"}
    phrasal: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for number, entry in enumerate(patterns, 1):
        pattern = _pattern(number, entry)
        compiled.append(pattern)
        for verb in str(entry.get("verbs", "")).split():
            first, *particles = verb.split("_")
            lemmas.add(first)
            verb_patterns[first].append((tuple(particles), pattern))
            if particles:
                phrasal[first].add(tuple(particles))
        for noun in str(entry.get("nouns", "")).split():
            for form in noun_forms(noun):
                if pattern not in noun_patterns[form]:
                    noun_patterns[form].append(pattern)
    for key in (
        "plain_verbs",
        "light_verbs",
        "reporting_verbs",
        "planning_verbs",
        "possibility_verbs",
        "demanding_verbs",
        "denying_verbs",
    ):
        for verb in classes.get(key, ()):
            first, *particles = verb.split(" ")
            lemmas.add(first)
            if particles:
                phrasal[first].add(tuple(particles))
    lemmas |= set(irregular)
    verb_forms: dict[str, list[VerbForm]] = defaultdict(list)
    for lemma in sorted(lemmas):
        for form, spellings in inflect(lemma, irregular).items():
            for spelling in spellings:
                verb_forms[spelling].append(VerbForm(lemma, form))
    # Verbs that tell deeds alone, and so take what it is done to and never what is said.
    classes["deed_verbs"] = frozenset(
        lemma for lemma, rows in verb_patterns.items() if all(p.type.quad in _DEEDS for _, p in rows)
    ) - classes.get("reporting_verbs", frozenset())
    # Verbs of which one pattern at least tells a protest.
    classes["protest_verbs"] = frozenset(
        lemma for lemma, rows in verb_patterns.items() if any(p.type is EventType.PROTEST for _, p in rows)
    )
    triggers = {w for w, forms in verb_forms.items() if any(f.lemma in verb_patterns for f in forms)}
    triggers |= {n.split("_")[-1] for n in noun_patterns} | classes["repeating_words"]
    compounds = [c for k in ("compound_prepositions", "compound_adverbs", "compound_nouns") for c in classes.get(k, ())]
    return Grammar(
        verb_forms={w: tuple(f) for w, f in verb_forms.items()},
        verb_patterns={v: tuple(sorted(p, key=lambda x: -len(x[0]))) for v, p in verb_patterns.items()},
        noun_patterns={n: tuple(p) for n, p in noun_patterns.items()},
        particles={v: tuple(sorted(p, key=len, reverse=True)) for v, p in phrasal.items()},
        classes=classes,
        patterns=tuple(compiled),
        triggers=frozenset(w for w in triggers if w.isalnum()),
        compound_starts=frozenset(c.split(" ")[0] for c in compounds),
        compound_pairs=frozenset(" ".join(c.split(" ")[:2]) for c in compounds),
        noun_classes={w: name for name in ("asset", "force", "person", "agent") for w in classes[name + "s"]},
        pair_words=frozenset(word for pair in classes["fixed_pairs"] for word in pair.split(" ")),
        form_lemmas={w: {f.form: f.lemma for f in forms} for w, forms in verb_forms.items()},
        closed=_by_word(
            *((tag, words.split()) for tag, words in _CLOSED.items()), ("C", classes["coordinators"]), ("M", classes["modals"])
        ),
        function_words=_by_word(
            ("V", _AUXILIARIES.split()),
            ("X", classes["adverbs"]),
            ("D", classes["determiners"]),
            ("P", classes["prepositions"] | OPENERS),
            ("that", _POINTING.split()),
            ("to", ("to",)),
            ("#", classes["numbers"]),
        ),
    )


def _by_word(*rows: tuple[str, Iterable[str]]) -> dict[str, str]:
    """The tag of each word; of two rows with one word the later counts."""
    return {word: tag for tag, words in rows for word in words}
