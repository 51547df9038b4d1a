"""Clauses and noun phrases to readings: who did what to whom, by the patterns of the lexicon."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from entente.coding.clauses import Clause, Sentence
from entente.coding.phrases import TERRITORIES, ActorRef, Mark, Noun, Verb
from entente.coding.tokens import Token
from entente.lexicon.patterns import Grammar, Pattern
from entente.model import EventType, MentionKind, Quad, Span, Status

_PLACE_PREPOSITIONS = frozenset(
    [
        "in",
        "near",
        "at",
        "inside",
        "outside",
        "off",
        "around",
        "across",
        "along",
        "over",
        "within",
        "on",
        "into",
        "throughout",
        "toward",
        "towards",
        "upon",
        "of",
    ]
)
_OWNER_PREPOSITIONS = ("of", "from", "in", "at", "near", "inside", "within", "for", "on", "across")
_COMMANDING = frozenset(["order", "instruct", "direct", "command", "authorize", "authorise", "send", "deploy", "use"])
_TWO_SIDED = frozenset(
    {
        EventType.ASSAULT,
        EventType.COERCE,
        EventType.SANCTION,
        EventType.ACCUSE,
        EventType.AID,
        EventType.RETREAT,
        EventType.REJECT,
        EventType.REQUEST,
    }
)
# Acts that judge a deed of another, which may have been told a sentence before.
_JUDGING = frozenset({EventType.ACCUSE, EventType.SUPPORT, EventType.REJECT})
_BY_FORCE = frozenset({EventType.ASSAULT, EventType.MOBILIZE, EventType.COERCE})
_BY_ACCORD = frozenset({EventType.AGREE, EventType.COOPERATE, EventType.CONSULT, EventType.SUPPORT})
_QUARRELS = frozenset(
    [
        "crisis",
        "dispute",
        "conflict",
        "war",
        "tensions",
        "tension",
        "border",
        "relations",
        "differences",
        "rift",
        "feud",
        "row",
        "fighting",
        "clashes",
        "hostilities",
    ]
)
# Prepositions before the talks or the deal at which, or by which, the subject of the clause did what it did.
_OCCASIONS = frozenset({"after", "following", "in", "during", "at", "under", "ahead of", "before", "as part of", "for"})
_BORDERS = frozenset({"border", "borders", "frontier", "frontiers"})
# Names of wars rather than news of them.
_LABELS = frozenset({"war", "wars", "invasion", "conflict", "occupation"})
_TOUCHING = ("to", "with", "against", "from", "on", "for", "at", "in", "of", "between", "over")
# Cooperation that lies ahead is an agreement to it.
_PROMISED = frozenset({EventType.COOPERATE, EventType.AID, EventType.RETREAT, EventType.SUPPORT, EventType.CONCEDE})
_WEAPONED = frozenset({EventType.ASSAULT, EventType.MOBILIZE, EventType.AID})
_CUSTODY = frozenset({EventType.COERCE, EventType.RETREAT})
_VIOLENT = frozenset({EventType.ASSAULT, EventType.COERCE})
_SAID_TO = frozenset({EventType.REQUEST, EventType.ACCUSE, EventType.THREATEN})
_PEOPLE = ("person", "agent", "force", "name")  # classes of nouns
_INCLUDING = frozenset({"including", "such as"})
_POSSESSIVES = frozenset({"its", "their", "his", "her"})
_SINGULAR_PRONOUNS = frozenset({"it", "itself"})
_PERSON_PRONOUNS = frozenset({"he", "she", "him", "himself", "herself"})
_PAIR_WORDS = frozenset(
    [
        "countries",
        "sides",
        "nations",
        "leaders",
        "neighbours",
        "neighbors",
        "neighbors",
        "governments",
        "parties",
        "ministers",
        "presidents",
        "states",
        "allies",
        "counterparts",
        "capitals",
        "rivals",
        "foes",
        "armies",
        "militaries",
    ]
)


@dataclass(slots=True)
class Discourse:
    """What pronouns can point to: the last acting country, the last person, the last two and the last three, and those hit by an attack nobody is named for.

    ``deeds`` are the acts told so far, which later sentences judge without naming the doer: "condemned the launch".
    Carried through one article."""

    subject: tuple[ActorRef, ...] = ()
    person: tuple[ActorRef, ...] = ()
    pair: tuple[ActorRef, ...] = ()
    trio: tuple[ActorRef, ...] = ()
    victims: tuple[ActorRef, ...] = ()
    deeds: list[Deed] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Deed:
    """An act told before: its type, the word that told it, who did it, and to whom."""

    type: EventType
    word: str
    doers: tuple[ActorRef, ...]
    sufferers: tuple[ActorRef, ...]


@dataclass(slots=True)
class Found:
    """Actors of a phrase and how they were found: self, of, place, doer, pronoun or owner."""

    refs: tuple[ActorRef, ...] = ()
    how: str = ""

    def __bool__(self) -> bool:
        return bool(self.refs)


@dataclass(slots=True)
class Reading:
    """One candidate event before it is dated and judged. ``features`` are the facts the confidence is computed from.

    ``window`` bounds the words of the reading, ``inner`` the relative clauses within that tell of other acts, ``aside`` all clauses of the
    sentence that only describe something and of which the reading is no part, in characters.
    """

    pattern: Pattern
    actors: tuple[ActorRef, ...]
    recipients: tuple[ActorRef, ...]
    trigger: Span
    status: Status
    rule: str
    features: set[str] = field(default_factory=set)
    attributed: tuple[ActorRef, ...] = ()
    window: Span = (0, 0)
    clause: Clause | None = None
    type: EventType = EventType.CONSULT
    inner: tuple[Span, ...] = ()
    aside: tuple[Span, ...] = ()


def _codes(refs: tuple[ActorRef, ...]) -> tuple[str, ...]:
    if len(refs) < 2:
        return (refs[0].code,) if refs else ()
    return tuple(dict.fromkeys([r.code for r in refs]))


class Reader:
    """Reads one sentence by the patterns. ``discourse`` is read and then updated."""

    def __init__(self, sentence: Sentence, tokens: list[Token], grammar: Grammar, discourse: Discourse) -> None:
        self.s = sentence
        self.tokens = tokens
        self.grammar = grammar
        self.classes = grammar.classes
        self.discourse = discourse
        self.used: set[int] = set()
        self._known_patients: dict[tuple[int, ...], tuple[list[int], list[Noun], frozenset[str]]] = {}
        self._has_lists = not _INCLUDING.isdisjoint([t.lower for t in tokens])
        self._act: tuple[int, Noun] | None = None
        self.readings: list[Reading] = []

    def read(self) -> list[Reading]:
        """All candidate events of the sentence."""
        for clause in self.s.clauses:
            self._settle_voice(clause)
            self._read_clause(clause)
        for clause in self.s.clauses:
            self._read_operator(clause)
        for k, phrase in enumerate(self.s.phrases):
            if isinstance(phrase, Noun) and phrase.is_act and k not in self.used:
                self._read_noun(k, phrase)
        for reading in self.readings:
            self._complete(reading)
        self.readings = [r for r in self.readings if not self._is_private(r)]
        # An answer to nobody, a warning to nobody and a fence against nobody are no events.
        self.readings = [
            r
            for r in self.readings
            if r.recipients or not (r.pattern.answers or r.pattern.needs_other or r.type is EventType.THREATEN)
        ]
        self._remember()
        return self.readings

    def _judge(self, reading: Reading) -> None:
        """Give a judgement on a deed its recipient: who did the deed that was told before ("Seoul condemned the launch")."""
        clause = reading.clause
        if clause is None:
            return
        places = [
            *clause.objects,
            *(k for prep, nouns in clause.preps if prep in ("about", "at", "over", "against", "of", "for") for k in nouns),
        ]
        for k in places:
            noun = self.s.noun(k)
            if noun is None or noun.actors or not self._points_back(noun):
                continue
            doers = self._doers_told(noun, set(_codes(reading.actors)))
            if doers:
                reading.recipients = doers
                reading.features |= {"to:deed", "recipient:deed"}
                return

    def _is_private(self, reading: Reading) -> bool:
        """Whether the violence is a private person's, and no act between countries: "a Polish man stabbed a Swede in Berlin".

        It counts where the one hit acts for a state, and between peoples at war (words.yml).
        """
        if reading.type is not EventType.ASSAULT or not reading.recipients:
            return False
        doers = [self._named_in(r) for r in reading.actors]
        if not all(n is not None and n.word_class == "person" and not n.is_plural for n in doers):
            return False
        if any((n := self._named_in(r)) is not None and n.word_class in ("agent", "force") for r in reading.recipients):
            return False
        return not set(_codes(reading.actors + reading.recipients)) & self.classes["peoples_at_war"]

    def _named_in(self, ref: ActorRef) -> Noun | None:
        """The noun phrase in which the actor is named."""
        for phrase in self.s.phrases:
            if (
                isinstance(phrase, Noun)
                and self.tokens[phrase.start].start <= ref.mention.start < self.tokens[phrase.end - 1].end
            ):
                return phrase
        return None

    def _answer(self, reading: Reading) -> None:
        """Give an answer its recipient: the one whose deed against the answerer was told before ("Tehran said it would respond")."""
        threat = reading.type is EventType.THREATEN
        verb = reading.clause.verb if reading.clause is not None else None
        if threat and (verb is None or verb.negated or not (verb.tense == "future" or verb.modal == "would")):
            return
        own = set(_codes(reading.actors))
        told = [*self.discourse.deeds, *self._deeds()]
        found = next(
            (
                deed
                for deed in reversed(told)
                if deed.type.quad in (Quad.MATERIAL_CONFLICT, Quad.VERBAL_CONFLICT)
                and own & set(_codes(deed.sufferers))
                and not own & set(_codes(deed.doers))
            ),
            None,
        )
        if found is not None:
            reading.recipients = found.doers
            reading.features |= {"to:deed", "recipient:deed"}
            reading.status = Status.HAPPENED if threat else reading.status

    def _serve(self, reading: Reading) -> None:
        """ "ready to send tanks to help defend Latvia": those for whom it is sent are its recipients."""
        clause = reading.clause
        purpose = next(
            (c for c in self.s.clauses if clause is not None and c.governor is clause and c.kind == "infinitive"), None
        )
        if purpose is None or purpose.verb.lemma not in self.classes["serving_verbs"]:
            return
        helped = next((c for c in self.s.clauses if c.index == purpose.index + 1), purpose)
        if helped.verb.lemma not in self.classes["serving_verbs"]:
            return
        found = self._many((k for k in helped.objects if (n := self.s.noun(k)) is not None and not n.is_act), "object", helped)
        refs = tuple(r for r in found.refs if r.code not in _codes(reading.actors))
        if refs:
            reading.recipients = refs
            reading.type = EventType.AID if reading.type is EventType.MOBILIZE else reading.type
            reading.features |= {"to:served", f"recipient:{found.how}"}
            if clause is not None:
                self._compose(reading, clause)

    def _points_back(self, noun: Noun) -> bool:
        return self.tokens[noun.start].lower in ("the", "this", "that", "these", "those", "such")

    def _doers_told(self, noun: Noun, judges: set[str]) -> tuple[ActorRef, ...]:
        """Who did what ``noun`` takes up: the last deed of its kind, or, for "the decision" and the like, what the article began with."""
        pattern = self._noun_pattern(noun)
        told = [*self.discourse.deeds, *self._deeds()]
        if noun.word in self.classes["deed_nouns"] and pattern is None:
            found = next(iter(told), None)
        else:
            kind = pattern.type if pattern is not None else None
            kinds = next((group for group in (_BY_FORCE, _BY_ACCORD) if kind in group), frozenset({kind}))
            found = next((deed for deed in reversed(told) if deed.type in kinds or noun.word == deed.word), None)
        return () if found is None or judges & set(_codes(found.doers)) else found.doers

    def _deeds(self) -> list[Deed]:
        """What this sentence tells as done or decided, and by whom."""
        return [
            Deed(r.type, r.rule.rsplit("'", 2)[-2] if r.rule.count("'") > 1 else "", r.actors, r.recipients)
            for r in self.readings
            if r.actors and (r.recipients or r.type is EventType.MOBILIZE) and r.status in (Status.HAPPENED, Status.PLANNED)
        ]

    def _led_by(self, token: Token, *prepositions: str) -> bool:
        """Whether one of ``prepositions`` leads the phrase of ``token``."""
        at = self.tokens.index(token)
        while at > 0 and self.tokens[at - 1].tag in ("D", "J"):
            at -= 1
        return at > 0 and self.tokens[at - 1].lower in prepositions

    def _complete(self, reading: Reading) -> None:
        """Fill an empty side with the only other actor that the sentence names, where the grammar told nothing.

        Only for acts that need two sides, and never with those who are merely quoted.
        """
        if reading.actors and not reading.recipients and reading.type in _JUDGING:
            self._judge(reading)
        if reading.actors and not reading.recipients and reading.pattern.answers:
            self._answer(reading)
        if reading.actors and not reading.recipients and reading.type in (EventType.MOBILIZE, EventType.AID, EventType.AGREE):
            self._serve(reading)
        if (
            bool(reading.actors) == bool(reading.recipients)
            or reading.pattern.weight == "weak"
            or reading.pattern.type not in _TWO_SIDED
            or (reading.clause is not None and self._only_describes(reading.clause, reading.pattern))
        ):
            return
        have = set(_codes(reading.actors + reading.recipients)) | set(_codes(reading.attributed))
        if reading.status in (Status.BACKGROUND, Status.DEMANDED) or "governed:noun" in reading.features:
            return
        if (
            reading.clause is not None
            and (reading.clause.verb.lemma == "deny" or "out" in reading.clause.verb.particles)
            and any(c.governor is reading.clause for c in self.s.clauses)
        ):
            return  # "denied attacking Japan": the act is denied, nobody is rejected
        if reading.clause is not None and reading.type in _SAID_TO and self._stays_at_home(reading.clause, have):
            return
        if reading.clause is not None and reading.type in _SAID_TO and self._said_to_people(reading.clause):
            return
        others: dict[str, ActorRef] = {}
        quoted = next((t.start for t in self.tokens if t.lower == "according to"), None)
        for t in self.tokens:
            m = t.mention
            if m is not None and m.kind is MentionKind.ORGANISATION and reading.pattern.type in _VIOLENT:
                continue
            if m is not None and reading.pattern.type in _VIOLENT and self._led_by(t, "for", "alongside"):
                continue  # "to fight for Russia"
            if m is not None and m.kind is MentionKind.ORGANISATION and self._led_by(t, "at", "before"):
                continue  # "sued it at the International Court of Justice"
            if m is not None and quoted is not None and t.start > quoted:
                continue
            if m is not None and self._is_aside(t, reading):
                continue
            if m is not None and m.code not in have and (not t.suffix or t.suffix in ("led", "launched", "fired")):
                others.setdefault(m.code, ActorRef(m.code, m, "sentence"))
        if len(others) != 1 or not reading.actors:
            return
        reading.recipients = tuple(others.values())
        reading.features |= {"to:only", "recipient:sentence"}

    def _is_aside(self, token: Token, reading: Reading) -> bool:
        """Whether the actor is named by the way: in the name of a war, or in what somebody is punished for."""
        at = next(i for i, t in enumerate(self.tokens) if t is token)
        if at + 1 < len(self.tokens) and self.tokens[at + 1].lower in _LABELS:
            return True
        return any(
            c.kind == "gerund"
            and c.connector == "for"
            and c.governor is reading.clause
            and token.start >= self.tokens[c.verb.start].start
            for c in self.s.clauses
        )

    def _stays_at_home(self, clause: Clause, own: set[str]) -> bool:
        """Whether the act is done to people of the doer's own: "accused Japarov of fraud" by a Kyrgyz adviser, "urges its citizens"."""
        people = [n for n in (self.s.noun(k) for k in clause.objects) if n is not None and n.word_class in _PEOPLE]
        return bool(people) and all(
            set(_codes(n.actors)) <= own if n.actors else self.tokens[n.start].lower in _POSSESSIVES for n in people
        )

    def _only_describes(self, clause: Clause, pattern: Pattern) -> bool:
        """Whether the act only tells which thing is meant, whoever it was done to: "assets held by Iranian firms", "drones fired by"."""
        if clause.kind != "participle" or not clause.verb.passive:
            return False
        told_of = (EventType.COERCE, EventType.REQUEST, EventType.ACCUSE, EventType.RETREAT)
        return pattern.type in told_of or clause.verb.lemma in ("launch", "fire")

    def _said_to_people(self, clause: Clause) -> bool:
        """Whether the words go to people of no country: "calls on residents to ignore the Russian orders"."""
        heard = [*clause.objects, *(k for prep, nouns in clause.preps if prep in ("on", "upon", "to") for k in nouns)]
        return any((n := self.s.noun(k)) is not None and n.word_class == "person" and not n.actors for k in heard)

    def _settle_voice(self, clause: Clause) -> None:
        """ "Two soldiers killed in strike" is a passive: the verb needs an object and has none."""
        verb = clause.verb
        if (
            verb.passive
            or verb.form != "finite"
            or verb.tense != "past"
            or clause.objects
            or verb.lemma not in self.classes["transitive_verbs"]
        ):
            return
        token = self.tokens[verb.main]
        if (
            verb.end - verb.start == 1 + len(verb.particles)
            and any(f.form == "participle" for f in self.grammar.verb_forms.get(token.lower, ()))
            and not clause.has_content
        ):
            verb.passive = True

    # ------------------------------------------------------------ actors of phrases

    def actors(self, k: int, role: str, clause: Clause | None = None, depth: int = 0) -> Found:
        """The actors that the noun phrase at ``k`` stands for, as subject or object (``role``)."""
        noun = self.s.noun(k)
        if noun is None or depth > 3:
            return Found()
        if noun.word_class == "pronoun":
            return self._pronoun(noun, role, clause)
        if self._only_helps(k):
            return Found()
        if role == "subject" and self._is_nameless(k, noun):
            return Found()
        if role == "object" and clause is not None and self._is_reciprocal(noun):
            return Found(self._many(clause.subject, "subject", clause, depth + 1).refs, "each_other")
        if not noun.actors and (noun.word in _PAIR_WORDS or noun.end - noun.start == 1):
            if self._says_two(noun) and len(self.discourse.pair) > 1:
                return Found(self.discourse.pair, "pronoun")
            if noun.definite and self._says_three(noun) and len(self.discourse.trio) > 1:
                return Found(self.discourse.trio, "pronoun")
            if noun.definite and noun.word == "allies" and noun.end - noun.start == 2:
                return Found(self.discourse.trio or self.discourse.pair, "pronoun")
        if noun.is_act and role == "subject" and noun.word_class not in ("agent", "force"):
            return self.doer(k, noun)
        if (
            not noun.actors
            and noun.definite
            and noun.word in self.classes["anaphors"]
            and noun.end - noun.start <= 2
            and self.discourse.subject
            and (not any(prep == "of" for prep, _ in self.s.chain(k)))
        ):
            return Found(self.discourse.subject[:1], "anaphor")
        if noun.actors:
            if role == "subject":
                if noun.word_class == "place" and noun.actors[0].mention.kind in (MentionKind.PLACE, MentionKind.NAME):
                    return Found((), "")
                if noun.word_class == "" and noun.actors[0].how == "adjective" and not noun.is_act:
                    return Found(noun.actors, "owner")
            if noun.word_class == "place":
                return Found(noun.actors + noun.held_by, "place")
            return Found(noun.actors, "self")
        chain = self.s.chain(k)
        if noun.word in _BORDERS:
            # "its border with Mali" is where Mali begins
            beyond = next((nouns for prep, nouns in chain if prep == "with"), None)
            if beyond is not None:
                return Found(self._many(beyond, "object", clause, depth + 1).refs, "place")
        if noun.word in ("countries", "states", "nations", "members"):
            named = next((nouns for prep, nouns in chain if prep in ("including", "like", "such as")), None)
            if named is not None:
                return Found(self._many(named, role, clause, depth + 1).refs, "of")
        measure = noun.word in self.classes["measures"] or bool(noun.keys & self.classes["measures"]) or noun.word.isdigit()
        for prep, nouns in chain:
            if prep == "of":
                inner = self._many(nouns, role if measure else "object", clause, depth + 1)
                if noun.word in ("member", "members") and all(r.mention.kind is MentionKind.ORGANISATION for r in inner.refs):
                    break  # what its members do a body has not done
                if inner:
                    if role == "subject" and not measure and noun.word_class not in ("agent", "force", "person", "asset", "name"):
                        return Found()
                    return Found(
                        inner.refs,
                        "self" if measure and inner.how == "self" else "of" if inner.how != "place" or not measure else "place",
                    )
                if noun.word_class == "" and not measure:
                    break
        if noun.word_class == "pronoun":
            return Found()
        usable = ("agent", "force", "person") if role == "subject" else ("agent", "force", "person", "asset", "name", "", "place")
        if noun.word_class in usable and self.tokens[noun.start].lower in _POSSESSIVES:
            owner = self._possessive(noun, clause)
            if owner and role != "subject":
                return Found(owner, "pronoun")
            if owner and noun.word_class in ("agent", "force"):
                return Found(owner, "pronoun")
        apposition = self._apposition(k, noun)
        if apposition is not None:
            inner = self.actors(apposition, role, clause, depth + 1)
            if inner:
                return Found(inner.refs, "apposition")
        if noun.word_class in usable:
            for prep, nouns in chain:
                if noun.word_class == "person" and prep in ("on", "for"):
                    break  # "attacks by residents of settlements on Palestinians": what is done to them, not whose they are
                if prep in ("in", "at", "near", "from", "inside", "within", "for", "on", "off", "outside", "around", "across"):
                    if (
                        role == "object"
                        and noun.word_class == "force"
                        and (n := self.s.noun(nouns[0])) is not None
                        and n.word in _BORDERS
                    ):
                        break  # "an armed group at the border with Pakistan" may be anybody's
                    inner = self._many(nouns, "object", clause, depth + 1)
                    if inner:
                        return Found(inner.refs, "place")
        if (
            noun.word_class in ("agent", "force", "person")
            if role == "subject"
            else noun.word_class in ("asset", "force", "agent", "person", "")
        ):
            tied = self._tied(k, noun, role, clause, depth + 1)
            if tied:
                return tied
        if noun.held_by and role == "object":
            return Found(noun.held_by, "holder")
        return Found()

    def _tied(self, k: int, noun: Noun, role: str, clause: Clause | None, depth: int) -> Found:
        """Whose the noun is by the participle behind it: "facilities linked to Iran", "a drone launched from Iran"."""
        verb = self.s.at(k + 1)
        if not isinstance(verb, Verb) or verb.form not in ("participle", "ing"):
            return Found()
        fired = noun.word_class == "force" and verb.lemma in ("launch", "fire")
        if fired:
            leads: tuple[str, ...] = ("by", "from")
        else:
            leads = ("with", "to", "by") if verb.lemma in self.classes["owning_verbs"] else ()
            leads += ("in",) if verb.lemma in self.classes["lying_verbs"] and noun.word_class in ("", "asset") else ()
        if not leads or (role == "subject" and not fired):
            return Found()
        own = next((c for c in self.s.clauses if c.index == k + 1), None)
        for prep, nouns in own.preps if own is not None else ():
            if prep in leads:
                inner = self._many(nouns, "object", clause, depth)
                if inner:
                    return Found(inner.refs, "owner" if role == "object" else "of")
        return Found()

    def _apposition(self, k: int, noun: Noun) -> int | None:
        """The noun behind a comma that says who a person is: "Ksenia Karelina, a Russian-American citizen"."""
        comma = self.s.at(k + 1)
        behind = self.s.noun(k + 2)
        if not (noun.proper and isinstance(comma, Mark) and comma.word == "," and behind is not None):
            return None
        return k + 2 if behind.word_class in ("agent", "person", "force") and not behind.proper else None

    def _many(self, ks: Iterable[int], role: str, clause: Clause | None = None, depth: int = 0) -> Found:
        ks = [k for given in ks for k in (given, *self._included(given))] if self._has_lists else list(ks)
        if len(ks) == 1:
            return self.actors(ks[0], role, clause, depth)
        refs: list[ActorRef] = []
        how = ""
        for k in ks:
            found = self.actors(k, role, clause, depth)
            if found.refs:
                known = {x.code for x in refs}
                refs += [r for r in found.refs if r.code not in known]
            how = how or found.how
        return Found(tuple(refs), how)

    def _included(self, k: int) -> list[int]:
        """Those named behind ", including": "several nations, including Germany and Spain"."""
        comma, word = self.s.at(k + 1), self.s.at(k + 2)
        if (
            isinstance(comma, Mark)
            and comma.word == ","
            and isinstance(word, Mark)
            and word.word in _INCLUDING
            and self.s.noun(k + 3) is not None
        ):
            return self.s.conjuncts_right(k + 3)[0]
        return []

    def doer(self, k: int, noun: Noun) -> Found:
        """Who does the act that the noun names: its modifier or possessor, or the words behind "by"."""
        if noun.actors and noun.word_class != "place":
            return Found(noun.actors, "doer")
        done = self.s.at(k + 1)
        if (
            isinstance(done, Verb)
            and done.form == "participle"
            and (done.lemma == "host" or done.lemma not in self.classes["mediating_verbs"])
        ):
            clause = next((c for c in self.s.clauses if c.index == k + 1), None)
            for prep, nouns in clause.preps if clause is not None else ():
                if prep == "by":
                    found = self._many(nouns, "object", None, 1)
                    if found:
                        return Found(found.refs, "doer")
        pattern = self._noun_pattern(noun)
        leads = {"by"}
        if pattern is not None and pattern.type in (EventType.REQUEST, EventType.THREATEN, EventType.SUPPORT, EventType.ACCUSE):
            leads.add("from")  # "calls from Bolivia"
        if pattern is not None and "of" not in pattern.to and not pattern.both:
            leads.add("of")  # "the visit of the president"
        for link, (prep, nouns) in enumerate(self.s.chain(k)):
            if prep in leads and (prep != "of" or not link):
                known = [n for n in nouns if (by := self.s.noun(n)) is None or not self._is_nameless(n, by)]
                found = self._many(known, "object", None, 1)
                if found:
                    return Found(found.refs, "doer")
        return Found()

    def _pronoun(self, noun: Noun, role: str, clause: Clause | None) -> Found:
        low = noun.word
        if low.endswith(("self", "selves")):
            return Found()
        if low in _SINGULAR_PRONOUNS:
            return Found(self.discourse.subject[:1], "pronoun")
        if low in _PERSON_PRONOUNS:
            return Found(self.discourse.person[:1], "pronoun")
        if low in ("they", "them"):
            return Found(self.discourse.subject, "pronoun")
        return Found()

    def _possessive(self, noun: Noun, clause: Clause | None) -> tuple[ActorRef, ...]:
        word = self.tokens[noun.start].lower
        if clause is not None and clause.kind == "infinitive" and clause.governor is not None:
            # "called on Kigali to withdraw its forces": Kigali's; "Kyiv sent men to guard its border": Kyiv's
            above = self._many(clause.subject or clause.governor.subject, "subject", clause.governor)
            if above:
                return above.refs[:1]
        if clause is not None and clause.subject:
            own = self.s.noun(clause.subject[0])
            if own is not None and own.actors and own.start < noun.start:
                return own.actors
        return self.discourse.person[:1] if word in ("his", "her") else self.discourse.subject[:1]

    def _only_helps(self, k: int) -> bool:
        """Whether the noun names help, or those who give it: "a deal with the help of EU mediators"; they are no party."""
        lead = self.s.at(k - 1)
        if not isinstance(lead, Mark):
            return False
        noun = self.s.noun(k)
        if noun is None:
            return False
        if noun.word in self.classes["helping_nouns"] and lead.word in ("with", "through", "thanks to"):
            return True
        return lead.word in ("of", "by", "from") and self.s.noun(k - 2) is not None and self._only_helps(k - 2)

    def _is_nameless(self, k: int, noun: Noun) -> bool:
        """Whether nobody knows who it was, or where from: "unidentified gunmen in Lagos"."""
        return (
            not noun.actors
            and not self.classes["nameless"].isdisjoint([t.lower for t in self.tokens[noun.start : noun.end]])
            and all(prep not in ("from", "of") for prep, _ in self.s.chain(k))
        )

    def _on_a_side(self, prep: str, nouns: list[int]) -> bool:
        """Whether the words tell on whose side somebody fights: "on the Russian side" is not against Russia."""
        noun = self.s.noun(nouns[0]) if nouns else None
        return prep == "on" and noun is not None and noun.word in ("side", "behalf")

    def _is_reciprocal(self, noun: Noun) -> bool:
        if noun.end - noun.start != 2:
            return False
        return (self.tokens[noun.start].lower, self.tokens[noun.start + 1].lower) in (("each", "other"), ("one", "another"))

    def _says_two(self, noun: Noun) -> bool:
        words = {self.tokens[j].lower for j in range(noun.start, noun.end)}
        return bool(words & {"two", "both", "neighbouring", "neighboring", "warring", "feuding", "rival", "opposing"})

    def _says_three(self, noun: Noun) -> bool:
        return any(self.tokens[j].lower == "three" for j in range(noun.start, noun.end))

    # ------------------------------------------------------------ verbs

    def _read_clause(self, clause: Clause) -> None:
        verb = clause.verb
        subject = self._many(clause.subject, "subject", clause)
        if (
            not subject
            and clause.kind == "infinitive"
            and clause.governor is not None
            and clause.governor.verb.lemma in _COMMANDING
        ):
            # "orders its forces to halt sharing": the one who orders does it
            subject = self._many(clause.governor.subject, "subject", clause.governor)
        if (
            not subject
            and not verb.passive
            and len(clause.subject)
            and all(
                (n := self.s.noun(k)) is not None and n.word_class in ("agent", "force") and not n.actors and not n.proper
                for k in clause.subject[:1]
            )
        ):
            # "Security forces kill ten militants in Bahdo, Somalia"; but "Moscow says soldiers took a village in Ukraine"
            told = clause.governor is not None and clause.governor.verb.lemma in self.classes["reporting_verbs"]
            speaker = clause.governor if told and clause.connector == "that" else None
            if speaker is None:
                subject = self._local(clause)
            elif verb.lemma in self.classes["conquering_verbs"]:
                subject = self._many(speaker.subject, "subject", speaker)
        if not subject and not verb.passive and clause.kind == "relative":
            subject = self._doer_of_object(clause)
        self._track(clause, subject)
        self._note_victims(clause)
        g = clause.governor
        if (
            clause.kind == "participle"
            and verb.form == "ing"
            and g is not None
            and g.verb.passive
            and clause.subject == g.subject
        ):
            # "a post was hit, killing one": what was hit did not kill
            subject = Found()
        if (
            verb.lemma == "claim"
            and subject
            and any((n := self.s.noun(k)) is not None and n.word == "responsibility" for k in clause.objects)
        ):
            self._claimed(clause, subject)
            return
        best: tuple[int, Reading] | None = None
        for particles, pattern in self.grammar.verb_patterns.get(verb.lemma, ()):
            reading = self._match(clause, particles, pattern, subject)
            if reading is None:
                continue
            rank = 4 * len(particles) + 3 * bool(pattern.objects) + 2 * bool(reading.recipients) + bool(reading.actors)
            if not reading.recipients:
                # With nobody else in the sentence, a missile fired is a show of force; else it may be meant for the other.
                alone = (
                    pattern.type is EventType.MOBILIZE
                    and len({t.mention.code for t in self.tokens if t.mention is not None}) == 1
                )
                rank -= 4 if alone else 6
            elif "to:fallback" in reading.features:
                rank -= 4
            if best is None or rank > best[0]:
                best = (rank, reading)
        self._read_joint(clause, subject)
        fallen = self._both_fell(clause)
        if fallen is not None:
            self._keep(fallen)
            return
        light = self._light(clause, subject)
        if light is not None and (best is None or not best[1].recipients or (light.recipients and not best[1].pattern.objects)):
            self._keep(light)
        elif best is not None:
            self._keep(best[1])
        elif verb.lemma in self.classes["reporting_verbs"] and subject:
            self._said_must(clause, subject)

    def _read_joint(self, clause: Clause, subject: Found) -> None:
        """ "The US and Kenya launch joint air strikes": whatever else they do, they do it with each other."""
        parties = _codes(subject.refs)
        if len(parties) < 2 or subject.how != "self" or clause.verb.form != "finite":
            return
        heads = [*clause.objects, *(k for _, nouns in clause.preps for k in nouns)]
        together = any(t.lower == "jointly" for t in self.tokens[clause.verb.start : clause.verb.end + 1]) or any(
            noun.word in self.classes["joint_works"]
            and any(self.tokens[j].lower == "joint" for j in range(noun.start, noun.head))
            for noun in (self.s.noun(k) for k in heads)
            if noun is not None
        )
        if not together:
            return
        pattern = self._of_both(EventType.COOPERATE)
        features = {"type:COOPERATE", "verb", "joint", f"actor:{subject.how}"}
        rule = f"joint work of the subjects of '{self._verb_words(clause.verb)}'"
        self._keep(self._reading(clause, pattern, subject, subject, features, subject, rule))

    def _of_both(self, kind: EventType) -> Pattern:
        """The first pattern of a type whose act is of both sides alike."""
        return next(p for p in self.grammar.patterns if p.type is kind and p.both)

    def _doer_of_object(self, clause: Clause) -> Found:
        """ "Kenyan troops conducted an operation that killed ten": who did what the relative clause is about."""
        g = clause.governor
        if g is None or g.verb.passive or len(clause.subject) != 1 or clause.subject[0] not in g.objects:
            return Found()
        act = self.s.noun(clause.subject[0])
        if act is None or not (act.is_act or act.word in self.classes["deed_nouns"]):
            return Found()
        return self._many(g.subject, "subject", g)

    def _both_fell(self, clause: Clause) -> Reading | None:
        """ "Six Houthis and five Yemeni soldiers are killed during clashes": each fought the other."""
        if not clause.verb.passive or clause.verb.lemma not in self.classes["transitive_verbs"]:
            return None
        fallen = self._many(clause.subject, "object", clause)
        if fallen.how != "self" or len(_codes(fallen.refs)) != 2:
            return None
        for prep, nouns in clause.preps:
            for k in nouns if prep in ("in", "during", "after") else ():
                noun = self.s.noun(k)
                if (
                    noun is not None
                    and noun.is_act
                    and not noun.actors
                    and self._is_fight(noun)
                    and not self._opponent(k, clause)
                ):
                    pattern = self._noun_pattern(noun)
                    assert pattern is not None
                    self.used.add(k)
                    features = {f"type:{pattern.type}", "both-fell", "passive"}
                    return self._reading(
                        clause,
                        pattern,
                        fallen,
                        fallen,
                        features,
                        fallen,
                        f"passive verb '{self._verb_words(clause.verb)}' with noun '{noun.word}'",
                    )
        return None

    def _local(self, clause: Clause) -> Found:
        """The country in which a clause takes place, for forces and officials named without one."""
        for prep, nouns in clause.preps:
            if prep == "in":
                found = self._many(nouns, "object", clause)
                if found and found.how == "place" and len(_codes(found.refs)) == 1:
                    return Found(found.refs[:1], "local")
        return Found()

    def _held_in(self, clause: Clause) -> Found:
        """The country in which somebody is held: "arrested in Egypt", "in the Egyptian town of Dahab"."""
        place = self._local(clause)
        if place:
            return place
        for prep, nouns in clause.preps:
            noun = self.s.noun(nouns[0]) if prep == "in" and len(nouns) == 1 else None
            if noun is None or len(noun.actors) != 1 or noun.actors[0].mention.text in TERRITORIES:
                continue  # who holds somebody in the West Bank is not told
            if noun.actors[0].mention.kind is MentionKind.NAME:
                return Found(noun.actors, "local")
        return Found()

    def _note_victims(self, clause: Clause) -> None:
        """Remember who was hit by violence that nobody is yet named for: the group that claims it may stand in the next sentence."""
        verb = clause.verb
        if verb.lemma not in self.classes["transitive_verbs"] and verb.lemma not in ("explode", "detonate", "go", "blow"):
            return
        hit = clause.subject if verb.passive or verb.lemma == "intercept" else clause.objects
        found = self._many(hit, "object", clause)
        for prep, nouns in clause.preps if not found else ():
            if prep in ("in", "at", "near", "on", "outside"):
                found = self._many(nouns, "object", clause)
                if found:
                    break
        if found:
            self.discourse.victims = found.refs

    def _claimed(self, clause: Clause, subject: Found) -> None:
        """ "claims responsibility for the attack": the attack told before was theirs."""
        pattern = next(p for _, p in self.grammar.verb_patterns["attack"] if p.type is EventType.ASSAULT)
        mine = set(_codes(subject.refs))
        targets: tuple[ActorRef, ...] = ()
        features = {f"type:{pattern.type}", "claimed", f"actor:{subject.how}"}
        for prep, nouns in clause.preps:
            for k in self._look_through(nouns) if prep == "for" else ():
                noun = self.s.noun(k)
                if noun is not None and noun.is_act:
                    self.used.add(k)
                    found = self._noun_recipient(k, noun, pattern, clause.preps, subject, features, clause)
                    targets = targets or found.refs
        refs = tuple(r for r in (targets or self.discourse.victims) if r.code not in mine)
        if refs:
            if not targets:
                features.add("to:told-before")
            self._keep(
                self._reading(
                    clause,
                    pattern,
                    subject,
                    Found(refs, "above"),
                    features,
                    subject,
                    f"'{self._verb_words(clause.verb)} responsibility'",
                )
            )

    def _said_must(self, clause: Clause, subject: Found) -> None:
        """ "A says that B must ...": a demand to B."""
        content = self._content(clause)
        if content is None or content.verb.modal not in ("must", "should", "ought") or content.verb.passive:
            return
        pattern = next((p for _, p in self.grammar.verb_patterns.get("demand", ()) if p.type is EventType.REQUEST), None)
        target = self._many(content.subject, "subject", content)
        refs = tuple(r for r in target.refs if r.code not in _codes(subject.refs))
        if pattern is None or not refs:
            return
        features = {"type:REQUEST", "verb", f"actor:{subject.how}", "to:must"}
        self._keep(
            self._reading(
                clause,
                pattern,
                subject,
                Found(refs, target.how),
                features,
                subject,
                f"'{self._verb_words(clause.verb)}' that ... {content.verb.modal}",
            )
        )

    def _keep(self, reading: Reading) -> None:
        if "purpose" in reading.features and reading.type is EventType.SUPPORT:
            return  # "troops to support its war" tells what for, not an act of support
        self.readings.append(reading)

    def _effective(self, clause: Clause, particles: tuple[str, ...]) -> tuple[list[int], list[tuple[str, list[int]]]] | None:
        """Objects and prepositional phrases once the pattern's particles are taken away; None when they do not fit."""
        verb = clause.verb
        if particles and not verb.particles and (len(particles) > 1 or not clause.objects):
            return None
        objects, preps = list(clause.objects), list(clause.preps)
        if particles == verb.particles:
            return objects, preps
        if particles and not verb.particles:
            # "shot the drone down", "blew himself up"
            behind = self.s.at(clause.objects[-1] + 1)
            if not (isinstance(behind, Mark) and behind.word == particles[0]):
                return None
            return objects, [(prep, nouns) for prep, nouns in preps if prep != particles[0]] or [
                (prep, nouns) for prep, nouns in preps
            ]
        if not particles and verb.particles:
            last = verb.particles[-1]
            if last in self.classes["prepositions"]:
                return [], [(last, objects), *preps] if objects else preps
            return None
        if particles and verb.particles[: len(particles)] == particles:
            last = verb.particles[-1]
            return [], [(last, objects), *preps]
        return None

    def _match(self, clause: Clause, particles: tuple[str, ...], pattern: Pattern, subject: Found) -> Reading | None:
        verb = clause.verb
        fitted = self._effective(clause, particles)
        if fitted is None:
            return None
        objects, preps = fitted
        if not particles and verb.particles and pattern.type is EventType.CONSULT:
            return None  # "called for an end" is no call
        if verb.passive and verb.lemma == "oppose" and preps and preps[0][0] == "to":
            # "is opposed to" is no passive
            verb.passive = False
            objects = preps[0][1]
        patients = list(clause.subject) if verb.passive else objects
        object_ks, nouns, keys = self._patients(patients)
        retained = False
        if verb.passive and objects and pattern.objects and not keys & pattern.objects:
            # "he was granted asylum by Russia": the object stays, the subject is whom it is given to
            kept = self._patients(objects)[2]
            retained = bool(kept & pattern.objects)
            keys = kept if retained else keys
        if "@person" in pattern.objects and any(n.word_class == "person" for n in nouns):
            keys = keys | {"@person"}
        if "@place" in pattern.objects and any(
            n.word_class == "place"
            or any(r.how == "head" and r.mention.kind in (MentionKind.PLACE, MentionKind.CAPITAL) for r in n.actors)
            for n in nouns
        ):
            keys = keys | {"@place"}
        if "@group" in pattern.objects and any(
            r.how == "head" and r.mention.kind is MentionKind.GROUP for n in nouns for r in n.actors
        ):
            keys = keys | {"@group"}
        if "@organisation" in pattern.objects and any(
            r.mention.kind is MentionKind.ORGANISATION and r.how == "head" for n in nouns for r in n.actors
        ):
            keys = keys | {"@organisation"}
        if pattern.objects and not keys & pattern.objects and not (pattern.object_optional and not nouns):
            return None
        if pattern.not_objects and keys & pattern.not_objects:
            return None
        if pattern.goals and not self._reaches(clause, object_ks, pattern.goals):
            return None
        if pattern.words:
            if not self._goes_on_with(clause, pattern.words):
                return None
            patients = self.s.conjuncts_right(patients[0])[0] if patients else []  # not what they are called
        if pattern.type is EventType.PROTEST and verb.lemma == "protest" and subject and not self._are_people(clause):
            return None  # what a government protests at it complains of
        if pattern.object_class and not any(n.word_class in (pattern.object_class, "name") for n in nouns):
            return None
        if pattern.to_act and not self._tells_to_act(clause):
            return None
        if pattern.weight == "material" and pattern.type is EventType.ASSAULT and not nouns:
            return None  # "a lorry sank in a swamp"
        if (
            verb.form == "participle"
            and verb.passive
            and pattern.type is EventType.MOBILIZE
            and verb.lemma in ("station", "base", "position")
        ):
            return None  # "the forces stationed there" are described, not sent
        features = {f"pattern:{pattern.name}", f"type:{pattern.type}", "verb"}
        self._act = None
        if subject.how == "owner" and pattern.type.quad in (Quad.MATERIAL_CONFLICT, Quad.MATERIAL_COOPERATION):
            subject = Found()  # "Chinese robots" do not act for China
        if subject.how == "place" and pattern.actor_class == "agent":
            subject = Found()
        if pattern.both and pattern.type is EventType.ASSAULT and nouns and not self._many(patients, "object", clause):
            return None  # "fight boredom with music"
        agent = self._agent(clause, preps, subject, pattern, features)
        if pattern.own and not all(
            self.tokens[n.start].lower in _POSSESSIVES or (n.actors and set(_codes(n.actors)) <= set(_codes(agent.refs)))
            for n in nouns[:1]
        ):
            return None
        if retained:
            given = self._many(clause.subject, "object", clause)
            recipient = Found(tuple(r for r in given.refs if r.code not in _codes(agent.refs)), given.how)
            features |= {"to:retained", f"recipient:{given.how}"}
        else:
            recipient = self._recipient(clause, pattern, patients, preps, agent, features)
        if pattern.together is not None and len(_codes(agent.refs)) > 1:
            # two who hold a drill together do so with each other
            pattern = self._of_both(pattern.together)
            recipient = agent
        if verb.passive:
            features.add("passive")
        if pattern.actor_class == "agent" and not self._agentive(clause, verb):
            return None
        if pattern.actor_class == "force" and not any(
            (n := self.s.noun(k)) is not None
            and (
                n.word_class == "force"
                or n.keys & self.classes["forces"]
                or any(r.mention.kind in (MentionKind.GOVERNMENT, MentionKind.GROUP) for r in n.actors)
            )
            for k in clause.subject
        ):
            return None
        for k in object_ks:
            if pattern.objects and (n := self.s.noun(k)) is not None and n.is_act:
                self.used.add(k)
        return self._reading(
            clause,
            pattern,
            agent,
            recipient,
            features,
            subject,
            f"{'passive ' if verb.passive else ''}verb '{self._verb_words(verb)}'",
        )

    def _are_people(self, clause: Clause) -> bool:
        """Whether people of a country, and not those who act for it, are the subject."""
        nouns = [n for n in (self.s.noun(k) for k in clause.subject) if n is not None]
        official = (MentionKind.NAME, MentionKind.GOVERNMENT, MentionKind.LEADER, MentionKind.CAPITAL, MentionKind.ORGANISATION)
        return all(
            n.word_class not in ("agent", "pronoun") and not any(r.how == "head" and r.mention.kind in official for r in n.actors)
            for n in nouns
        )

    def _reaches(self, clause: Clause, objects: Iterable[int], goals: frozenset[str]) -> bool:
        """Whether one of ``goals`` stands behind a preposition of the clause: "put its army on alert"."""
        rows = [*clause.preps, *(row for k in objects for row in self.s.chain(k)), ("as", self._as_what(clause))]
        return any((n := self.s.noun(k)) is not None and n.keys & goals for _, ks in rows for k in ks)

    def _as_what(self, clause: Clause) -> list[int]:
        """The noun behind "as" that ends the clause: "is admitted as the ninth member"."""
        for k in range(clause.index + 1, clause.index + 6):
            mark = self.s.at(k)
            if isinstance(mark, Verb):
                break
            if isinstance(mark, Mark) and mark.word == "as" and self.s.noun(k + 1) is not None:
                return [k + 1]
        return []

    def _goes_on_with(self, clause: Clause, words: frozenset[str]) -> bool:
        """Whether one of ``words`` stands behind the verb of the clause: "called the statement a lie", "allowed inspectors to enter"."""
        following = min(
            (c.index for c in self.s.clauses if c.index > clause.index and not (c.kind == "infinitive" and c.governor is clause)),
            default=len(self.s.phrases),
        )
        last = self.s.phrases[following].start if following < len(self.s.phrases) else len(self.tokens)
        return any(t.lower in words for t in self.tokens[clause.verb.end : last])

    def _patients(self, ks: list[int]) -> tuple[list[int], list[Noun], frozenset[str]]:
        """What ``ks`` are once measure words are looked through: indices, noun phrases, and all that these go by.

        Kept, since every pattern of a verb asks for the same."""
        known = self._known_patients.get(tuple(ks))
        if known is None:
            object_ks = self._look_through(ks)
            nouns = [n for n in map(self.s.noun, object_ks) if n is not None]
            known = object_ks, nouns, frozenset().union(*(n.keys for n in nouns))
            self._known_patients[tuple(ks)] = known
        return known

    def _tells_to_act(self, clause: Clause) -> bool:
        """Whether somebody is told to do or leave something, not told that something is so."""
        if any(c.kind == "infinitive" and c.governor is clause for c in self.s.clauses):
            return True
        content = self._content(clause)
        return content is not None and (content.verb.modal in ("must", "should", "ought") or content.verb.bare)

    def _agentive(self, clause: Clause, verb: Verb) -> bool:
        """Whether the subject is somebody who travels for a country, not a tourist or a ship."""
        for k in clause.subject:
            noun = self.s.noun(k)
            if noun is None:
                continue
            if noun.word_class in ("agent", "pronoun", "name"):
                return True
        return False

    def _look_through(self, ks: Iterable[int]) -> list[int]:
        """Objects with measure words looked through: "a wave of strikes" counts as strikes too."""
        out = []
        measures = self.classes["measures"]
        for k in ks:
            out.append(k)
            noun = self.s.noun(k)
            if noun is not None and not measures.isdisjoint(noun.keys):
                for prep, nouns in self.s.chain(k):
                    if prep == "of" or (prep == "in" and noun.keys & self.classes["currencies"]):
                        out += nouns
                        more = self.s.noun(nouns[0])
                        if more is not None and more.keys & self.classes["measures"]:
                            out += [n for p2, ns in self.s.chain(nouns[0]) if p2 == "of" for n in ns]
                        break
        return out

    def _agent(
        self, clause: Clause, preps: list[tuple[str, list[int]]], subject: Found, pattern: Pattern, features: set[str]
    ) -> Found:
        verb = clause.verb
        if not verb.passive:
            if subject:
                features.add(f"actor:{subject.how}")
                noun = self.s.noun(clause.subject[0])
                if noun is not None:
                    features.add(f"subject:{noun.word_class or 'other'}")
                    if noun.is_act and subject.how == "doer":
                        features.add("subject:act")
                        if pattern.type not in _VIOLENT and pattern.type is not EventType.THREATEN:
                            return Found()
                return subject
            # "Strikes in Gaza kill five": the doer may be told elsewhere
            return Found()
        for prep, nouns in preps:
            if prep == "by":
                found = Found()
                for k in nouns:
                    noun = self.s.noun(k)
                    if noun is None:
                        continue
                    more = self.doer(k, noun) if noun.is_act else self.actors(k, "subject", clause)
                    if not more and not noun.is_act and not self._is_nameless(k, noun):
                        more = self.actors(k, "object", clause)
                    found = Found(found.refs + more.refs, found.how or more.how)
                if found:
                    features.add("actor:by")
                    return found
                return Found()
        if pattern.type is EventType.SANCTION:
            # "the Danish ambassador to Mali is expelled": by those to whom he is sent
            for k in clause.subject:
                named = self.s.noun(k)
                behind = self._apposition(k, named) if named is not None else None
                k = behind if behind is not None else k  # "Jo Rau, the Danish ambassador to Mali, is declared"
                sent = self.s.noun(k)
                if sent is not None and sent.word in ("ambassador", "envoy", "diplomat", "diplomats", "consul", "attaché"):
                    for prep, nouns in self.s.chain(k):
                        found = self._many(nouns, "object", clause) if prep in ("to", "in") else Found()
                        if found:
                            features.add("actor:post")
                            return found
            # "Russia is expelled from the Council of Europe": a body shuts its member out
            for prep, nouns in preps:
                found = self._many(nouns, "object", clause) if prep == "from" else Found()
                if found and all(r.mention.kind is MentionKind.ORGANISATION for r in found.refs):
                    features.add("actor:by")
                    return found
        if pattern.goals and pattern.type is EventType.AGREE:
            # "Somalia is admitted as a member of the bloc": a body takes a member in
            for _, nouns in [*preps, *(row for k in self._as_what(clause) for row in self.s.chain(k))]:
                found = self._many(nouns, "object", clause)
                if found and all(r.mention.kind is MentionKind.ORGANISATION for r in found.refs):
                    features.add("actor:by")
                    return found
        if pattern.type in _VIOLENT:
            for prep, nouns in preps:
                if prep in ("in", "during", "after", "from", "following", "amid", "under", "on", "with"):
                    for k in nouns:
                        for kk in self._look_through([k]):
                            noun = self.s.noun(kk)
                            if noun is not None and noun.is_act:
                                found = self.doer(kk, noun)
                                if not found and self._is_fight(noun):
                                    found = self._opponent(kk, clause)
                                if found:
                                    features.add("actor:act")
                                    self.used.add(kk)
                                    self._act = (kk, noun)
                                    return found
        if pattern.type in _CUSTODY and verb.lemma in (
            "arrest",
            "detain",
            "jail",
            "imprison",
            "sentence",
            "convict",
            "release",
            "free",
            "deport",
            "execute",
        ):
            # who is detained in Belarus is detained by Belarus
            held = self._many(clause.subject, "object", clause)
            place = self._held_in(clause)
            if not place and clause.connector == "that" and clause.governor is not None and self._announces(clause.governor):
                # "Venezuela announces that three Spaniards have been arrested"
                place = self._many(clause.governor.subject, "subject", clause.governor)
            if place and held and held.how == "self" and place.refs[0].code not in _codes(held.refs):
                features.add("actor:local")
                return place
        if pattern.objects and pattern.type in _WEAPONED:
            # "Iranian missiles are launched at Israel": the weapon tells whose it is
            owner = self._many(clause.subject, "object", clause)
            if (
                owner
                and owner.how == "self"
                and (
                    pattern.type is not EventType.AID
                    or any((n := self.s.noun(k)) is not None and n.word_class == "force" for k in clause.subject)
                )
            ):
                features.add("actor:weapon")
                return owner
        if pattern.type is EventType.ASSAULT and verb.lemma in ("launch", "fire", "lob"):
            # "Five rockets are fired into Uzbekistan from Afghanistan"
            for prep, nouns in preps:
                found = self._many(nouns, "object", clause) if prep == "from" else Found()
                if found:
                    features.add("actor:place")
                    return found
        return Found()

    def _announces(self, clause: Clause) -> bool:
        """Whether officials tell in the clause what was done, and name no other who did it."""
        officials = [n for n in (self.s.noun(k) for k in clause.subject) if n is not None]
        return clause.verb.lemma in ("announce", "say", "state", "report", "confirm") and all(
            n.word_class in ("agent", "name") and any(r.mention.kind is not MentionKind.ORGANISATION for r in n.actors)
            for n in officials
        )

    def _is_accord(self, noun: Noun) -> bool:
        """Whether the noun names talks or a deal, which are asked of those with whom they are to be held."""
        pattern = self._noun_pattern(noun)
        return pattern is not None and pattern.both and pattern.type in _BY_ACCORD

    def _is_fight(self, noun: Noun) -> bool:
        pattern = self._noun_pattern(noun)
        return pattern is not None and pattern.both and pattern.type is EventType.ASSAULT

    def _opponent(self, k: int, clause: Clause) -> Found:
        """Those with whom the victims were fighting: "killed in clashes with"."""
        victims = set(_codes(self._many(clause.subject, "object", clause).refs))
        for prep, nouns in [*self.s.chain(k), *clause.preps]:
            if prep in ("with", "against"):
                # only the first: "clashes with an armed group at the border with Pakistan"
                found = self._many(nouns, "object", clause)
                return Found(tuple(r for r in found.refs if r.code not in victims), "doer")
        return Found()

    def _recipient(
        self,
        clause: Clause,
        pattern: Pattern,
        patients: list[int],
        preps: list[tuple[str, list[int]]],
        agent: Found,
        features: set[str],
    ) -> Found:
        mine = set(_codes(agent.refs))

        def fresh(found: Found, how: str) -> Found:
            refs = tuple(r for r in found.refs if r.code not in mine or (found.how == "each_other" and len(mine) == 2))
            if refs:
                features.add(f"to:{how}")
                features.add(f"recipient:{found.how}")
            return Found(refs, found.how)

        chained: list[tuple[str, list[int]]] = []
        for k in self._look_through(patients):
            chained += self.s.chain(k)
        # What stands behind an act named as the object belongs to that act: "supports the war with Ukraine".
        own = (
            {
                tuple(nouns)
                for k in patients
                if (n := self.s.noun(k)) is not None and n.is_act
                for prep, nouns in self.s.chain(k)
                if not (prep in ("with", "between") and pattern.type is EventType.REQUEST and self._is_accord(n))
            }
            if not pattern.objects
            else set()
        )
        if own:
            preps = [(prep, nouns) for prep, nouns in preps if tuple(nouns) not in own]
            chained = [(prep, nouns) for prep, nouns in chained if tuple(nouns) not in own]
        rows = [*preps, *chained]
        leads = {prep for prep, _ in rows}
        for slot in pattern.to:
            if slot == "object":
                whole = self._many(patients, "object", clause)
                got = fresh(whole, slot)
                if whole and not got and pattern.actor_class == "agent":
                    return Found()  # one who goes home visits nobody
                if whole and not got and pattern.type in _SAID_TO and self._stays_at_home(clause, mine):
                    return Found()  # "urges its citizens in Sudan to leave" asks nothing of Sudan
            elif slot == "doer":
                refs: tuple[ActorRef, ...] = ()
                for k in self._look_through(patients):
                    noun = self.s.noun(k)
                    if noun is None:
                        continue
                    found = self.doer(k, noun) if noun.is_act else self.actors(k, "object", clause)
                    if not found and noun.word_class in ("", "asset"):
                        # "criticised growing military activity by Japan"
                        found = self._many((n for prep, ns in self.s.chain(k) if prep == "by" for n in ns), "object", clause)
                    if pattern.both and found.how == "place":
                        continue  # "a round of talks in Muscat"
                    refs += found.refs
                    if noun.is_act and found:
                        self.used.add(k) if pattern.reverse else None
                got = fresh(Found(refs, "doer"), slot)
            elif slot == "that":
                content = self._content(clause)
                got = fresh(self._many(content.subject, "subject", content), slot) if content is not None else Found()
            elif slot == "in":
                got = Found()
                for prep, nouns in rows:
                    if prep in _PLACE_PREPOSITIONS:
                        got = fresh(self._many(nouns, "object", clause), "in")
                        if got:
                            got = Found(got.refs, "place")
                            break
            else:
                got = Found()
                several = len(patients) > 1 and bool(pattern.objects)  # "a tariff on Chile, and one on Peru"
                for prep, nouns in rows if slot in leads else ():
                    if prep == "between" and (n := self.s.noun(nouns[0] - 2)) is not None and n.word in _QUARRELS:
                        continue  # "a meeting on the dispute between others"
                    if prep == slot and not self._on_a_side(prep, nouns):
                        more = fresh(self._many(nouns, "object", clause), slot)
                        got = Found(got.refs + tuple(r for r in more.refs if r.code not in _codes(got.refs)), got.how or more.how)
                        if got and not several:
                            break
            if got:
                return got
        if clause.verb.lemma in self.classes["mediating_verbs"]:
            # "a prisoner exchange mediated by Turkey": between those who carried it out
            g = clause.governor
            between = [k for head in patients for prep, ks in self.s.chain(head) if prep in ("with", "between") for k in ks]
            if g is not None:
                between += [*g.subject, *g.objects, *(k for prep, ks in g.preps if prep in ("with", "between") for k in ks)]
            got = fresh(self._many(between, "object", clause), "parties")
            if got:
                return got
            if any(
                (n := self.s.noun(k)) is not None
                and not n.actors
                and (self._points_back(n) or n.word in ("truce", "ceasefire", "cease-fire", "swap", "handover"))
                for k in patients
            ):
                # "Israel and Lebanon signed a deal. It was brokered by ...", said of "the deal"
                return fresh(Found(self.discourse.pair, "pronoun"), "told-before")
        if pattern.type in _VIOLENT:
            if self._act is not None:
                k, noun = self._act
                act = self._noun_pattern(noun)
                if act is not None:
                    got = self._noun_recipient(k, noun, act, preps, agent, features, clause)
                    if got:
                        return got
            got = fresh(self._victims(clause, preps), "fallback")
            if not got and clause.connector == "that" and clause.governor is not None and (clause.verb.passive or patients):
                # "Armenia says that 49 soldiers were killed": they are its own
                bare = [
                    n
                    for n in (self.s.noun(k) for k in patients)
                    if n is not None and n.word_class in ("force", "person", "asset", "name") and not n.actors
                ]
                if bare:
                    got = fresh(self._many(clause.governor.subject, "subject", clause.governor), "speaker")
            if not got and clause.verb.passive:
                bare = [
                    n
                    for n in (self.s.noun(k) for k in patients)
                    if n is not None and n.word_class in ("force", "person", "asset", "name") and not n.actors
                ]
                if bare:
                    got = fresh(Found(self._attribution(clause), "speaker"), "speaker")
            return got
        return Found()

    def _victims(self, clause: Clause, preps: list[tuple[str, list[int]]]) -> Found:
        """For violence with no recipient in its own clause: where it took place, or who suffered in the clause above."""
        for prep, nouns in preps:
            if prep in _PLACE_PREPOSITIONS and not self._at_border(nouns):
                found = self._many(nouns, "object", clause)
                if found:
                    return Found(found.refs, "place")
        found = self._beside(clause)
        if found:
            return found
        for other in self.s.clauses:
            if other.kind == "coordinated" and other.index > clause.index and other.subject == clause.subject:
                for prep, nouns in other.preps:
                    if prep in _PLACE_PREPOSITIONS:
                        found = self._many(nouns, "object", other)
                        if found:
                            return Found(found.refs, "place")
        g = clause.governor
        if g is not None:
            sufferers = g.subject if g.verb.passive else g.objects
            found = self._many(sufferers, "object", g) or self._beside(g)
            if found and found.how != "pronoun":
                return Found(found.refs, "above")
            for prep, nouns in g.preps:
                if prep in _PLACE_PREPOSITIONS:
                    found = self._many(nouns, "object", g)
                    if found:
                        return Found(found.refs, "place")
        return Found()

    def _at_border(self, nouns: list[int]) -> bool:
        """Whether the place is a border: what is done at it need not be done to those behind it."""
        return any((n := self.s.noun(k)) is not None and n.word in _BORDERS for k in nouns)

    def _beside(self, clause: Clause) -> Found:
        """Who suffered in the passive just before, when the clause goes on with others: "two soldiers are killed and three are injured"."""
        where = next((i for i, c in enumerate(self.s.clauses) if c is clause), 0)
        before = self.s.clauses[where - 1] if where else None
        if (
            before is None
            or not (clause.verb.passive and before.verb.passive)
            or before.verb.lemma not in self.classes["transitive_verbs"]
        ):
            return Found()
        found = self._many(before.subject, "object", before)
        return Found(found.refs, "above") if found and found.how != "pronoun" else Found()

    def _light(self, clause: Clause, subject: Found) -> Reading | None:
        """ "carried out an attack on": the verb only says that the act of its object is done."""
        verb = clause.verb
        light = self.classes["carrying_verbs"]
        if verb.lemma not in light and not (verb.particles and " ".join((verb.lemma, *verb.particles)) in light):
            return None
        patients = clause.subject if verb.passive else clause.objects
        if verb.lemma in self.classes["joining_verbs"]:
            patients = next((nouns for prep, nouns in clause.preps if prep == "in"), [])
        if verb.lemma in self.classes["responding_verbs"]:
            patients = next((nouns for prep, nouns in clause.preps if prep in ("with", "by")), [])
        for k in self._look_through(patients):
            noun = self.s.noun(k)
            if noun is None or not noun.is_act:
                continue
            pattern = self._noun_pattern(noun)
            if pattern is None:
                continue
            features = {f"pattern:{pattern.name}", f"type:{pattern.type}", "light"}
            agent = subject
            if verb.passive and verb.lemma not in ("engage", "involve"):
                agent = self._agent(clause, clause.preps, subject, pattern, features)
            elif subject:
                features.add(f"actor:{subject.how}")
            if not agent and noun.actors:
                agent = self.doer(k, noun)
            recipient = self._noun_recipient(k, noun, pattern, clause.preps, agent, features, clause)
            if verb.lemma in self.classes["joining_verbs"] and recipient.how in ("place", ""):
                # where somebody fights, or on whose side, is not yet against whom
                return None
            if not recipient:
                recipient = self._targeted(k, clause, agent)
                if recipient:
                    features.add("to:targeting")
            if not recipient and noun.actors and agent.refs and noun.actors[0].code not in _codes(agent.refs):
                recipient = Found(noun.actors, "doer")
                features.add("to:modifier")
            if not recipient and pattern.type is EventType.ASSAULT:
                recipient = self._victims(clause, clause.preps)
                recipient = Found(tuple(r for r in recipient.refs if r.code not in _codes(agent.refs)), recipient.how)
                features.add("to:fallback")
            self.used.add(k)
            reading = self._reading(
                clause, pattern, agent, recipient, features, subject, f"'{self._verb_words(verb)}' with noun '{noun.word}'", noun
            )
            if verb.lemma in self.classes["deciding_verbs"] and pattern.type in _VIOLENT and reading.status is Status.HAPPENED:
                reading.status = Status.PLANNED
            return reading
        return None

    def _targeted(self, k: int, clause: Clause, agent: Found) -> Found:
        """Whom the words behind an attack name: "an attack targeting a warship of the US Navy"."""
        after = next(
            (
                c
                for c in self.s.clauses
                if c.verb.form == "ing" and c.verb.lemma in ("target", "hit", "strike", "kill", "wound", "injure") and c.index > k
            ),
            None,
        )
        if after is None or after.governor is not clause:
            return Found()
        found = self._many(after.objects, "object", after)
        return Found(tuple(r for r in found.refs if r.code not in _codes(agent.refs)), found.how)

    # ------------------------------------------------------------ nouns

    def _noun_pattern(self, noun: Noun) -> Pattern | None:
        """The pattern of the longest word the noun goes by; of equally long ones the first by the alphabet, the same in every run."""
        known = [key for key in noun.keys if key in self.grammar.noun_patterns]
        return self.grammar.noun_patterns[min(known, key=lambda key: (-len(key), key))][0] if known else None

    def _noun_recipient(
        self,
        k: int,
        noun: Noun,
        pattern: Pattern,
        preps: list[tuple[str, list[int]]],
        agent: Found,
        features: set[str],
        clause: Clause | None,
    ) -> Found:
        mine = set(_codes(agent.refs))
        own = self.s.chain(k)
        if pattern.both and isinstance(after := self.s.at(k + 1), Verb) and after.lemma == "involve" and after.form == "ing":
            own = [*own, *(("between", c.objects) for c in self.s.clauses if c.index == k + 1)]
        seen = {id(n) for _, n in own}
        rows = own + [p for p in preps if id(p[1]) not in seen and (not p[1] or p[1][0] > k)]
        for slot in pattern.to:
            for prep, nouns in rows:
                if prep == slot and not self._on_a_side(prep, nouns):
                    found = self._many(nouns, "object", clause)
                    refs = tuple(r for r in found.refs if r.code not in mine)
                    if refs:
                        features.update((f"to:{slot}", f"recipient:{found.how}"))
                        return Found(refs, found.how)
        if noun.bare_names:
            refs = tuple(r for r in noun.bare_names if r.code not in mine)
            if refs:
                features.update(("to:bare", "recipient:self"))
                return Found(refs, "self")
        if pattern.type is EventType.ASSAULT and not pattern.reverse:
            for prep, nouns in rows:
                if prep in _PLACE_PREPOSITIONS and not self._at_border(nouns):
                    found = self._many(nouns, "object", clause)
                    refs = tuple(r for r in found.refs if r.code not in mine)
                    if refs:
                        features.update(("to:in", "recipient:place"))
                        return Found(refs, "place")
        return Found()

    def _read_noun(self, k: int, noun: Noun) -> None:
        pattern = self._noun_pattern(noun)
        if pattern is None:
            return
        features = {f"pattern:{pattern.name}", f"type:{pattern.type}", "noun"}
        agent = self.doer(k, noun)
        clause = self._clause_of(k)
        if agent:
            features.add("actor:" + agent.refs[0].how)
        elif self.tokens[noun.start].lower in _POSSESSIVES:
            agent = Found(self._possessive(noun, clause), "pronoun")
            features.add("actor:pronoun")
        recipient = self._noun_recipient(k, noun, pattern, [], agent, features, clause)
        if pattern.both and not recipient and len(_codes(agent.refs)) > 1:
            recipient = agent
        if agent and not recipient and pattern.type is EventType.ASSAULT and clause is not None and not pattern.reverse:
            recipient = self._around(k, noun, clause, agent)
            features.add("to:fallback")
        if not agent and pattern.both and len(_codes(recipient.refs)) > 1:
            agent = recipient
        if (
            agent
            and not recipient
            and clause is not None
            and pattern.type is EventType.REQUEST
            and (k in clause.objects or k in clause.subject)
        ):
            # "rejects the US proposal": the proposal was made to the one who rejects it
            other = self._many(clause.subject if k in clause.objects else clause.objects, "subject", clause)
            recipient = Found(tuple(r for r in other.refs if r.code not in _codes(agent.refs)), other.how)
            features.add("to:answerer")
        if not agent and recipient and pattern.both and pattern.type in _BY_ACCORD and clause is not None:
            agent = self._party_of(k, clause, recipient)
            features.add("actor:clause")
        if not agent and recipient and pattern.reverse and clause is not None:
            # "Ukraine confirms the loss of the town to Russian forces"
            agent = Found(
                tuple(r for r in self._many(clause.subject, "subject", clause).refs if r.code not in _codes(recipient.refs))
            )
        if not agent or (not recipient and (pattern.type not in _VIOLENT or pattern.reverse)):
            return
        reading = self._reading(clause, pattern, agent, recipient, features, agent, f"noun '{noun.word}'", noun, k)
        if "actor:clause" in features and clause is not None:
            lead = getattr(self.s.at(k - 1), "word", "")
            if lead in ("in", "during", "at"):
                reading.status = self._clause_status(clause, set())
            elif lead in ("for", "ahead of", "before"):
                above = self._clause_status(clause, set())
                reading.status = above if above in (Status.POSSIBLE, Status.DENIED, Status.DEMANDED) else Status.PLANNED
        self.readings.append(reading)

    def _party_of(self, k: int, clause: Clause, others: Found) -> Found:
        """Who is the first party of talks or a deal that the clause tells of in passing: "Putin said after talks with Modi"."""
        lead = next((prep for prep, nouns in clause.preps if k in nouns), "")
        chain = self.s.chain(k)
        if lead not in _OCCASIONS or not chain or chain[0][0] not in ("with", "between"):
            return Found()
        if lead == "for" and clause.verb.lemma not in ("arrive", "travel", "fly", "visit", "go", "head", "come", "return"):
            return Found()
        found = self._many(clause.subject, "subject", clause)
        refs = tuple(r for r in found.refs if r.code not in _codes(others.refs))
        return Found(refs if len(_codes(refs)) == 1 and not clause.verb.passive else (), found.how)

    def _around(self, k: int, noun: Noun, clause: Clause, agent: Found) -> Found:
        """Who suffers an attack named by a noun: the object of its verb, the subject of a passive, or the place told with the verb."""
        mine = set(_codes(agent.refs))
        helpless = clause.verb.passive or (
            # "a depot catches fire after a drone attack by"
            not self._is_fight(noun)
            and getattr(self.s.at(k - 1), "word", "") in ("after", "following", "in", "during")
            and not self._many(clause.subject, "subject", clause)
        )
        groups = [clause.objects] if k in clause.subject else [clause.subject] if helpless else []
        groups += [
            nouns for prep, nouns in clause.preps if prep in _PLACE_PREPOSITIONS and k not in nouns and not self._at_border(nouns)
        ]
        for nouns in groups:
            found = self._many(nouns, "object", clause)
            refs = tuple(r for r in found.refs if r.code not in mine)
            if refs:
                return Found(refs, "place")
        return Found()

    def _clause_of(self, k: int) -> Clause | None:
        """The clause in which the phrase at ``k`` stands."""
        best: Clause | None = None
        for clause in self.s.clauses:
            inside = (
                k in clause.subject
                or k in clause.objects
                or any(k in nouns for _, nouns in clause.preps)
                or clause.start <= k < clause.end
            )
            if inside:
                best = clause
        if best is None:
            for clause in self.s.clauses:
                if clause.subject and min(clause.subject) <= k < clause.index:
                    return clause
        return best

    # ------------------------------------------------------------ status

    def _reading(
        self,
        clause: Clause | None,
        pattern: Pattern,
        agent: Found,
        recipient: Found,
        features: set[str],
        subject: Found,
        rule: str,
        noun: Noun | None = None,
        k: int = -1,
    ) -> Reading:
        actors, recipients = agent.refs, recipient.refs
        if pattern.reverse:
            actors, recipients = recipients, actors
        status = (
            self._clause_status(clause, features)
            if clause is not None and k < 0
            else self._noun_status(k, noun, clause, features)
        )
        if recipient.how == "each_other" and len(_codes(recipients)) == 2:
            actors = recipients
        if pattern.both and not (pattern.type is EventType.ASSAULT and "to:in" in features and len(_codes(actors)) == 1):
            codes = _codes(actors + recipients)
            if len(codes) > 1:
                parties: dict[str, ActorRef] = {}
                for r in (*actors, *recipients):
                    parties.setdefault(r.code, r)
                actors = recipients = tuple(parties.values())
                features.add("both")
        trigger = clause.verb.trigger if clause is not None and k < 0 else (0, 0)
        window = self._window(clause)
        if clause is not None and k < 0 and clause.verb.lemma in self.classes["promising_verbs"]:
            # "agreed to stop fighting on Saturday": the day stands with what was agreed
            ends = [self._window(c)[1] for c in self.s.clauses if c.kind == "infinitive" and c.governor is clause]
            window = (window[0], max([window[1], *ends]))
        if noun is not None:
            h = self.tokens[noun.head]
            trigger = (min(trigger[0], h.start), max(trigger[1], h.end)) if clause is not None and k < 0 else (h.start, h.end)
            if k >= 0:
                window = self._noun_window(k, window)
        if pattern.weight:
            features.add(f"weight:{pattern.weight}")
        reading = Reading(
            pattern,
            actors,
            recipients,
            trigger,
            status,
            f"{pattern.name}, by {rule}",
            features,
            self._attribution(clause),
            window,
            clause,
            pattern.type,
            self._relatives(clause) if k < 0 else (),
            self._asides(clause),
        )
        if clause is not None and k < 0:
            self._compose(reading, clause)
        return reading

    # ------------------------------------------------------------ verbs over verbs

    def _compose(self, reading: Reading, clause: Clause) -> None:
        """What the verb above makes of the act: to threaten an attack is a threat, to promise aid an agreement, to refuse it a rejection."""
        verb, g = clause.verb, clause.governor
        cooperative = reading.type.quad in (Quad.VERBAL_COOPERATION, Quad.MATERIAL_COOPERATION)
        lemma = g.verb.lemma if g is not None and clause.kind in ("infinitive", "gerund") else ""
        noun = clause.governor_noun
        new: EventType | None = None
        said = reading.status
        if verb.negated and clause.kind == "infinitive":
            # "pledged not to attack": a promise; whatever else is not done stays denied
            if not cooperative and lemma in self.classes["promising_verbs"] | {"vow", "pledge", "swear", "promise"}:
                new, said = EventType.AGREE, Status.HAPPENED
        elif (
            lemma == "threaten"
            or noun.startswith("threat")
            or (lemma in ("vow", "pledge", "swear", "warn") and not cooperative and reading.type is not EventType.ACCUSE)
        ):
            new, said = EventType.THREATEN, Status.HAPPENED
        elif not cooperative and reading.status in (Status.PLANNED, Status.POSSIBLE) and self._warned_of(clause, reading):
            new, said = EventType.THREATEN, Status.HAPPENED  # "Moscow warns that it could fire on NATO convoys"
        elif lemma in ("refuse", "decline") or noun.startswith("refusal"):
            new, said = EventType.REJECT, Status.HAPPENED
        elif (
            cooperative
            and reading.type is not EventType.AGREE
            and (lemma in self.classes["promising_verbs"] or self._ready(clause))
        ):
            new = EventType.AGREE
            said = self._clause_status(g, set()) if g is not None else Status.HAPPENED
        elif (
            verb.negated
            and verb.lemma == "rule"
            and any((n := self.s.noun(k)) is not None and n.word in self.classes["forceful_nouns"] for k in clause.objects)
        ):
            new, said = EventType.THREATEN, Status.HAPPENED  # "did not rule out force against"
        elif verb.negated and verb.modal in ("will", "would") and cooperative:
            new, said = EventType.REJECT, Status.HAPPENED
        elif reading.status is Status.PLANNED and cooperative and reading.type in _PROMISED and "purpose" not in reading.features:
            new, said = EventType.AGREE, Status.PLANNED
        if new is None:
            return
        if "both" in reading.features and new in (EventType.REJECT, EventType.THREATEN):
            # who will not renew a deal with Beijing turns Beijing down, not the other way round
            own = set(_codes(self._many(clause.subject, "subject", clause).refs))
            if own and own < set(_codes(reading.actors)):
                reading.recipients = tuple(r for r in reading.recipients if r.code not in own)
                reading.actors = tuple(r for r in reading.actors if r.code in own)
        reading.type, reading.status = new, said
        reading.features.discard(f"type:{reading.pattern.type}")
        reading.features |= {f"type:{new}", f"composed:{new}"}
        if g is not None and lemma:
            reading.trigger = (min(g.verb.trigger[0], reading.trigger[0]), reading.trigger[1])
            reading.rule = f"{new}: {lemma} to + {reading.rule}"
        else:
            reading.rule = f"{new}: future of {reading.rule}"

    def _warned_of(self, clause: Clause, reading: Reading) -> bool:
        """Whether somebody warns of what he himself will do."""
        g = clause.governor
        if g is None or clause.connector != "that" or g.verb.lemma not in ("warn", "threaten", "vow", "swear"):
            return False
        warner = set(_codes(self._many(g.subject, "subject", g).refs))
        return (
            bool(warner) and warner == set(_codes(reading.actors)) and (clause.verb.tense == "future" or bool(clause.verb.modal))
        )

    def _read_operator(self, clause: Clause) -> None:
        """ "threatened to cut off", "refused to commit to": the verb above makes the event when the verb below has no pattern of its own.

        The recipient is whoever the governed verb touches, or the one whose deed is made the condition ("unless Moscow ...").
        """
        lemma = clause.verb.lemma
        inner = next((c for c in self.s.clauses if c.governor is clause and c.kind == "infinitive"), None)
        if inner is None:
            return
        if lemma == "threaten" or (
            lemma in ("vow", "pledge", "swear", "warn") and inner.verb.lemma in self.classes["punishing_verbs"]
        ):
            new = EventType.THREATEN
        elif lemma in ("refuse", "decline"):
            new = EventType.REJECT
        elif lemma in ("offer", "promise", "pledge", "agree") and inner.verb.lemma not in self.classes["punishing_verbs"]:
            new = EventType.AGREE
        else:
            return
        if any(r.recipients and r.clause in (inner, clause) for r in self.readings):
            return
        agent = self._many(clause.subject, "subject", clause)
        mine = set(_codes(agent.refs))
        groups = [clause.objects, inner.objects, *(nouns for prep, nouns in inner.preps if prep in _TOUCHING)]
        if lemma == "agree":
            # what is agreed may be about others: "the transit of Russian gas", "a Malaysian-brokered process"
            own = [k for k in inner.objects if (n := self.s.noun(k)) is not None and n.actors and not self._is_brokered(n)]
            groups = [*(nouns for prep, nouns in inner.preps if prep in ("to", "with", "for")), own]
        deeper = next((c for c in self.s.clauses if c.governor is inner), None)
        if deeper is not None and deeper.kind in ("infinitive", "gerund"):
            groups += [deeper.objects, *(nouns for prep, nouns in deeper.preps if prep in _TOUCHING)]
        groups += [c.subject for c in self.s.clauses if c.connector in ("if", "unless")]
        chains = [nouns for k in inner.objects for prep, nouns in self.s.chain(k) if prep in _TOUCHING and lemma != "agree"]
        for nouns in [*groups, *chains]:
            found = self._many(nouns, "object", inner)
            refs = tuple(r for r in found.refs if r.code not in mine)
            if refs and agent:
                pattern = next(p for p in self.grammar.patterns if p.type is new and not p.both)
                self.readings = [r for r in self.readings if r.clause not in (inner, clause) or r.recipients]
                features = {f"type:{new}", f"operator:{new}", f"actor:{agent.how}", f"recipient:{found.how}"}
                reading = self._reading(clause, pattern, agent, Found(refs, found.how), features, agent, "")
                reading.rule = f"{new}: '{self._verb_words(clause.verb)} to {self._verb_words(inner.verb)}'"
                reading.trigger = (clause.verb.trigger[0], inner.verb.trigger[1])
                self._keep(reading)
                return

    def _is_brokered(self, noun: Noun) -> bool:
        """Whether the actors of the noun stand there by a word joined to them: "the Qatari-brokered truce"."""
        return any(self.tokens[j].suffix for j in range(noun.start, noun.end))

    def _ready(self, clause: Clause) -> bool:
        """Whether the infinitive stands behind "ready", "willing" or "prepared"."""
        first = self.s.phrases[clause.index].start
        return first > 0 and self.tokens[first - 1].lower in self.classes["ready_words"]

    def _content(self, clause: Clause) -> Clause | None:
        """The clause that tells what is said or demanded: "that Russia withdraw"."""
        return next((c for c in self.s.clauses if c.governor is clause and c.connector == "that"), None)

    def _relatives(self, clause: Clause | None) -> tuple[Span, ...]:
        """The stretches of the relative clauses that hang on a ``clause``: their days are not its own."""
        if clause is None:
            return ()
        below = [c for c in self.s.clauses if c.kind == "infinitive" and c.governor is clause]
        return tuple(
            (self.tokens[self.s.phrases[c.index].start].start, self._relative_end(c))
            for c in self.s.clauses
            if (c.kind == "relative" and any(c.governor is g for g in (clause, *below)))
            or (
                c.kind == "gerund"
                and c.governor is clause
                and c.connector in ("for", "of", "over")
                and clause.verb.lemma in self.classes["penal_verbs"]
            )
        )

    def _asides(self, clause: Clause | None) -> tuple[Span, ...]:
        """The stretches of the relative clauses and of the gerunds behind "of" and "for" that are not ``clause`` and do not govern it."""
        above: list[Clause] = []
        while clause is not None and clause not in above and len(above) < 6:
            above.append(clause)
            clause = clause.governor
        return tuple(
            (self.tokens[self.s.phrases[c.index].start].start, self._relative_end(c))
            for c in self.s.clauses
            if (c.kind == "relative" or (c.kind == "gerund" and c.connector in ("of", "for"))) and not any(c is a for a in above)
        )

    def _relative_end(self, clause: Clause) -> int:
        """Where a relative clause ends: at the comma that closes it when one opens it, else with its words."""
        last = self._window(clause)[1]
        opened = any(
            isinstance(mark := self.s.at(clause.index - back), Mark) and mark.word == ","
            for back in (2, 3)
            if clause.index >= back
        )
        closing = (t.start for t in self.tokens[self.s.phrases[clause.index].end :] if t.text == ",")
        return min(last, next(closing, last)) if opened else last

    def _window(self, clause: Clause | None) -> Span:
        """First and last character of the clause."""
        if clause is None:
            return (self.tokens[0].start, self.tokens[-1].end)
        first = self.s.phrases[min([clause.start, *clause.subject, *clause.objects])]
        last = self.s.phrases[max(clause.end - 1, clause.index)]
        return self.tokens[first.start].start, self.tokens[last.end - 1].end

    def _noun_window(self, k: int, window: Span) -> Span:
        noun = self.s.phrases[k]
        chain = self.s.chain(k)
        last = self.s.phrases[max([k, *(n for _, ns in chain for n in ns)])]
        return self.tokens[noun.start].start, max(
            self.tokens[last.end - 1].end, min(window[1], self.tokens[last.end - 1].end + 25)
        )

    def _clause_status(self, clause: Clause, features: set[str]) -> Status:
        verb = clause.verb
        status = self._own_status(clause)
        g = clause.governor
        if verb.negated:
            features.add("negated")
            return Status.DENIED
        if clause.kind == "infinitive" and verb.perfect and g is not None:
            return self._clause_status(g, set())  # "claim to have recaptured"
        if clause.kind in ("infinitive", "gerund") and (g is not None or clause.governor_noun):
            return self._governed(clause, g or clause, features)
        if self._is_prospect(clause):
            return Status.POSSIBLE
        if clause.connector in ("if", "unless", "whether"):
            features.add("conditional")
            return Status.POSSIBLE
        if g is not None and clause.connector == "that":
            lemma = g.verb.lemma
            if g.verb.negated or lemma in ("deny", "reject", "dismiss", "refute"):
                features.add("denied")
                return Status.DENIED
            if lemma in ("accuse", "allege", "suspect", "fear", "speculate", "warn", "threaten"):
                features.add("alleged")
                return Status.POSSIBLE
            if (
                lemma in self.classes["demanding_verbs"]
                and verb.form == "finite"
                and verb.tense == "present"
                and not verb.lemma.endswith("s")
            ):
                return Status.DEMANDED if lemma != "tell" else status
        if clause.connector in ("after", "since", "following") and verb.tense in ("past", "perfect", "present"):
            features.add("background")
            return Status.BACKGROUND if clause.connector == "since" or (verb.tense == "past" and verb.perfect) else status
        if verb.perfect and verb.tense == "past":
            if g is not None and clause.connector == "that" and g.verb.tense == "past" and not g.verb.perfect:
                return Status.HAPPENED  # "said that Iran had attacked": what was said then was "has attacked"
            features.add("pluperfect")
            return Status.BACKGROUND
        if clause.kind == "relative" and verb.tense == "past":
            features.add("relative")
        return status

    def _is_prospect(self, clause: Clause) -> bool:
        """Whether the act is named as something to be for or against: "in support of Georgia joining", "the prospect of Kiev leaving"."""
        if clause.kind != "participle" or clause.verb.form != "ing" or clause.subject != [clause.index - 1]:
            return False
        lead, wished = self.s.at(clause.index - 2), self.s.noun(clause.index - 3)
        return isinstance(lead, Mark) and lead.word == "of" and wished is not None and wished.word in self.classes["wish_nouns"]

    def _own_status(self, clause: Clause) -> Status:
        verb = clause.verb
        if verb.modal in ("may", "might", "could", "can"):
            return Status.POSSIBLE
        if verb.modal in ("would",):
            return Status.PLANNED if clause.governor is not None and clause.connector == "that" else Status.POSSIBLE
        if verb.modal in ("should", "must", "ought"):
            return Status.DEMANDED
        if verb.tense == "future":
            return Status.PLANNED
        return Status.HAPPENED

    def _governed(self, clause: Clause, g: Clause, features: set[str]) -> Status:
        lemma = g.verb.lemma
        noun = clause.governor_noun
        above = self._clause_status(g, set()) if g is not clause else Status.HAPPENED
        if noun:
            features.add("governed:noun")
            if noun.startswith(("refus", "fail")):
                return Status.DENIED
            if noun.startswith(("call", "request", "demand", "order", "appeal")):
                return Status.DEMANDED
            if noun.startswith(
                (
                    "threat",
                    "proposal",
                    "bid",
                    "right",
                    "ability",
                    "offer",
                    "application",
                    "aspiration",
                    "ambition",
                    "hope",
                    "desire",
                    "path",
                )
            ):
                return Status.POSSIBLE
            if noun.startswith(("effort", "attempt")):
                return above
            negated = any(
                t.lower == "no"
                for t in self.tokens[self.s.phrases[clause.index - 1].start : self.s.phrases[clause.index - 1].end]
            )
            return Status.DENIED if negated or g.verb.negated else Status.PLANNED
        if clause.kind == "gerund":
            if lemma in ("accuse", "suspect", "charge"):
                features.add("alleged")
                return Status.POSSIBLE
            # "denied attacking", "ruled out sending"; but "was accused of" and "stopped after" say no such thing
            direct = not clause.connector and (
                lemma in self.classes["denying_verbs"] or "out" in g.verb.particles or lemma == "oppose" or g.verb.negated
            )
            if direct and g.verb.negated and "out" in g.verb.particles:
                return Status.POSSIBLE  # "does not rule out sending"
            if clause.connector == "without" or lemma == "deny" or direct:
                features.add("denied")
                return Status.DENIED
            if not clause.connector and lemma in ("propose", "recommend", "discuss", "favour", "favor"):
                return Status.POSSIBLE
            if clause.connector in ("for",) and lemma in (
                "blame",
                "condemn",
                "criticize",
                "criticise",
                "thank",
                "praise",
                "apologize",
                "apologise",
            ):
                features.add("background")
                return Status.BACKGROUND
            if clause.connector in ("after", "since", "before"):
                features.add("background")
                return Status.BACKGROUND if clause.connector == "since" else above
            if lemma in self.classes["possibility_verbs"]:
                return Status.POSSIBLE
            return above
        features.add("infinitive")
        if lemma == "have" and not clause.governor_noun and clause.index == g.index + 1:
            # "had to quit": it did; "have to quit": it is to
            return above if g.verb.negated or g.verb.tense in ("past", "perfect") else Status.DEMANDED
        if g.verb.negated or lemma in self.classes["denying_verbs"]:
            features.add("denied")
            return Status.DENIED
        wanted = lemma in ("want", "expect", "need") and clause.subject == g.objects[:1]
        if wanted or lemma in self.classes["demanding_verbs"]:
            features.add("demanded")
            return Status.DEMANDED
        if lemma in self.classes["possibility_verbs"] or above in (Status.POSSIBLE, Status.DENIED, Status.DEMANDED):
            return above if above in (Status.DENIED, Status.DEMANDED) else Status.POSSIBLE
        if lemma in self.classes["planning_verbs"] or lemma == "be":
            features.add("planned")
            return Status.PLANNED
        if lemma in self.classes["attempting_verbs"]:
            return above
        if lemma in ("send", "deploy", "dispatch") and clause.verb.lemma in self.classes["serving_verbs"]:
            return above  # troops sent to help are help
        if g.verb.passive and lemma in self.classes["reporting_verbs"]:
            return Status.HAPPENED if above is Status.HAPPENED and lemma in ("report", "say", "confirm") else Status.POSSIBLE
        if lemma in self.classes["occasioning_verbs"] and clause.verb.lemma in self.classes["occasioned_verbs"]:
            return above  # "summoned the ambassador to protest", "met to discuss": that is what was done
        features.add("purpose")
        return Status.PLANNED

    def _noun_status(self, k: int, noun: Noun | None, clause: Clause | None, features: set[str]) -> Status:
        if noun is None:
            return Status.HAPPENED
        words = {self.tokens[j].lower for j in range(noun.start, noun.end)}
        chain_head = self.s.noun(self.s.chain_start(k))
        if chain_head is not None and chain_head is not noun:
            words |= {self.tokens[j].lower for j in range(chain_head.start, chain_head.end)}
        if words & self.classes["possibility_words"]:
            features.add("word:possible")
            return Status.POSSIBLE
        if noun.word in _LABELS and (clause is None or k not in clause.objects):
            features.add("label")
            return Status.BACKGROUND
        if words & self.classes["planning_words"]:
            features.add("word:planned")
            return Status.PLANNED
        before = self.s.at(k - 1)
        if isinstance(before, Mark) and before.tag == "P" and before.word in self.classes["background_prepositions"]:
            features.add(f"after:{before.word}")
            pattern = self._noun_pattern(noun)
            met = pattern is not None and pattern.type is EventType.CONSULT and before.word in ("after", "following", "during")
            if met and clause is not None and not clause.verb.perfect:
                # "said after talks with": the talks are as fresh as what was said
                above = self._clause_status(clause, set())
                return Status.HAPPENED if above in (Status.HAPPENED, Status.PLANNED) else Status.BACKGROUND
            return Status.BACKGROUND
        if clause is None:
            features.add("verbless")
            return Status.HAPPENED
        verb = clause.verb
        above = self._clause_status(clause, set())
        if k in clause.subject or (verb.passive and k in clause.subject):
            features.add("noun:subject")
            return (
                above
                if above in (Status.PLANNED, Status.POSSIBLE, Status.BACKGROUND)
                or (verb.negated and verb.lemma in ("happen", "take", "occur", "be"))
                else Status.HAPPENED
            )
        if k in clause.objects:
            features.add("noun:object")
            name = " ".join((verb.lemma, *verb.particles))
            if name in self.classes["demanding_verbs"] or verb.lemma in ("demand", "urge", "seek", "propose"):
                return Status.DEMANDED
            if verb.lemma in self.classes["planning_verbs"]:
                return Status.PLANNED
            if verb.lemma in self.classes["possibility_verbs"]:
                return Status.POSSIBLE
            if verb.lemma in ("resolve", "settle", "end", "mediate", "survive", "flee", "escape") and noun.word in _LABELS:
                return Status.BACKGROUND
            if verb.lemma in ("deny", "rule", "cancel", "prevent", "avoid", "avert", "thwart", "foil", "reject"):
                return Status.DENIED if verb.lemma != "reject" else Status.BACKGROUND
            if verb.lemma in ("confirm", "admit", "acknowledge", "reveal", "defend", "justify", "thank", "deny"):
                features.add("told")
                return Status.BACKGROUND
            if verb.lemma in (
                "condemn",
                "denounce",
                "criticize",
                "criticise",
                "decry",
                "protest",
                "discuss",
                "praise",
                "support",
                "mark",
                "remember",
            ):
                return Status.BACKGROUND
            return above
        features.add("noun:oblique")
        if (
            above in (Status.PLANNED, Status.POSSIBLE, Status.DEMANDED)
            and isinstance(before, Mark)
            and before.word in ("in", "for", "to")
        ):
            return above
        return (
            Status.BACKGROUND
            if verb.tense in ("past", "present", "perfect", "future")
            and isinstance(before, Mark)
            and before.word in ("of", "about", "against", "from", "to", "on", "for", "with")
            else Status.HAPPENED
        )

    def _attribution(self, clause: Clause | None) -> tuple[ActorRef, ...]:
        """Who is quoted for what the clause says."""
        c = clause
        steps = 0
        while c is not None and steps < 4:
            g = c.governor
            if g is not None and c.connector == "that" and g.verb.lemma in self.classes["reporting_verbs"]:
                found = self._many(g.subject, "subject", g)
                if found:
                    return found.refs
            c = g
            steps += 1
        last = self.s.clauses[-1] if self.s.clauses else None
        if (
            last is not None
            and last is not clause
            and last.verb.lemma in self.classes["reporting_verbs"]
            and not last.objects
            and not last.has_content
        ):
            found = self._many(last.subject, "subject", last)
            return found.refs
        return ()

    # ------------------------------------------------------------ discourse

    def _track(self, clause: Clause, subject: Found) -> None:
        unknown = self.s.noun(clause.subject[0]) if len(clause.subject) == 1 else None
        if (
            not subject
            and unknown is not None
            and clause.verb.form == "finite"
            and unknown.proper
            and not unknown.actors
            and (
                unknown.word_class in ("name", "agent")
                or (unknown.end - unknown.start == 1 and clause.verb.lemma in self.classes["reporting_verbs"])
            )
        ):
            self.discourse.person = ()  # "Petrov said he": whoever Petrov is, he is not the one before
        settled = subject.how == "place" and all(
            (n := self.s.noun(k)) is not None and n.word_class == "agent" for k in clause.subject
        )  # "the junta in Bamako"
        if subject and clause.verb.form == "finite" and (subject.how in ("self", "of") or settled):
            self.discourse.subject = subject.refs
            if len(_codes(subject.refs)) == 2 and not self._speaks_of_a_pair(clause):
                self.discourse.pair = subject.refs
            elif len(_codes(subject.refs)) == 3 and not self._speaks_of_a_pair(clause):
                self.discourse.trio = subject.refs
            for k in clause.subject:
                noun = self.s.noun(k)
                if (
                    noun is not None
                    and noun.actors
                    and (noun.word_class in ("agent", "name"))
                    and (
                        noun.actors[0].mention.kind is MentionKind.LEADER
                        or self.tokens[noun.head].tag == "U"
                        or (noun.word_class == "agent" and not noun.is_plural)
                    )
                ):
                    self.discourse.person = noun.actors

    def _speaks_of_a_pair(self, clause: Clause) -> bool:
        """Whether the clause does something to "both governments": those are the pair of before, not its own subject."""
        places = [*clause.objects, *(k for _, nouns in clause.preps for k in nouns)]
        return any((n := self.s.noun(k)) is not None and n.word in _PAIR_WORDS and self._says_two(n) for k in places)

    def _remember(self) -> None:
        self.discourse.deeds += self._deeds()
        for reading in self.readings:
            codes = _codes(reading.actors + reading.recipients)
            if len(codes) == 2:
                parties: dict[str, ActorRef] = {}
                for r in (*reading.actors, *reading.recipients):
                    parties.setdefault(r.code, r)
                self.discourse.pair = tuple(parties.values())

    def _verb_words(self, verb: Verb) -> str:
        return " ".join(t.text for t in self.tokens[verb.main : verb.end])
