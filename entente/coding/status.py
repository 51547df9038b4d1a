"""Whether an act happened, is planned, possible, demanded, denied or background, and who says so."""

from __future__ import annotations

from entente.coding.clauses import Clause
from entente.coding.phrases import ActorRef, Mark, Noun
from entente.coding.referents import Referents
from entente.model import EventType, Quad, Status

# What something came of.
_OWING = frozenset({"due to", "because of", "as a result of"})
# Before what is not told as known: "an invasion".
_INDEFINITE = frozenset({"a", "an", "any", "another"})
_SOONER_OR_LATER = ["matter", "of", "time", "before"]
_RANKED = frozenset({"first", "second", "third", "fourth", "fifth", "last", "only", "latest"})


class Statuses(Referents):
    """A sentence whose acts are asked for their status and their source."""

    def _clause_status(self, clause: Clause, features: set[str]) -> Status:
        verb = clause.verb
        status = self._own_status(clause)
        g = clause.governor
        if self._is_of_none(clause):
            features.add("negated")
            return Status.DENIED
        put_to = (
            verb.negated
            and clause.connector == "if"
            and any(c.verb.lemma in ("warn", "threaten") for c in self._governors(clause))
        )
        if put_to:
            features.add("conditional")
            return Status.DEMANDED  # "warned Rwanda of sanctions if its forces do not leave"
        if verb.negated:
            features.add("negated")
            return Status.DENIED
        doubting = self.classes["doubting_adverbs"]
        if not doubting.isdisjoint(self.words) and not doubting.isdisjoint(
            [t.lower for t in self.tokens[max(0, verb.start - 1) : verb.end]]
        ):
            features.add("word:possible")
            return Status.POSSIBLE  # "had probably helped the North"
        if clause.kind == "infinitive" and verb.perfect and g is not None:
            return self._clause_status(g, set())  # "claim to have recaptured"
        if clause.kind in ("infinitive", "gerund") and (g is not None or clause.governor_noun):
            return self._governed(clause, g or clause, features)
        if self._is_prospect(clause):
            return Status.POSSIBLE
        if verb.form == "ing" and g is not None and g.verb.lemma == "insist" and clause.index == g.index + 1:
            return Status.DEMANDED  # "insisted on negotiating"
        if verb.form == "ing" and g is not None and g.verb.lemma == "threaten" and clause.index == g.index + 1:
            return Status.POSSIBLE  # 'threatened "bombing" if Chad does not agree'
        if (
            clause.kind == "participle"
            and verb.form == "ing"
            and g is not None
            and verb.lemma in self.classes["transitive_verbs"]
            and verb.lemma not in self.classes["speaking_verbs"]
        ):
            meant = next((c for c in self.s.clauses if c.kind == "infinitive" and c.governor is g and c.index < clause.index), g)
            above = self._clause_status(meant, set()) if meant.kind == "infinitive" else Status.HAPPENED
            meant_only = (
                above in (Status.POSSIBLE, Status.DENIED, Status.DEMANDED) or g.verb.lemma in self.classes["planning_verbs"]
            )
            if g.verb.lemma in self.classes["preparing_verbs"] and verb.lemma == "target" and above is Status.HAPPENED:
                return Status.PLANNED  # "approves operations targeting"
            if meant_only and above is not Status.HAPPENED:
                return above  # "threatens to launch a raid, targeting"
        if clause.connector in ("if", "unless", "whether"):
            features.add("conditional")
            return Status.POSSIBLE
        ahead = self.s.phrases[clause.subject[0]].start if clause.subject else 0
        if "matter" in self.words and [t.lower for t in self.tokens[max(0, ahead - 4) : ahead]] == _SOONER_OR_LATER:
            features.add("conditional")
            return Status.POSSIBLE
        asked = self.s.noun(clause.start - 2) if clause.connector == "that" and verb.bare else None
        if asked is not None and asked.word in self.classes["demanding_nouns"]:
            return Status.DEMANDED  # "the demand that Chad return the ship"
        if g is None and clause.connector == "that" and self.s.noun(clause.start - 2) is not None and self._is_false(clause):
            features.add("denied")
            return Status.DENIED  # "reports that Chad attacked are false"
        answered = (
            clause.kind == "relative" and verb.lemma in self.classes["disputing_verbs"] and not verb.passive
        )  # "a charge that Mali rejected"
        if g is not None and clause.connector == "that" and not answered:
            lemma = g.verb.lemma
            at = clause.start - 2
            by = self.s.word(at - 1) in ("by", "from")
            noun = self.s.noun(at - 2 if by else at)  # "no evidence that", "allegations by an agency that"
            missing = noun is not None and self.tokens[noun.start].lower == "no"
            if g.verb.negated or missing or lemma in self.classes["disputing_verbs"]:
                features.add("denied")
                return Status.DENIED
            if noun is not None and noun.word in self.classes["doubting_nouns"]:
                features.add("alleged")
                return Status.POSSIBLE
            if lemma in self.classes["doubting_verbs"]:
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
            teller = g.governor if g is not None and g.kind == "participle" and g.verb.form == "ing" else g
            if teller is not None and clause.connector == "that" and teller.verb.tense == "past" and not teller.verb.perfect:
                # "said that Iran had attacked", "hit it, saying that it had": what was said then was "has attacked"
                return Status.HAPPENED
            features.add("pluperfect")
            return Status.BACKGROUND
        if clause.kind == "relative" and verb.tense == "past":
            features.add("relative")
            if self.s.word(clause.index - 1) == "who" and verb.lemma in ("fight", "serve"):
                features.add("background")
                return Status.BACKGROUND  # "a swap of soldiers who fought in Bakhmut"
        if clause.kind == "relative" and verb.lemma in self.classes["standing_verbs"]:
            told = g is not None and g.verb.lemma in self.classes["reporting_verbs"]  # "a text stating that it opposes"
            if (verb.form, verb.tense) == ("finite", "present") and status is Status.HAPPENED and not told:
                features.add("background")
                return Status.BACKGROUND
        return status

    def _is_of_none(self, clause: Clause) -> bool:
        """Whether it is done to none: "reached no agreement", "no troops were sent", but "sent no fewer than ten"."""
        if "no" not in self.words:
            return False
        ks = clause.subject[:1] if clause.verb.passive else clause.objects[:1] if clause.verb.lemma != "be" else []
        return any(
            self.tokens[n.start].lower == "no" and self.tokens[n.start + 1].lower not in ("fewer", "less", "more")
            for n in map(self.s.noun, ks)
            if n is not None and n.end - n.start > 1
        )

    def _is_false(self, clause: Clause) -> bool:
        """Whether what the clause says is called false behind it: "reports that Chad attacked Mali are baseless"."""
        behind = next((c for c in self.s.clauses if c.index > clause.index and c.verb.lemma == "be"), None)
        after = self.tokens[behind.verb.end : behind.verb.end + 3] if behind is not None else []
        return any(t.lower in self.classes["falsehoods"] for t in after)

    def _is_not_ruled_out(self, clause: Clause) -> bool:
        """Whether what the clause names is left open: "did not rule out", "refused to exclude"."""
        verb, g = clause.verb, clause.governor
        if verb.lemma not in ("rule", "exclude", "renounce", "take"):
            return False
        ruled = verb.lemma in ("exclude", "renounce") or (verb.lemma == "rule" and "out" in verb.particles)
        off = verb.lemma == "take" and self._goes_on_with(clause, frozenset({"off"}))  # "refused to take force off the table"
        ruled = ruled or (off and self._goes_on_with(clause, frozenset({"table"})))
        refused = g is not None and clause.kind == "infinitive" and g.verb.lemma in ("refuse", "decline")
        return ruled and (verb.negated or refused)

    def _remains_open(self, clause: Clause) -> bool:
        """Whether somebody says that the subject is an option still: "said that force against Chad remained on the table"."""
        told = clause.connector == "that" and not clause.verb.negated
        return (
            told and clause.verb.lemma in ("be", "remain", "stay") and self._goes_on_with(clause, frozenset({"option", "table"}))
        )

    def _own_status(self, clause: Clause) -> Status:
        verb = clause.verb
        if verb.modal in ("may", "might", "could", "can"):
            return Status.POSSIBLE
        if verb.modal == "would":
            said = (
                clause.connector == "that"
                if clause.governor is not None
                else self._is_quoted(clause) or self._is_said_too(clause)
            )
            return Status.PLANNED if said else Status.POSSIBLE
        if verb.modal in ("should", "must", "ought"):
            return Status.DEMANDED
        if verb.tense == "future":
            return Status.PLANNED
        return Status.HAPPENED

    def _is_quoted(self, clause: Clause) -> bool:
        """Whether it is told at the end who said so, on no condition: "Chad would buy the jets, its president told reporters"."""
        last = self.s.clauses[-1]
        quoted = last is not clause and last.verb.lemma in self.classes["reporting_verbs"] and not last.has_content
        return quoted and last.kind == "main" and not any(c.connector in ("if", "unless") for c in self.s.clauses)

    def _is_said_too(self, clause: Clause) -> bool:
        """Whether the clause goes on with what somebody says: "said that trade had grown and both would sign"."""
        before = next((c for c in reversed(self.s.clauses) if c.index < clause.index), None)
        joined = clause.kind == "main" and getattr(self.s.at(clause.start - 1), "tag", "") == "C"
        return joined and before is not None and before.connector == "that" and before.governor is not None

    def _governed(self, clause: Clause, g: Clause, features: set[str]) -> Status:
        lemma = g.verb.lemma
        noun = clause.governor_noun
        above = self._clause_status(g, set()) if g is not clause else Status.HAPPENED
        if noun:
            features.add("governed:noun")
            if noun.startswith(("refus", "fail")):
                return Status.DENIED
            if noun in ("time", "need"):
                return Status.DEMANDED  # "it was time for Peru to cede the islands"
            if noun in self.classes["texts"] and lemma in self.classes["thwarting_verbs"]:
                return Status.DENIED  # "vetoed a UN resolution to extend sanctions"
            if noun.startswith(("call", "request", "demand", "order", "appeal", "deadline")):
                return Status.DEMANDED
            if noun.startswith(
                (
                    "permission",
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
            if lemma in self.classes["denying_verbs"]:
                return Status.DENIED  # "cancels plans to export"
            if noun.startswith(("effort", "attempt")):
                return above
            negated = any(
                t.lower == "no"
                for t in self.tokens[self.s.phrases[clause.index - 1].start : self.s.phrases[clause.index - 1].end]
            )
            return Status.DENIED if negated or g.verb.negated else Status.PLANNED
        if clause.kind == "gerund":
            if lemma in self.classes["charging_verbs"]:
                features.add("alleged")
                return Status.POSSIBLE
            # "denied attacking", "ruled out sending"; but "was accused of" and "stopped after" say no such thing
            direct = not clause.connector and (
                lemma in self.classes["denying_verbs"] or "out" in g.verb.particles or lemma == "oppose" or g.verb.negated
            )
            if direct and g.verb.negated and "out" in g.verb.particles:
                return Status.POSSIBLE  # "does not rule out sending"
            back = clause.connector == "from" and (lemma in self.classes["keeping_verbs"] or "back" in g.verb.particles)
            if clause.connector == "without" or lemma == "deny" or direct or back:
                features.add("denied")
                return Status.DENIED
            if not clause.connector and lemma in self.classes["weighing_verbs"]:
                return Status.POSSIBLE
            if clause.connector in ("about", "for", "of", "on", "over"):
                about = self._nouns_about(clause)
                words = {n.word for n in about}
                weighed, intended = words & self.classes["weighing_nouns"], words & self.classes["intending_nouns"]
                if words & self.classes["doubting_nouns"] and not weighed:
                    features.add("alleged")
                    return Status.POSSIBLE  # "over allegations of helping rebels"
                if weighed or intended:
                    features.add("governed:noun")
                    if g.verb.negated or any(self.tokens[n.start].lower == "no" for n in about):
                        return Status.DENIED  # "has no plans of attacking"
                    return Status.POSSIBLE if weighed else Status.PLANNED  # "talks on joining", "a deal on building"
            if clause.connector in ("for",) and lemma in self.classes["answering_deeds"]:
                features.add("background")
                return Status.BACKGROUND
            if clause.connector == "against" and lemma in ("warn", "advise", "caution"):
                features.add("alleged")
                return Status.POSSIBLE  # "warned Chad against arming rebels"
            if clause.connector in ("after", "since", "before"):
                features.add("background")
                return Status.BACKGROUND if clause.connector == "since" else above
            if clause.connector == "of" and self.tokens[clause.verb.start - 2].lower == "capable":
                return Status.POSSIBLE  # "trained men capable of launching raids"
            eager = any(t.lower == "interested" for t in self.tokens[g.verb.end : g.verb.end + 2])
            if clause.connector == "near" or (
                clause.connector == "to" and self.tokens[clause.verb.start - 2].lower in ("closer", "nearer")
            ):
                return Status.POSSIBLE  # "are close to signing", "moved closer to signing"
            if lemma in self.classes["possibility_verbs"] or (lemma == "be" and (clause.connector == "to" or eager)):
                return Status.POSSIBLE  # "is open to holding", "is interested in buying"
            return above
        features.add("infinitive")
        if self.s.word(clause.index - 1) == "whether":
            return Status.POSSIBLE  # "will decide on Sunday whether to join"
        if lemma == "have" and not clause.governor_noun and clause.index == g.index + 1:
            # "had to quit": it did; "have to quit": it is to
            return above if g.verb.negated or g.verb.tense in ("past", "perfect") else Status.DEMANDED
        asked = not g.objects or any(n.keys & self.classes["control_nouns"] for n in map(self.s.noun, g.objects) if n is not None)
        if g.verb.negated or (lemma in self.classes["denying_verbs"] and (asked or clause.governor_noun)):
            # "refused to hold talks", "rejected a request to leave", but "cancelled a visit to protest at"
            features.add("denied")
            return Status.DENIED
        told = self._many(g.objects, "object", g).codes
        if lemma in self.classes["ordering_verbs"] and told and told <= self._many(g.subject, "subject", g).codes:
            return Status.PLANNED if above is Status.HAPPENED else above  # "orders his minister to send troops"
        wanted = lemma in ("want", "expect", "need") and clause.subject == g.objects[:1]
        if wanted or lemma in self.classes["demanding_verbs"]:
            features.add("demanded")
            return Status.DEMANDED
        kinds = {p.type.quad for _, p in self.grammar.verb_patterns.get(clause.verb.lemma, ())}
        # who tries to buy arms has bought none
        sought = (
            lemma in ("try", "attempt", "seek") and Quad.MATERIAL_COOPERATION in kinds and Quad.MATERIAL_CONFLICT not in kinds
        )
        # nor has he who tries to visit a land been there
        sought = sought or (lemma in ("try", "attempt") and clause.verb.lemma in self.classes["travelling_verbs"])
        if sought or lemma in self.classes["possibility_verbs"] or above in (Status.POSSIBLE, Status.DENIED, Status.DEMANDED):
            return above if above in (Status.DENIED, Status.DEMANDED) else Status.POSSIBLE
        if (
            g.kind == "infinitive"
            and g.governor is not None
            and g.governor.verb.lemma in self.classes["letting_verbs"]
            and above is not Status.DENIED
        ):
            return Status.POSSIBLE  # "lets Chad use its base to strike": it may
        if lemma == "vote" and self._decides(g):
            return above  # "the assembly voted to ban": that bans
        if lemma in ("be", "become", "make") and not _RANKED.isdisjoint(
            t.lower for t in self.tokens[g.verb.end : clause.verb.start]
        ):
            return above  # "was the first to recognise"
        if lemma in self.classes["planning_verbs"] or lemma == "be":
            features.add("planned")
            return Status.PLANNED
        made = self.s.noun(clause.index - 1)
        if made is not None and made.word in self.classes["preparatory_nouns"]:
            return Status.PLANNED if above is Status.HAPPENED else above  # "began procedures to end the pact"
        if lemma in self.classes["attempting_verbs"] or (lemma in ("let", "make") and clause.verb.bare):
            return above
        if lemma in self.classes["causing_verbs"]:
            return above  # "prompting Poland to summon the envoy": it did
        if lemma in ("send", "deploy", "dispatch") and clause.verb.lemma in self.classes["serving_verbs"]:
            return above  # troops sent to help are help
        if g.verb.passive and lemma in self.classes["reporting_verbs"]:
            return Status.HAPPENED if above is Status.HAPPENED and lemma in ("report", "say", "confirm") else Status.POSSIBLE
        if lemma in self.classes["occasioning_verbs"] and clause.verb.lemma in self.classes["occasioned_verbs"]:
            return above  # "summoned the ambassador to protest", "met to discuss": that is what was done
        if made is not None and made.word in self.classes["instruments"] and lemma in self.classes["enacting_verbs"]:
            return above  # "passes a bill to recognise": that is what it enacts
        features.add("purpose")
        return Status.PLANNED

    def _nouns_about(self, clause: Clause) -> list[Noun]:
        """The nouns right before the preposition of a gerund, and those that they hang on: "talks with Russia on joining"."""
        last = clause.index - 2
        return self._nouns_of(sorted({last, self.s.chain_start(last)}))

    def _decides(self, clause: Clause) -> bool:
        """Whether those who vote are a body that decides by it, not the people at the polls."""
        voters = self._nouns_of(clause.subject)
        return bool(voters) and all(n.word_class in ("agent", "name") and not n.is_plural for n in voters)

    def _noun_status(self, k: int, noun: Noun | None, clause: Clause | None, features: set[str]) -> Status:
        if noun is None:
            return Status.HAPPENED
        words = {self.tokens[j].lower for j in range(noun.start, noun.end)} - {noun.word}  # threats that are made are made
        chain_head = self.s.noun(self.s.chain_start(k))
        led = self.s.at(k - 1)
        aside = isinstance(led, Mark) and (led.word == "such_as" or led.word in self.classes["background_prepositions"])
        # "threats during the invasion", "threats such as the war"
        if chain_head is not None and chain_head is not noun and not aside:
            words |= {self.tokens[j].lower for j in range(chain_head.start, chain_head.end)}
        if words & self.classes["possibility_words"]:
            features.add("word:possible")
            return Status.POSSIBLE
        whole = self._measured(k)
        anew = self.tokens[noun.start].lower in _INDEFINITE and clause is not None and whole in clause.subject
        if clause is not None and anew and self._own_status(clause) in (Status.POSSIBLE, Status.PLANNED):
            features.add("noun:subject")
            return Status.POSSIBLE  # "a Chadian invasion would be a disaster"
        if noun.word in self.classes["wars"] and (clause is None or k not in clause.objects):
            features.add("label")
            return Status.BACKGROUND
        if clause is not None and whole in clause.subject and clause.verb.lemma in ("amount", "constitute"):
            return Status.HAPPENED  # "the Chadian blockade may amount to a crime": there is one
        if words & self.classes["planning_words"]:
            features.add("word:planned")
            return Status.PLANNED
        k = whole
        before = self.s.at(k - 1)
        head = self.s.noun(k - 2) if getattr(before, "word", "") == "of" else None
        if head is not None and head.word in self.classes["stopping_nouns"] and self._is_kind_of_act(noun):
            features.add("noun:oblique")
            return Status.DENIED  # "the suspension of gas deliveries to Chad"
        if isinstance(before, Mark) and before.word in ("ahead of", "in advance of"):
            features.add("word:planned")
            return Status.PLANNED  # "signed a pact ahead of a visit by Peru's president"
        listed = isinstance(before, Mark) and before.word == "including"
        if (
            listed or (clause is not None and clause.verb.lemma == "include" and k in clause.objects)
        ) and noun.word in self.classes["deal_terms"]:
            features.add("word:planned")
            return Status.PLANNED  # "a deal that includes the withdrawal of its troops"
        if isinstance(before, Mark) and before.tag == "P" and before.word in self.classes["background_prepositions"]:
            features.add(f"after:{before.word}")
            pattern = self._noun_pattern(noun)
            met = pattern is not None and pattern.type is EventType.CONSULT and before.word in ("after", "following", "during")
            if met and clause is not None and not clause.verb.perfect:
                # "said after talks with": the talks are as fresh as what was said
                above = self._clause_status(clause, set())
                return Status.HAPPENED if above in (Status.HAPPENED, Status.PLANNED) else Status.BACKGROUND
            mutual = self._is_fight(noun) or any(prep == "between" for prep, _ in self.s.chain(k)[:1])
            harmed = clause is not None and clause.verb.passive and clause.verb.lemma in self.classes["harming_verbs"]
            if (
                harmed
                and clause is not None
                and before.word in _OWING
                and pattern is not None
                and pattern.type is EventType.ASSAULT
            ):
                return self._clause_status(clause, set())  # "two are killed due to shelling by"
            if before.word == "during" and clause is not None and clause.verb.passive and mutual:
                return self._clause_status(clause, set())  # "killed during clashes between"
            return Status.BACKGROUND
        if clause is None:
            features.add("verbless")
            return Status.HAPPENED
        verb = clause.verb
        if (k in clause.objects and self._is_not_ruled_out(clause)) or (k in clause.subject and self._remains_open(clause)):
            features.add("word:possible")
            return Status.POSSIBLE  # "did not rule out a Russian strike on Poland"
        above = self._clause_status(clause, set())
        told_of = k in clause.subject or self.s.chain_start(k) in clause.subject if verb.passive else k in clause.objects
        if told_of and " ".join((verb.lemma, *verb.particles)) in self.classes["cancelling_verbs"]:
            features.add("noun:subject")
            return Status.DENIED  # "talks between the two were called off", "called off a meeting between them"
        if k in clause.subject:
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
            if name == "call":
                return Status.BACKGROUND  # "called the attack illegal"
            if verb.lemma in self.classes["granting_verbs"] and (p := self._noun_pattern(noun)) and p.type is EventType.REQUEST:
                return Status.HAPPENED  # "declined to answer a request": it was made
            if name in self.classes["demanding_verbs"] or verb.lemma in ("demand", "urge", "seek", "propose"):
                return Status.DEMANDED
            if verb.lemma in self.classes["ending_verbs"] and clause.kind == "infinitive" and above is Status.PLANNED:
                return Status.BACKGROUND  # "to break the Israeli blockade": there is one
            if verb.lemma in self.classes["outliving_verbs"] and noun.word in self.classes["wars"]:
                return Status.BACKGROUND
            if verb.lemma in self.classes["thwarting_verbs"]:
                if verb.lemma in ("veto", "block") and (p := self._noun_pattern(noun)) and p.type is EventType.ACCUSE:
                    return Status.HAPPENED  # a lawsuit that is blocked was brought
                return Status.DENIED if verb.lemma != "reject" else Status.BACKGROUND
            if verb.lemma in self.classes["owning_up_verbs"]:
                features.add("told")
                return Status.BACKGROUND
            if verb.lemma in self.classes["looking_back_verbs"]:
                ranked = {self.tokens[j].lower for j in range(noun.start, noun.head)}
                best = any(w in _RANKED or (w.endswith("est") and len(w) > 4) for w in ranked)
                return above if best else Status.BACKGROUND  # "the raid marks the deadliest attack on Chad"
            return above
        features.add("noun:oblique")
        if isinstance(before, Mark) and before.word in ("in", "during", "amid"):
            features.add("meanwhile")  # "in May ten were killed in clashes": the day of the clause is theirs
        if verb.lemma in self.classes["responding_verbs"] and isinstance(before, Mark) and before.word == "to":
            return Status.BACKGROUND  # "would respond to the expulsion of its envoys"
        if verb.lemma in ("prepare", "brace") and isinstance(before, Mark) and before.word == "for":
            return Status.POSSIBLE  # "is preparing for a strike from Iran"
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

    def _is_kind_of_act(self, noun: Noun) -> bool:
        """Whether the noun names something that is done for somebody."""
        pattern = self._noun_pattern(noun)
        return pattern is not None and pattern.type.quad in (Quad.VERBAL_COOPERATION, Quad.MATERIAL_COOPERATION)

    def _measured(self, k: int) -> int:
        """The noun that measures the act at ``k`` and stands in its place: "the fourth round of talks", "a series of raids"."""
        above = self.s.noun(k - 2)
        measures = above is not None and above.word in self.classes["measures"] and not above.actors
        return k - 2 if measures and self.s.word(k - 1) == "of" else k

    def _attribution(self, clause: Clause | None) -> tuple[ActorRef, ...]:
        """Who is quoted for what the clause says."""
        c = clause
        steps = 0
        while c is not None and steps < 4:
            g = c.governor
            told = g is not None and c.connector == "that" and g.verb.lemma in self.classes["telling_or_finding_verbs"]
            if g is not None and told:
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
