"""What a noun tells that names an act: by itself, or with a verb that only says that it is done."""

from __future__ import annotations

from entente.coding.clauses import Clause
from entente.coding.matching import Matching
from entente.coding.parties import VIOLENT
from entente.coding.phrases import Mark, Noun
from entente.coding.readings import NOBODY, Found, Reading, codes_of, without
from entente.coding.scope import BY_ACCORD, POSSESSIVES
from entente.model import EventType, Status

# Before those who helped others to agree.
_HELPED_BY = frozenset({"with", "through", "after", "following", "thanks to", "by", "under"})
# Before what the main clause came of.
_AFTER = ("after", "following", "during")


class ActNouns(Matching):
    """A sentence whose nouns are held against the patterns of acts."""

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
            if pattern is None or (noun.word == "closure" and not self._shuts_out(k)):
                continue
            if pattern.type is EventType.RETREAT and self._is_of_ones_own_people(k):
                return None  # "began the evacuation of their citizens from Niger"
            if noun.word in ("strike", "strikes") and self._are_persons(clause):
                pattern = self.grammar.noun_patterns["general_strike"][0]  # workers hold strikes, soldiers carry them out
            features = {f"pattern:{pattern.name}", f"type:{pattern.type}", "light"}
            agent = subject
            if verb.passive and verb.lemma not in ("engage", "involve"):
                agent = self._agent(clause, clause.preps, subject, pattern, features)
            elif subject:
                features.add(f"actor:{subject.how}")
            theirs = self.doer(k, noun) if noun.actors else NOBODY
            allowed = verb.lemma in self.classes["allowing_verbs"] and pattern.type is EventType.ASSAULT and not verb.passive
            if not agent or (allowed and theirs and not theirs.codes & agent.codes):
                agent = theirs or agent  # "approved Ukrainian strikes on Russia": they are Ukraine's
            recipient = self._noun_recipient(k, noun, pattern, clause.preps, agent, features, clause)
            if verb.lemma in self.classes["joining_verbs"] and recipient.how in ("place", ""):
                # where somebody fights, or on whose side, is not yet against whom
                return None
            if not recipient:
                recipient = self._targeted(k, clause, agent)
                if recipient:
                    features.add("to:targeting")
            if pattern.type is EventType.AGREE and pattern.both and self._only_mediate(clause, agent):
                if len(recipient.codes) < 2:
                    return None
                agent = recipient
            if not recipient and pattern.type is EventType.ASSAULT:
                recipient = self._victims(clause, clause.preps)
                recipient = recipient.without(agent.codes)
                features.add("to:fallback")
            if not recipient and pattern.type is EventType.ASSAULT and self._points_back(noun) and clause.kind == "main":
                # "said it had carried out the attack": on those who were hit, as told before
                refs = without(self.discourse.victims, agent.codes)
                recipient = Found(refs, "deed")
                features |= {"to:deed", "recipient:deed"} if refs else set()
            self.used.add(k)
            reading = self._reading(
                clause, pattern, agent, recipient, features, subject, f"'{self._verb_words(verb)}' with noun '{noun.word}'", noun
            )
            said = {self.tokens[j].lower for j in range(noun.start, noun.end)}
            if reading.status is Status.HAPPENED and pattern.both and not said.isdisjoint(self.classes["possibility_words"]):
                reading.status = Status.POSSIBLE  # "is working on a potential meeting"
            # what one announces of an arrest or a killing is done
            done = noun.word in ("killing", "killings") and verb.lemma == "announce"
            decided = verb.lemma in self.classes["deciding_verbs"] and pattern.type in VIOLENT
            settled = verb.lemma != "announce" or (pattern.type is not EventType.COERCE and not done)
            if decided and settled and reading.status is Status.HAPPENED:
                reading.status = Status.PLANNED
            return reading
        return None

    def _is_of_ones_own_people(self, k: int) -> bool:
        """Whether the noun at ``k`` tells what is done with people of one's own: "the evacuation of its citizens"."""
        people = [n for prep, ks in self.s.chain(k)[:1] if prep == "of" for n in map(self.s.noun, ks) if n is not None]
        return any(n.word_class == "person" and self._is_possessed(n) and not n.actors for n in people)

    def _are_persons(self, clause: Clause) -> bool:
        """Whether all who do it are people without arms or office."""
        nouns = [self.s.noun(k) for k in clause.subject]
        return bool(nouns) and all(n is not None and n.word_class == "person" for n in nouns)

    def _shuts_out(self, k: int) -> bool:
        """Whether what is closed is a way in or an office abroad, not a mill."""
        shut = [n for prep, ks in self.s.chain(k) if prep == "of" for n in map(self.s.noun, ks) if n is not None]
        return any(not n.keys.isdisjoint(self.classes["ways_in"]) for n in shut)

    def _read_noun(self, k: int, noun: Noun) -> None:
        pattern = self._noun_pattern(noun)
        if pattern is None:
            return
        whole = self.s.noun(k - 2) if self.s.word(k - 1) == "of" else None
        lifted = pattern.type is EventType.SANCTION and whole is not None and whole.word in self.classes["lifting_nouns"]
        if lifted:
            # "the lifting of US sanctions on Togo"
            pattern = self._one_sided(EventType.CONCEDE)
        features = {f"pattern:{pattern.name}", f"type:{pattern.type}", "noun"}
        agent = self.doer(k, noun)
        if "civil" in (t.lower for t in self.tokens[noun.start : noun.head]) and len(agent.codes) < 2:
            return  # "suspended it over the Syrian civil war": a country's own
        clause = self._clause_of(k)
        if pattern.type in VIOLENT and clause is not None and self._is_called_so(k, clause):
            # "said that the tariff was an attack on his country": a charge, and no attack
            speaker = Found(without(self._attribution(clause), agent.codes), "speaker")
            if speaker and agent:
                self._tell(EventType.ACCUSE, clause, speaker, agent, "said", f"said to be '{noun.word}'")
            return
        if pattern.type in BY_ACCORD and clause is not None and k in clause.subject and self._remains_open(clause):
            return  # talks that remain on the table are not held
        if agent:
            features.add("actor:" + agent.refs[0].how)
        elif self.tokens[noun.start].lower in POSSESSIVES:
            agent = Found(self._possessive(noun, clause), "pronoun")
            features.add("actor:pronoun")
        elif clause is not None and pattern.type is EventType.ASSAULT and not pattern.both:
            agent = self._wielder(k, clause) or self._readied(k, clause)
        elif clause is not None and pattern.type is EventType.SANCTION and k in clause.subject:
            agent = self._levier(clause)
        recipient = self._noun_recipient(k, noun, pattern, [], agent, features, clause)
        if not recipient and clause is not None and k in clause.subject and self._happens(clause):
            # "Fights erupt in the village between": what stands behind the verb belongs to the fights
            recipient = self._noun_recipient(k, noun, pattern, clause.preps, agent, features, clause)
        if pattern.both and not recipient and len(agent.codes) > 1:
            recipient = agent
        lost = pattern.both and pattern.type is EventType.ASSAULT and clause is not None and not agent
        both = self._both_lost(k, clause) if lost and clause is not None else NOBODY
        if both:
            agent = recipient = both
        if agent and not recipient and pattern.type is EventType.ASSAULT and clause is not None and not pattern.reverse:
            recipient = self._around(k, noun, clause, agent)
            features.add("to:fallback")
        against = pattern.type is EventType.ASSAULT and not features.isdisjoint(
            ("to:with", "to:against", "to:on")
        )  # "clashes with A and B": with somebody else
        if not agent and pattern.both and len(recipient.codes) > 1 and not against:
            agent = recipient
        if (
            agent
            and not recipient
            and clause is not None
            and pattern.type is EventType.REQUEST
            and (k in clause.objects or k in clause.subject)
        ):
            recipient = self._answerer(k, clause).without(agent.codes)
            features.add("to:answerer")
        if agent and not recipient and pattern.type is EventType.REQUEST:
            recipient = self._demanded_of(k, agent)
            if recipient:
                features.add("to:that")
        if not agent and recipient and pattern.both and (pattern.type in BY_ACCORD or against) and clause is not None:
            agent = self._party_of(k, clause, recipient)
            features.add("actor:clause")
        if not agent and recipient and pattern.type is EventType.PROTEST and clause is not None:
            # "youths threw stones during demonstrations against Israel"
            led = self.s.word(k - 1) in ("during", "in", "at") and self._are_people(clause)
            agent = self._many(clause.subject, "subject", clause) if led and not clause.verb.passive else agent
            features.add("actor:clause")
        if not agent and recipient and pattern.reverse and clause is not None:
            # "Ukraine confirms the loss of the town to Russian forces"
            agent = Found(without(self._many(clause.subject, "subject", clause).refs, recipient.codes))
        if not agent and pattern.type is EventType.ASSAULT and not pattern.both:
            # "shelling between the army and rebels"
            rows = clause.preps if clause is not None and self._is_fight(noun) and k in clause.subject else self.s.chain(k)[:1]
            sides = next((self._many(ks, "object", clause) for prep, ks in rows if prep == "between"), NOBODY)
            if len(sides.codes) > 1:
                pattern, agent, recipient = self._of_both(EventType.ASSAULT), sides, sides
        if not agent or (not recipient and (pattern.type not in VIOLENT or pattern.reverse)):
            return
        reading = self._reading(clause, pattern, agent, recipient, features, agent, f"noun '{noun.word}'", noun, k)
        if lifted:
            reading.status = self._noun_status(k - 2, whole, clause, features)
        if "actor:clause" in features and clause is not None:
            lead = self.s.word(k - 1)
            if pattern.type is EventType.ASSAULT:
                reading.status = Status.BACKGROUND
            elif lead in ("in", "during", "at"):
                called_off = clause.verb.lemma in self.classes["denying_verbs"]  # "cancels his participation in a summit with"
                reading.status = Status.DENIED if called_off else self._clause_status(clause, set())
            elif lead in ("for", "ahead of", "before"):
                above = self._clause_status(clause, set())
                reading.status = above if above in (Status.POSSIBLE, Status.DENIED, Status.DEMANDED) else Status.PLANNED
        self.readings.append(reading)

    def _both_lost(self, k: int, clause: Clause) -> Found:
        """ "Fighting erupts, resulting in the deaths of four Armenian and three Azeri soldiers", "clashes kill": each fought the other."""
        if k not in clause.subject:
            return NOBODY
        for c in self.s.clauses:
            if c is not clause and not (c.governor is clause and c.kind == "participle"):
                continue
            killed = c.objects if c.verb.lemma in ("kill", "injure", "wound") and not c.verb.passive else []
            for toll in (*c.objects, *(j for prep, ks in c.preps if prep in ("in", "to") for j in ks)):
                if (noun := self.s.noun(toll)) is not None and noun.word in ("death", "deaths"):
                    killed = [m for prep, ks in self.s.chain(toll)[:1] if prep == "of" for m in ks]
            found = self._many(killed, "object", c)
            if found.how == "self" and len(found.codes) == 2:
                return found
        return NOBODY

    def _levier(self, clause: Clause) -> Found:
        """Whose a tariff is of which officials say that it is or takes effect: "Washington says that the tariff on Fiji is in effect"."""
        g = clause.governor if clause.connector == "that" else None
        stands = clause.verb.lemma in ("be", "take", "come", "enter", "remain", "apply") and not clause.verb.passive
        return self._many(g.subject, "subject", g) if g is not None and stands and self._announces(g) else NOBODY

    def _answerer(self, k: int, clause: Clause) -> Found:
        """Who answers the demand at ``k``: "rejects the US proposal (to withdraw)", which was made to the one who rejects it."""
        if (
            clause.kind == "infinitive" and k in clause.subject and clause.verb.lemma != "join"
        ):  # one asks it of those whom one would join
            above = next((c for c in self.s.clauses if k in c.objects), None)
            return self._many(above.subject, "subject", above) if above is not None else NOBODY
        return self._many(clause.subject if k in clause.objects else clause.objects, "subject", clause)

    def _demanded_of(self, k: int, agent: Found) -> Found:
        """Of whom the demand at ``k`` asks something in the clause behind it: "a UN demand that Israel halt the work"."""
        asked = next((c for c in self.s.clauses if c.connector == "that" and c.start == k + 2), None)
        if asked is None or not (asked.verb.bare or asked.verb.modal in ("must", "should")):
            return NOBODY
        found = self._many(asked.subject, "subject", asked)
        return found.without(agent.codes)

    def _happens(self, clause: Clause) -> bool:
        """Whether the verb only says that its subject comes about or goes on."""
        verb = clause.verb
        behind = [t.lower for t in self.tokens[verb.end : verb.end + 1]]
        known = self.classes["happening_verbs"]
        said = " ".join([verb.lemma, *(verb.particles or behind)])
        return not (verb.passive or clause.objects) and (said in known or (not verb.particles and verb.lemma in known))

    def _read_meeting_before(self) -> None:
        """ "After talks in Nairobi, the presidents of Kenya and Somalia announced", "announced after talks in": the two met there."""
        main = next((c for c in self.s.clauses if c.kind == "main" and c.verb.form == "finite"), None)
        if main is None or main.verb.passive or main.verb.negated:
            return
        k = next((k for k in self._occasions(main) if self._are_bare_talks(k)), None)
        noun = self.s.noun(k) if k is not None else None
        if k is None or noun is None:
            return
        parties = self._many(main.subject, "subject", main)
        if parties.how in ("self", "of") and len(parties.codes) == 2:
            pattern = self._of_both(EventType.CONSULT)
            features = {f"type:{pattern.type}", "noun", f"actor:{parties.how}"}
            rule = f"noun '{noun.word}' beside what they say"
            reading = self._reading(main, pattern, parties, parties, features, parties, rule, noun, k)
            reading.status = Status.HAPPENED
            self.readings.append(reading)

    def _occasions(self, main: Clause) -> list[int]:
        """What stands before the main clause, or behind its verb or the one below, as what went before: "after talks in Nairobi"."""
        lead = self.s.at(0)
        opening = isinstance(lead, Mark) and lead.word in _AFTER and min(main.subject, default=0) > 1
        below = [c for c in self.s.clauses if c is main or c.governor is main or (c.governor and c.governor.governor is main)]
        behind = [k for c in below if c.kind != "relative" for prep, ks in c.preps if prep in _AFTER for k in ks[:1]]
        return [*([1] if opening else []), *behind]

    def _are_bare_talks(self, k: int) -> bool:
        """Whether the noun at ``k`` tells of talks without a word of whose they are."""
        noun = self.s.noun(k)
        pattern = (
            self._noun_pattern(noun) if noun is not None and noun.is_act and not noun.actors and k not in self.used else None
        )
        alone = all(prep in ("in", "at", "on", "involving") for prep, _ in self.s.chain(k))
        return pattern is not None and pattern.type is EventType.CONSULT and pattern.both and alone

    def _read_claim(self, k: int, noun: Noun) -> None:
        """ "Denied allegations by Washington that Niger had sold uranium": an accusation made before."""
        behind = next((ks for prep, ks in self.s.chain(k)[:1] if prep in ("by", "of", "from")), [])
        told = next((c for c in self.s.clauses if c.connector == "that" and c.start in (k + 2, k + 4)), None)
        if told is None or (told.start == k + 4 and not behind) or told.verb.negated:
            return
        speaker = Found(noun.actors, "adjective") if noun.actors else self._many(behind, "object", self._clause_of(k))
        charged = self._many(told.subject, "subject", told)
        if not speaker or not charged or speaker.codes & charged.codes:
            return
        reading = self._tell(EventType.ACCUSE, self._clause_of(k), speaker, charged, "said", f"noun '{noun.word}'", k=k)
        reading.status = Status.BACKGROUND

    def _read_mediation(self, k: int, noun: Noun) -> None:
        """ "Agreed to a truce with the help of Omani mediators", "after mediation by Oman": between those who agreed."""
        clause = self._clause_of(k)
        rows = [(prep, ks) for prep, ks in self.s.chain(k)[:1] if prep in ("by", "from", "of", "with")]
        helpers = Found(noun.actors, "self") if noun.actors else NOBODY
        for prep, ks in rows:
            named = tuple(r for n in map(self.s.noun, ks) if n is not None for r in n.actors)
            helpers = Found(helpers.refs + named, "self")
            if prep == "with" and clause is not None:  # "said after weeks of mediation with Egypt": those who say it too
                helpers = Found(self._many(clause.subject, "subject", clause).refs + helpers.refs, "self")
        own = helpers.codes
        if not own or (clause is not None and k in clause.subject):
            return
        first = k
        while self.s.word(first - 1) == "of" and self.s.noun(first - 2) is not None:
            first -= 2  # "after weeks of mediation"
        is_result = clause is not None and clause.verb.lemma == "be" and first in clause.objects
        if self.s.word(first - 1) not in _HELPED_BY and not is_result:
            return
        agreed = [r for r in self.readings if r.type in BY_ACCORD | {EventType.RETREAT} and r.status is not Status.BACKGROUND]
        sides = next((r.actors for r in reversed(agreed) if set(codes_of(r.actors)) == set(codes_of(r.recipients))), ())
        if (
            not sides
            and not agreed
            and clause is not None
            and any(self._takes_up_accord(n) for n in self._nouns_of(clause.subject))
        ):
            sides = self.discourse.pair
        if len(codes_of(sides)) < 2 or own & set(codes_of(sides)):
            return
        pattern = next(p for _, p in self.grammar.verb_patterns["mediate"] if p.type is EventType.CONSULT)
        features = {f"type:{pattern.type}", "noun", "to:between", f"actor:{helpers.how}"}
        reading = self._reading(clause, pattern, helpers, Found(sides, "self"), features, helpers, f"noun '{noun.word}'", noun, k)
        reading.status = Status.HAPPENED
        reading.features.discard("noun:oblique")  # it goes on up to the day of the agreement
        if agreed:
            reading.window = agreed[-1].window
        self.readings.append(reading)

    def _takes_up_accord(self, noun: Noun) -> bool:
        """Whether the noun is an agreement told before: "the truce", "it"."""
        return noun.word == "it" or (self._points_back(noun) and noun.is_act and not noun.actors and self._is_accord(noun))

    def _is_called_so(self, k: int, clause: Clause) -> bool:
        """Whether the act of force at ``k`` is what an act without force is said to be."""
        named = self.s.noun(clause.subject[0]) if clause.verb.lemma == "be" and k in clause.objects and clause.subject else None
        pattern = self._noun_pattern(named) if named is not None and named.is_act else None
        return pattern is not None and pattern.type not in VIOLENT
