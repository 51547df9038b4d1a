"""What somebody says of another: charges, denials, refusals, demands, complaints and threats."""

from __future__ import annotations

from entente.coding.clauses import Clause
from entente.coding.forming import Forming
from entente.coding.parties import SAID_TO
from entente.coding.phrases import ActorRef, Mark, Noun
from entente.coding.readings import NOBODY, Found, codes_of, without
from entente.model import EventType, MentionKind, Status

# What is denied by one word may have been told by another: transfers as gifts, a deployment as an attack.
_GIVEN = frozenset({EventType.AID, EventType.COOPERATE})
_FORCED = frozenset({EventType.ASSAULT, EventType.MOBILIZE})

# What leads those whom an act touches.
TOUCHING = ("to", "with", "against", "from", "on", "for", "at", "in", "of", "between", "over")
# "Would be regarded as legitimate targets".
_HELD_FOR = frozenset({"consider", "deem", "regard", "see", "treat", "view"})
_TARGETS = frozenset({"target", "targets"})
# "Denied", "was not involved in", "played no part in", "had nothing to do with".
_DISOWNING = frozenset({"deny", "involve", "play", "have", "take"})
_LIABLE = frozenset({"responsible", "liable"})


class Sayings(Forming):
    """A sentence whose speakers are asked of whom they say what."""

    def _claimed(self, clause: Clause, subject: Found) -> bool:
        """ "claims responsibility for the attack", "claims an attack on": it was theirs. Whether something of the kind is claimed."""
        owned = any(n.word == "responsibility" for n in self._nouns_of(clause.objects))
        rows = [nouns for prep, nouns in clause.preps if prep == "for"] if owned else [clause.objects]
        pattern = next(p for _, p in self.grammar.verb_patterns["attack"] if p.type is EventType.ASSAULT)
        mine = subject.codes
        targets: tuple[ActorRef, ...] = ()
        by_place = False
        features = {f"type:{pattern.type}", "claimed", f"actor:{subject.how}"}
        for nouns in rows:
            for k in self._look_through(nouns):
                noun = self.s.noun(k)
                if noun is not None and noun.is_act and not (noun.actors and not owned):
                    if not owned and ((p := self._noun_pattern(noun)) is None or p.type is not pattern.type or p.reverse):
                        continue
                    self.used.add(k)
                    found = self._noun_recipient(
                        k, noun, self._noun_pattern(noun) or pattern, clause.preps, subject, features, clause
                    )
                    targets, by_place = targets or found.refs, by_place or found.how == "place" or "to:in" in features
        if not targets or by_place:
            # "for a mass shooting in Togo that killed ten Danes"
            told = next((c for c in self.s.clauses if c.kind == "relative" and c.governor is clause), None)
            acts = [n for nouns in rows for n in map(self.s.noun, nouns) if n is not None and n.is_act]
            if told is not None and acts and told.verb.lemma in self.classes["transitive_verbs"]:
                targets = (self._many(told.objects, "object", told) or self._victims(told, told.preps)).refs or targets
        refs = without(targets or (self.discourse.victims if owned else ()), mine)
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
                    f"'{self._verb_words(clause.verb)}{' responsibility' if owned else ''}'",
                )
            )
        return owned or bool(refs)

    def _blamed(self, clause: Clause) -> None:
        """ "Rebels are blamed for the attack", "said rebels were behind the attack": it may have been theirs, on whoever was struck.

        Where nothing tells on whom, it is on those who were struck in what was told before.
        """
        accused = self._many(clause.subject, "subject", clause)
        behind = "for" if clause.verb.lemma == "blame" or self._goes_on_with(clause, _LIABLE) else "behind"
        for k in (k for prep, ks in clause.preps if prep == behind for k in ks):
            noun = self.s.noun(k)
            pattern = self._noun_pattern(noun) if noun is not None and noun.is_act and not noun.actors else None
            if noun is not None and accused and noun.keys & (self.classes["plots"] | self.classes["blamed_happenings"]):
                self._charge(clause, accused, behind)  # "said that Syria was behind a plot to blow up an airliner"
                continue
            if noun is None or pattern is None or pattern.type is not EventType.ASSAULT or pattern.reverse or not accused:
                continue
            features = {f"type:{pattern.type}", "noun", "alleged", f"actor:{accused.how}"}
            word = "blamed for" if clause.verb.lemma == "blame" else "responsible for" if behind == "for" else behind
            struck = self._noun_recipient(k, noun, pattern, clause.preps, accused, features, clause)
            spoke = self._charging(clause, accused)
            own = any(n is not None and self._is_possessed(n) for _, ks in self.s.chain(k)[:1] for n in map(self.s.noun, ks))
            told_by_body = any(r.mention.kind is MentionKind.ORGANISATION for r in spoke)
            if spoke and (own or not (struck or told_by_body)):
                struck = Found(spoke, "speaker")  # "Ethiopia says that Eritrea was behind the attack on its consulate"
            if not struck:
                struck = Found(without(self.discourse.victims, accused.codes), "above")
                features.add("to:told-before")
            self._charge(clause, accused, word)
            if struck:
                self.used.add(k)
                reading = self._reading(clause, pattern, accused, struck, features, accused, f"'{word}'", noun, k)
                reading.status = Status.POSSIBLE
                self.readings.append(reading)

    def _charging(self, clause: Clause, accused: Found) -> tuple[ActorRef, ...]:
        """Those who say what the clause tells of ``accused``; not those who only report what others have found."""
        reported = clause.governor is not None and clause.governor.verb.lemma == "report"
        return () if reported else without(self._attribution(clause), accused.codes)

    def _charge(self, clause: Clause, accused: Found, word: str) -> None:
        """The accusation by whoever says that ``accused`` are behind something, or responsible for it."""
        teller = Found(self._charging(clause, accused), "speaker")
        if teller:
            charge = next(p for _, p in self.grammar.verb_patterns["accuse"] if p.type is EventType.ACCUSE)
            told = {f"pattern:{charge.name}", f"type:{charge.type}", "verb", "weight:weak", f"actor:{teller.refs[0].how}"}
            self._keep(self._reading(clause, charge, teller, accused, told, teller, f"said to be '{word}' it"))

    def _denied(self, clause: Clause, subject: Found) -> bool:
        """ "Kigali denied the deployment", "said it was not involved in the attack": what was told before was not done by them.

        Whether it is read so."""
        k = self._disowned(clause)
        noun = self.s.noun(k) if k is not None else None
        if k is None or noun is None or noun.actors:
            return False
        own = subject.codes
        pattern = self._noun_pattern(noun)
        kinds = {pattern.type} if pattern is not None else set()
        kinds |= next((group for group in (_GIVEN, _FORCED) if kinds & group), frozenset())
        vague = pattern is None and noun.word in self.classes["deed_nouns"]
        told = [d for d in reversed(self.discourse.deeds) if d.sufferers and d.type not in SAID_TO]
        told = [d for d in told if vague or d.type in kinds or d.word == noun.word]
        mine = (d for d in told if own & set(codes_of(d.doers)) and d.doers != d.sufferers)
        deed = next((d for d in mine if len(own) == 1 or own == set(codes_of(d.doers + d.sufferers))), None)
        doers = tuple(r for r in deed.doers if r.code in own) if deed is not None else subject.refs
        if deed is None and clause.verb.lemma != "deny":
            # one who had no part in it need not have been named before; "the attack" is the one that the report began with
            deed = next((d for d in reversed(told) if not own & set(codes_of(d.sufferers))), None)
        if deed is None or set(codes_of(deed.sufferers)) & set(codes_of(doers)):
            return False
        self.used.add(k)
        kind, sufferers = deed.type, deed.sufferers
        rule = f"'{self._verb_words(clause.verb)}' of '{noun.word}'"
        doing = Found(doers, subject.how)
        reading = self._tell(kind, clause, doing, Found(sufferers, "deed"), "deed", rule, "denied", "recipient:deed")
        reading.status = Status.DENIED
        return True

    def _disowned(self, clause: Clause) -> int | None:
        """The one act that the subject says is none of his: denied, or one in which he was not involved."""
        verb = clause.verb
        if verb.lemma not in _DISOWNING:
            return None
        behind = [t.lower for t in self.tokens[verb.end : verb.end + 4]]
        part = behind[:1] == ["no"] and behind[1:2] in (["part"], ["role"], ["hand"])
        aloof = (verb.lemma == "involve" and verb.passive and verb.negated) or (part and verb.lemma in ("play", "have", "take"))
        found: list[int] = []
        if verb.lemma == "deny" and not (verb.passive or verb.negated or clause.has_content):
            found = clause.objects
        elif aloof:
            found = [k for prep, ks in clause.preps if prep == "in" for k in ks[:1]]
        elif verb.lemma == "have" and behind == ["nothing", "to", "do", "with"]:
            found = [k for k, p in enumerate(self.s.phrases) if p.start >= verb.end + 4 and isinstance(p, Noun)][:1]
        noun = self.s.noun(found[0]) if len(found) == 1 else None
        led = noun is not None and (self._points_back(noun) or self.tokens[noun.start].lower == "any")
        return found[0] if led else None

    def _told_death(self, clause: Clause, subject: Found) -> None:
        """ "The president announced the death of two rebels in a raid": by those whose raid it is, his own when nobody is named."""
        for k in clause.objects:
            noun = self.s.noun(k)
            fallen = [m for prep, ks in self.s.chain(k) if prep == "of" for m in self._look_through(ks)]
            if noun is None or noun.word not in ("death", "deaths") or noun.actors or not fallen:
                continue
            hit = tuple(r for m in fallen for r in self.actors(m, "object", clause).refs)
            officers = all((n := self.s.noun(m)) is not None and (n.proper or n.word_class in ("agent", "force")) for m in fallen)
            hit = hit or (subject.refs if officers else ())  # "the Houthis confirm the death of a general from an Israeli strike"
            if not hit or any(r.mention.kind is not MentionKind.GROUP for r in hit):
                continue
            rows = [*clause.preps, *(row for m in fallen for row in self.s.chain(m))]
            for act in (m for prep, ks in rows if prep in ("in", "during", "after", "following", "from") for m in ks):
                raid = self.s.noun(act)
                pattern = self._noun_pattern(raid) if raid is not None and raid.is_act else None
                military = raid is not None and "military" in [t.lower for t in self.tokens[raid.start : raid.end]]
                if raid is None or not (military or (pattern is not None and pattern.type is EventType.ASSAULT)):
                    continue
                doer = self.doer(act, raid) or subject
                if doer.codes & set(codes_of(hit)):
                    continue
                used = next(p for _, p in self.grammar.verb_patterns["kill"] if p.type is EventType.ASSAULT)
                features = {f"type:{used.type}", "verb", f"actor:{doer.how}", "recipient:of"}
                self.used.add(act)
                rule = f"'{self._verb_words(clause.verb)}' the '{noun.word}' in '{raid.word}'"
                self._keep(self._reading(clause, used, doer, Found(hit, "of"), features, subject, rule))
                return

    def _said_must(self, clause: Clause, subject: Found) -> None:
        """ "A says that B must ...": a demand to B."""
        self._said_no_to(clause, subject)
        for content in self._contents(clause):
            self._said_false(clause, content, subject)
            held = content.verb.passive and content.verb.lemma in _HELD_FOR
            verdict = (held or content.verb.lemma in self.classes["verdict_verbs"]) and not content.verb.negated
            if verdict and content.verb.modal in ("", "will", "would", "may", "might", "could"):
                self._said_wrong(clause, content, subject)
            # "insists that Armenia change its law"
            insisted = content.verb.bare and clause.verb.lemma == "insist"
            told = content.verb.modal in ("must", "should", "ought") or self._is_obliged(content)
            if (told or insisted) and not content.verb.passive:
                self._asked_of(clause, content, subject)

    def _is_obliged(self, content: Clause) -> bool:
        """Whether the clause says what its subject has to do: "will have to withdraw", "needs to stop"."""
        due = next((c for c in self.s.clauses if c.governor is content and c.kind == "infinitive"), None)
        verb = content.verb
        behind = due is not None and due.index == content.index + 1 and not due.verb.passive
        return verb.lemma in ("have", "need") and behind and not verb.negated and verb.modal in ("", "will", "would")

    def _said_no_to(self, clause: Clause, subject: Found) -> None:
        """ "Said that lifting sanctions on Iran was out of the question": who says so turns Iran down."""
        asked = next((c for c in self.s.clauses if c.kind == "gerund" and c.index == clause.index + 2), None)
        if asked is None or self.s.word(asked.index - 1) != "that":
            return
        verdict = next((c for c in self.s.clauses if c.index > asked.index and c.verb.form == "finite"), None)
        if verdict is None or verdict.verb.lemma != "be" or verdict.verb.negated:
            return
        if not set(verdict.subject) & set(asked.objects) or not self._goes_on_with(verdict, self.classes["turning_down_words"]):
            return
        rows = [asked.objects, *(ks for prep, ks in asked.preps if prep in TOUCHING)]
        found = next((f for f in (self._many(ks, "object", asked) for ks in rows) if f), NOBODY)
        if found and not found.codes & subject.codes:
            rule = f"'{self._verb_words(clause.verb)}' that '{self._verb_words(asked.verb)}' is out of the question"
            self._tell(EventType.REJECT, clause, subject, found, "said", rule)

    def _asked_of(self, clause: Clause, content: Clause, subject: Found) -> None:
        """A demand to the one of whom is said that he must, and a threat if it is told what else will come."""
        target = self._many(content.subject, "subject", content)
        refs = without(target.refs, subject.codes)
        if not refs:
            return
        asked, rule = Found(refs, target.how), f"'{self._verb_words(clause.verb)}' that ... {content.verb.modal}"
        demand = next(p for _, p in self.grammar.verb_patterns["demand"] if p.type is EventType.REQUEST)
        features = {"type:REQUEST", "verb", f"actor:{subject.how}", "to:must"}
        self._keep(self._reading(clause, demand, subject, asked, features, subject, rule))
        other = next((c for c in self.s.clauses if c.index > content.index and self._is_other_choice(c, content)), None)
        if other is not None:
            # "said that Eritrea must pull back or face strikes"
            self._tell(EventType.THREATEN, clause, subject, asked, "said", f"{rule} or {self._verb_words(other.verb)}")

    def _is_other_choice(self, clause: Clause, demanded: Clause) -> bool:
        """Whether the clause tells what those suffer who do not do what is demanded of them: "must pull back or face strikes"."""
        before = self.s.at(clause.index - 1)
        joined = isinstance(before, Mark) and before.word == "or" and clause.subject == demanded.subject
        met = self._patients(clause.objects)[2]
        blows = met & (self.classes["forceful_nouns"] | self.classes["reckonings"] | {"war"})
        return joined and clause.verb.lemma in ("face", "suffer", "pay") and bool(blows)

    def _said_false(self, clause: Clause, content: Clause, subject: Found) -> None:
        """ "Said that the accusations were baseless", "that the charge lacked any basis": rejects whoever made them."""
        charge = self.s.noun(content.subject[0]) if len(content.subject) == 1 else None
        if charge is None or charge.actors or charge.word not in self.classes["accusing_nouns"] or not self._points_back(charge):
            return
        false = (
            content.verb.lemma == "be" and not content.verb.negated and self._goes_on_with(content, self.classes["falsehoods"])
        )
        lacking = content.verb.lemma in ("lack", "have") and self._patients(content.objects)[2] & self.classes["grounds"]
        without = content.verb.lemma == "lack" or self._is_of_none(content) or content.verb.negated
        refs = self._doers_told(charge, subject.codes) if false or (lacking and without) else ()
        if refs:
            rule = f"'{self._verb_words(clause.verb)}' that '{charge.word}' is false"
            self._tell(EventType.REJECT, clause, subject, Found(refs, "deed"), "deed", rule, "recipient:deed")

    def _said_wrong(self, clause: Clause, content: Clause, subject: Found) -> None:
        """ "A declares that B's settlements are illegal": an accusation."""
        pattern = next(p for _, p in self.grammar.verb_patterns["call"] if p.type is EventType.ACCUSE and p.words)
        held = content.verb.passive and self._goes_on_with(content, _TARGETS)
        targets = held or any(n.keys & _TARGETS for n in self._nouns_of(content.objects))
        threat = targets and self._goes_on_with(content, self.classes["fair_words"])
        if threat:
            # "warns that foreign soldiers will be legitimate targets"
            pattern = next(p for _, p in self.grammar.verb_patterns["threaten"] if p.type is EventType.THREATEN)
        elif content.verb.passive:
            return  # "are regarded as illegal", by whom is not told
        elif self._are_offers(content.subject) and self._goes_on_with(content, self.classes["turning_down_words"]):
            # "said that the British plan was unacceptable", "said talks were out of the question"
            pattern = next(p for _, p in self.grammar.verb_patterns["reject"] if p.type is EventType.REJECT and not p.objects)
        elif not self._goes_on_with(content, pattern.words):
            return
        whose = NOBODY
        for k in content.subject:
            noun = self.s.noun(k)
            whose = whose or (self.doer(k, noun) if noun is not None and noun.is_act else self.actors(k, "object", content))
            if not whose and pattern.type is EventType.REJECT:
                # "said that talks with Iraq were out of the question"
                whose = self._many((m for prep, ms in self.s.chain(k)[:1] if prep in ("with", "of") for m in ms), "object")
                self.used.add(k)
        refs = without(whose.refs, subject.codes)
        if whose.how not in ("place", "of") and refs:
            features = {
                f"pattern:{pattern.name}",
                f"type:{pattern.type}",
                "verb",
                "weight:weak",
                f"actor:{subject.how}",
                "to:must",
            }
            rule = f"'{self._verb_words(clause.verb)}' that ... '{self._verb_words(content.verb)}'"
            self._keep(self._reading(clause, pattern, subject, Found(refs, whose.how), features, subject, rule))

    def _are_offers(self, ks: list[int]) -> bool:
        """Whether the nouns name what somebody proposes or asks for."""
        return any(n.keys & self.classes["offers"] for n in self._nouns_of(ks))

    def _complained(self, clause: Clause, subject: Found) -> None:
        """ "Bangkok said that Cambodian troops had broken the truce": to tell a misdeed of another is to complain of him."""
        behind = next((c for c in self.s.clauses if c.index > clause.index), None)
        if behind is not None and not clause.verb.negated and self._told_part(clause, behind, subject):
            return
        charged = clause.verb.lemma in self.classes["charging_that_verbs"]
        for content in self._contents(clause):
            if not (content.verb.passive or content.verb.modal or clause.verb.negated or (content.verb.negated and not charged)):
                self._complained_of(clause, content, subject, charged)

    def _complained_of(self, clause: Clause, content: Clause, subject: Found, charged: bool) -> None:
        """The complaint, if what ``content`` tells is a misdeed of another's, or the verb above charges whatever it is (``charged``)."""
        deed = content
        while deed.verb.lemma in self.classes["trying_verbs"]:
            # "had spent years trying to undermine"
            inner = (c for c in self.s.clauses if c.governor is deed and c.kind in ("infinitive", "gerund", "participle"))
            further = next((c for c in inner if c.index > deed.index), None)
            if further is None:
                break
            deed = further
        done = frozenset().union(*(n.keys for n in map(self.s.noun, deed.objects) if n is not None))
        broken = (deed.verb.lemma in self.classes["bond_breaking_verbs"] and done & self.classes["bonds"]) or (
            deed.verb.lemma == "commit" and done & self.classes["wrongs"]
        )
        warlike = deed.verb.lemma == "declare" and "war" in done
        hurt = warlike or self._is_own_hurt(clause, deed)
        if not (broken or charged or hurt) and deed.verb.lemma not in self.classes["misdeed_verbs"]:
            return
        blamed = self._many(content.subject, "subject", content)
        refs = without(blamed.refs, subject.codes)
        if refs and len(refs) == len(blamed.refs):
            rule = f"'{self._verb_words(clause.verb)}' that ... '{self._verb_words(deed.verb)}'"
            self._tell(EventType.ACCUSE, clause, subject, Found(refs, blamed.how), "said", rule)

    def _is_own_hurt(self, clause: Clause, deed: Clause) -> bool:
        """Whether others carried out an attack, on the speaker as far as it is told: "said that rebels had carried out the raid"."""
        # who only says that others attacked may just report it
        known = self.classes["carrying_verbs" if clause.verb.lemma in self.classes["claiming_verbs"] else "perpetrating_verbs"]
        if known.isdisjoint({deed.verb.lemma, " ".join((deed.verb.lemma, *deed.verb.particles))}):
            return False
        own = self._many(clause.subject, "subject", clause).codes
        for k in self._look_through(deed.objects):
            noun = self.s.noun(k)
            pattern = self._noun_pattern(noun) if noun is not None and noun.is_act and not noun.actors else None
            if noun is None or pattern is None or pattern.type is not EventType.ASSAULT or pattern.both or pattern.reverse:
                continue
            doers = self._many(deed.subject, "subject", deed)
            struck = self._noun_recipient(k, noun, pattern, deed.preps, doers, set(), deed)
            return struck.codes <= own
        return False

    def _told_part(self, clause: Clause, content: Clause, subject: Found) -> bool:
        """ "Says there is evidence of Iranian involvement in the arson": an accusation. Whether it is one."""
        if content.verb.lemma != "be" or content.verb.negated or self.tokens[max(0, content.verb.start - 1)].lower != "there":
            return False
        for k in content.objects:
            clue = self.s.noun(k)
            if clue is None or not clue.keys & self.classes["clue_nouns"] or self.tokens[clue.start].lower == "no":
                continue
            for part in (m for prep, ks in self.s.chain(k) if prep == "of" for m in ks):
                noun = self.s.noun(part)
                if noun is None or not noun.keys & self.classes["parts_played"]:
                    continue
                whose = noun.actors or self.doer(part, noun).refs
                refs = without(whose, subject.codes)
                if refs:
                    rule = f"'{self._verb_words(clause.verb)}' that ... '{clue.word}' of '{noun.word}'"
                    self._tell(EventType.ACCUSE, clause, subject, Found(refs, "doer"), "said", rule)
                    return True
        return False

    def _menaced(self, clause: Clause, subject: Found) -> None:
        """ "said that Tehran would pay for it", "warned that any Israeli move would be punished", "told Oslo that it would not join"."""
        content: Clause | None = None
        refs: tuple[ActorRef, ...] = ()
        for said in self._contents(clause) if not clause.verb.negated else ():
            if said.verb.tense == "future" or said.verb.modal == "would":
                content, refs = content or said, refs or self._threatened(clause, said, subject)
        if content is None:
            return
        own = subject.codes
        kind = EventType.THREATEN
        # not to lend one's soil is a promise
        lent = any(n.word in self.classes["soil"] for n in self._nouns_of(content.objects))
        if not refs and content.verb.negated and clause.verb.lemma == "tell" and not lent:
            others = self._many(clause.objects, "object", clause)
            mine = self._many(content.subject, "subject", content)
            if others and mine and mine.codes <= own:
                kind, refs = EventType.REJECT, others.refs
        refs = without(refs, own)
        if refs:
            rule = f"'{self._verb_words(clause.verb)}' that ... {self._verb_words(content.verb)}"
            if kind is EventType.THREATEN:  # who is told that he will pay is not consulted
                self.readings = [r for r in self.readings if r.clause is not clause or r.type is not EventType.CONSULT]
            self._tell(kind, clause, subject, Found(refs, "self"), "said", rule)

    def _leave_open(self, clause: Clause, subject: Found) -> None:
        """ "Did not rule out an invasion of Chad", "left open the possibility of strikes on Chad": a threat of force."""
        for k, within in self._left_open(clause) if subject.refs else ():
            noun = self.s.noun(k)
            own = subject.codes
            if noun is None or (noun.actors and not set(codes_of(noun.actors)) <= own):
                continue  # what others may do is no threat of one's own
            used = (p for p in self.grammar.patterns if p.type is EventType.ASSAULT and "against" in p.to)
            force = self._noun_pattern(noun) or next(used)
            pattern = self._one_sided(EventType.THREATEN)
            features = {f"type:{pattern.type}", "verb", f"actor:{subject.how}"}
            recipient = self._noun_recipient(k, noun, force, within.preps, subject, features, clause)
            if any(prep == "by" for prep, _ in self.s.chain(k)) or not recipient:
                continue
            self.used.add(k)
            self.readings = [r for r in self.readings if r.clause is not clause or r.recipients]
            rule = f"'{self._verb_words(clause.verb)}' leaves '{noun.word}' open"
            reading = self._reading(clause, pattern, subject, recipient, features, subject, rule)
            reading.status = Status.HAPPENED
            self._keep(reading)
            return

    def _vow_defence(self, clause: Clause, inner: Clause) -> None:
        """ "Vowed to defend its interests": a threat to whoever did them harm, as told before."""
        agent = self._many(clause.subject, "subject", clause)
        refs = self._foes_told(agent.codes) if agent else ()
        if refs:
            rule = f"'{self._verb_words(clause.verb)}' to '{self._verb_words(inner.verb)}' what is one's own"
            self._tell(EventType.THREATEN, clause, agent, Found(refs, "deed"), "deed", rule, "recipient:deed")
