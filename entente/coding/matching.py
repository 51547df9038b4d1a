"""What the verb of a clause tells by one pattern: whether the clause meets it, and who then did it to whom."""

from __future__ import annotations

from dataclasses import dataclass

from entente.coding.clauses import Clause
from entente.coding.parties import VIOLENT
from entente.coding.phrases import Noun
from entente.coding.readings import NOBODY, Found, Reading, codes_of
from entente.coding.scope import POSSESSIVES
from entente.coding.subjects import Subjects
from entente.lexicon.patterns import Pattern
from entente.model import EventType, MentionKind, Quad

# Verbs whose participle tells with these prepositions what somebody feels, not what was done to him.
STATES = {"oppose": ("to",), "concern": ("about", "over"), "worry": ("about", "over")}
_IN_WORDS = frozenset({"verbally"})
# Objects and prepositional phrases of a clause once the particles of a pattern are taken away.
Fitted = tuple[list[int], list[tuple[str, list[int]]]]
# Who is struck when nobody else is.
_SELVES = frozenset({"himself", "herself", "itself", "themselves", "oneself"})
# By which kinds of name an object may be asked for.
_NAMED_AS = {
    "@people": (MentionKind.DEMONYM,),
    "@place": (MentionKind.PLACE, MentionKind.CAPITAL),
    "@group": (MentionKind.GROUP,),
    "@organisation": (MentionKind.ORGANISATION,),
}


@dataclass(slots=True)
class Fit:
    """A clause held against a pattern.

    ``objects`` and ``preps`` are those of its verb without the particles of the pattern. The act is done to ``patients``: phrase
    indices; ``ks``, ``nouns`` and ``keys`` are these looked through, as noun phrases and as words. ``retained`` says that a passive keeps
    its object: "was granted asylum".
    """

    clause: Clause
    pattern: Pattern
    objects: list[int]
    preps: list[tuple[str, list[int]]]
    patients: list[int]
    ks: list[int]
    nouns: list[Noun]
    keys: frozenset[str]
    retained: bool


class Matching(Subjects):
    """A sentence whose clauses are held against the patterns of their verbs."""

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
        if not particles and verb.particles and (pattern.type is EventType.CONSULT or verb.lemma == "press"):
            return None  # "called for an end" is no call, "pressed on with the attack" presses nobody
        fit = self._fit(clause, pattern, fitted)
        if not self._has_what_it_asks(fit) or self._has_another_sense(fit) or not self._is_by_people(fit, subject):
            return None
        features = {f"pattern:{pattern.name}", f"type:{pattern.type}", "verb"}
        if not self.classes["all_round"].isdisjoint(self.words):
            features.add("all-round")  # "a tripartite meeting with"
        if particles[-1:] == ("with",):
            features.add("to:with")  # "spoke with both Chad and Mali"
        self._act = None
        if self._touches_only_own(fit) or not self._is_done_by_kind(fit):
            return None
        subject = self._acting_for_state(fit, subject)
        agent = self._agent(clause, fit.preps, subject, pattern, features)
        if self._is_own_material(fit, agent):
            return None
        if verb.passive and not agent and pattern.objects and not (pattern.own or pattern.reverse):
            whose = self._doer_of_act(fit.ks, pattern)
            if whose is None:
                return None
            agent = whose
        if pattern.own and not self._is_done_to_own(fit, agent):
            return None
        if fit.retained:
            given = self._many(clause.subject, "object", clause)
            recipient = given.without(agent.codes)
            features |= {"to:retained", f"recipient:{given.how}"}
        else:
            recipient = self._recipient(clause, pattern, fit.patients, fit.preps, agent, features)
        if pattern.type in (EventType.AGREE, EventType.CONSULT) and pattern.both and self._only_mediate(clause, agent):
            one = len(recipient.codes) < 2
            if one and not (recipient and verb.lemma == "meet"):  # "Norwegian mediators met Chadian officials"
                return self._mediation_told(clause, agent, fit.patients)
            agent = agent if one else recipient
        if pattern.both and self._only_proclaims(clause, agent, recipient, features):
            agent = recipient
        if verb.passive and pattern.type is EventType.MOBILIZE and pattern.actor_class == "force" and not recipient:
            return None  # "a missile was intercepted by the army" shows no force
        if verb.passive and pattern.type is EventType.ASSAULT and len(agent.codes) > 1:
            if self._many(fit.patients, "object", clause).codes & agent.codes:
                self._give_back_act()
                return None  # who is hurt in a raid of their own was hurt by somebody else
        if pattern.together is not None and len(agent.codes) > 1:
            # two who hold a drill together do so with each other
            pattern = self._of_both(pattern.together)
            recipient = agent
        if not recipient:
            agent, recipient = self._parties_together(fit, pattern, subject, agent, features)
        if verb.passive:
            features.add("passive")
        for k in fit.ks if agent or not verb.passive else ():
            if pattern.objects and (n := self.s.noun(k)) is not None and n.is_act and not self._is_caught_gift(n, pattern):
                self.used.add(k)
        pattern = self._pattern_by_aim(clause, pattern, agent, recipient, features)
        rule = f"{'passive ' if verb.passive else ''}verb '{self._verb_words(verb)}'"
        return self._reading(clause, pattern, agent, recipient, features, subject, rule)

    def _fit(self, clause: Clause, pattern: Pattern, fitted: Fitted) -> Fit:
        """The clause as the pattern sees it: what the act is done to, by its phrases, nouns and words."""
        verb = clause.verb
        objects, preps = fitted
        if verb.passive and preps and preps[0][0] in STATES.get(verb.lemma, ()):
            verb.passive = False  # "is opposed to", "remains worried about"
            objects = preps[0][1]
        patients = list(clause.subject) if verb.passive else objects
        ks, nouns, keys = self._patients(patients)
        retained = False
        if verb.passive and objects and pattern.objects and not keys & pattern.objects:
            # "he was granted asylum by Russia": the object stays, the subject is whom it is given to
            kept = self._patients(objects)[2]
            retained = bool(kept & pattern.objects)
            keys = kept if retained else keys
        if pattern.kinds:
            keys = keys.union([kind for kind in pattern.kinds if any(self._is_of_kind(kind, n) for n in nouns)])
        return Fit(clause, pattern, objects, preps, patients, ks, nouns, keys, retained)

    def _is_of_kind(self, kind: str, noun: Noun) -> bool:
        """Whether the noun is of a kind that a pattern asks for: "@person", "@people", "@leader", "@place", "@group", "@organisation"."""
        if kind == "@person":
            return self._is_person(noun)
        if kind == "@leader":
            return any(r.mention.kind is MentionKind.LEADER for r in noun.actors)
        if kind == "@place" and noun.word_class == "place":
            return True
        named = any(r.how == "head" and r.mention.kind in _NAMED_AS[kind] for r in noun.actors)
        return named and (noun.is_plural or kind != "@people")

    def _has_what_it_asks(self, fit: Fit) -> bool:
        """Whether the clause has the object, goal, means and further words that the pattern asks for."""
        clause, pattern = fit.clause, fit.pattern
        if pattern.objects and not fit.keys & pattern.objects and not (pattern.object_optional and not fit.nouns):
            return False
        if pattern.not_objects and fit.keys & pattern.not_objects:
            return False
        if pattern.goals and not self._reaches(clause, fit.ks, pattern.goals):
            return False
        opposed = pattern.type is EventType.SUPPORT and bool(pattern.goals)
        if opposed and self._reaches(clause, fit.ks, pattern.goals, "against"):
            return False  # "rallied against American support for Israel"
        if pattern.means and not self._reaches(clause, fit.ks, pattern.means, "with"):
            return False
        names = pattern.type is EventType.ACCUSE and clause.verb.lemma in self.classes["naming_verbs"]
        if pattern.words:
            if not (self._is_called if names else self._goes_on_with)(clause, pattern.words):
                return False
            fit.patients = self.s.conjuncts_right(fit.patients[0])[0] if fit.patients else []  # not what they are called
        if pattern.object_class and not any(n.word_class in (pattern.object_class, "name") for n in fit.nouns):
            return False
        return not pattern.to_act or self._tells_to_act(clause)

    def _is_by_people(self, fit: Fit, subject: Found) -> bool:
        """Whether people do what only people do, and not what only others do: people rally, a government complains."""
        clause, pattern = fit.clause, fit.pattern
        if pattern.actor_class == "people" and subject:
            return self._are_people(clause)
        objects = pattern.type is EventType.ACCUSE and clause.verb.lemma == "protest" and clause.subject
        return not (objects and self._are_people(clause))

    def _has_another_sense(self, fit: Fit) -> bool:
        """Whether the verb, with what stands around it, means something else than the act of the pattern."""
        clause, objects = fit.clause, fit.objects
        verb, kind = clause.verb, fit.pattern.type
        if kind in (EventType.SUPPORT, EventType.AID) and any(
            n.word_class == "pronoun" and n.word.endswith(("self", "selves")) for n in fit.nouns
        ):
            return True  # "defends itself"
        if kind is EventType.AID and verb.lemma == "help":
            # "to help destroy Chadian tanks" helps no Chadians
            return getattr(self.s.at(clause.index + 1), "lemma", "") in self.classes["transitive_verbs"]
        if kind is EventType.CONSULT and verb.lemma == "call" and objects:
            # "called him a communist", "called Iran an outlaw state" are no telephone calls
            return any(k + 1 in objects for k in objects) or self.s.noun(objects[-1] + 1) is not None
        if kind is EventType.CONSULT and verb.lemma == "fly" and objects and not verb.particles:
            return True  # "flew food parcels to Moscow" is no visit
        if kind is EventType.CONCEDE and verb.lemma == "lift" and self._tells_rate(clause):
            return True  # "lifts tariffs to 125%" raises them
        if kind is EventType.SUPPORT and verb.lemma in ("recognise", "recognize"):
            # to recognise the "republic" of a town recognises nobody whose town it is
            named = self._many(fit.patients, "object", clause).refs
            return bool(named) and all(r.mention.kind is MentionKind.PLACE for r in named)
        if kind is EventType.REQUEST and verb.lemma in ("seek", "propose", "demand") and not objects and not verb.passive:
            # "seeks to reduce its debt to China" asks nothing
            below = next((c for c in self.s.clauses if c.index == clause.index + 1), None)
            return below is not None and below.kind == "infinitive"
        if kind is EventType.ACCUSE and (verb.lemma in STATES or fit.keys & self.classes["worries"]):
            return self._pities([objects, *(ks for _, ks in fit.preps)])  # "expressed concern over the famine in Chad"
        if kind is EventType.MOBILIZE and verb.form == "participle" and verb.passive:
            return verb.lemma in ("station", "base", "position")  # "the forces stationed there" are described, not sent
        return kind is EventType.ASSAULT and self._strikes_nobody(fit)

    def _strikes_nobody(self, fit: Fit) -> bool:
        """Whether a verb of violence tells of none: "verbally attacked", "a lorry sank", "fight boredom with music"."""
        clause, pattern = fit.clause, fit.pattern
        if self._goes_on_with(clause, _IN_WORDS):
            return True
        if clause.verb.lemma == "target" and clause.kind == "participle":
            # "imposes sanctions targeting Togo's banks"
            above = clause.governor.objects if clause.governor is not None else []
            aimed = map(self._noun_pattern, self._nouns_of((*clause.subject, *above)))
            if any(p is not None and p.type is EventType.SANCTION for p in aimed):
                return True
        if pattern.weight == "material" and not fit.nouns:
            return True
        unaimed = pattern.both and fit.nouns and not pattern.objects
        return bool(unaimed) and not self._many(fit.patients, "object", clause)

    def _acting_for_state(self, fit: Fit, subject: Found) -> Found:
        """The ``subject``, unless it is a thing or a person that acts for no state."""
        pattern = fit.pattern
        if subject.how == "owner" and pattern.type.quad in (Quad.MATERIAL_CONFLICT, Quad.MATERIAL_COOPERATION):
            return NOBODY  # "Chinese robots" do not act for China
        told = fit.clause.kind in ("main", "coordinated")
        if subject.how in ("owner", "place") and told and self._is_somebody_unknown(fit.clause):
            return NOBODY  # nor do "a Turkish singer" and "a doctor in Izmir" speak for Turkey
        return NOBODY if subject.how == "place" and pattern.actor_class == "agent" else subject

    def _touches_only_own(self, fit: Fit) -> bool:
        """Whether it is done to one's own people, or to oneself: "told its own staff to leave", "after killing himself"."""
        lemma, kind = fit.clause.verb.lemma, fit.pattern.type
        if not fit.nouns:
            return False
        last = fit.nouns[-1]
        if kind is EventType.SANCTION and lemma in ("order", "tell") and self._is_possessed(last):
            return True
        if lemma == "evacuate" and self._is_possessed(last) and (kind is not EventType.RETREAT or last.word_class != "force"):
            return True  # "evacuate their nationals": no help to the land they leave; their troops do leave it
        return (
            kind in VIOLENT and lemma not in ("blow", "detonate") and fit.nouns[0].word in _SELVES
        )  # "blew himself up at a bank"

    def _is_done_by_kind(self, fit: Fit) -> bool:
        """Whether it is done by the kind of actor that the pattern asks for: officials, forces, the police, a weapon."""
        wanted = fit.pattern.actor_class
        if wanted == "agent":
            return self._agentive(fit.clause, fit.clause.verb)
        if wanted == "force":
            return any(self._is_armed(k) for k in self._doing(fit.clause))
        doing = {"police": "police", "weapon": "weapons"}.get(wanted)
        return doing is None or any(n.keys & self.classes[doing] for n in self._nouns_of(self._doing(fit.clause)))

    def _is_armed(self, k: int) -> bool:
        """Whether the noun at ``k`` names forces, some of them ("dozens of soldiers"), a government or an armed group."""
        noun = self.s.noun(k)
        if noun is None:
            return False
        if noun.word_class == "force" or noun.keys & self.classes["forces"]:
            return True
        members = (n for prep, ks in self.s.chain(k) if prep == "of" for n in self._nouns_of(ks))
        return any(n.word_class == "force" and n.is_plural for n in members) or any(
            r.mention.kind in (MentionKind.GOVERNMENT, MentionKind.GROUP) for r in noun.actors
        )

    def _is_own_material(self, fit: Fit, agent: Found) -> bool:
        """Whether what is destroyed is the doer's own: "demanded that Chad destroy its missiles"."""
        material = fit.pattern.type is EventType.ASSAULT and fit.pattern.weight == "material"
        if not material or not fit.nouns or self.tokens[fit.nouns[0].start].lower not in POSSESSIVES:
            return False
        owners = set(codes_of(self._possessive(fit.nouns[0], fit.clause)))
        return bool(owners) and owners <= agent.codes

    def _is_done_to_own(self, fit: Fit, agent: Found) -> bool:
        """Whether it is done to what is the doer's own, as the pattern asks: "recalled its ambassador"."""
        first = next(iter(fit.nouns), None)
        if first is None:
            return True
        if fit.clause.verb.lemma == "summon" and (first.actors or not self._is_possessed(first)):
            return False  # "summoned their Israeli ambassadors" are Israel's
        theirs = bool(first.actors) and set(codes_of(first.actors)) <= agent.codes
        return theirs or self.tokens[first.start].lower in POSSESSIVES

    def _parties_together(
        self, fit: Fit, pattern: Pattern, subject: Found, agent: Found, features: set[str]
    ) -> tuple[Found, Found]:
        """Doer and recipient of what two do with each other, where only the two are named, or told of before."""
        two = Found(self.discourse.pair, "pronoun")
        they = subject.how == "pronoun" and any(n.word == "they" for n in self._nouns_of(fit.clause.subject))
        if pattern.both and they and len(two.codes) == 2 and len(agent.codes) < 2:
            return two, two  # "Oman brought them together. They signed a pact"
        if pattern.type is EventType.AGREE and not agent and self._is_theirs(fit.clause):
            return two, two
        if len(agent.codes) == 2 and (any(map(self._is_shared, fit.nouns)) or self._is_mutual(pattern, fit.nouns)):
            features |= {"to:shared", "recipient:each_other"}
            return agent, agent
        return agent, NOBODY

    def _pattern_by_aim(self, clause: Clause, pattern: Pattern, agent: Found, recipient: Found, features: set[str]) -> Pattern:
        """The pattern of the act that it turns out to be by where it is aimed: a missile at a town is no show, forces that stop short
        of somebody, or stand before a foe, are one."""
        if pattern.type is EventType.MOBILIZE and not features.isdisjoint(("to:towards", "to:toward")) and self._is_aimed(clause):
            pattern = next(p for _, p in self.grammar.verb_patterns["attack"] if p.type is EventType.ASSAULT)
        stops = pattern.type is EventType.ASSAULT and pattern.actor_class == "force" and self._stops_short(recipient)
        if stops or (pattern.type is EventType.AID and clause.verb.lemma == "deploy" and self._are_foes(agent, recipient)):
            return next(p for _, p in self.grammar.verb_patterns["deploy"] if p.type is EventType.MOBILIZE)
        return pattern

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
            doer = self.doer(k, noun) if noun is not None and act is not None else NOBODY
            if act is None or len(doer.codes) != 1:
                continue
            if pattern.type in (EventType.CONCEDE, EventType.RETREAT) and act.type.quad is Quad.MATERIAL_CONFLICT:
                return doer
            if act.type is pattern.type:
                return doer
            answer = pattern.type in (EventType.REJECT, EventType.AGREE, EventType.CONCEDE)
            if answer and act.type.quad in (Quad.VERBAL_COOPERATION, Quad.VERBAL_CONFLICT):
                return None
        return NOBODY

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

    def _is_shared(self, noun: Noun) -> bool:
        """Whether two who own the thing share it: "their border", "their ties"."""
        return self.tokens[noun.start].lower == "their" and noun.word in self.classes["shared_nouns"]

    def _are_foes(self, one: Found, other: Found) -> bool:
        """Whether the forces of one, deployed in the land of the other, are read as a show of force and not as help."""
        pairs = {"-".join(sorted((a, b))) for a in one.codes for b in other.codes}
        return not pairs.isdisjoint(self.classes["foes"])

    def _is_aimed(self, clause: Clause) -> bool:
        """Whether missiles are fired towards a town or a site in a land, which no show of force is: "towards an airport in Israel"."""
        if not self._patients(clause.objects)[2] & self.classes["shown_weapons"]:
            return False
        ends = [n for prep, ks in clause.preps if prep in ("towards", "toward") for n in self._nouns_of(ks)]
        return any(r.mention.kind in (MentionKind.PLACE, MentionKind.CAPITAL) for n in ends for r in n.actors) or any(
            n.word_class in ("place", "asset") and not n.actors for n in ends
        )

    def _tells_rate(self, clause: Clause) -> bool:
        """Whether the clause says to what rate or by how much: "to 125%", "by 10 per cent"."""
        behind = zip(self.tokens[clause.verb.end :], self.tokens[clause.verb.end + 1 :], strict=False)
        return any(one.lower in ("to", "by", "from") and other.tag == "#" for one, other in behind)

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
