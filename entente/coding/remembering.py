"""The acts told so far: who did what a later sentence takes up, and what is kept of a sentence for those behind it."""

from __future__ import annotations

from entente.coding.clauses import Clause
from entente.coding.composing import Composition
from entente.coding.phrases import ActorRef, Noun
from entente.coding.readings import Deed, Found, Reading, codes_of
from entente.coding.scope import BY_ACCORD
from entente.model import EventType, MentionKind, Quad, Status

# What makes two states opponents of whom "both sides" may be said, until they fight or treat with each other.
_AT_ODDS = frozenset({EventType.COERCE, EventType.SANCTION, EventType.THREATEN})
BY_TREATY = frozenset({EventType.AGREE, EventType.CONSULT})
BY_FORCE = frozenset({EventType.ASSAULT, EventType.MOBILIZE, EventType.COERCE})
# What is told even when it is done to nobody abroad, and may be judged abroad.
_AT_HOME = frozenset({EventType.MOBILIZE, EventType.SANCTION, EventType.COERCE, EventType.ASSAULT})


class Memory(Composition):
    """A sentence that takes up what was told before and keeps what it tells."""

    def _deeds(self, *more: Status) -> list[Deed]:
        """What this sentence tells as done or decided, or with the status ``more``, and by whom."""
        told = {Status.HAPPENED, Status.PLANNED, *more}
        return [
            Deed(
                r.type,
                r.rule.rsplit("'", 2)[-2] if r.rule.count("'") > 1 else "",
                r.actors,
                r.recipients,
                r.attributed,
                r.status is Status.BACKGROUND,
            )
            for r in self.readings
            if r.actors
            and (r.recipients or r.type in _AT_HOME)
            and (r.status in told or (r.status is Status.BACKGROUND and any(f.startswith("after:") for f in r.features)))
        ]

    def _doers_told(self, noun: Noun, judges: set[str], hit: set[str] | None = None) -> tuple[ActorRef, ...]:
        """Who did what ``noun`` takes up: the last deed of its kind, or, for "the decision" and the like, what the article began with.

        ``hit`` are those whom the deed struck, where the noun tells it."""
        pattern = self._noun_pattern(noun)
        told = [*self.discourse.deeds, *self._deeds()]
        told = [d for d in told if not hit or (hit & set(codes_of(d.sufferers)) and not hit & set(codes_of(d.doers)))]
        if noun.word in self.classes["accusing_nouns"]:
            charging = (EventType.ACCUSE, EventType.COERCE)  # who is jailed was charged
            accused = (d.doers for d in reversed(told) if d.type in charging and judges & set(codes_of(d.sufferers)))
            alleged = (
                d.tellers for d in reversed(told) if d.tellers and judges & set(codes_of(d.doers))
            )  # "Chad said Mali shelled it"
            return next((refs for refs in (*accused, *alleged) if not judges & set(codes_of(refs))), ())
        if noun.word in self.classes["asking_nouns"]:
            asked = (d for d in reversed(told) if d.type is EventType.REQUEST and judges & set(codes_of(d.sufferers)))
            return next((d.doers for d in asked if not judges & set(codes_of(d.doers))), ())
        if noun.word in self.classes["outcome_nouns"] and pattern is None:
            found = next(
                (deed for deed in reversed(told) if deed.type in BY_TREATY and not judges & set(codes_of(deed.doers))), None
            )
            if found is not None and not judges & set(codes_of(found.sufferers)):
                codes: dict[str, ActorRef] = {r.code: r for r in (*found.sufferers, *found.doers)}
                return tuple(codes.values())  # of both
        elif noun.word in self.classes["deed_nouns"] and pattern is None:
            if noun.word in self.classes["adopted_texts"]:  # of a body's, never of whoever acted first
                told = [d for d in told if d.doers and all(r.mention.kind is MentionKind.ORGANISATION for r in d.doers)]
            # What is no act of its own takes up what the article began with; violence, only a violent act.
            forceful = noun.word in self.classes["violence_nouns"]
            found = next((deed for deed in told if not forceful or deed.type in BY_FORCE), None)
        else:
            kind = pattern.type if pattern is not None else None
            kinds = next((group for group in (BY_FORCE, BY_ACCORD) if kind in group), frozenset({kind}))
            one_sided = pattern is None or not pattern.both  # of "the deal" one may be a party
            others = [deed for deed in reversed(told) if not (one_sided and judges & set(codes_of(deed.doers)))]
            # "fired at a base in Mali in answer to Togo's raid. Mali condemned the attack": what it suffered, or what is the news
            others.sort(key=lambda deed: (not judges & set(codes_of(deed.sufferers)), deed.earlier))
            same = (deed for deed in others if deed.type is kind or noun.word == deed.word)
            if kind is EventType.ASSAULT:  # "returned fire" at nobody named is not the shelling that is judged
                same = (deed for deed in same if deed.sufferers)
            found = next(same, None) or next((deed for deed in others if deed.type in kinds and deed.sufferers), None)
        return () if found is None or judges & set(codes_of(found.doers)) else found.doers

    def _punished(self, own: set[str]) -> tuple[ActorRef, ...]:
        """The one whom those of ``own`` punished or blamed last, as far as it is told."""
        told = (d for d in reversed(self.discourse.deeds) if d.type in (EventType.SANCTION, EventType.ACCUSE))
        last = next((d.sufferers for d in told if own == set(codes_of(d.doers))), ())
        return last if len(codes_of(last)) == 1 else ()

    def _foes_told(self, own: set[str]) -> tuple[ActorRef, ...]:
        """Who did something hostile to those of ``own``, or made a show of force, as told last."""
        hostile = (Quad.MATERIAL_CONFLICT, Quad.VERBAL_CONFLICT)
        told = (d for d in reversed(self.discourse.deeds) if d.type.quad in hostile and not own & set(codes_of(d.doers)))
        return next((d.doers for d in told if own & set(codes_of(d.sufferers)) or d.type is EventType.MOBILIZE), ())

    def _accused_before(self, reading: Reading) -> tuple[ActorRef, ...]:
        """Whom those who vow an answer have accused in the same breath: "blamed rebels for the raid and vowed a response"."""
        clause = reading.clause
        if clause is None or any(prep in ("to", "against", "on") for prep, _ in clause.preps) or clause.verb.particles:
            return ()
        own = set(codes_of(reading.actors))
        charges = (r for r in self.readings if r.type is EventType.ACCUSE and r.recipients and set(codes_of(r.actors)) == own)
        before = [r for r in charges if r.clause is not None and r.clause.index < clause.index]
        return before[-1].recipients if before else ()

    def _remember(self) -> None:
        self.discourse.just = tuple(self._deeds())
        self.discourse.deeds += self.discourse.just
        groups = {m.code: ActorRef(m.code, m, "local") for m in self.mentions if m.kind is MentionKind.GROUP}
        self.discourse.groups = groups or self.discourse.groups
        lands = self.discourse.lands
        for m in self.mentions:
            if m.code not in lands and m.kind not in (MentionKind.ORGANISATION, MentionKind.GROUP):
                lands[m.code] = ActorRef(m.code, m, "local")
        taken_up = self.classes["anaphors"]
        for phrase in self.s.phrases if not taken_up.isdisjoint(self.words) else ():
            if isinstance(phrase, Noun) and len(phrase.actors) == 1 and phrase.word in taken_up:
                self.discourse.heads[phrase.word] = phrase.actors[0]
        for reading in self.readings:
            if self._is_consequence(reading):
                continue
            if len(codes_of(reading.recipients)) == 2 and len(codes_of(reading.actors)) == 1:
                self.discourse.pair = reading.recipients  # "voted against Chad and Mali. He accused the two countries"
            codes = codes_of(reading.actors + reading.recipients)
            if len(codes) == 2 and reading.actors and reading.recipients:
                parties: dict[str, ActorRef] = {}
                for r in (*reading.actors, *reading.recipients):
                    parties.setdefault(r.code, r)
                self.discourse.pair = tuple(parties.values())
                known = bool(self.discourse.opponents)
                by_states = all(r.mention.kind is not MentionKind.ORGANISATION for r in parties.values())
                quarrel = reading.type is EventType.ASSAULT or (reading.type in _AT_ODDS and by_states and not known)
                # a talk of one of those at odds with a third makes no two sides
                if quarrel or (reading.pattern.both and reading.type in BY_TREATY and not self.discourse.at_odds):
                    self.discourse.opponents, self.discourse.at_odds = tuple(parties.values()), quarrel

    def _is_consequence(self, reading: Reading) -> bool:
        """Whether it is told who was struck besides by an attack on somebody else: "bombed Gori, killing a Dutch reporter"."""
        c = reading.clause
        if reading.type is not EventType.ASSAULT or c is None or c.kind != "participle":
            return False
        attacks = (r for r in self.readings if r.clause is c.governor)
        return any(r.type is EventType.ASSAULT and r.recipients and r.actors == reading.actors for r in attacks)

    def _note_victims(self, clause: Clause) -> None:
        """Remember who was hit by violence that nobody is yet named for: the group that claims it may stand in the next sentence."""
        verb = clause.verb
        if verb.lemma not in self.classes["transitive_verbs"] and verb.lemma not in ("explode", "detonate", "go", "blow"):
            return
        hit = clause.subject if verb.passive or verb.lemma == "intercept" else clause.objects
        found = self._many(hit, "object", clause)
        for k in clause.subject if not found.refs else ():
            struck = self.s.noun(k)
            if struck is not None and struck.is_act and not verb.passive:
                # "An air strike on the airport of Aden wounds ten"
                found = next(
                    (f for prep, ks in self.s.chain(k) if prep == "on" and (f := self._many(ks, "object", clause))), found
                )
        for prep, nouns in clause.preps if not found.refs else ():
            if prep in ("in", "at", "near", "on", "outside"):
                found = self._many(nouns, "object", clause)
                if found:
                    break
        if not found.refs and verb.passive and not self.discourse.victims:
            # "killed on a bus travelling from Raqqa to Homs": where all places named lie
            places = {m.code: m for m in self.mentions if m.kind is MentionKind.PLACE}
            found = Found(tuple(ActorRef(code, m, "place") for code, m in places.items()), "place") if len(places) == 1 else found
        if found.refs:
            self.discourse.victims = found.refs

    def _track(self, clause: Clause, subject: Found) -> None:
        unknown = self.s.noun(clause.subject[0]) if len(clause.subject) == 1 else None
        if (
            not subject.refs
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
        if clause.verb.form == "finite" and len(clause.subject) == 1 and (doing := self.s.noun(clause.subject[0])) is not None:
            speaks = clause.verb.lemma in self.classes["reporting_verbs"] and doing.word_class in ("agent", "force")
            if speaks and not subject.refs and not doing.is_plural and not doing.proper:
                self.discourse.subject = ()  # "The army said it had": whose army is not known
            people = doing.is_plural and doing.word_class in ("person", "agent") and not subject.refs
            self.discourse.unknown = people or (self.discourse.unknown and not subject.refs)
        settled = subject.how == "place" and all(
            (n := self.s.noun(k)) is not None and n.word_class == "agent" for k in clause.subject
        )  # "the junta in Bamako"
        if subject.refs and clause.verb.form == "finite" and (subject.how in ("self", "of", "anaphor") or settled):
            self.discourse.subject = subject.refs
            if len(subject.codes) == 2 and not self._speaks_of_a_pair(clause):
                self.discourse.pair = subject.refs
            elif len(subject.codes) == 3 and not self._speaks_of_a_pair(clause):
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
                elif noun is not None and noun.word_class == "agent" and not noun.is_plural and subject.how == "of":
                    self.discourse.person = subject.refs  # "the prime minister of Fiji, who"

    def _speaks_of_a_pair(self, clause: Clause) -> bool:
        """Whether the clause does something to "both governments": those are the pair of before, not its own subject."""
        places = [*clause.objects, *(k for _, nouns in clause.preps for k in nouns)]
        return any(n.word in self.classes["pair_nouns"] and self._says_two(n) for n in self._nouns_of(places))
