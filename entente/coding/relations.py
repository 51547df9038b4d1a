"""Clauses and noun phrases to readings: who did what to whom, by the patterns of the lexicon."""

from __future__ import annotations

from dataclasses import replace

from entente.coding.clauses import Clause
from entente.coding.parties import KIND, VIOLENT
from entente.coding.phrases import Mark, Noun
from entente.coding.readings import NOBODY, Found, Reading, codes_of, is_hub, without
from entente.coding.sayings import TOUCHING
from entente.coding.scope import BY_ACCORD, POSSESSIVES
from entente.coding.teamwork import Teamwork
from entente.lexicon.patterns import Pattern
from entente.model import EventType, MentionKind, Quad, Status

# What is done with somebody; to refuse it, or to threaten it, is one's own act.
_MUTUAL = frozenset(EventType) - {EventType.REJECT, EventType.THREATEN, EventType.SANCTION}
# Verbs whose participle tells with these prepositions what somebody feels, not what was done to him.
_STATES = {"oppose": ("to",), "concern": ("about", "over"), "worry": ("about", "over")}
# Verbs that, with the words behind them, leave something open: "did not rule out", "left the door open", "not take off the table".
_LEAVING_OPEN = frozenset({"leave", "keep", "rule", "exclude", "take"})
_WORRIES = frozenset({"concern", "concerns", "alarm", "unease", "dismay", "disquiet"})
# What lies in wait for whoever comes, which a coal mine does not.
_MINES = frozenset({"landmine", "landmines", "naval_mine", "naval_mines", "sea_mine", "sea_mines"})
_IN_WORDS = frozenset({"verbally"})


# Objects and prepositional phrases of a clause once the particles of a pattern are taken away.
Fitted = tuple[list[int], list[tuple[str, list[int]]]]


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


# Before those who helped others to agree.
_HELPED_BY = frozenset({"with", "through", "after", "following", "thanks to", "by", "under"})
# Before what the main clause came of.
_AFTER = ("after", "following", "during")
# Whose object is what others are to do.
_ALLOWING = frozenset({"approve", "authorize", "authorise", "greenlight"})
# Who is struck when nobody else is.
_SELVES = frozenset({"himself", "herself", "itself", "themselves", "oneself"})


class Reader(Teamwork):
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
        for k, phrase in enumerate(self.s.phrases):
            if not isinstance(phrase, Noun):
                continue
            if phrase.is_act and k not in self.used:
                self._read_noun(k, phrase)
            if phrase.word in self.classes["protests_and_slogans"]:
                self._read_protest(k, phrase)
            if phrase.word in self.classes["gatherings"]:
                self._read_solidarity(k, phrase)
            if phrase.word in self.classes["claiming_nouns"]:
                self._read_claim(k, phrase)
            if phrase.word_class in ("force", "asset", ""):
                self._read_supplied(k, phrase)
            helped = phrase.word in ("help", "assistance") and not self._is_accord_told()
            if phrase.word in self.classes["teamwork"] or helped:
                self._read_teamwork(k)
            if phrase.word in self.classes["mediations"]:
                self._read_mediation(k, phrase)
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

    def _read_clause(self, clause: Clause) -> None:
        verb = clause.verb
        subject = self._many(clause.subject, "subject", clause)
        if (
            not subject.refs
            and clause.kind == "infinitive"
            and clause.governor is not None
            and clause.governor.verb.lemma in self.classes["commanding_verbs"]
        ):
            # "orders its forces to halt sharing": the one who orders does it
            subject = self._many(clause.governor.subject, "subject", clause.governor)
        if (
            not subject.refs
            and not verb.passive
            and len(clause.subject)
            and all(
                (n := self.s.noun(k)) is not None
                and n.word_class in ("agent", "force")
                and not n.actors
                and not n.proper
                and not self._is_nameless(k, n)
                and not n.keys & self.classes["weapons"]
                and n.word not in self.classes["group_anaphors"]  # nor do insurgents act for the land they are in
                for k in clause.subject[:1]
            )
        ):
            # "Security forces kill ten militants in Bahdo, Somalia"; but "Moscow says soldiers took a village in Ukraine"
            told = clause.governor is not None and clause.governor.verb.lemma in self.classes["reporting_verbs"]
            speaker = clause.governor if told and clause.connector == "that" else None
            if speaker is None:
                subject = self._local(clause)
            elif verb.lemma in self.classes["conquering_verbs"] or self._hits_others(clause, speaker):
                subject = self._many(speaker.subject, "subject", speaker)
        if not subject.refs and not verb.passive:
            subject = self._own_strike(clause)
        if not subject.refs and not verb.passive and clause.kind == "main":
            subject = self._at_home(clause)
        if (
            not subject.refs
            and clause.subject
            and (
                (
                    verb.lemma in self.classes["protest_verbs"]
                    and any(
                        p.type is EventType.PROTEST
                        and not (p.objects and self._patients(clause.objects)[2].isdisjoint(p.objects))
                        for _, p in self.grammar.verb_patterns[verb.lemma]
                    )
                )
                or (self._are_crowd(clause) and self._at_mission(clause))
            )
        ):
            # "Hundreds rally outside the US embassy in Manila": those who live there
            above = clause.governor if clause.kind == "infinitive" else None
            subject = (self._over(above, "in") if above is not None else Found()) or self._over(clause, "in")
        if not subject.refs and not verb.passive and clause.kind == "relative":
            subject = self._doer_of_object(clause) or self._one_of_those(clause)
        if (
            subject.how == "place"
            and clause.kind == "gerund"
            and clause.governor is not None
            and clause.governor.verb.lemma in self.classes["blaming_verbs"] | {"warn"}
            and self._are_irregulars(self._nouns_of(clause.subject))
        ):
            subject = Found()  # "accuses rebels in Chad of bombing a bus": nothing says that Chad did
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
        share = self.s.noun(clause.index - 2) if clause.kind == "gerund" and clause.connector == "in" else None
        if share is not None and share.word in self.classes["share_nouns"] and g is not None and self._is_possessed(share):
            # "nominated Trump for his role in mediating": he mediated
            subject = self._many(g.objects, "object", g) or subject
        if clause.kind == "participle" and g is not None and self._patients(g.objects)[2] & _MINES:
            subject = Found()  # "a ship hit a naval mine, killing one"
        if clause.kind == "participle" and verb.form == "ing" and g is not None and self._is_not_passed(clause, g):
            subject = Found()  # who abstains from a vote condemning somebody does not condemn him
        if (verb.lemma == "blame" and verb.passive and not any(prep == "by" for prep, _ in clause.preps)) or (
            verb.lemma == "be" and not verb.negated and subject.refs and (verb.form == "finite" or self._is_suspected(clause))
        ):
            self._blamed(clause)
        if verb.lemma == "claim" and subject.refs and not verb.passive and self._claimed(clause, subject):
            return
        accident = verb.form == "ing" and (self._is_of_accident(clause) or self._is_banned(clause))
        if accident or self._is_friendly_fire(clause):
            return
        if subject.refs and self._denied(clause, subject):
            return
        if subject.refs and verb.lemma in self.classes["official_saying_verbs"] and not (verb.passive or verb.negated):
            self._told_death(clause, subject)
        if subject.refs and verb.lemma == "help" and not verb.passive and not verb.negated:
            self._warded_off(clause, subject)
        best: tuple[int, Reading] | None = None
        gives = False
        shown: Reading | None = None
        parted: tuple[str, ...] | None = None
        fitted: Fitted | None = None
        offered: frozenset[str] = frozenset()
        for particles, pattern in self.grammar.verb_patterns.get(verb.lemma, ()):
            if particles != parted:  # most patterns of a verb have the particles of the one before, and so fit as it does
                parted, fitted = particles, self._effective(clause, particles)
                offered = self._offered(clause, fitted) if fitted is not None else frozenset()
            if fitted is None or (pattern.wants_noun and offered.isdisjoint(pattern.objects) and verb.lemma not in _STATES):
                continue
            reading = self._match(clause, particles, pattern, subject, fitted)
            if reading is None:
                continue
            rank = (
                4 * len(particles)
                + 3 * bool(pattern.objects)
                + 5 * bool(pattern.goals or pattern.means)
                + 2 * bool(reading.recipients)
                + bool(reading.actors)
                + (pattern.actor_class == "police")
            )
            if pattern.type is EventType.AID and verb.lemma == "send":
                handed = {n.word for n in map(self.s.noun, clause.objects) if n is not None} & self.classes["handed_over"]
                gives = gives or bool(handed)
            if not reading.recipients:
                # With nobody else in the sentence, a missile fired is a show of force; else it may be meant for the other.
                rank -= 4 if self.one_named and pattern.type is EventType.MOBILIZE else 6
            elif "to:fallback" in reading.features:
                rank -= 4
            if best is None or rank > best[0]:
                best = (rank, reading)
            if pattern.type is EventType.MOBILIZE and not reading.recipients:
                shown = reading
        told = clause.kind in ("main", "coordinated") and verb.form == "finite"
        if best is not None and told and best[1].type is EventType.ASSAULT and not best[1].recipients:
            best[1].instead = shown  # a missile fired at nobody is a show of force
        if best is not None and best[1].type is EventType.MOBILIZE and not best[1].recipients and gives and not self.one_named:
            best = None  # tanks sent by one while another is named may be sent to him
        if len(subject.refs) > 1:
            self._read_joint(clause, subject)
        fallen = self._both_fell(clause)
        if fallen is not None:
            self._keep(fallen)
            return
        light = self._light(clause, subject)
        if light is not None and (
            best is None
            or not best[1].recipients
            or (light.recipients and not (best[1].pattern.objects or best[1].pattern.goals))
        ):
            self._keep(light)
        elif best is not None:
            self._keep(best[1])
        untold = light is None and (best is None or not best[1].recipients)
        if untold and subject.refs and verb.lemma in self.classes["reporting_verbs"]:
            self._said_must(clause, subject)
        if subject.refs and verb.lemma in self.classes["saying_verbs"]:
            self._menaced(clause, subject)
        g = clause.governor
        remains = self._remains_open(clause)
        if remains or verb.lemma in _LEAVING_OPEN:
            self._leave_open(clause, self._many(g.subject, "subject", g) if g is not None and remains else subject)
        if subject.refs and verb.lemma in self.classes["complaining_verbs"]:
            self._complained(clause, subject)
        if subject.refs and not verb.negated:
            if verb.lemma in ("follow", "do"):
                self._follow(clause, subject)
            self._read_errand(clause, subject)
        if verb.passive and verb.negated and verb.lemma in ("allow", "permit", "admit"):
            self._read_shut_out(clause)

    def _is_aimed(self, clause: Clause) -> bool:
        """Whether missiles are fired towards a town or a site in a land, which no show of force is: "towards an airport in Israel"."""
        if not self._patients(clause.objects)[2] & self.classes["shown_weapons"]:
            return False
        ends = [n for prep, ks in clause.preps if prep in ("towards", "toward") for n in self._nouns_of(ks)]
        if any(n.keys & self.classes["waters"] for n in ends):
            return False
        return any(r.mention.kind in (MentionKind.PLACE, MentionKind.CAPITAL) for n in ends for r in n.actors) or any(
            n.word_class in ("place", "asset") and not n.actors for n in ends
        )

    def _tells_rate(self, clause: Clause) -> bool:
        """Whether the clause says to what rate or by how much: "to 125%", "by 10 per cent"."""
        behind = zip(self.tokens[clause.verb.end :], self.tokens[clause.verb.end + 1 :], strict=False)
        return any(one.lower in ("to", "by", "from") and other.tag == "#" for one, other in behind)

    def _is_not_passed(self, clause: Clause, above: Clause) -> bool:
        """Whether the participle tells what a text says that the subject turns down: "abstained from the vote condemning"."""
        text = self.s.noun(clause.index - 1)
        turned_down = above.verb.lemma in self.classes["denying_verbs"] or above.verb.lemma in (
            "abstain",
            "oppose",
            "veto",
            "boycott",
        )
        against = any(
            prep == "against" and clause.index - 1 in ks for prep, ks in above.preps
        )  # "voted against a text demanding"
        return text is not None and bool(text.keys & self.classes["texts"]) and (turned_down or against)

    def _are_crowd(self, clause: Clause) -> bool:
        """Whether a crowd without a name is the subject."""
        crowd = self.classes["crowds"]
        return not crowd.isdisjoint(self.words) and any(
            n.word in crowd and not n.actors for n in self._nouns_of(self._look_through(clause.subject))
        )

    def _at_mission(self, clause: Clause) -> bool:
        """Whether it is done to an embassy, or to what belongs to one."""
        ks = [*clause.objects, *(n for k in clause.objects for prep, nouns in self.s.chain(k) if prep == "of" for n in nouns)]
        return any(n.keys & self.classes["missions"] for n in self._nouns_of(ks))

    def _hits_others(self, clause: Clause, speaker: Clause) -> bool:
        """Whether unnamed forces struck somebody other than the one who tells it: "the army says that jets have struck rebels"."""
        noun = self.s.noun(clause.subject[0])
        kinds = {p.type for _, p in self.grammar.verb_patterns.get(clause.verb.lemma, ())}
        if noun is None or noun.word not in self.classes["own_forces"] or EventType.ASSAULT not in kinds:
            return False
        hit = self._many(self._look_through(clause.objects), "object", clause).codes
        return bool(hit) and not hit & self._many(speaker.subject, "subject", speaker).codes

    def _own_strike(self, clause: Clause) -> Found:
        """Whose strike it is when forces tell of it and name nobody else's: "the Israeli army said that an air strike had killed"."""
        speaker = clause.governor if clause.connector == "that" else None
        struck = self.s.noun(clause.subject[0]) if len(clause.subject) == 1 else None
        if speaker is None or struck is None or struck.actors or speaker.verb.lemma not in self.classes["official_saying_verbs"]:
            return NOBODY
        tellers = self._nouns_of(speaker.subject)
        forces = [
            n for n in tellers if n.word_class == "force" or any(r.mention.kind is MentionKind.GOVERNMENT for r in n.actors)
        ]
        hit = self._many(clause.objects, "object", clause).refs
        # "Israel announces that an air strike killed a commander of the movement"
        announced = speaker.verb.lemma == "announce" and bool(hit) and all(r.mention.kind is MentionKind.GROUP for r in hit)
        if not (forces or announced) or not struck.is_act or not self._hits_others(clause, speaker):
            return Found()
        return self._many(speaker.subject, "subject", speaker)

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
            home = self._land_of(clause) if bare and fallen.refs[0].mention.kind is MentionKind.GROUP else Found()
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

    def _both_lost(self, k: int, clause: Clause) -> Found:
        """ "Fighting erupts, resulting in the deaths of four Armenian and three Azeri soldiers", "clashes kill": each fought the other."""
        if k not in clause.subject:
            return Found()
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
        return Found()

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

    def _only_mediate(self, clause: Clause, agent: Found) -> bool:
        """Whether those who tell of an agreement or negotiated it are no parties to it: "Qatari mediators announced the truce"."""
        tellers = [n.word for n in map(self.s.noun, clause.subject) if n is not None]
        if not clause.verb.passive:
            return any(word in ("mediator", "mediators") for word in tellers)
        return clause.verb.lemma == "negotiate" and bool(agent) and self._for_others(agent)

    def _only_proclaims(self, clause: Clause, agent: Found, recipient: Found, features: set[str]) -> bool:
        """Whether somebody only makes known what two others agreed on: "Qatar announced a truce between Israel and Hamas"."""
        between = "to:between" in features and len(recipient.codes) > 1
        others = not agent.codes & recipient.codes
        return between and others and not clause.verb.passive and clause.verb.lemma in self.classes["proclaiming_verbs"]

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

    def _offered(self, clause: Clause, fitted: Fitted) -> frozenset[str]:
        """All words by which the object of the verb may go, in the passive those of its subject too: a pattern whose object is none of
        them cannot meet the clause, and need not be tried."""
        keys = self._patients(fitted[0])[2]
        return keys | self._patients(clause.subject)[2] if clause.verb.passive else keys

    def _match(
        self, clause: Clause, particles: tuple[str, ...], pattern: Pattern, subject: Found, fitted: Fitted
    ) -> Reading | None:
        """The reading of the clause by one pattern, if it meets it. ``fitted`` are objects and prepositional phrases for its ``particles``."""
        verb = clause.verb
        objects, preps = fitted
        if not particles and verb.particles and (pattern.type is EventType.CONSULT or verb.lemma == "press"):
            return None  # "called for an end" is no call, "pressed on with the attack" presses nobody
        if verb.passive and preps and preps[0][0] in _STATES.get(verb.lemma, ()):
            verb.passive = False  # "is opposed to", "remains worried about"
            objects = preps[0][1]
        patients = list(clause.subject) if verb.passive else objects
        object_ks, nouns, keys = self._patients(patients)
        retained = False
        if verb.passive and objects and pattern.objects and not keys & pattern.objects:
            # "he was granted asylum by Russia": the object stays, the subject is whom it is given to
            kept = self._patients(objects)[2]
            retained = bool(kept & pattern.objects)
            keys = kept if retained else keys
        if ("@person" in pattern.objects or "@person" in pattern.not_objects) and any(map(self._is_person, nouns)):
            keys = keys | {"@person"}
        if "@people" in pattern.objects and any(
            n.is_plural and r.how == "head" and r.mention.kind is MentionKind.DEMONYM for n in nouns for r in n.actors
        ):
            keys = keys | {"@people"}
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
        if "@leader" in pattern.objects and any(r.mention.kind is MentionKind.LEADER for n in nouns for r in n.actors):
            keys = keys | {"@leader"}
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
        opposed = pattern.type is EventType.SUPPORT and bool(pattern.goals)
        if opposed and self._reaches(clause, object_ks, pattern.goals, "against"):
            return None  # "rallied against American support for Israel"
        if pattern.means and not self._reaches(clause, object_ks, pattern.means, "with"):
            return None
        names = pattern.type is EventType.ACCUSE and verb.lemma in self.classes["naming_verbs"]
        if pattern.words:
            if not (self._is_called if names else self._goes_on_with)(clause, pattern.words):
                return None
            patients = self.s.conjuncts_right(patients[0])[0] if patients else []  # not what they are called
        if pattern.actor_class == "people" and subject and not self._are_people(clause):
            return None  # what a government protests at it complains of
        if pattern.type is EventType.ACCUSE and verb.lemma == "protest" and clause.subject and self._are_people(clause):
            return None  # and people who protest rally
        if pattern.type in (EventType.SUPPORT, EventType.AID) and any(
            n.word_class == "pronoun" and n.word.endswith(("self", "selves")) for n in nouns
        ):
            return None  # "defends itself"
        after = self.s.at(clause.index + 1)
        if (
            pattern.type is EventType.AID
            and verb.lemma == "help"
            and getattr(after, "lemma", "") in self.classes["transitive_verbs"]
        ):
            return None  # "to help destroy Chadian tanks" helps no Chadians
        if pattern.type is EventType.CONSULT and verb.lemma == "call" and objects:
            side_by_side = any(k + 1 in objects for k in objects)
            if side_by_side or self.s.noun(objects[-1] + 1) is not None:
                return None  # "called him a communist", "called Iran an outlaw state" are no telephone calls
        if pattern.type is EventType.CONSULT and verb.lemma == "fly" and objects and not verb.particles:
            return None  # "flew food parcels to Moscow" is no visit
        if pattern.type is EventType.CONCEDE and verb.lemma == "lift" and self._tells_rate(clause):
            return None  # "lifts tariffs to 125%" raises them
        if pattern.type is EventType.SUPPORT and verb.lemma in ("recognise", "recognize"):
            named = self._many(patients, "object", clause).refs
            if named and all(r.mention.kind is MentionKind.PLACE for r in named):
                return None  # to recognise the "republic" of a town recognises nobody whose town it is
        if pattern.type is EventType.ASSAULT and self._goes_on_with(clause, _IN_WORDS):
            return None  # "verbally attacked"
        if pattern.type is EventType.ASSAULT and verb.lemma == "target" and clause.kind == "participle":
            above = clause.governor.objects if clause.governor is not None else []
            aimed = [p for n in map(self.s.noun, (*clause.subject, *above)) if n is not None and (p := self._noun_pattern(n))]
            if any(p.type is EventType.SANCTION for p in aimed):
                return None  # "imposes sanctions targeting Togo's banks"
        if pattern.type is EventType.REQUEST and verb.lemma in ("seek", "propose", "demand") and not objects and not verb.passive:
            below = next((c for c in self.s.clauses if c.index == clause.index + 1), None)
            if below is not None and below.kind == "infinitive":
                return None  # "seeks to reduce its debt to China" asks nothing
        if pattern.object_class and not any(n.word_class in (pattern.object_class, "name") for n in nouns):
            return None
        if pattern.to_act and not self._tells_to_act(clause):
            return None
        if (
            pattern.type is EventType.ACCUSE
            and (verb.lemma in _STATES or keys & _WORRIES)
            and self._pities([objects, *(ks for _, ks in preps)])
        ):
            return None  # "expressed concern over the famine in Chad"
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
        if not self.classes["all_round"].isdisjoint(self.words):
            features.add("all-round")  # "a tripartite meeting with"
        if particles[-1:] == ("with",):
            features.add("to:with")  # "spoke with both Chad and Mali"
        self._act = None
        if subject.how == "owner" and pattern.type.quad in (Quad.MATERIAL_CONFLICT, Quad.MATERIAL_COOPERATION):
            subject = Found()  # "Chinese robots" do not act for China
        if subject.how in ("owner", "place") and clause.kind in ("main", "coordinated") and self._is_somebody_unknown(clause):
            subject = Found()  # nor do "a Turkish singer" and "a doctor in Izmir" speak for Turkey
        if subject.how == "place" and pattern.actor_class == "agent":
            subject = Found()
        if (
            pattern.both
            and pattern.type is EventType.ASSAULT
            and nouns
            and not pattern.objects
            and not self._many(patients, "object", clause)
        ):
            return None  # "fight boredom with music"
        if pattern.actor_class == "agent" and not self._agentive(clause, verb):
            return None
        if pattern.type is EventType.SANCTION and verb.lemma in ("order", "tell") and nouns and self._is_possessed(nouns[-1]):
            return None  # "told its own staff to leave the country"
        if verb.lemma == "evacuate" and nouns and self._is_possessed(nouns[-1]):
            if pattern.type is not EventType.RETREAT or nouns[-1].word_class != "force":
                return None  # "evacuate their nationals": no help to the land they leave; their troops do leave it
        if pattern.type in VIOLENT and verb.lemma not in ("blow", "detonate") and nouns and nouns[0].word in _SELVES:
            return None  # "after killing himself", but "blew himself up at a bank"
        if pattern.actor_class == "force" and not any(
            (n := self.s.noun(k)) is not None
            and (
                n.word_class == "force"
                or n.keys & self.classes["forces"]
                or any(
                    (m := self.s.noun(x)) is not None and m.word_class == "force" and m.is_plural
                    for p, ks in self.s.chain(k)
                    if p == "of"
                    for x in ks
                )
                or any(r.mention.kind in (MentionKind.GOVERNMENT, MentionKind.GROUP) for r in n.actors)
            )
            for k in self._doing(clause)
        ):
            return None
        doing = {"police": "police", "weapon": "weapons"}.get(pattern.actor_class)
        if doing and not any(n.keys & self.classes[doing] for n in self._nouns_of(self._doing(clause))):
            return None
        agent = self._agent(clause, preps, subject, pattern, features)
        if (
            pattern.type is EventType.ASSAULT
            and pattern.weight == "material"
            and nouns
            and self.tokens[nouns[0].start].lower in POSSESSIVES
        ):
            owners = set(codes_of(self._possessive(nouns[0], clause)))
            if owners and owners <= agent.codes:
                return None  # "demanded that Chad destroy its missiles"
        if verb.passive and not agent and pattern.objects and not (pattern.own or pattern.reverse):
            whose = self._doer_of_act(object_ks, pattern)
            if whose is None:
                return None
            agent = whose
        if pattern.own and not all(
            self.tokens[n.start].lower in POSSESSIVES or (n.actors and set(codes_of(n.actors)) <= agent.codes) for n in nouns[:1]
        ):
            return None
        if pattern.own and verb.lemma == "summon" and nouns and (nouns[0].actors or not self._is_possessed(nouns[0])):
            return None  # "summoned their Israeli ambassadors" are Israel's
        if retained:
            given = self._many(clause.subject, "object", clause)
            recipient = given.without(agent.codes)
            features |= {"to:retained", f"recipient:{given.how}"}
        else:
            recipient = self._recipient(clause, pattern, patients, preps, agent, features)
        if pattern.type in (EventType.AGREE, EventType.CONSULT) and pattern.both and self._only_mediate(clause, agent):
            one = len(recipient.codes) < 2
            if one and not (recipient and verb.lemma == "meet"):  # "Norwegian mediators met Chadian officials"
                return self._mediation_told(clause, agent, patients)
            agent = agent if one else recipient
        if pattern.both and self._only_proclaims(clause, agent, recipient, features):
            agent = recipient
        if verb.passive and pattern.type is EventType.MOBILIZE and pattern.actor_class == "force" and not recipient:
            return None  # "a missile was intercepted by the army" shows no force
        if verb.passive and pattern.type is EventType.ASSAULT and len(agent.codes) > 1:
            hit = self._many(patients, "object", clause).codes
            if hit & agent.codes:
                self._give_back_act()
                return None  # who is hurt in a raid of their own was hurt by somebody else
        if pattern.together is not None and len(agent.codes) > 1:
            # two who hold a drill together do so with each other
            pattern = self._of_both(pattern.together)
            recipient = agent
        they = subject.how == "pronoun" and any(n.word == "they" for n in self._nouns_of(clause.subject))
        if pattern.both and they and not recipient and len(codes_of(self.discourse.pair)) == 2 and len(agent.codes) < 2:
            agent = recipient = Found(self.discourse.pair, "pronoun")  # "Oman brought them together. They signed a pact"
        if pattern.type is EventType.AGREE and not agent and not recipient and self._is_theirs(clause):
            agent = recipient = Found(self.discourse.pair, "pronoun")
        if not recipient and len(agent.codes) == 2 and (any(map(self._is_shared, nouns)) or self._is_mutual(pattern, nouns)):
            recipient = agent
            features |= {"to:shared", "recipient:each_other"}
        if verb.passive:
            features.add("passive")
        for k in object_ks if agent or not verb.passive else ():
            if pattern.objects and (n := self.s.noun(k)) is not None and n.is_act and not self._is_caught_gift(n, pattern):
                self.used.add(k)
        if pattern.type is EventType.MOBILIZE and not features.isdisjoint(("to:towards", "to:toward")) and self._is_aimed(clause):
            pattern = next(p for _, p in self.grammar.verb_patterns["attack"] if p.type is EventType.ASSAULT)
        stops = pattern.type is EventType.ASSAULT and pattern.actor_class == "force" and self._stops_short(recipient)
        if stops or (pattern.type is EventType.AID and verb.lemma == "deploy" and self._are_foes(agent, recipient)):
            pattern = next(p for _, p in self.grammar.verb_patterns["deploy"] if p.type is EventType.MOBILIZE)
        return self._reading(
            clause,
            pattern,
            agent,
            recipient,
            features,
            subject,
            f"{'passive ' if verb.passive else ''}verb '{self._verb_words(verb)}'",
        )

    def _is_caught_gift(self, noun: Noun, pattern: Pattern) -> bool:
        """Whether what is seized is a delivery to others: "intercepted an Iranian arms shipment to the Houthis"."""
        act = self._noun_pattern(noun)
        return pattern.type is EventType.COERCE and act is not None and act.type is EventType.AID

    def _is_person(self, noun: Noun) -> bool:
        """Whether the noun is a person, by what it is or by what stands before the name: "the Salvadoran national Cruz"."""
        called = (t.text for t in self.tokens[noun.start : noun.head])
        return noun.word_class == "person" or (noun.proper and not self.classes["persons"].isdisjoint(called))

    def _doer_of_act(self, ks: list[int], pattern: Pattern) -> Found | None:
        """Who does the act that a passive verb tells of, by the noun: "Chad's loan to Mali was approved", "Chadian sanctions on Mali were
        lifted". None when the verb tells only what becomes of it ("Chad's appeal was ignored"): the noun is then read by itself."""
        for k in ks:
            noun = self.s.noun(k)
            act = self._noun_pattern(noun) if noun is not None and noun.is_act else None
            doer = self.doer(k, noun) if noun is not None and act is not None else Found()
            if act is None or len(doer.codes) != 1:
                continue
            if pattern.type in (EventType.CONCEDE, EventType.RETREAT) and act.type.quad is Quad.MATERIAL_CONFLICT:
                return doer
            if act.type is pattern.type:
                return doer
            answer = pattern.type in (EventType.REJECT, EventType.AGREE, EventType.CONCEDE)
            if answer and act.type.quad in (Quad.VERBAL_COOPERATION, Quad.VERBAL_CONFLICT):
                return None
        return Found()

    def _pities(self, rows: list[list[int]]) -> bool:
        """Whether it is somebody's plight that one of the phrases names, for which nobody is blamed."""
        nouns = [n for ks in rows for n in map(self.s.noun, ks) if n is not None]
        return any(n.keys & self.classes["plights"] and "rights_situation" not in n.keys for n in nouns)

    def _is_somebody_unknown(self, clause: Clause) -> bool:
        """Whether the subject is one thing or person of a kind that acts for no state: "an Italian bank", "a Thai actress"."""
        nouns = self._nouns_of(clause.subject)
        return bool(nouns) and all(
            n.word_class == "" and not (n.is_plural or n.is_act) and self.tokens[n.start].lower in ("a", "an") for n in nouns
        )

    def _is_mutual(self, pattern: Pattern, nouns: list[Noun]) -> bool:
        """Whether two did it to each other: "Mali and Chad broke off relations", "withdrew troops from the border"."""
        if pattern.type is EventType.SANCTION:
            broken = any(n.word in self.classes["ties"] and not n.actors for n in nouns)
            return broken and not any(d.type is EventType.SANCTION for d in self.discourse.deeds)
        swapped = not self.words.isdisjoint(("exchange", "swap"))
        if pattern.type is EventType.RETREAT and swapped and any(n.word_class == "person" and not n.actors for n in nouns):
            return True  # "Chad and Mali each freed ten prisoners in a swap"
        apart = not self.words.isdisjoint(("border", "frontier", "positions", "lines"))
        return pattern.type is EventType.RETREAT and apart and any(n.word_class == "force" and not n.actors for n in nouns)

    def _are_foes(self, one: Found, other: Found) -> bool:
        """Whether the forces of one, deployed in the land of the other, are read as a show of force and not as help."""
        pairs = {"-".join(sorted((a, b))) for a in one.codes for b in other.codes}
        return not pairs.isdisjoint(self.classes["foes"])

    def _mediation_told(self, clause: Clause, mediators: Found, patients: list[int]) -> Reading | None:
        """ "Mali approved the truce with Chad. Mediators from Togo had announced the deal": between the two told of before."""
        deal = self.s.noun(patients[0]) if len(patients) == 1 and not clause.verb.passive else None
        if deal is None or deal.actors or not self._points_back(deal) or not mediators:
            return None
        signed = (d.doers for d in reversed(self.discourse.deeds) if d.type is EventType.AGREE and d.doers == d.sufferers)
        parties = next(signed, self.discourse.pair)
        if len(codes_of(parties)) != 2 or set(codes_of(parties)) & mediators.codes:
            return None
        pattern = next(p for _, p in self.grammar.verb_patterns["mediate"] if p.type is EventType.CONSULT)
        features = {f"type:{pattern.type}", "verb", "to:told-before", "recipient:pronoun", f"actor:{mediators.how}"}
        rule = f"mediators who tell it, verb '{self._verb_words(clause.verb)}'"
        return self._reading(clause, pattern, mediators, Found(parties, "pronoun"), features, mediators, rule)

    def _is_theirs(self, clause: Clause) -> bool:
        """Whether what is agreed, without a word of by whom, is of the two told of before: "The truce was negotiated in Geneva"."""
        if (
            not clause.verb.passive
            or clause.kind != "main"
            or len(clause.subject) != 1
            or len(codes_of(self.discourse.pair)) != 2
        ):
            return False
        noun = self.s.noun(clause.subject[0])
        return noun is not None and noun.end - noun.start == 2 and self._points_back(noun) and not self.s.chain(clause.subject[0])

    def _stops_short(self, recipient: Found) -> bool:
        """Whether forces only came near: "moved into positions along the Latvian border"."""
        named = {r.span for r in recipient.refs}
        beside = ("near", "along", "around", "outside", "off", "towards", "toward")
        return any(
            t.mention is not None and (t.mention.start, t.mention.end) in named and self._led_by(t, *beside) for t in self.tokens
        )

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
            theirs = self.doer(k, noun) if noun.actors else Found()
            allowed = verb.lemma in _ALLOWING and pattern.type is EventType.ASSAULT and not verb.passive
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
            if pattern.both and self._only_proclaims(clause, agent, recipient, features):
                agent = recipient
            foreign = noun.actors and agent.refs and noun.actors[0].code not in agent.codes
            if not recipient and foreign and not self._is_brokered(noun):
                recipient = Found(noun.actors, "doer")
                features.add("to:modifier")
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
            settled = verb.lemma != "announce" or (pattern.type is not EventType.COERCE and not done)
            if settled and verb.lemma in self.classes["deciding_verbs"] and pattern.type in VIOLENT:
                reading.status = Status.PLANNED if reading.status is Status.HAPPENED else reading.status
            ahead = (pattern.type is EventType.ASSAULT and not done) or (pattern.type in VIOLENT and verb.lemma != "announce")
            if verb.lemma in self.classes["deciding_verbs"] and ahead and reading.status is Status.HAPPENED:
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
        both = self._both_lost(k, clause) if lost and clause is not None else Found()
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
            # "rejects the US proposal": the proposal was made to the one who rejects it
            other = self._many(clause.subject if k in clause.objects else clause.objects, "subject", clause)
            recipient = other.without(agent.codes)
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
            sides = next((self._many(ks, "object", clause) for prep, ks in rows if prep == "between"), Found())
            if len(sides.codes) > 1:
                pattern, agent, recipient = self._of_both(EventType.ASSAULT), sides, sides
        if not agent or (not recipient and (pattern.type not in VIOLENT or pattern.reverse)):
            return
        reading = self._reading(clause, pattern, agent, recipient, features, agent, f"noun '{noun.word}'", noun, k)
        if "to:that" in features and reading.status is Status.DEMANDED:
            reading.status = Status.HAPPENED  # the demand is made
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

    def _levier(self, clause: Clause) -> Found:
        """Whose a tariff is of which officials say that it is or takes effect: "Washington says that the tariff on Fiji is in effect"."""
        g = clause.governor if clause.connector == "that" else None
        stands = clause.verb.lemma in ("be", "take", "come", "enter", "remain", "apply") and not clause.verb.passive
        return self._many(g.subject, "subject", g) if g is not None and stands and self._announces(g) else Found()

    def _demanded_of(self, k: int, agent: Found) -> Found:
        """Of whom the demand at ``k`` asks something in the clause behind it: "a UN demand that Israel halt the work"."""
        asked = next((c for c in self.s.clauses if c.connector == "that" and c.start == k + 2), None)
        if asked is None or not (asked.verb.bare or asked.verb.modal in ("must", "should")):
            return Found()
        found = self._many(asked.subject, "subject", asked)
        return found.without(agent.codes)

    def _read_meeting_before(self) -> None:
        """ "After talks in Nairobi, the presidents of Kenya and Somalia announced", "announced after talks in": the two met there."""
        main = next((c for c in self.s.clauses if c.kind == "main" and c.verb.form == "finite"), None)
        if main is None or main.verb.passive or main.verb.negated:
            return
        k = next((k for k in self._occasions(main) if self._are_bare_talks(k)), None)
        noun = self.s.noun(k) if k is not None else None
        parties = self._many(main.subject, "subject", main)
        if k is not None and noun is not None and parties.how in ("self", "of") and len(parties.codes) == 2:
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
        if self.tokens[noun.start].lower in POSSESSIVES and not speaker:
            speaker = Found(self._possessive(noun, self._clause_of(k)), "pronoun")
        charged = self._many(told.subject, "subject", told)
        if not speaker or not charged or speaker.codes & charged.codes:
            return
        reading = self._tell(EventType.ACCUSE, self._clause_of(k), speaker, charged, "said", f"noun '{noun.word}'", k=k)
        reading.status = Status.BACKGROUND

    def _read_mediation(self, k: int, noun: Noun) -> None:
        """ "Agreed to a truce with the help of Omani mediators", "after mediation by Oman": between those who agreed."""
        clause = self._clause_of(k)
        rows = [(prep, ks) for prep, ks in self.s.chain(k)[:1] if prep in ("by", "from", "of", "with")]
        helpers = Found(noun.actors, "self") if noun.actors else Found()
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

    def _is_called_so(self, k: int, clause: Clause) -> bool:
        """Whether the act of force at ``k`` is what an act without force is said to be."""
        named = self.s.noun(clause.subject[0]) if clause.verb.lemma == "be" and k in clause.objects and clause.subject else None
        pattern = self._noun_pattern(named) if named is not None and named.is_act else None
        return pattern is not None and pattern.type not in VIOLENT

    def _takes_up_accord(self, noun: Noun) -> bool:
        """Whether the noun is an agreement told before: "the truce", "it"."""
        return noun.word == "it" or (self._points_back(noun) and noun.is_act and not noun.actors and self._is_accord(noun))

    def _is_retold(self, reading: Reading) -> bool:
        """Whether another reading tells the same act: "killed during an attack by", "announces aid to Mali and a package to help"."""
        for other in self.readings:
            above = reading.clause.governor if reading.clause is not None and reading.clause.kind == "infinitive" else None
            if other.type is EventType.AID and reading.type is EventType.MOBILIZE and above is not None and above is other.clause:
                return True  # "helped to intercept the missiles"
            struck = other is not reading and "to:in" in reading.features and reading.clause is other.clause
            if struck and "noun" in reading.features and reading.type is other.type is EventType.ASSAULT:
                if other.recipients and "after:during" in reading.features and codes_of(reading.actors) == codes_of(other.actors):
                    return True  # "rebels are killed during a raid by Mali near Kidal"
            if other is reading or other.clause is None or reading.clause is None or "noun" in other.features:
                continue
            same = set(codes_of(other.actors)) == set(codes_of(reading.actors))
            if not same or set(codes_of(other.recipients)) != set(codes_of(reading.recipients)):
                continue
            if "noun" in reading.features and reading.clause is other.clause and reading.type is other.type:
                if any(f.startswith("after:") for f in reading.features):
                    return True
            if reading.type is EventType.MOBILIZE and not reading.clause.objects and other.type in VIOLENT:
                if other.clause.kind == "coordinated" and other.clause.subject == reading.clause.subject:
                    return True  # "intercepted and seized a tanker"
            above = reading.clause.governor if reading.clause.kind == "participle" else None
            if above is other.clause and reading.type is other.type is EventType.ASSAULT and other.status is Status.BACKGROUND:
                return True  # "since Mali shelled the town in May, killing ten"
            helping = reading.type.quad in KIND and other.type.quad in KIND
            if "to:only" in reading.features and reading.clause.governor is other.clause and helping:
                return True
        return False

    def _is_shared(self, noun: Noun) -> bool:
        """Whether two who own the thing share it: "their border", "their ties"."""
        return self.tokens[noun.start].lower == "their" and noun.word in self.classes["shared_nouns"]

    def _happens(self, clause: Clause) -> bool:
        """Whether the verb only says that its subject comes about or goes on."""
        verb = clause.verb
        behind = [t.lower for t in self.tokens[verb.end : verb.end + 1]]
        known = self.classes["happening_verbs"]
        said = " ".join([verb.lemma, *(verb.particles or behind)])
        return not (verb.passive or clause.objects) and (said in known or (not verb.particles and verb.lemma in known))

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
                if lemma == "hesitate":
                    reading.status = Status.HAPPENED
                reading.rule = f"{new}: '{self._verb_words(clause.verb)} to {self._verb_words(inner.verb)}'"
                reading.trigger = (clause.verb.trigger[0], inner.verb.trigger[1])
                self._keep(reading)
                return

    def _makes_pay(self, clause: Clause) -> bool:
        """Whether somebody is made to suffer: "to make Saudi Arabia pay"."""
        made = (c for c in self.s.clauses if c.governor is clause and c.kind == "infinitive")
        return clause.verb.lemma == "make" and any(c.verb.lemma in ("pay", "regret", "suffer") for c in made)
