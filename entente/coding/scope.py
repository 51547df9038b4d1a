"""What a clause and a phrase take in: their words, what they govern, and what only describes a thing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from entente.coding.clauses import Clause, Sentence
from entente.coding.phrases import Mark, Noun, Verb
from entente.coding.readings import BESIDE, Discourse, Reading, codes_of
from entente.coding.tokens import Token
from entente.lexicon.patterns import Grammar, Pattern
from entente.model import EventType, MentionKind, Span

BY_ACCORD = frozenset({EventType.AGREE, EventType.COOPERATE, EventType.CONSULT, EventType.SUPPORT})
BORDERS = frozenset({"border", "borders", "frontier", "frontiers"})
_PEOPLE = ("person", "agent", "force", "name")  # classes of nouns
INCLUDING = frozenset({"including", "such as"})
# Particles that may stand behind the object: "handed a suspect over".
_PARTABLE = frozenset({"apart", "aside", "away", "back", "down", "home", "off", "out", "over", "through", "up"})
POSSESSIVES = frozenset({"its", "their", "his", "her"})
_NO_PATIENTS: tuple[list[int], list[Noun], frozenset[str]] = ([], [], frozenset())


class Scope:
    """One sentence with the questions about its grammar that need no actor."""

    def __init__(self, sentence: Sentence, tokens: list[Token], grammar: Grammar, discourse: Discourse) -> None:
        self.s = sentence
        self.tokens = tokens
        self.grammar = grammar
        self.classes = grammar.classes
        self.discourse = discourse
        self.subject_before = discourse.subject  # of the sentence before
        self.used: set[int] = set()
        self._known_patients: dict[tuple[int, ...], tuple[list[int], list[Noun], frozenset[str]]] = {}
        # A look at the words of the sentence tells most questions about a rare word at once: it is not there.
        self.words = frozenset([t.lower for t in tokens])
        named = [t for t in tokens if t.mention is not None]
        self.mentions = [t.mention for t in named if t.mention is not None]
        self._has_lists = not INCLUDING.isdisjoint(self.words)
        self._has_border = not BORDERS.isdisjoint(self.words)
        self._may_be_mutual = "each" in self.words or "another" in self.words
        self.one_named = len({m.code for m in self.mentions}) == 1
        # What is joined to names by hyphens: "US-led", "Polish-flagged".
        self.suffixes = frozenset([t.suffix for t in named if t.suffix])
        self._act: tuple[int, Noun] | None = None
        self.readings: list[Reading] = []

    def _nouns_of(self, ks: Iterable[int]) -> list[Noun]:
        """The noun phrases at ``ks``."""
        return [n for n in map(self.s.noun, ks) if n is not None]

    def _points_back(self, noun: Noun) -> bool:
        return self.tokens[noun.start].lower in ("the", "this", "that", "these", "those", "such")

    def _is_possessed(self, noun: Noun) -> bool:
        """Whether the noun is somebody's by a pronoun: "their release", "all its citizens"."""
        return any(self.tokens[j].lower in POSSESSIVES for j in range(noun.start, max(noun.head, noun.start + 1)))

    def _led_by(self, token: Token, *prepositions: str) -> bool:
        """Whether one of ``prepositions`` leads the phrase of ``token``."""
        at = self.tokens.index(token)
        while at > 0 and self.tokens[at - 1].tag in ("D", "J"):
            at -= 1
        return at > 0 and self.tokens[at - 1].lower in prepositions

    def _stays_at_home(self, clause: Clause, own: set[str]) -> bool:
        """Whether the act is done to people of the doer's own: "accused Japarov of fraud" by a Kyrgyz adviser, "urges its citizens"."""
        people = [n for n in self._nouns_of(clause.objects) if n.word_class in _PEOPLE]
        return bool(people) and all(set(codes_of(n.actors)) <= own if n.actors else self._is_possessed(n) for n in people)

    def _only_describes(self, clause: Clause, pattern: Pattern) -> bool:
        """Whether the act only tells which thing is meant, whoever it was done to: "assets held by Iranian firms", "drones fired by"."""
        if clause.kind != "participle" or not clause.verb.passive:
            return False
        told_of = (
            EventType.COERCE,
            EventType.REQUEST,
            EventType.ACCUSE,
            EventType.RETREAT,
            EventType.REJECT,
        )
        return pattern.type in told_of or clause.verb.lemma in ("launch", "fire", "boycott")

    def _is_of_accident(self, clause: Clause) -> bool:
        """Whether the clause tells what an accident did: "a bus crashed, killing two", "when their lorry overturned while crossing a bridge"."""
        if clause.verb.form != "ing" or clause.verb.passive:
            return False
        above = clause.governor
        while above is not None and above.kind in ("infinitive", "gerund") and above.governor is not None:
            above = above.governor  # "crashed on a mission to rescue a man, killing two"
        if above is None or above.verb.lemma not in self.classes["accident_verbs"]:
            return False
        fell = self._nouns_of(above.subject)
        return not any(n.is_act or not n.keys.isdisjoint(self.classes["weapons"] | self.classes["fragments"]) for n in fell)

    def _is_friendly_fire(self, clause: Clause) -> bool:
        """Whether the clause tells of fire on one's own: "killed by friendly fire after tanks shot at their post"."""
        return "friendly" in self.words and "fire" in self.words and clause.verb.lemma in self.classes["shooting_verbs"]

    def _said_to_people(self, clause: Clause) -> bool:
        """Whether the words go to people of no country: "calls on residents to ignore the Russian orders"."""
        heard = [*clause.objects, *(k for prep, nouns in clause.preps if prep in ("on", "upon", "to") for k in nouns)]
        return any(n.word_class == "person" and not n.actors for n in self._nouns_of(heard))

    def _settle_voice(self, clause: Clause) -> None:
        """ "Two soldiers killed in strike" is a passive: the verb needs an object and has none."""
        verb = clause.verb
        lead = self._lead(clause) if "not" in self.words or "neither" in self.words else ""
        if lead == "neither":
            verb.negated = True  # "Neither Chad nor Mali sent"
        elif lead == "not" and len(clause.subject) > 1 and verb.form == "finite":
            clause.subject = clause.subject[1:]  # "not Chad but Mali sent"
        if not clause.objects and not clause.preps and not verb.passive and verb.form in ("finite", "infinitive"):
            # "boarded and seized the ship": the second verb's object is the first's too
            goes_on = "coordinated" if verb.form == "finite" else "infinitive"
            other = next((c for c in self.s.clauses if c.index == clause.index + 2 and c.kind == goes_on), None)
            takes_one = any(p.to[:1] == ("object",) for _, p in self.grammar.verb_patterns.get(verb.lemma, ()))
            joined = goes_on == "coordinated" or (takes_one and getattr(self.s.at(clause.index + 1), "tag", "") == "C")
            if other is not None and joined and not other.verb.passive and isinstance(self.s.at(clause.index + 1), Mark):
                clause.objects = list(other.objects)
        gapped = self._goes_on_in_passive(clause)
        if (
            verb.passive
            or verb.form != "finite"
            or verb.tense != "past"
            or (clause.objects and not gapped)
            or not (gapped or verb.lemma in self.classes["transitive_verbs"] or self._is_held(clause) or self._is_told(clause))
        ):
            return
        token = self.tokens[verb.main]
        if (
            verb.end - verb.start == 1 + len(verb.particles)
            and any(f.form == "participle" for f in self.grammar.verb_forms.get(token.lower, ()))
            and not clause.has_content
        ):
            verb.passive = True

    def _goes_on_in_passive(self, clause: Clause) -> bool:
        """Whether the auxiliary of the passive before it is left out: "is arrested and fined a million dollars"."""
        if clause.kind != "coordinated" or clause.verb.lemma not in self.classes["punishing_or_jailing_verbs"]:
            return False
        before = next((c for c in reversed(self.s.clauses) if c.index < clause.index and c.verb.form == "finite"), None)
        shared = before is not None and before.verb.passive and before.subject == clause.subject
        # "was freed and charged police with theft": whoever is charged there is named
        return shared and not any((n.actors or n.word_class) for n in self._nouns_of(clause.objects))

    def _lead(self, clause: Clause) -> str:
        """The word before the subject of the clause."""
        first = self.s.phrases[min(clause.subject)].start if clause.subject else 0
        opening = self.tokens[first].lower
        return opening if opening == "neither" or not first else self.tokens[first - 1].lower

    def _is_told(self, clause: Clause) -> bool:
        """Whether somebody is told to do something: "Mali urged not to attack Chad"."""
        below = next((p for p in self.s.phrases[clause.index + 1 :] if not (isinstance(p, Mark) and p.tag == "X")), None)
        told = clause.verb.lemma in self.classes["bidding_verbs"]
        return told and isinstance(below, Verb) and below.form == "infinitive"

    def _is_held(self, clause: Clause) -> bool:
        """Whether talks or people are held, or people freed: "Talks held in Oslo between A and B collapse", "Two Germans held in Iran"."""
        nouns = self._nouns_of(clause.subject)
        if clause.verb.lemma in self.classes["holding_verbs"] and any(n.is_act for n in nouns):
            return True
        kept = self.s.noun(clause.index - 1)
        if kept is None or clause.verb.lemma not in self.classes["custody_verbs"]:
            return False
        named = kept.is_plural and any(r.mention.kind is MentionKind.DEMONYM for r in kept.actors)
        return named or kept.word_class == "person"

    def _apposition(self, k: int, noun: Noun) -> int | None:
        """The noun behind a comma that says who a person is: "Ksenia Karelina, a Russian-American citizen"."""
        if not noun.proper:
            return None
        comma = self.s.at(k + 1)
        behind = self.s.noun(k + 2)
        if not (isinstance(comma, Mark) and comma.word == "," and behind is not None):
            return None
        return k + 2 if behind.word_class in ("agent", "person", "force") and not behind.proper else None

    def _included(self, k: int) -> list[int]:
        """Those named behind ", including": "several nations, including Germany and Spain"."""
        comma, word = self.s.at(k + 1), self.s.at(k + 2)
        if (
            isinstance(comma, Mark)
            and comma.word == ","
            and isinstance(word, Mark)
            and word.word in INCLUDING
            and self.s.noun(k + 3) is not None
        ):
            return self.s.conjuncts_right(k + 3)[0]
        return []

    def _is_one_of_many(self, noun: Noun) -> bool:
        """Whether the noun tells of one among the members or friends of a body, which is not the body: "its NATO ally"."""
        if noun.word not in self.classes["belonging"]:
            return False
        bodies = [r for r in noun.actors if r.mention.kind is MentionKind.ORGANISATION and r.how == "modifier"]
        return bool(bodies) and len(bodies) == len(noun.actors)

    def _on_a_side(self, prep: str, nouns: list[int]) -> bool:
        """Whether the words tell on whose side somebody fights: "on the Russian side" is not against Russia."""
        noun = self.s.noun(nouns[0]) if nouns else None
        return prep == "on" and noun is not None and noun.word in ("side", "behalf")

    def _is_reciprocal(self, noun: Noun) -> bool:
        if noun.end - noun.start < 2:
            return False
        first, second = self.tokens[noun.start].lower, self.tokens[noun.start + 1].lower
        return (first, second) in (("each", "other"), ("each", "others"), ("one", "another"))  # "each other's citizens" too

    def _effective(self, clause: Clause, particles: tuple[str, ...]) -> tuple[list[int], list[tuple[str, list[int]]]] | None:
        """Objects and prepositional phrases once the pattern's particles are taken away; None when they do not fit.

        Asked of particles only where the verb has some or an object."""
        verb = clause.verb
        objects, preps = list(clause.objects), list(clause.preps)
        if particles == verb.particles:
            return objects, preps
        if particles and not verb.particles:
            # "shot the drone down", "blew himself up", "hands the remains of three hostages over"
            if particles[0] not in _PARTABLE or not self._stands_behind(clause.objects[-1], particles):
                return None
            if verb.lemma == "call" and particles != ("home",):  # "call it the largest attack on Chad" calls on nobody
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

    def _stands_behind(self, k: int, words: tuple[str, ...]) -> bool:
        """Whether the words stand behind the object at ``k``, or behind what hangs on it: "called its ambassador in Iran home"."""
        for _ in range(4):
            noun = self.s.noun(k)
            if noun is None:
                return False
            # as they are written, since a token may stand for several words
            if tuple(t.text.lower() for t in self.tokens[noun.end : noun.end + len(words)]) == words:
                return True
            if self.s.word(k + 1) not in ("of", "in", "to"):
                return False
            k += 2
        return False

    def _are_people(self, clause: Clause) -> bool:
        """Whether people of a country, and not those who act for it, are the subject."""
        nouns = self._nouns_of(clause.subject)
        official = (MentionKind.NAME, MentionKind.GOVERNMENT, MentionKind.LEADER, MentionKind.CAPITAL, MentionKind.ORGANISATION)
        return all(
            n.word_class not in ("agent", "pronoun") and not any(r.how == "head" and r.mention.kind in official for r in n.actors)
            for n in nouns
        )

    def _reaches(self, clause: Clause, objects: Iterable[int], goals: frozenset[str], only: str = "") -> bool:
        """Whether one of ``goals`` stands behind a preposition of the clause, or behind ``only`` that one: "put its army on alert"."""
        rows = [
            *clause.preps,
            *(row for k in objects for row in self.s.chain(k)),
            ("as", self._as_what(clause)),
            *(("with", load.objects) for load in self._loads(clause)),
        ]
        reached = (k for prep, ks in rows if not only or prep == only for k in self._look_through(ks))
        nouns = self._nouns_of(reached)
        # An organisation counts by its code too, whatever it is called: "to the International Court of Justice" by ICJ.
        codes = {r.code.lower() for n in nouns for r in n.actors if r.how == "head"}
        return any(n.keys & goals for n in nouns) or not codes.isdisjoint(goals)

    def _loads(self, clause: Clause) -> list[Clause]:
        """What tells the load of that which is sent: "sent a ship carrying food to Chad"."""
        return [
            c
            for c in self.s.clauses
            if c.kind == "participle" and c.verb.lemma == "carry" and c.index > clause.index and c.subject == clause.objects
        ]

    def _as_what(self, clause: Clause) -> list[int]:
        """The noun behind "as" that ends the clause: "is admitted as the ninth member"."""
        if "as" not in self.words:
            return []
        for k in range(clause.index + 1, clause.index + 6):
            mark = self.s.at(k)
            if isinstance(mark, Verb):
                break
            if isinstance(mark, Mark) and mark.word == "as" and self.s.noun(k + 1) is not None:
                return [k + 1]
        return []

    def _goes_on_with(self, clause: Clause, words: frozenset[str]) -> bool:
        """Whether one of ``words`` stands right before the verb of the clause or behind it: "verbally attacked", "called the statement a lie", "allowed inspectors to enter"."""
        if words.isdisjoint(self.words):
            return False
        before = self.tokens[max(0, clause.verb.start - 1) : clause.verb.start]
        return any(t.lower in words for t in [*(t for t in before if t.tag == "X"), *self._words_behind(clause)])

    def _words_behind(self, clause: Clause) -> list[Token]:
        """The words behind the verb of the clause, up to the next clause that is no part of it."""
        following = min(
            (
                c.index
                for c in self.s.clauses
                if c.index > clause.index
                and not (c.governor is clause and (c.kind == "infinitive" or (c.kind == "gerund" and c.connector == "from")))
            ),
            default=len(self.s.phrases),
        )
        last = self.s.phrases[following].start if following < len(self.s.phrases) else len(self.tokens)
        return self.tokens[clause.verb.end : last]

    def _is_called(self, clause: Clause, words: frozenset[str]) -> bool:
        """Whether somebody or something is called one of ``words``: "called the blasts an invasion", not "the worst since Mali's invasion"."""
        owned = [p for p in self.s.phrases if isinstance(p, Noun) and p.actors]
        spoken_of = {id(t) for n in owned for t in self.tokens[n.start : n.end] if t.tag == "N"}
        return any(t.lower in words and id(t) not in spoken_of for t in self._words_behind(clause))

    def _patients(self, ks: list[int]) -> tuple[list[int], list[Noun], frozenset[str]]:
        """What ``ks`` are once measure words are looked through: indices, noun phrases, and all that these go by.

        Kept, since every pattern of a verb asks for the same."""
        if not ks:
            return _NO_PATIENTS
        known = self._known_patients.get(tuple(ks))
        if known is None:
            object_ks = self._look_through(ks)
            nouns = self._nouns_of(object_ks)
            keys = nouns[0].keys if len(nouns) == 1 else frozenset().union(*[n.keys for n in nouns])
            if "flagged" in self.suffixes and any(t.suffix == "flagged" for n in nouns for t in self.tokens[n.start : n.end]):
                keys |= {"ship"}  # "the Polish-flagged Marinette"
            known = object_ks, nouns, keys
            self._known_patients[tuple(ks)] = known
        return known

    def _tells_to_act(self, clause: Clause) -> bool:
        """Whether somebody is told to do or leave something, not told that something is so."""
        if any(c.kind == "infinitive" and c.governor is clause for c in self.s.clauses):
            return True
        content = self._content(clause)
        return content is not None and (content.verb.modal in ("must", "should", "ought") or content.verb.bare)

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
                        break
        return out

    def _announces(self, clause: Clause) -> bool:
        """Whether officials tell in the clause what was done, and name no other who did it."""
        officials = self._nouns_of(clause.subject)
        return clause.verb.lemma in self.classes["official_saying_verbs"] and all(
            n.word_class in ("agent", "force", "name") and any(r.mention.kind is not MentionKind.ORGANISATION for r in n.actors)
            for n in officials
        )

    def _is_accord(self, noun: Noun) -> bool:
        """Whether the noun names talks or a deal, which are asked of those with whom they are to be held."""
        pattern = self._noun_pattern(noun)
        return pattern is not None and pattern.both and pattern.type in BY_ACCORD

    def _is_fight(self, noun: Noun) -> bool:
        pattern = self._noun_pattern(noun)
        both = pattern is not None and (pattern.both or noun.word in ("fight", "fights"))  # "the fight against", "a fight with"
        return both and pattern is not None and pattern.type is EventType.ASSAULT

    def _at_border(self, nouns: list[int]) -> bool:
        """Whether the place is a border: what is done at it need not be done to those behind it."""
        if not self._has_border:
            return False
        dashed = [k + 2 for k in nouns if self.s.word(k + 1) in ("–", "—", "-")]  # "the Chad–Sudan border"
        return any(n.word in BORDERS for n in self._nouns_of((*nouns, *dashed)))

    def _noun_pattern(self, noun: Noun) -> Pattern | None:
        """The pattern of the longest word the noun goes by; of equally long ones the first by the alphabet, the same in every run.

        Of several patterns of one word it is the one whose preposition follows.
        """
        known = [key for key in noun.keys if key in self.grammar.noun_patterns]
        if not known:
            return None
        longest = known[0] if len(known) == 1 else min(known, key=lambda key: (-len(key), key))
        patterns = self.grammar.noun_patterns[longest]
        if len(patterns) == 1:
            return patterns[0]
        leads = {prep for prep, _ in self.s.chain(self.s.phrases.index(noun))[:1]}  # "a call for" asks, "a call with" is a talk
        return next((p for p in patterns if not leads.isdisjoint(p.to)), patterns[0])

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
            outcome = clause.kind == "participle" and k in clause.subject and clause.verb.lemma in ("result", "lead", "mark")
            if inside and not (best is not None and outcome):
                best = clause  # "a swap takes place, resulting in": it takes place
        if best is None:
            for clause in self.s.clauses:
                if clause.subject and min(clause.subject) <= k < clause.index:
                    return clause
        opener = self.s.at(0)
        if best is None and isinstance(opener, Mark) and opener.tag == "P":
            # "During a visit to Mali, the presidents agreed"
            return next((c for c in self.s.clauses if c.verb.form == "finite" and min(c.subject, default=-1) > k), None)
        return best

    def _is_banned(self, clause: Clause) -> bool:
        """Whether the act is what somebody may not do: "a ban on ships entering its ports"."""
        if clause.kind != "participle" or clause.verb.form != "ing" or clause.subject != [clause.index - 1]:
            return False
        lead, ban = self.s.at(clause.index - 2), self.s.noun(clause.index - 3)
        return isinstance(lead, Mark) and lead.word == "on" and ban is not None and ban.word in self.classes["ban_nouns"]

    def _give_back_act(self) -> None:
        """Let the act of which the doer of the last clause was known be read by itself."""
        if self._act is not None:
            self.used.discard(self._act[0])

    def _is_brokered(self, noun: Noun) -> bool:
        """Whether the actors of the noun stand there by a word joined to them: "the Qatari-brokered truce"."""
        return any(self.tokens[j].suffix for j in range(noun.start, noun.end))

    def _ready(self, clause: Clause) -> bool:
        """Whether the infinitive stands behind "ready", "willing" or "prepared"."""
        first = self.s.phrases[clause.index].start
        return first > 0 and self.tokens[first - 1].lower in self.classes["ready_words"]

    def _content(self, clause: Clause) -> Clause | None:
        """The clause that tells what is said or demanded: "that Russia withdraw"."""
        return next(iter(self._contents(clause)), None)

    def _contents(self, clause: Clause) -> list[Clause]:
        """The clauses that tell what is said; of a speaker who stands at the end, ", a minister said", the main ones before."""
        said = [c for c in self.s.clauses if c.governor is clause and c.connector == "that"]
        comma = self.s.at(min(clause.subject, default=0) - 1)
        closes = clause is self.s.clauses[-1] and clause.kind == "main" and isinstance(comma, Mark) and comma.word == ","
        if said or not closes or clause.objects or clause.has_content:
            return said
        return [
            c for c in self.s.clauses if c is not clause and c.kind in ("main", "coordinated") and not (c.governor or c.connector)
        ]

    def _relatives(self, clause: Clause | None) -> tuple[Span, ...]:
        """The stretches of the relative clauses that hang on a ``clause``: their days are not its own."""
        if clause is None:
            return ()
        below = [c for c in self.s.clauses if c.kind == "infinitive" and c.governor is clause]
        # "Four men who planned the raid three days ago are arrested": all up to the verb is theirs
        before = tuple(
            (self.tokens[self.s.phrases[c.index].start].start, self.tokens[clause.verb.start].start)
            for c in self.s.clauses
            if c.kind == "relative"
            and c.index < clause.index
            and c.verb.form == "finite"
            and (c.subject == clause.subject or (clause.subject and min(clause.subject) < c.index))
        )
        for c in self.s.clauses:
            first = self.s.phrases[min([c.start, *c.subject])].start if c.index > clause.index and c.kind == "main" else 0
            if first and (lead := self._lead_in(first)) < first:
                before += ((self.tokens[lead].start, self.tokens[first].start - BESIDE),)
        # "killed six rebels, saying that they had bombed a school last month"
        said = tuple(
            (self.tokens[self.s.phrases[c.index].start].start, self.tokens[-1].end)
            for c in self.s.clauses
            if c.kind == "participle"
            and c.verb.form == "ing"
            and c.governor is clause
            and c.has_content
            and clause.verb.lemma not in self.classes["reporting_verbs"]
        )
        behind = tuple(
            (self.tokens[self.s.phrases[c.index].start].start, self._relative_end(c))
            for c in self.s.clauses
            if (
                (c.kind == "relative" or c.connector == "where" or self._hangs_on_noun(c))
                and any(c.governor is g for g in (clause, *below))
            )
            # "released the tanker after seizing it last Friday"; but who signs after meeting on Friday signs on Friday
            or (
                c.kind == "gerund"
                and c is not clause
                and c.governor is not None
                and (c.governor is clause or (c.governor.kind == "coordinated" and c.governor.subject == clause.subject))
                and c.connector in ("after", "since", "following")
                and clause.verb.lemma != "die"  # of what was done then
                and c.verb.lemma not in self.classes["convening_verbs"]
            )
            # "on charges of crimes committed in 2012"
            or (
                c.kind == "participle"
                and c.verb.passive
                and clause.verb.lemma in self.classes["penal_verbs"]
                and c.index > clause.index
            )
            or (
                c.kind == "gerund"
                and c.governor is clause
                and c.connector in ("for", "of", "over")
                and clause.verb.lemma in self.classes["penal_verbs"]
            )
        )
        return (*before, *said, *behind)

    def _hangs_on_noun(self, clause: Clause) -> bool:
        """Whether "that" opens the clause behind a noun: "over a memorandum that Chad signed in May"."""
        lead = self.s.at(clause.start - 2)
        return clause.connector == "that" and isinstance(lead, Noun) and clause.verb.form == "finite"

    def _governors(self, clause: Clause) -> list[Clause]:
        """The clauses above, the nearest first; six at most, and none twice: two clauses may open each other."""
        above: list[Clause] = []
        g = clause.governor
        while g is not None and g is not clause and g not in above and len(above) < 6:
            above.append(g)
            g = g.governor
        return above

    def _asides(self, clause: Clause | None) -> tuple[Span, ...]:
        """The stretches of relative clauses, of those opened by "after" and of gerunds behind "of" and "for" that do not govern ``clause``."""
        above = [clause, *self._governors(clause)] if clause is not None else []
        return tuple(
            (self.tokens[self.s.phrases[c.index].start].start, self._relative_end(c))
            for c in self.s.clauses
            if (
                c.kind == "relative"
                or (c.kind == "gerund" and c.connector in ("of", "for"))
                or (c.connector in ("after", "since", "before") and c.verb.form == "finite")
                or (c.kind == "participle" and c.verb.lemma == "cite")  # "will not come, citing an execution last week"
            )
            and not any(c is a for a in above)
        )

    def _causes(self, clause: Clause | None) -> tuple[Span, ...]:
        """The stretches that tell of an earlier act which the clause answers: "imposed sanctions over the attack in March"."""
        if clause is None:
            return ()
        out = []
        penal = clause.verb.lemma in self.classes["penal_verbs"]
        # "are arrested and charged with the murder of a Dane last year"
        further = (c for c in self.s.clauses if c.kind == "coordinated" and c.subject == clause.subject and c is not clause)
        charges = [row for c in further for row in c.preps if row[0] == "with" and c.verb.lemma in self.classes["penal_verbs"]]
        for prep, nouns in [*clause.preps, *(("for", ks) for _, ks in charges)]:
            reason = prep in self.classes["causing_prepositions"] or (penal and prep == "for")
            for k in nouns if reason else ():
                noun = self.s.noun(k)
                # "sued Myanmar for genocide on Tuesday": what has no article is a charge, and has no day
                charge = noun is not None and noun.start == noun.head and prep == "for" and self.tokens[noun.head].tag == "N"
                # who signs "after talks on Friday" signs on Friday
                talks = (
                    noun is not None
                    and not noun.actors
                    and noun.word in self.classes["negotiations"]
                    and prep in ("after", "following")
                )
                if noun is not None and (penal or self._has_a_day(noun)) and not (charge or talks):
                    out.append((self.tokens[noun.start].start, self._noun_window(k, (0, 0))[1] + BESIDE))
        return (*out, *self._causes_before(clause))

    def _causes_before(self, clause: Clause) -> Iterator[Span]:
        """Those that stand before the subject, up to their comma: "Following an attack on Sunday, Oman bombed"."""
        if not clause.subject or clause.kind not in ("main", "coordinated"):
            return
        subject = self.tokens[self.s.phrases[min(clause.subject)].start].start
        for k in range(1, min(clause.subject)):
            lead, noun = self.s.at(k - 1), self.s.noun(k)
            if (
                isinstance(lead, Mark)
                and lead.word in self.classes["causing_prepositions"]
                and noun is not None
                and self._has_a_day(noun)
            ):
                commas = [t.start for t in self.tokens[noun.end :] if t.text == "," and t.start < subject]
                if commas:
                    yield self.tokens[noun.start].start, commas[0]

    def _has_a_day(self, noun: Noun) -> bool:
        """Whether the noun names what has a day of its own: an act, an accident, a vote."""
        return noun.is_act or noun.word in self.classes["happening_nouns"]

    def _relative_end(self, clause: Clause) -> int:
        """Where a relative clause ends: at the comma that closes it when one opens it, else with its words."""
        last = self._window(clause)[1]
        for c in self.s.clauses:
            if c.kind == "coordinated" and c.index > clause.index and c.subject == clause.subject:
                last = max(last, self._window(c)[1])  # "rebels who ambushed and killed soldiers in July"
        opened = any(
            isinstance(mark := self.s.at(clause.index - back), Mark) and mark.word == ","
            for back in (2, 3)
            if clause.index >= back
        ) or self._is_in_apposition(clause)
        return min(last, self._comma_behind(self.s.phrases[clause.index].end, last)) if opened else last

    def _comma_behind(self, at: int, last: int) -> int:
        """Where the next comma stands from the word at ``at`` on, else ``last``; the two of an address are passed: "in Nir Oz, Israel, on"."""
        while at < len(self.tokens):
            address = at + 2 < len(self.tokens) and self.tokens[at + 1].mention is not None and self.tokens[at + 2].text == ","
            if self.tokens[at].text == "," and not address:
                return self.tokens[at].start
            at += 3 if self.tokens[at].text == "," else 1
        return last

    def _is_in_apposition(self, clause: Clause) -> bool:
        """Whether the relative clause describes an apposition, which a comma closes: "killed Ali, a commander who fought in Jenin, in a raid"."""
        head = self.s.chain_start(min(clause.subject)) if clause.kind == "relative" and clause.subject else 0
        before = self.s.noun(head - 2)
        return head > 1 and self.s.word(head - 1) == "," and before is not None and before.proper

    def _window(self, clause: Clause | None) -> Span:
        """First and last character of the clause."""
        if clause is None:
            return (self.tokens[0].start, self.tokens[-1].end)
        first = self.s.phrases[min([clause.start, *clause.subject, *clause.objects])]
        last = self.s.phrases[max(clause.end - 1, clause.index)]
        return self.tokens[self._lead_in(first.start)].start, self.tokens[last.end - 1].end

    def _lead_in(self, first: int) -> int:
        """The word with which the adverbs before the word at ``first`` begin if a coordinator leads them: "and on Thursday Chad declared"."""
        j = first
        while j and self.tokens[j - 1].tag == "X":
            j -= 1
        return j if j < first and j and self.tokens[j - 1].tag == "C" else first

    def _noun_window(self, k: int, window: Span) -> Span:
        noun = self.s.phrases[k]
        chain = self.s.chain(k)
        last = self.s.phrases[max([k, *(n for _, ns in chain for n in ns)])]
        return self.tokens[noun.start].start, max(
            self.tokens[last.end - 1].end, min(window[1], self.tokens[last.end - 1].end + 25)
        )

    def _is_prospect(self, clause: Clause) -> bool:
        """Whether the act is named as something to be for or against: "in support of Georgia joining", "the prospect of Kiev leaving"."""
        if clause.kind != "participle" or clause.verb.form != "ing" or clause.subject != [clause.index - 1]:
            return False
        g = clause.governor
        if g is not None and g.verb.lemma in self.classes["wishing_verbs"] and clause.index - 1 in g.objects:
            return True  # "a text supporting Palau joining the union"
        lead, wished = self.s.at(clause.index - 2), self.s.noun(clause.index - 3)
        if not isinstance(lead, Mark) or wished is None:
            return False
        wish = lead.word == "of" and wished.word in self.classes["wish_nouns"]
        return wish or (lead.word in ("on", "about") and wished.word in self.classes["weighed_nouns"])

    def _verb_words(self, verb: Verb) -> str:
        return " ".join(t.text for t in self.tokens[verb.main : verb.end])
