"""Who does what the verb of a clause tells: its subject, or whoever stands behind one that names no actor."""

from __future__ import annotations

from entente.coding.clauses import Clause
from entente.coding.readings import NOBODY, Found
from entente.coding.teamwork import Teamwork
from entente.model import EventType, MentionKind

# What lies in wait for whoever comes, which a coal mine does not.
_MINES = frozenset({"landmine", "landmines", "naval_mine", "naval_mines", "sea_mine", "sea_mines"})


class Subjects(Teamwork):
    """A sentence whose clauses are asked for their doers."""

    def _doers(self, clause: Clause) -> Found:
        """Who does what the clause tells by its own subject; where that names no actor, who stands behind it."""
        subject = self._accused(clause) if clause.kind == "gerund" else self._planner(clause)
        if not subject.refs:
            subject = self._many(clause.subject, "subject", clause)
        active = not clause.verb.passive
        above = clause.governor if clause.kind == "infinitive" else None
        if not subject.refs and above is not None and above.verb.lemma in self.classes["commanding_verbs"]:
            subject = self._many(above.subject, "subject", above)  # "orders its forces to halt sharing": who orders does it
        if not subject.refs and active and self._are_forces_unnamed(clause):
            subject = self._whose_forces(clause)
        if not subject.refs and active:
            subject = self._own_strike(clause)
        if not subject.refs and active and clause.kind == "main":
            subject = self._at_home(clause)
        if (
            not subject.refs
            and clause.subject
            and (self._is_protest(clause) or (self._are_crowd(clause) and self._at_mission(clause)))
        ):
            # "Hundreds rally outside the US embassy in Manila": those who live there
            subject = (self._over(above, "in") if above is not None else NOBODY) or self._over(clause, "in")
        if not subject.refs and active and clause.kind == "relative":
            subject = self._doer_of_object(clause) or self._one_of_those(clause)
        if (
            subject.how == "place"
            and clause.kind == "gerund"
            and clause.governor is not None
            and clause.governor.verb.lemma in self.classes["blaming_verbs"] | {"warn"}
            and self._are_irregulars(self._nouns_of(clause.subject))
        ):
            return NOBODY  # "accuses rebels in Chad of bombing a bus": nothing says that Chad did
        return subject

    def _planner(self, clause: Clause) -> Found:
        """Whose plan it is that stands beside what is somebody's: "denounced the Chadian blockade and its plans to seize the town"."""
        if clause.kind != "infinitive" or not clause.governor_noun:
            return NOBODY
        plan = self.s.noun(clause.index - 1)
        return Found(self._owner_beside(plan), "pronoun") if plan is not None else NOBODY

    def _accused(self, clause: Clause) -> Found:
        """Who is accused of what the gerund tells: "broke with Chad, accusing it of arming rebels"."""
        g = clause.governor
        if g is None or g.verb.lemma not in self.classes["blaming_verbs"] or not clause.subject or clause.subject != g.objects:
            return NOBODY
        charge = next((r for r in reversed(self.readings) if r.clause is g and r.type is EventType.ACCUSE), None)
        return Found(charge.recipients, "self") if charge is not None and charge.actors else NOBODY

    def _doers_by_verb_above(self, clause: Clause, subject: Found) -> Found:
        """Who does what the clause tells as what goes on with another: the ``subject``, unless the verb above says otherwise."""
        g = clause.governor
        if g is None:
            return subject
        part = self.s.noun(clause.index - 2) if clause.kind == "gerund" and clause.connector == "in" else None
        if part is not None and part.word in self.classes["parts_played"] and self._is_possessed(part):
            return self._many(g.objects, "object", g) or subject  # "nominated Trump for his role in mediating": he mediated
        if clause.kind != "participle":
            return subject
        goes_on = clause.verb.form == "ing"
        if goes_on and g.verb.passive and clause.subject == g.subject:
            return NOBODY  # "a post was hit, killing one": what was hit did not kill
        if self._patients(g.objects)[2] & _MINES:
            return NOBODY  # "a ship hit a naval mine, killing one"
        if goes_on and self._is_not_passed(clause, g):
            return NOBODY  # who abstains from a vote condemning somebody does not condemn him
        return subject

    def _are_forces_unnamed(self, clause: Clause) -> bool:
        """Whether officials or forces do it of whom nothing says whose they are; insurgents do not act for the land they are in."""
        k = next(iter(clause.subject), -1)
        noun = self.s.noun(k)
        if noun is None or noun.word_class not in ("agent", "force") or noun.actors or noun.proper:
            return False
        irregular = noun.keys & self.classes["weapons"] or noun.word in self.classes["group_anaphors"]
        return not irregular and not self._is_nameless(k, noun)

    def _whose_forces(self, clause: Clause) -> Found:
        """ "Security forces kill ten militants in Bahdo, Somalia"; but "Moscow says soldiers took a village in Ukraine"."""
        told = clause.governor is not None and clause.governor.verb.lemma in self.classes["reporting_verbs"]
        speaker = clause.governor if told and clause.connector == "that" else None
        if speaker is None:
            return self._local(clause)
        if clause.verb.lemma in self.classes["conquering_verbs"] or self._hits_others(clause, speaker):
            return self._many(speaker.subject, "subject", speaker)
        return NOBODY

    def _is_protest(self, clause: Clause) -> bool:
        """Whether the verb tells a protest, with the object that it then has."""
        if clause.verb.lemma not in self.classes["protest_verbs"]:
            return False
        patterns = (p for _, p in self.grammar.verb_patterns[clause.verb.lemma] if p.type is EventType.PROTEST)
        return any(not (p.objects and self._patients(clause.objects)[2].isdisjoint(p.objects)) for p in patterns)

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
            return NOBODY
        return self._many(speaker.subject, "subject", speaker)
