"""Readings completed by what stands outside their own clause: the verb above, deeds told before, the only other actor named."""

from __future__ import annotations

from entente.coding.clauses import Clause
from entente.coding.parties import JUDGING, VIOLENT
from entente.coding.phrases import ActorRef, Mark, Noun
from entente.coding.readings import NOBODY, Found, Reading, codes_of, without
from entente.coding.remembering import BY_FORCE, BY_TREATY, Memory
from entente.model import EventType, Quad, Status

# What people take to the streets for.
_AIMS = frozenset({EventType.REQUEST, EventType.ACCUSE, EventType.REJECT, EventType.PROTEST})


class Completion(Memory):
    """A sentence whose readings are completed, composed and remembered."""

    def _judge(self, reading: Reading) -> None:
        """Give a judgement on a deed its recipient: who did the deed that was told before ("Seoul condemned the launch")."""
        clause = reading.clause
        if clause is None or any((n := self.s.noun(k)) is not None and self._is_nameless(k, n) for k in clause.objects):
            return
        places = [
            *(clause.subject if clause.verb.passive else clause.objects),
            *(k for prep, nouns in clause.preps if prep in ("about", "at", "over", "against", "of", "for") for k in nouns),
        ]
        for k in places:
            noun = self.s.noun(k)
            if noun is None or noun.actors or not (self._points_back(noun) or self._takes_up(k, noun)):
                continue
            blames = clause.verb.lemma in self.classes["blaming_verbs"] or reading.pattern.words
            if clause.verb.lemma in ("recognise", "recognize") and noun.word in self.classes["outcome_nouns"]:
                return  # "did not recognise the result of the vote"
            if reading.type is EventType.ACCUSE and not blames and noun.word in self.classes["accusing_nouns"]:
                continue  # who investigates a claim accuses nobody
            judges = set(codes_of(reading.actors))
            hit = self._suffered(clause, reading.pattern, [k])
            doers = self._doers_told(noun, judges, hit)
            if (
                not doers
                and noun.word in self.classes["deed_nouns"]
                and not self.discourse.deeds
                and self._noun_pattern(noun) is None
            ):
                # "The junta shut the university. Norway criticised the decision": what was decided at home is nobody else's deed
                last = self.subject_before
                doers = last if len(codes_of(last)) == 1 and not judges & set(codes_of(last)) else ()
            act = self._noun_pattern(noun)
            known = noun.word in self.classes["deed_nouns"] | self.classes["accusing_nouns"]
            if not doers and known and reading.type is EventType.ACCUSE and (act is None or act.type not in BY_FORCE):
                doers = self._punished(judges)  # "Kenya shut its embassy in Sudan. Nairobi condemned the use of force"
            if doers:
                reading.give(doers, "deed", "deed")
                return
        self._protest_at_deed(reading, clause)

    def _protest_at_deed(self, reading: Reading, clause: Clause) -> None:
        """ "A Chinese ship rammed a Philippine boat. Manila protested": at whoever did what was done to them last."""
        if clause.verb.lemma not in ("protest", "complain", "object") or clause.objects or clause.preps or clause.verb.passive:
            return
        own = set(codes_of(reading.actors))
        harm = (d for d in reversed(self.discourse.deeds) if d.type.quad in (Quad.MATERIAL_CONFLICT, Quad.VERBAL_CONFLICT))
        last = next((d for d in harm if own & set(codes_of(d.sufferers)) and not own & set(codes_of(d.doers))), None)
        if last is not None:
            reading.give(last.doers, "deed", "deed")

    def _takes_up(self, k: int, noun: Noun) -> bool:
        """Whether the noun at ``k``, behind a comma, takes up what was just said: "accused Mali of lying, a charge that it rejected"."""
        charge = noun.word in self.classes["accusing_nouns"]
        return charge and self.s.word(k - 1) == ","

    def _is_private(self, reading: Reading) -> bool:
        """Whether the violence is a private person's, and no act between countries: "a Polish man stabbed a Swede in Berlin".

        It counts where the one hit acts for a state, and between peoples at war (words.yml).
        """
        if reading.type is not EventType.ASSAULT or not reading.recipients:
            return False
        doers = [self._named_in(r) for r in reading.actors]
        private = self.classes["private_persons"]
        if not all(n is not None and n.word_class == "person" and (not n.is_plural or n.word in private) for n in doers):
            return False
        if any((n := self._named_in(r)) is not None and n.word_class in ("agent", "force") for r in reading.recipients):
            return False
        return not set(codes_of(reading.actors + reading.recipients)) & self.classes["peoples_at_war"]

    def _answer(self, reading: Reading) -> None:
        """Give an answer its recipient: the one whose deed against the answerer was told before ("Tehran said it would respond")."""
        threat = reading.type is EventType.THREATEN
        verb = reading.clause.verb if reading.clause is not None else None
        vowed = bool(reading.pattern.objects or reading.pattern.goals) or "composed:THREATEN" in reading.features
        if threat and (verb is None or verb.negated or not (vowed or verb.tense == "future" or verb.modal == "would")):
            return
        own = set(codes_of(reading.actors))
        named = without(self._answered_deed(reading).refs, own) if threat else ()
        if named:
            reading.give(named, "answered", "doer")
            reading.status = Status.HAPPENED
            return
        told = [*self.discourse.deeds, *self._deeds(Status.BACKGROUND)]
        shown = (
            [] if reading.pattern.answers else self.discourse.deeds[-1:]
        )  # a missile launch is answered whoever it was meant for
        found = next(
            (
                deed
                for deed in reversed(told)
                if deed.type.quad in (Quad.MATERIAL_CONFLICT, Quad.VERBAL_CONFLICT)
                and deed.type is not EventType.REQUEST  # an appeal is no deed to avenge
                and (own & set(codes_of(deed.sufferers)) or (deed in shown and deed.type is EventType.MOBILIZE))
                and not own & set(codes_of(deed.doers))
            ),
            None,
        )
        answered = found.doers if found is not None else self._accused_before(reading) if threat else ()
        if threat and not answered:  # "Iran accused Israel of the killing. Its leader vowed revenge"
            charged = (d for d in reversed(self.discourse.deeds) if d.type is EventType.ACCUSE and own == set(codes_of(d.doers)))
            answered = next((d.sufferers for d in charged), ())
        if answered:
            reading.give(answered, "deed", "deed")
            reading.status = Status.HAPPENED if threat else reading.status

    def _watch(self, reading: Reading) -> None:
        """Give forces put on alert their recipient: whose forces did something before ("after Iraqi troops were seen moving south")."""
        clause = reading.clause
        if clause is None or reading.recipients:
            return
        own = set(codes_of(reading.actors))
        for c in self.s.clauses:
            doers = self._nouns_of(c.subject)
            if c.connector != "after" or c.index < clause.index or not all(n.word_class == "force" and n.actors for n in doers):
                continue
            refs = tuple(r for n in doers for r in n.actors if r.code not in own)
            if len(codes_of(refs)) == 1:
                reading.give(refs, "deed", "doer")
                return

    def _send_for(self, reading: Reading) -> None:
        """Give the summons or expulsion of "the ambassador" its recipient: the other of the two told of."""
        clause = reading.clause
        if clause is None:
            return
        sent = self._nouns_of(clause.objects)
        own, pair = set(codes_of(reading.actors)), self.discourse.pair
        others = without(pair, own)
        if any(n.word in self.classes["envoys"] and n.definite and not n.actors for n in sent) and len(codes_of(pair)) == 2:
            if len(others) == 1:
                reading.give(others, "told-before", "pronoun")

    def _cut_off(self, reading: Reading) -> None:
        """Give a ban on one's own its recipient: "barred American firms from trading with Iran", "forbade its citizens to travel to Libya"."""
        clause = reading.clause
        if clause is None or clause.verb.lemma not in self.classes["shutting_verbs"] or "noun" in reading.features:
            return
        own = set(codes_of(reading.actors))
        for c in self.s.clauses:
            if c.governor is not clause or c.verb.lemma not in self.classes["dealing_verbs"]:
                continue
            for prep, ks in [*c.preps, *(row for k in c.objects for row in self.s.chain(k))]:
                refs = self._many(ks, "object", c).refs if prep in ("with", "to", "in", "from") else ()
                if refs and not own & set(codes_of(refs)):
                    reading.give(refs, prep, "banned")
                    return

    def _between_opponents(self, reading: Reading) -> None:
        """Give mediation and calls for calm their parties, where they were told before: "Oman offered to mediate"."""
        clause = reading.clause
        if clause is None:
            return
        may_host, may_calm = clause.verb.lemma in self.classes["hosting_verbs"], reading.type is EventType.REQUEST
        if not (may_host or may_calm or clause.verb.lemma == "mediate"):
            return
        about = frozenset().union(*(n.keys for n in map(self.s.noun, clause.objects) if n is not None))
        asked = frozenset().union(*(n.keys for _, ks in clause.preps for n in map(self.s.noun, ks) if n is not None))
        hosts = may_host and about & self.classes["negotiations"]
        calms = may_calm and (about | asked) & self.classes["calming_nouns"]
        if clause.verb.lemma != "mediate" and not hosts and not calms:
            return
        # calm is asked of those who quarrel, not of two who met
        told = () if calms and not self.discourse.at_odds else self.discourse.opponents or self.discourse.pair
        if len(codes_of(told)) == 2 and not set(codes_of(told)) & set(codes_of(reading.actors)):
            reading.give(told, "told-before", "pronoun")

    def _break_too(self, reading: Reading) -> None:
        """Give a break its recipient: who has just wronged the one who breaks ("Ecuador raided Mexico's embassy. Mexico broke off ties"), or
        with whom another has just broken ("Chile cut ties with Israel. Bolivia broke off ties last year")."""
        clause = reading.clause
        if clause is None:
            return
        broken = {n.word for n in map(self.s.noun, clause.objects) if n is not None and not n.actors}
        if not broken & self.classes["ties"] or clause.preps:
            return
        own = set(codes_of(reading.actors))
        told = [*self.discourse.deeds, *self._deeds()]
        wronged = (d for d in reversed(told) if d.type.quad is Quad.MATERIAL_CONFLICT and own == set(codes_of(d.sufferers)))
        last = next((d for d in reversed(told) if d.type is EventType.SANCTION and d.sufferers), None)
        to: tuple[ActorRef, ...] = ()
        if (wrong := next(wronged, None)) is not None and len(codes_of(wrong.doers)) == 1:
            to = wrong.doers
        elif last is not None and len(codes_of(last.sufferers)) == 1 and not own & set(codes_of(last.doers + last.sufferers)):
            to = last.sufferers
        if to and not own & set(codes_of(to)):
            reading.give(to, "told-before", "deed")

    def _express(self, reading: Reading) -> None:
        """ "Telephoned Putin and expressed support": to whom something was done in the same breath."""
        clause = reading.clause
        said = clause is not None and clause.kind == "coordinated" and clause.verb.lemma in self.classes["giving_in_words"]
        if clause is None or not said:
            return
        own = set(codes_of(reading.actors))
        before = next((r for r in reversed(self.readings) if r.clause is not None and r.clause.index < clause.index), None)
        if before is not None and before.clause is not None and before.clause.subject == clause.subject:
            others = without(before.recipients, own)
            if own & set(codes_of(before.actors)) and len(codes_of(others)) == 1:
                reading.give(others, "told-before", "above")

    def _supply(self, reading: Reading) -> None:
        """ "Attacked Ukraine with missiles supplied by North Korea": who uses what was given is whom it was given to."""
        clause = reading.clause
        if clause is None or not clause.verb.passive:
            return
        if clause.kind not in ("participle", "relative") or (
            reading.recipients and not {"to:at", "to:against", "to:in"} & reading.features
        ):
            return
        for c in self.s.clauses:
            arms = {k for prep, ks in c.preps if prep in ("with", "using") for k in ks}
            if c.verb.lemma in self.classes["wielding_verbs"]:
                arms |= {*c.objects}
            if c is not clause and arms & set(clause.subject) and not c.verb.passive and not c.verb.negated:
                users = self._many(c.subject, "subject", c)
                if users and not users.codes & set(codes_of(reading.actors)):
                    reading.give(users.refs, "served", users.how)
                return

    def _only_drill(self, reading: Reading) -> None:
        """What is fired in a drill shows force: "launched missiles off the coast of Taiwan as part of military exercises"."""
        clause = reading.clause
        if clause is None or reading.type is not EventType.ASSAULT or clause.verb.lemma not in self.classes["wielding_verbs"]:
            return
        rows = [*clause.preps, *(row for k in clause.objects for row in self.s.chain(k))]
        within = [n for prep, ks in rows if prep in ("as part of", "during", "in") for n in map(self.s.noun, ks) if n is not None]
        if any(n.keys & self.classes["drills"] for n in within):
            reading.type = EventType.MOBILIZE
            reading.features.discard(f"type:{EventType.ASSAULT}")
            reading.features.add(f"type:{EventType.MOBILIZE}")

    def _fly_by(self, reading: Reading) -> None:
        """Give the show of a missile its recipient: off whose coast it came down ("fired a missile that landed off the coast of Japan")."""
        clause = reading.clause
        if (
            clause is None
            or reading.recipients
            or reading.type is not EventType.MOBILIZE
            or "missile" not in reading.pattern.objects
        ):
            return
        own = set(codes_of(reading.actors))
        for c in self.s.clauses:
            if c.index <= clause.index or c.verb.negated or c.verb.lemma not in self.classes["falling_verbs"]:
                continue
            for k in (*c.objects, *(k for _, ks in c.preps for k in ks)):
                for near in (k, *(n for _, ks in self.s.chain(k) for n in ks)):
                    refs = without(self._many([near], "object", c).refs, own)
                    if refs:
                        reading.give(refs, "near", "place")
                        return

    def _in_response(self, reading: Reading) -> bool:
        """Whether the act is called an answer, not saying to what: "suspended the pact in response"."""
        hostile = reading.type.quad in (Quad.MATERIAL_CONFLICT, Quad.VERBAL_CONFLICT)
        if reading.clause is None or "noun" in reading.features or not hostile:
            return False
        if reading.clause.verb.lemma in self.classes["responding_verbs"]:
            return True  # "answered with air strikes"
        if self.words.isdisjoint(("response", "retaliation")):
            return False
        words = [t.lower for t in self.tokens]
        return any(
            (a, b) in (("in", "response"), ("in", "retaliation")) and c not in ("to", "for", "against")
            for a, b, c in zip(words, words[1:], [*words[2:], ""], strict=False)
        )

    def _answered(self, reading: Reading) -> Found:
        """To whom the act is called an answer: "in response to Togo's announcement, Ghana issues an ultimatum"."""
        clause = reading.clause
        if (
            clause is None
            or "noun" in reading.features
            or reading.type.quad not in (Quad.MATERIAL_CONFLICT, Quad.VERBAL_CONFLICT)
        ):
            return NOBODY
        own = set(codes_of(reading.actors))
        leads = {"in retaliation for"} | (set() if reading.type in VIOLENT else {"in response to", "in reaction to"})
        for prep, ks in [*clause.preps, *self._before_subject(clause)]:
            for n in (self.s.noun(k) for k in ks if prep in leads):
                whose = tuple(r for r in n.actors if r.how in ("possessor", "adjective")) if n is not None else ()
                if whose and not own & set(codes_of(whose)):
                    return Found(whose, "doer")
        return NOBODY

    def _answered_deed(self, reading: Reading) -> Found:
        """Whose deed it is that will be answered: "would respond in kind to Mali's firing", "will respond to any attack by Mali"."""
        clause = reading.clause
        if clause is None or clause.verb.lemma not in self.classes["responding_verbs"]:
            return NOBODY
        in_kind = self._goes_on_with(clause, frozenset({"kind"}))
        warned = clause.governor is not None and clause.governor.verb.lemma in self.classes["vowing_verbs"] | {"warn"}
        for k in self._answered_things(clause):
            noun = self.s.noun(k)
            if noun is not None and warned and noun.proper and noun.actors:
                return Found(noun.actors, "self")  # "warned that it would respond to Israel"
            if noun is not None and (self._is_hostile(noun) or (in_kind and noun.word in self.classes["deed_nouns"])):
                return Found(noun.actors, "doer") if noun.actors else self.doer(k, noun)
        return NOBODY

    def _is_hostile(self, noun: Noun) -> bool:
        """Whether the noun names something that is done against somebody."""
        pattern = self._noun_pattern(noun)
        built_up = noun.keys & self.classes["build_ups"]
        return (
            noun.word in self.classes["hostile_nouns"]
            or bool(built_up)
            or (pattern is not None and pattern.type.quad is Quad.MATERIAL_CONFLICT)
        )

    def _answered_things(self, clause: Clause) -> list[int]:
        """What is answered, behind "to" or "against"."""
        taken = clause.objects if clause.verb.particles[-1:] == ("to",) else []
        return [*taken[:1], *(k for prep, ks in clause.preps if prep in ("to", "against") for k in ks[:1])]

    def _before_subject(self, clause: Clause) -> list[tuple[str, list[int]]]:
        """The prepositional phrases before the subject of the clause, as far as the sentence begins with them."""
        first = min(clause.subject, default=0)
        leads = ((self.s.at(k - 1), k) for k in range(1, first) if self.s.noun(k) is not None)
        return [(lead.word, [k]) for lead, k in leads if isinstance(lead, Mark)]

    def _towards_counterpart(self, reading: Reading) -> None:
        """Give what a counterpart says its recipient: whose counterpart he is ("his Iranian counterpart expressed condolences")."""
        clause = reading.clause
        speaker = self.s.noun(clause.subject[0]) if clause is not None and len(clause.subject) == 1 else None
        if speaker is None or speaker.word not in ("counterpart", "counterparts") or not self._is_possessed(speaker):
            return
        own = set(codes_of(reading.actors))
        earlier = (
            self._many(c.subject, "subject", c).refs
            for c in reversed(self.s.clauses)
            if clause is not None and c.index < clause.index
        )
        refs = next((refs for refs in (*earlier, self.subject_before) if refs and not own & set(codes_of(refs))), ())
        if len(codes_of(refs)) == 1:
            reading.give(refs, "told-before", "pronoun")

    def _stop(self, reading: Reading) -> None:
        """Give a demand to stop something its recipient: who does it, as told before ("demanded a halt to the exercises")."""
        asked = reading.clause.objects if reading.clause is not None else []
        ended = [k for k in asked if (n := self.s.noun(k)) is not None and n.keys & self.classes["stopping_nouns"]]
        own = set(codes_of(reading.actors))
        for n in (self.s.noun(k) for head in ended for prep, ks in self.s.chain(head) if prep in ("to", "of") for k in ks):
            if n is None or n.actors or not self._points_back(n) or not (n.is_act or n.word in self.classes["deed_nouns"]):
                continue
            hostile = (d for d in reversed(self.discourse.deeds) if d.type.quad is Quad.MATERIAL_CONFLICT)
            doers = self._doers_told(n, own) or next((d.doers for d in hostile if not own & set(codes_of(d.doers))), ())
            if doers:
                reading.give(doers, "deed", "deed")
                return

    def _free(self, reading: Reading) -> None:
        """Give a demand to free somebody its recipient: who took him, as told before ("Washington demanded his release")."""
        asked = self._nouns_of(reading.clause.objects if reading.clause is not None else [])
        if not any(n.word in self.classes["freeing_nouns"] and (n.definite or self._is_possessed(n)) for n in asked):
            return
        own = set(codes_of(reading.actors))
        taken = (d for d in reversed(self.discourse.deeds) if d.type is EventType.COERCE and own & set(codes_of(d.sufferers)))
        doers = next((d.doers for d in taken if not own & set(codes_of(d.doers))), ())
        lands = [r for r in self.discourse.lands.values() if r.code not in own]
        if not doers and len(lands) == 1:
            doers = (lands[0],)  # the only land told of so far holds him
        if doers:
            reading.give(doers, "deed", "deed")

    def _clear(self, reading: Reading) -> None:
        """Give an order to leave its recipient: whose land is to be left ("told civilians to evacuate parts of Rafah")."""
        below = (c for c in self.s.clauses if c.governor is reading.clause and c.kind == "infinitive")
        left = next((c for c in below if c.verb.lemma in ("evacuate", "leave", "flee")), None)
        found = self._many(self._look_through(left.objects), "object", left) if left is not None else NOBODY
        told = self._nouns_of(reading.clause.objects if reading.clause is not None else [])
        bare = all(n.word_class == "person" and not self._is_possessed(n) for n in told)
        refs = without(found.refs, codes_of(reading.actors))
        if told and bare and refs and "evacuate" in reading.pattern.words:
            reading.give(refs, "that", found.how)

    def _redress(self, reading: Reading) -> None:
        """Give a demand for an inquiry or an apology its recipient: whom the same speaker blames, or who wronged him before."""
        asked = (
            self._patients(reading.clause.objects)[2]
            if reading.clause is not None and reading.clause.verb.lemma in self.classes["demanding_verbs"]
            else frozenset()
        )
        if asked.isdisjoint(self.classes["redress"]):
            return
        reading.type = EventType.REQUEST  # of whom punishment is asked is not told
        own = set(codes_of(reading.actors))
        blamed = (r.recipients for r in reversed(self.readings) if r.type is EventType.ACCUSE and own == set(codes_of(r.actors)))
        wronged = next(blamed, ()) or self._foes_told(own) or self._punished(own)
        if wronged:
            reading.give(wronged, "deed", "deed")

    def _assent(self, reading: Reading) -> None:
        """Give an assent its recipient: who made the plan ("released a plan, to which Mali agreed", "a plan proposed by Mali")."""
        clause = reading.clause
        if clause is None or clause.verb.lemma not in ("agree", "accept", "consent"):
            return
        own = set(codes_of(reading.actors))
        to = [k for prep, ks in clause.preps if prep == "to" for k in ks] + clause.objects
        ks = self._look_through([*to, *(m for k in to for prep, ms in self.s.chain(k) if prep == "of" for m in ms)])
        plans = [k for k in ks if (n := self.s.noun(k)) is not None and n.keys & self.classes["asking_nouns"]]
        g = clause.governor if clause.kind == "relative" else None
        if g is not None and clause.start - 1 > 0:
            plans += [k for k in g.objects if (n := self.s.noun(k)) is not None and n.keys & self.classes["asking_nouns"]]
        for k in plans:
            made = next((c for c in self.s.clauses if c.kind == "participle" and c.verb.passive and c.index == k + 1), None)
            by = [m for prep, ms in made.preps if prep == "by" for m in ms] if made is not None else []
            maker = self._many(by, "object", made)
            refs = (maker.refs if maker.how != "place" else ()) or (
                self._many(g.subject, "subject", g).refs if g is not None else ()
            )
            refs = without(refs, own)
            if refs:
                reading.give(refs, "doer", "doer")
                return

    def _disown(self, reading: Reading) -> None:
        """Give what somebody denies having done its recipient, as told before ("Rwanda denied sending anyone")."""
        clause = reading.clause
        g = clause.governor if clause is not None and clause.kind == "gerund" else None
        if g is None or g.verb.lemma != "deny" or g.verb.negated:
            return
        own = set(codes_of(reading.actors))
        kinds = {reading.type} | ({EventType.AID, EventType.MOBILIZE} if reading.type is EventType.MOBILIZE else set())
        told = (d for d in reversed(self.discourse.deeds) if d.type in kinds and own == set(codes_of(d.doers)))
        last = next((d for d in told if d.sufferers and not own & set(codes_of(d.sufferers))), None)
        if last is not None:
            reading.give(last.sufferers, "deed", "deed")
            reading.type = last.type

    def _yield_to(self, reading: Reading) -> None:
        """Give what somebody no longer insists on its recipient: with whom he has just agreed ("Ankara lifted its objections")."""
        given_up = self._nouns_of(reading.clause.objects if reading.clause is not None else [])
        if not any(self._is_possessed(n) and n.keys & self.classes["objections"] for n in given_up):
            return
        own = set(codes_of(reading.actors))
        told = (d for d in reversed(self.discourse.deeds) if d.type in BY_TREATY and own <= set(codes_of(d.doers)))
        others = next((without((*d.doers, *d.sufferers), own) for d in told), ())
        if others:
            reading.give(tuple({r.code: r for r in others}.values()), "told-before", "deed")

    def _condition(self, reading: Reading) -> None:
        """Give a threat its recipient: the one whose deed is its condition ("Iran warns that it will leave the pact if Israel goes on")."""
        clause = reading.clause
        content = self._content(clause) if clause is not None else None
        own = set(codes_of(reading.actors))
        if clause is None:
            return
        opened = [self.s.word(clause.index + step) for step in (1, 2)]
        if content is None and opened[0] == "that" and opened[1] != "if":
            return  # what will come about is not understood
        told = self._nouns_of(content.subject) if content is not None else []
        if not all(n.word_class == "pronoun" or (n.actors and set(codes_of(n.actors)) <= own) for n in told):
            return  # "warns that wells will dry up if" threatens nobody
        for c in self.s.clauses:
            if c.connector in ("if", "unless") and c.index > clause.index:
                # "will respond if attacked by Chad"
                by = c.verb.passive and c.connector == "if"
                doers = [k for prep, ks in c.preps if prep == "by" for k in ks] if by else c.subject
                found = self._many(doers, "subject", c)
                refs = without(found.refs, own)
                if refs:
                    reading.give(refs, "condition", found.how)
                    reading.status = Status.HAPPENED if reading.status is Status.PLANNED else reading.status
                return

    def _protest(self, reading: Reading) -> None:
        """Give a protest its recipient: the one of whom it demands or disapproves something ("rallied in Dili to demand independence from")."""
        own = set(codes_of(reading.actors))
        for r in self.readings:
            below = (
                r.clause is not None
                and r.clause.kind in ("infinitive", "participle", "gerund")  # "joining others in demanding independence"
                and any(g is reading.clause for g in self._governors(r.clause))
            )
            if (
                below
                and r.recipients
                and r.type in _AIMS
                and not own & set(codes_of(r.recipients))
                and set(codes_of(r.actors)) <= own
            ):
                reading.recipients = r.recipients
                reading.features |= {"to:purpose", *(f for f in r.features if f.startswith("recipient:"))}
                return

    def _serve(self, reading: Reading) -> None:
        """ "ready to send tanks to help defend Latvia": those for whom it is sent are its recipients."""
        clause = reading.clause
        purpose = next(
            (c for c in self.s.clauses if clause is not None and c.governor is clause and c.kind == "infinitive"), None
        )
        if purpose is None:
            return
        if purpose.verb.lemma == "fight" and reading.type is EventType.MOBILIZE:
            # "sends troops to fight for Russia"
            joined = self._many((k for prep, ks in purpose.preps if prep in ("for", "alongside") for k in ks), "object", purpose)
            if joined and not joined.codes & set(codes_of(reading.actors)):
                reading.give(joined.refs, "served", joined.how)
                reading.type = EventType.AID
            return
        forces = any(n.word_class == "force" for n in self._nouns_of(purpose.objects))
        pressing = purpose.verb.lemma == "put" and "pressure" in self._patients(purpose.objects)[2]
        meant = pressing or purpose.verb.lemma in self.classes["deterring_verbs"] or (purpose.verb.lemma == "meet" and forces)
        if reading.type is EventType.MOBILIZE and meant:
            self._deter(reading, purpose)
            return
        if purpose.verb.lemma not in self.classes["serving_verbs"]:
            return
        helped = next((c for c in self.s.clauses if c.index == purpose.index + 1), purpose)
        if helped.verb.lemma not in self.classes["serving_verbs"]:
            return
        found = self._many((k for k in helped.objects if (n := self.s.noun(k)) is not None and not n.is_act), "object", helped)
        refs = without(found.refs, codes_of(reading.actors))
        if refs:
            reading.give(refs, "served", found.how)
            reading.type = EventType.AID if reading.type is EventType.MOBILIZE else reading.type
            if clause is not None:
                self._compose(reading, clause)

    def _deter(self, reading: Reading, purpose: Clause) -> None:
        """ "Sent warplanes to deter Libya", "scrambled jets to intercept Russian bombers": against those; nobody is struck yet."""
        upon = [k for prep, ks in purpose.preps if prep == "on" for k in ks] if purpose.verb.lemma == "put" else purpose.objects
        found = self._many(upon, "object", purpose)
        refs = without(found.refs, codes_of(reading.actors))
        if refs:
            reading.give(refs, "purpose", found.how)
            for other in self.readings:
                if other.clause is purpose:
                    other.actors = other.recipients = ()

    def _complete(self, reading: Reading) -> None:
        """Find to whom it was done by what stands outside the clause; where nothing tells it, by the only other actor named."""
        if reading.is_to_nobody() or reading.type is EventType.AID:
            self._look_outside(reading)
        self._only_other(reading)

    def _look_outside(self, reading: Reading) -> None:
        """Find to whom it was done by what the clauses around, and the sentences before, tell."""
        if reading.is_to_nobody(EventType.SUPPORT, EventType.AGREE):
            self._express(reading)
        if reading.is_to_nobody(*JUDGING):
            self._judge(reading)
        if reading.is_to_nobody():
            self._between_opponents(reading)
        if reading.is_to_nobody(EventType.SANCTION):
            self._break_too(reading)
        if reading.is_to_nobody(EventType.ACCUSE, EventType.SANCTION):
            self._send_for(reading)
        if reading.is_to_nobody(EventType.SANCTION):
            self._cut_off(reading)
        if reading.type is EventType.AID:
            self._supply(reading)
        if reading.is_to_nobody() and (to := self._answered(reading)):
            reading.give(to.refs, "answered", to.how)
        if reading.is_to_nobody() and (reading.pattern.answers or self._in_response(reading)):
            self._answer(reading)
        if reading.is_to_nobody(EventType.MOBILIZE) and "alert" in reading.pattern.goals:
            self._answer(reading)  # forces put on alert after what another did
            self._watch(reading)
        if reading.is_to_nobody(*JUDGING):
            self._towards_counterpart(reading)
        if reading.is_to_nobody(EventType.REQUEST):
            self._stop(reading)
            self._free(reading)
            self._clear(reading)
        if reading.is_to_nobody(EventType.REQUEST, EventType.ACCUSE):
            self._redress(reading)
        if reading.is_to_nobody() and reading.status is Status.DENIED:
            self._disown(reading)
        if reading.is_to_nobody(EventType.CONCEDE):
            self._yield_to(reading)
        if reading.is_to_nobody(EventType.AGREE):
            self._assent(reading)
        if reading.is_to_nobody(EventType.THREATEN):
            self._condition(reading)
        if reading.is_to_nobody(EventType.PROTEST):
            self._protest(reading)
        if reading.is_to_nobody(EventType.MOBILIZE, EventType.AID, EventType.AGREE):
            self._serve(reading)
