"""Whom a speaker threatens: what he says another will suffer, what he will take for an act of war, what force he leaves open."""

from __future__ import annotations

from entente.coding.clauses import Clause
from entente.coding.completing import Completion
from entente.coding.parties import VIOLENT
from entente.coding.phrases import ActorRef, Noun
from entente.coding.readings import Found, codes_of, without
from entente.model import EventType

# What one says he will take the deed of another for.
_CASUS_BELLI = frozenset({"act", "cause", "declaration", "casus"})
# What one says that it would bring to an end.
_ENDS = frozenset({"end", "destruction", "ruin", "war"})


class Threats(Completion):
    """A sentence that is asked whom its speakers threaten."""

    def _threatened(self, clause: Clause, content: Clause, subject: Found) -> tuple[ActorRef, ...]:
        """Whom the speaker of ``clause`` threatens by what he says will come about (``content``)."""
        own = subject.codes
        told = self._nouns_of(content.subject)
        if content.verb.negated:
            last = self.tokens[content.verb.end].lower if content.verb.end < len(self.tokens) else ""
            unpunished = content.verb.lemma == "go" and last in ("unpunished", "unanswered") and len(told) == 1
            return (self.doer(content.subject[0], told[0]).refs or self._doers_told(told[0], own)) if unpunished else ()
        if self._is_to_suffer(content):
            sufferers = self._many(content.subject, "subject", content)
            if clause.verb.lemma == "tell" and told and told[0].word_class == "pronoun":
                sufferers = self._many(clause.objects, "object", clause)  # "told Oslo that it would face consequences"
            return sufferers.refs
        blows = self.classes["reckonings"] | {"sanctions", "sanction", "strikes"}
        if (
            told
            and told[0].keys & blows
            and content.verb.lemma in ("follow", "come")
            and clause.verb.lemma in ("warn", "threaten", "say")
        ):
            return self._bound_by(content)  # "warned that sanctions would follow if Niger closed the road"
        warlike = self._hostile_doer(content.subject[:1], content)
        anybody = bool(told) and self.tokens[told[0].start].lower == "any"
        single = bool(told) and not any(n.is_act for n in told[1:])  # "a raid on Fiji or its allies" is one raid
        if single and (clause.verb.lemma == "warn" or anybody):
            spells_end = content.verb.lemma in ("mean", "bring", "spell") and self._goes_on_with(content, _ENDS)
            if content.verb.lemma in self.classes["answering_verbs"] or spells_end or self._is_casus_belli(content):
                return warlike or (self._others_told(own) if anybody and self._is_hostile(told[0]) else ())
        mine = self._many(content.subject, "subject", content)
        if len(told) == 1 and told[0].keys & self.classes["replies"] and clause.verb.lemma in ("warn", "threaten", "vow"):
            # "warned that its next response to Chile would be more severe"
            ours = self._is_possessed(told[0]) or set(codes_of(told[0].actors)) == own
            to = (
                self._many(ks, "object", content).refs
                for prep, ks in self.s.chain(content.subject[0])
                if prep in ("to", "against")
            )
            return next(to, ()) or self._foes_told(own) if ours else ()
        if (
            content.verb.lemma in ("order", "take")
            and mine.codes == own
            and not content.verb.passive
            and self._goes_on_with(content, frozenset({"if"}))
            and self._goes_on_with(content, frozenset({"necessary", "needed"}))
        ):
            # "said that he would order further strikes if necessary": on those who were struck
            raids = (d for d in reversed(self.discourse.deeds) if d.type is EventType.ASSAULT and own & set(codes_of(d.doers)))
            more = self._patients(content.objects)[2] & (self.classes["countermeasures"] | self.classes["forceful_nouns"])
            return next((d.sufferers for d in raids if not own & set(codes_of(d.sufferers))), ()) if more else ()
        targets = frozenset({"target", "targets"})
        if content.verb.lemma in ("make", "consider", "regard", "treat") and mine and mine.codes <= own:
            if self._goes_on_with(content, targets):
                return self._many(content.objects[:1], "object", content).refs  # "would consider US bases legitimate targets"
        if content.verb.lemma in ("consider", "regard", "treat", "view") and mine and mine.codes <= own:
            return self._hostile_doer(content.objects, content) if self._is_casus_belli(content) else ()
        if content.verb.lemma == "take" and mine.codes == own and not content.verb.passive:
            steps = self._patients(content.objects)[2] & self.classes["countermeasures"]
            if not steps:
                return ()
            # "would take measures if Japan sold arms", "would take measures to defend its interests"
            return self._bound_by(content) or (self._foes_told(own) if any(map(self._defends_own, self._below(content))) else ())
        if content.verb.lemma in self.classes["undoing_verbs"] and mine.codes == own and not content.verb.passive:
            return self._bound_by(content)  # "would scrap the council if Britain pushed ahead with it"
        vowed = clause.verb.lemma in self.classes["vowing_verbs"]
        struck = self._many(content.subject, "object", content).refs if content.verb.passive else ()
        bound = bool(struck) and self._is_bound(content, struck)
        if content.verb.passive and (vowed or anybody or bound) and self._is_struck_by(content, own):
            return struck
        return ()

    def _below(self, clause: Clause) -> list[Clause]:
        """The infinitives that hang on the clause."""
        return [c for c in self.s.clauses if c.governor is clause and c.kind == "infinitive"]

    def _defends_own(self, clause: Clause) -> bool:
        """Whether the clause tells of the defence of what is one's own: "to safeguard its interests"."""
        kept = [n for n in self._nouns_of(clause.objects) if n.keys & self.classes["interests"]]
        return clause.verb.lemma in self.classes["defending_verbs"] and any(self._is_possessed(n) for n in kept)

    def _others_told(self, own: set[str]) -> tuple[ActorRef, ...]:
        """Who was hostile before, or else the only other land told of."""
        lands = without(self.discourse.lands.values(), own)
        return self._foes_told(own) or (lands if len(lands) == 1 else ())

    def _is_to_suffer(self, content: Clause) -> bool:
        """Whether the clause says that its subject will suffer for something: "would pay for it", "would face consequences"."""
        verb = content.verb
        met = self._patients(content.objects)[2]
        if verb.passive:
            return False
        if verb.lemma == "regret":
            return True
        behind = [t.lower for t in self.tokens[verb.end : verb.end + 1]]
        if verb.lemma == "pay":
            deeds = [n for prep, ks in content.preps if prep == "for" for n in map(self.s.noun, ks) if n is not None]
            charged = any(n.is_act or n.word_class == "pronoun" or n.keys & self._misdeeds() for n in deeds)
            return bool(met & {"price", "prices", "consequences"}) or behind == ["dearly"] or (not content.objects and charged)
        reckoned = [k for k in content.objects if (n := self.s.noun(k)) is not None and n.keys & self.classes["reckonings"]]
        others = any(prep in ("of", "from") for k in reckoned for prep, _ in self.s.chain(k))
        return verb.lemma in ("face", "bear", "suffer") and bool(reckoned) and not others

    def _misdeeds(self) -> frozenset[str]:
        return self.classes["deed_nouns"] | self.classes["hostile_nouns"] | self.classes["wrongs"]

    def _is_casus_belli(self, content: Clause) -> bool:
        """Whether the clause calls something an act, a cause or a declaration of war."""
        return self._goes_on_with(content, _CASUS_BELLI) and self._goes_on_with(content, frozenset({"war", "belli"}))

    def _hostile_doer(self, ks: list[int], clause: Clause) -> tuple[ActorRef, ...]:
        """Who does the one hostile act that ``ks`` name, if they do."""
        noun = self.s.noun(ks[0]) if len(ks) == 1 else None
        if noun is None or not self._is_hostile(noun):
            return ()
        return noun.actors or self.doer(ks[0], noun).refs

    def _is_struck_by(self, content: Clause, own: set[str]) -> bool:
        """Whether the passive tells of violence, and of none that others than ``own`` would do."""
        known = [p for particles, p in self.grammar.verb_patterns.get(content.verb.lemma, ()) if not (particles or p.objects)]
        plain = all(p.weight != "material" for p in known)  # storms and prices hit too
        by = {c for prep, ks in content.preps if prep == "by" for c in codes_of(self._many(ks, "object", content).refs)}
        return plain and any(p.type is EventType.ASSAULT for p in known) and by <= own

    def _left_open(self, clause: Clause) -> list[tuple[int, Clause]]:
        """The acts of force that the clause leaves open, each with the clause it stands in: "did not rule out (using) force"."""
        verb = clause.verb
        if self._remains_open(clause):
            return [(k, clause) for k in clause.subject if (n := self.s.noun(k)) is not None and self._is_force(n)]
        opened = verb.lemma in ("leave", "keep") and self._goes_on_with(clause, frozenset({"open"}))
        if verb.passive or not (self._is_not_ruled_out(clause) or (opened and not verb.negated)):
            return []
        below = next((c for c in self.s.clauses if c.governor is clause and c.kind in ("gerund", "participle")), None)
        rows = [(k, clause) for k in clause.objects]
        if below is not None and below.verb.lemma in self.classes["wielding_verbs"]:
            rows += [(k, below) for k in below.objects]
        options = [k for k in clause.objects if (n := self.s.noun(k)) is not None and n.keys & self.classes["openings"]]
        rows += [(m, clause) for k in options for prep, ks in self.s.chain(k) if prep == "of" for m in ks]
        if opened and not options:
            return []  # "left the door open to", "kept its forces on open ground"
        return [(k, c) for k, c in rows if (n := self.s.noun(k)) is not None and self._is_force(n)]

    def _is_force(self, noun: Noun) -> bool:
        """Whether the noun names force that somebody may use; a plain attack may be what somebody else has done."""
        if noun.keys & self.classes["openings"]:
            return "military" in {t.lower for t in self.tokens[noun.start : noun.head]}
        pattern = self._noun_pattern(noun)
        violent = pattern is not None and pattern.type in VIOLENT and not (pattern.both or pattern.reverse)
        return (violent or bool(noun.keys & self.classes["forceful_nouns"])) and noun.word not in self.classes["unclaimed_acts"]
