"""Clauses and noun phrases to readings: who did what to whom, by the patterns of the lexicon."""

from __future__ import annotations

from dataclasses import replace

from entente.coding.act_nouns import ActNouns
from entente.coding.clauses import Clause
from entente.coding.matching import STATES, Fitted
from entente.coding.parties import KIND
from entente.coding.phrases import Noun
from entente.coding.readings import NOBODY, Found, Reading, codes_of, is_hub, without
from entente.coding.sayings import TOUCHING
from entente.lexicon.patterns import Pattern
from entente.model import EventType, MentionKind, Quad, Status

# What is done with somebody; to refuse it, or to threaten it, is one's own act.
_MUTUAL = frozenset(EventType) - {EventType.REJECT, EventType.THREATEN, EventType.SANCTION}


def _spokes(reading: Reading) -> list[Reading]:
    """A reading of one with several as a reading of each two."""
    if (
        not reading.pattern.both
        or reading.type not in _MUTUAL
        or not is_hub(reading.actors, reading.recipients, reading.features)
    ):
        return [reading]
    one, several = sorted((reading.actors, reading.recipients), key=lambda refs: len(codes_of(refs)))
    pairs = [one + tuple(r for r in several if r.code == code) for code in dict.fromkeys(codes_of(several))]
    return [replace(reading, actors=pair, recipients=pair, features=reading.features | {"both"}) for pair in pairs]


class Reader(ActNouns):
    """Reads one sentence by the patterns. ``discourse`` is read and then updated."""

    def read(self) -> list[Reading]:
        """All candidate events of the sentence."""
        for clause in self.s.clauses:
            self._settle_voice(clause)
        for clause in self.s.clauses:
            self._read_clause(clause)
        has_infinitive = any(clause.kind == "infinitive" for clause in self.s.clauses)
        for clause in self.s.clauses:
            if has_infinitive:
                self._read_operator(clause)
            if "against" in self.words:  # as which "in protest at" is kept
                self._read_in_protest(clause)
        telling = self.classes["telling_nouns"]
        for k, noun in self.s.nouns.items():
            if noun.is_act and k not in self.used:
                self._read_noun(k, noun)
            if self.suffixes or noun.word in telling:
                self._read_telling_noun(k, noun)
        self._read_meeting_before()
        if not self.readings:
            self._remember()
            return []
        for reading in sorted(self.readings, key=lambda r: r.pattern.answers):  # an answer is to what the sentence tells
            self._complete(reading)
        self.readings = [r.instead if r.instead is not None and not r.recipients else r for r in self.readings]
        for reading in self.readings:
            self._only_drill(reading)
            self._fly_by(reading)
        self.readings = [r for r in self.readings if not self._is_private(r) and not self._is_retold(r)]
        # An answer to nobody, a warning to nobody and a fence against nobody are no events.
        self.readings = [
            r
            for r in self.readings
            if r.recipients or not (r.pattern.answers or r.pattern.needs_other or r.type is EventType.THREATEN)
        ]
        self._remember()
        return [spoke for reading in self.readings for spoke in _spokes(reading)]

    def _read_telling_noun(self, k: int, noun: Noun) -> None:
        """What a noun tells by its word though it names no act: a protest, a charge, help, mediation."""
        if noun.word in self.classes["protests_and_slogans"]:
            self._read_protest(k, noun)
        if noun.word in self.classes["gatherings"]:
            self._read_solidarity(k, noun)
        if noun.word in self.classes["accusing_nouns"]:
            self._read_claim(k, noun)
        if self.suffixes and noun.word_class in ("force", "asset", ""):
            self._read_supplied(k, noun)
        helped = noun.word in ("help", "assistance") and not self._is_accord_told()
        if helped or noun.word in self.classes["teamwork"]:
            self._read_teamwork(k)
        if noun.word in self.classes["mediations"]:
            self._read_mediation(k, noun)

    def _read_clause(self, clause: Clause) -> None:
        """The readings of one clause: what is said of others in it, and what its verb tells by its patterns."""
        subject = self._doers(clause)
        self._track(clause, subject)
        self._note_victims(clause)
        subject = self._doers_by_verb_above(clause, subject)
        if self._read_charge(clause, subject):
            return
        best = self._best_match(clause, subject)
        if len(subject.refs) > 1:
            self._read_joint(clause, subject)
        fallen = self._both_fell(clause)
        if fallen is not None:
            self._keep(fallen)
            return
        light = self._light(clause, subject)
        if light is not None and (
            best is None or not best.recipients or (light.recipients and not (best.pattern.objects or best.pattern.goals))
        ):
            self._keep(light)
        elif best is not None:
            self._keep(best)
        self._read_saying(clause, subject, untold=light is None and (best is None or not best.recipients))
        verb = clause.verb
        if subject.refs and not verb.negated:
            if verb.lemma in ("follow", "do"):
                self._follow(clause, subject)
            self._read_errand(clause, subject)
        if verb.passive and verb.negated and verb.lemma in ("allow", "permit", "admit"):
            self._read_shut_out(clause)

    def _read_charge(self, clause: Clause, subject: Found) -> bool:
        """Read who is blamed for what, claims or denies it; tell whether that, or an accident, is all that the clause tells."""
        verb = clause.verb
        named = subject.refs and not verb.negated
        blamed = verb.lemma == "blame" and verb.passive and not any(prep == "by" for prep, _ in clause.preps)
        if blamed or (named and verb.lemma == "be" and (verb.form == "finite" or self._is_suspected(clause))):
            self._blamed(clause)
        if verb.lemma == "claim" and subject.refs and not verb.passive and self._claimed(clause, subject):
            return True
        accident = verb.form == "ing" and (self._is_of_accident(clause) or self._is_banned(clause))
        if accident or self._is_friendly_fire(clause):
            return True
        if subject.refs and self._denied(clause, subject):
            return True
        if named and not verb.passive and verb.lemma in self.classes["official_saying_verbs"]:
            self._told_death(clause, subject)
        if named and not verb.passive and verb.lemma == "help":
            self._warded_off(clause, subject)
        return False

    def _best_match(self, clause: Clause, subject: Found) -> Reading | None:
        """The reading by the pattern that says most of the clause."""
        verb = clause.verb
        best: tuple[int, Reading] | None = None
        shown: Reading | None = None
        parted: tuple[str, ...] | None = None
        fitted: Fitted | None = None
        offered: frozenset[str] = frozenset()
        parts = verb.particles or clause.objects  # what particles stand at the verb, or behind its object
        for particles, pattern in self.grammar.verb_patterns.get(verb.lemma, ()):
            if particles != parted:  # most patterns of a verb have the particles of the one before, and so fit as it does
                parted = particles
                fitted = self._effective(clause, particles) if not particles or parts else None
                offered = self._offered(clause, fitted) if fitted is not None else frozenset()
            if fitted is None or (pattern.wants_noun and offered.isdisjoint(pattern.objects) and verb.lemma not in STATES):
                continue
            reading = self._match(clause, particles, pattern, subject, fitted)
            if reading is None:
                continue
            rank = self._rank(reading, pattern, particles)
            if best is None or rank > best[0]:
                best = (rank, reading)
            if pattern.type is EventType.MOBILIZE and not reading.recipients:
                shown = reading
        if best is None:
            return None
        told = clause.kind in ("main", "coordinated") and verb.form == "finite"
        if told and best[1].type is EventType.ASSAULT and not best[1].recipients:
            best[1].instead = shown  # a missile fired at nobody is a show of force
        return best[1]

    def _rank(self, reading: Reading, pattern: Pattern, particles: tuple[str, ...]) -> int:
        """How much of the clause the reading accounts for: the words that the pattern asks for, and those who are found."""
        rank = (
            4 * len(particles)
            + 3 * bool(pattern.objects)
            + 5 * bool(pattern.goals or pattern.means)
            + 2 * bool(reading.recipients)
            + bool(reading.actors)
            + (pattern.actor_class == "police")
        )
        if not reading.recipients:
            # With nobody else in the sentence, a missile fired is a show of force; else it may be meant for the other.
            return rank - (4 if self.one_named and pattern.type is EventType.MOBILIZE else 6)
        return rank - 4 if "to:fallback" in reading.features else rank

    def _read_saying(self, clause: Clause, subject: Found, *, untold: bool) -> None:
        """What the subject says of others in the clause below; ``untold`` where the verb itself tells of nobody else."""
        lemma, g = clause.verb.lemma, clause.governor
        if untold and subject.refs and lemma in self.classes["reporting_verbs"]:
            self._said_must(clause, subject)
        if subject.refs and lemma in self.classes["saying_verbs"]:
            self._menaced(clause, subject)
        remains = self._remains_open(clause)
        if remains or lemma in self.classes["leaving_open_verbs"]:
            self._leave_open(clause, self._many(g.subject, "subject", g) if g is not None and remains else subject)
        if subject.refs and lemma in self.classes["complaining_verbs"]:
            self._complained(clause, subject)

    def _read_joint(self, clause: Clause, subject: Found) -> None:
        """ "The US and Kenya launch joint air strikes": whatever else they do, they do it with each other."""
        parties = codes_of(subject.refs)
        if len(parties) < 2 or subject.how not in ("self", "of") or clause.verb.form != "finite" or clause.verb.passive:
            return
        heads = [*clause.objects, *(k for _, nouns in clause.preps for k in nouns)]
        behind = self.tokens[clause.verb.end : clause.verb.end + 4]
        behind = behind[
            : next((at for at, t in enumerate(behind) if t.tag in ("V", "T")), len(behind))
        ]  # not what is only planned
        around = [t.lower for t in (*self.tokens[max(0, clause.verb.start - 2) : clause.verb.end], *behind)]
        jointly = "jointly" in around or ("together" in around and clause.verb.lemma in self.classes["drilling_verbs"])
        together = jointly or any(
            not self.classes["joint_words"].isdisjoint([self.tokens[j].lower for j in range(noun.start, noun.head)])
            and (
                noun.word.replace("_", " ") in self.classes["joint_works"]
                or "joint" not in {t.lower for t in self.tokens[noun.start : noun.head]}
            )
            for noun in (self.s.noun(k) for k in self._look_through(heads))
            if noun is not None
        )
        verbal = (Quad.VERBAL_CONFLICT, Quad.VERBAL_COOPERATION)
        judged = {p.type for _, p in self.grammar.verb_patterns.get(clause.verb.lemma, ()) if not p.both and not p.objects}
        if not together or (jointly and any(t.quad in verbal for t in judged)):
            return  # to condemn somebody jointly is no work of one's own
        told = jointly and clause.verb.lemma in self.classes["reporting_verbs"]
        agreed = told and any(isinstance(p, Noun) and p.is_act and self._is_accord(p) for p in self.s.phrases)
        kind = EventType.AGREE if agreed else EventType.COOPERATE
        pattern = self._of_both(kind)
        features = {f"type:{kind}", "verb", "joint", f"actor:{subject.how}"}
        rule = f"joint work of the subjects of '{self._verb_words(clause.verb)}'"
        self._keep(self._reading(clause, pattern, subject, subject, features, subject, rule))

    def _both_fell(self, clause: Clause) -> Reading | None:
        """ "Six Houthis and five Yemeni soldiers are killed during clashes": each fought the other."""
        if not clause.verb.passive or clause.verb.lemma not in self.classes["transitive_verbs"]:
            return None
        fallen = self._many(clause.subject, "object", clause)
        if fallen.how == "self" and len(fallen.codes) == 1:
            guards = self.classes["guards"]
            fell = [n for n in self._nouns_of(clause.subject) if not n.actors]
            bare = [n for n in fell if n.word_class == "force" or n.keys & guards]
            home = self._land_of(clause) if bare and fallen.refs[0].mention.kind is MentionKind.GROUP else NOBODY
            fallen = Found(fallen.refs + home.refs, "self")  # "four soldiers and two rebels are killed in a clash in Togo"
        if fallen.how != "self" or len(fallen.codes) != 2:
            return None
        for prep, nouns in clause.preps:
            for k in self._look_through(nouns) if prep in ("in", "during", "after") else ():
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

    def _warded_off(self, clause: Clause, subject: Found) -> None:
        """ "US destroyers helped to intercept the missiles": help for those at whom they were fired, as told before."""
        inner = next((c for c in self.s.clauses if c.governor is clause and c.kind == "infinitive"), None)
        warding = self.classes["warding_verbs"]
        words = {inner.verb.lemma, " ".join((inner.verb.lemma, *inner.verb.particles))} if inner is not None else set()
        if inner is not None and inner.verb.lemma == "shoot" and [t.lower for t in self.tokens].count("down"):
            words.add("shoot down")  # "shoot the drones down"
        if inner is None or warding.isdisjoint(words) or self._many(inner.objects, "object", inner):
            return
        own = subject.codes
        attacks = (d for d in reversed(self.discourse.deeds) if d.type is EventType.ASSAULT and not own & set(codes_of(d.doers)))
        struck = next((d.sufferers for d in attacks), ())
        if struck and not own & set(codes_of(struck)):
            rule = f"'{self._verb_words(clause.verb)} to {self._verb_words(inner.verb)}'"
            self._tell(EventType.AID, clause, subject, Found(struck, "deed"), "deed", rule, "recipient:deed")

    def _is_suspected(self, clause: Clause) -> bool:
        """Whether the infinitive tells what somebody is held to be: "is suspected to be behind the attack"."""
        g = clause.governor
        held = g is not None and g.verb.passive and g.verb.form == "finite" and g.subject == clause.subject
        return held and g is not None and g.verb.lemma in self.classes["reporting_verbs"] | {"suspect"}

    def _follow(self, clause: Clause, subject: Found) -> None:
        """ "Kyiv cut ties with Minsk. Riga followed suit", "did the same": what was told last is done again, by somebody else."""
        said = [n.word for n in map(self.s.noun, clause.objects) if n is not None]
        behind = self.tokens[clause.verb.end].lower if clause.verb.end < len(self.tokens) else ""
        follows = (clause.verb.lemma, *said) in (("follow", "suit"), ("do", "same")) or (clause.verb.lemma, behind) == (
            "do",
            "likewise",
        )
        if not follows:
            return
        told = [*self.discourse.deeds, *self._deeds()]
        # "followed suit, halting aid": what was halted before
        more = {
            p.type
            for c in self.s.clauses
            if c.kind == "participle" and c.verb.form == "ing" and c.governor is clause
            for _, p in self.grammar.verb_patterns.get(c.verb.lemma, ())
        }
        last = next((d for d in reversed(told) if d.sufferers and (not more or d.type in more)), None)
        own = subject.codes
        if last is None or own & set(codes_of(last.doers)) or set(codes_of(last.doers)) & set(codes_of(last.sufferers)):
            return
        others = last.doers if own & set(codes_of(last.sufferers)) else last.sufferers  # tit for tat, or the same to a third
        reading = self._tell(last.type, clause, subject, Found(others, "deed"), "told-before", "", "recipient:deed")
        reading.rule = f"{last.type}: '{last.word}' told before, by '{self._verb_words(clause.verb)}'"

    def _is_retold(self, reading: Reading) -> bool:
        """Whether another reading tells the same act: "killed during an attack by", "announces aid to Mali and a package to help"."""
        above = reading.clause.governor if reading.clause is not None and reading.clause.kind == "infinitive" else None
        for other in self.readings:
            if other is reading:
                continue
            if other.type is EventType.AID and reading.type is EventType.MOBILIZE and above is not None and above is other.clause:
                return True  # "helped to intercept the missiles"
            struck = "to:in" in reading.features and reading.clause is other.clause
            if struck and "noun" in reading.features and reading.type is other.type is EventType.ASSAULT:
                if other.recipients and "after:during" in reading.features and codes_of(reading.actors) == codes_of(other.actors):
                    return True  # "rebels are killed during a raid by Mali near Kidal"
            if other.clause is None or reading.clause is None or "noun" in other.features:
                continue
            shunned = reading.clause.kind in ("participle", "relative") and set(reading.clause.subject) & set(
                other.clause.objects
            )
            if other.type is EventType.REJECT and reading.type is EventType.CONSULT and shunned:
                return True  # "boycotted a summit hosted by Mali": they did not meet
            same = set(codes_of(other.actors)) == set(codes_of(reading.actors))
            if not same or set(codes_of(other.recipients)) != set(codes_of(reading.recipients)):
                continue
            if "noun" in reading.features and reading.clause is other.clause and reading.type is other.type:
                if any(f.startswith("after:") for f in reading.features):
                    return True
            goes_on = reading.clause.kind == "participle" and reading.clause.governor is other.clause
            if goes_on and reading.type is other.type is EventType.ASSAULT and other.status is Status.BACKGROUND:
                return True  # "since Mali shelled the town in May, killing ten"
            helping = reading.type.quad in KIND and other.type.quad in KIND
            if "to:only" in reading.features and reading.clause.governor is other.clause and helping:
                return True
        return False

    def _read_operator(self, clause: Clause) -> None:
        """ "threatened to cut off", "refused to commit to": the verb above makes the event when the verb below has no pattern of its own.

        The recipient is whoever the governed verb touches, or the one whose deed is made the condition ("unless Moscow ...").
        """
        lemma = clause.verb.lemma
        inner = next((c for c in self.s.clauses if c.governor is clause and c.kind == "infinitive"), None)
        if inner is None:
            return
        reserved = lemma == "reserve" and inner.governor_noun == "right"
        if (
            lemma == "threaten" or reserved or (lemma == "hesitate" and clause.verb.negated)  # "would not hesitate to use force"
        ) or (
            lemma in ("vow", "pledge", "swear", "warn")
            and (inner.verb.lemma in self.classes["punishing_verbs"] or self._makes_pay(inner))
        ):
            new = EventType.THREATEN
        elif lemma in self.classes["promising_verbs"] | {"vow", "swear"} and self._defends_own(inner):
            self._vow_defence(clause, inner)
            return
        elif self._is_not_ruled_out(inner):
            self.readings = [r for r in self.readings if r.clause is not clause]  # nobody is refused anything
            return
        elif lemma in ("refuse", "decline"):
            new = EventType.REJECT
        elif lemma in ("offer", "promise", "pledge", "agree") and inner.verb.lemma not in self.classes["punishing_verbs"]:
            new = EventType.AGREE
        else:
            return
        if any(r.recipients and r.clause in (inner, clause) for r in self.readings):
            return
        agent = self._many(clause.subject, "subject", clause)
        mine = agent.codes
        touching = TOUCHING if new is not EventType.REJECT else ("to", "with", "for")
        # "vowed to avenge the raid by Mali"
        doers = [self.doer(k, n) for k in inner.objects if (n := self.s.noun(k)) is not None and n.is_act and not n.actors]
        groups = [clause.objects, inner.objects, *(nouns for prep, nouns in inner.preps if prep in touching)]
        if lemma == "agree":
            # what is agreed may be about others: "the transit of Russian gas", "a Malaysian-brokered process"
            own = [k for k in inner.objects if (n := self.s.noun(k)) is not None and n.actors and not self._is_brokered(n)]
            groups = [*(nouns for prep, nouns in inner.preps if prep in ("to", "with", "for")), own]
        deeper = next((c for c in self.s.clauses if c.governor is inner), None)
        if deeper is not None and deeper.kind in ("infinitive", "gerund"):
            groups += [deeper.objects, *(nouns for prep, nouns in deeper.preps if prep in TOUCHING)]
        groups += [c.subject for c in self.s.clauses if c.connector in ("if", "unless")]
        chains = [nouns for k in inner.objects for prep, nouns in self.s.chain(k) if prep in TOUCHING and lemma != "agree"]
        done_by = doers if new is EventType.THREATEN else []
        for found in (*done_by, *(self._many(nouns, "object", inner) for nouns in [*groups, *chains])):
            refs = without(found.refs, mine)
            if refs and agent:
                pattern = self._one_sided(new)
                self.readings = [r for r in self.readings if r.clause not in (inner, clause) or r.recipients]
                features = {f"type:{new}", f"operator:{new}", f"actor:{agent.how}", f"recipient:{found.how}"}
                reading = self._reading(clause, pattern, agent, Found(refs, found.how), features, agent, "")
                reading.rule = f"{new}: '{self._verb_words(clause.verb)} to {self._verb_words(inner.verb)}'"
                reading.trigger = (clause.verb.trigger[0], inner.verb.trigger[1])
                self._keep(reading)
                return

    def _makes_pay(self, clause: Clause) -> bool:
        """Whether somebody is made to suffer: "to make Saudi Arabia pay"."""
        made = (c for c in self.s.clauses if c.governor is clause and c.kind == "infinitive")
        return clause.verb.lemma == "make" and any(c.verb.lemma in ("pay", "regret", "suffer") for c in made)
