"""To whom an act is done, by the places where its pattern says that the recipient may stand; where none is filled, by who is struck or spoken of."""

from __future__ import annotations

from dataclasses import dataclass

from entente.coding.clauses import Clause
from entente.coding.parties import JUDGING, KIND, PLACE_PREPOSITIONS, SAID_TO, VIOLENT, WEAPONED, Parties
from entente.coding.phrases import ActorRef, Mark, Noun
from entente.coding.readings import NOBODY, Found, codes_of, without
from entente.coding.scope import BY_ACCORD
from entente.lexicon.patterns import Pattern
from entente.model import EventType, MentionKind

Row = tuple[str, list[int]]

_REASONS = frozenset({"over", "after", "despite", "amid", "because of"})
_ANSWERED = frozenset({"in response to", "in reaction to", "in retaliation for"})
# Before what was there first.
_EARLIER = frozenset({"after", "following", "since", "before", "amid"})
# What is done at a border is not done to those behind it, unless forces move up to it.
_NOT_BY_BORDER = frozenset({EventType.AID, EventType.ASSAULT})
# Places of a recipient that no preposition leads, or several may.
_NO_PREPOSITIONS = frozenset({"object", "doer", "that", "in"})
# Nouns that may be anybody's.
_BARE = ("force", "person", "asset", "name")


@dataclass(slots=True)
class Act:
    """An act whose recipient is asked for: its clause and pattern, to what it is done (``patients``), who does it, and what hangs on it.

    ``preps`` are the rows of the clause, ``chained`` those of its patients, ``rows`` both, ``leads`` the prepositions of these. ``own`` are the codes of the doers, ``suffered`` of those whom
    a deed struck that is judged here: neither is the recipient.
    """

    clause: Clause
    pattern: Pattern
    patients: list[int]
    preps: list[Row]
    chained: list[Row]
    rows: list[Row]
    leads: frozenset[str]
    agent: Found
    own: set[str]
    suffered: set[str]
    features: set[str]

    def fresh(self, found: Found, how: str) -> Found:
        """Those found who may be the recipient, with the way they were found noted among the features."""
        if not found.refs:
            return found
        refs = tuple([r for r in found.refs if r.code not in self.own or (found.how == "each_other" and len(self.own) == 2)])
        refs = without(refs, self.suffered)
        if refs:
            self.features |= {f"to:{how}", f"recipient:{found.how}"}
        return Found(refs, found.how)


class Recipients(Parties):
    """A sentence whose acts are asked to whom they are done."""

    def _recipient(
        self, clause: Clause, pattern: Pattern, patients: list[int], preps: list[Row], agent: Found, features: set[str]
    ) -> Found:
        act = self._act_of(clause, pattern, patients, preps, agent, features)
        if self._is_of_nobody(act):
            return NOBODY
        told = self._of_what_was_told(act)
        if told is not None:
            return told
        others = act.fresh(self._with_others(clause), "others") if pattern.type in VIOLENT else NOBODY
        if others.refs:
            return others
        for slot in pattern.to:
            if slot not in _NO_PREPOSITIONS and slot not in act.leads:
                continue
            got = self._in_slot(act, slot)
            if got is None:
                return NOBODY
            if got.refs:
                return self._with_expelled(act, got) if slot == "object" else got
            if slot == "object" and self._is_done_to_pronoun(act):
                # "filed a case against Mali, accusing it of": not the one who accuses
                return act.fresh(self._met_above(clause, act.own), slot)
        if clause.verb.lemma in self.classes["mediating_verbs"]:
            between = self._mediated(act)
            if between is not None:
                return between
        # "were killed when their car came under fire": whose car it was did not fire
        theirs = pattern.reverse and any(map(self._is_possessed, self._nouns_of(clause.subject)))
        return NOBODY if theirs or self._enters_own(clause, pattern, act.own) else self._struck(act)

    def _with_expelled(self, act: Act, struck: Found) -> Found:
        """Those struck and those who are driven out: "captured Sange from Congolese and Burundian troops"."""
        if act.clause.verb.lemma not in self.classes["conquering_verbs"] or "from" not in act.pattern.to:
            return struck
        if not all(n.word_class in ("place", "asset", "name") for n in self._nouns_of(act.patients)):
            return struck  # "captured four fighters from Yemen"
        held = next((self._many(ks, "object", act.clause) for prep, ks in act.preps if prep == "from"), NOBODY)
        more = without(held.refs, act.own | struck.codes) if held.how == "self" else ()
        return Found(struck.refs + more, struck.how)

    def _act_of(
        self, clause: Clause, pattern: Pattern, patients: list[int], preps: list[Row], agent: Found, features: set[str]
    ) -> Act:
        """The act with the rows that are its own: not those of an act named as its object, of its reason or of what came before it."""
        chained = [row for k in self._patients(patients)[0] for row in self.s.chain(k)]
        others: set[tuple[int, ...]] = set()
        if not pattern.objects and chained:
            # What stands behind an act named as the object belongs to that act: "supports the war with Ukraine".
            others = {
                tuple(nouns)
                for k in patients
                if (n := self.s.noun(k)) is not None and n.is_act
                for prep, nouns in self.s.chain(k)
                if not (prep in ("with", "between") and pattern.type is EventType.REQUEST and self._is_accord(n))
            }
            preps = [row for row in preps if tuple(row[1]) not in others]
            chained = [row for row in chained if tuple(row[1]) not in others]
        avenged = None
        if pattern.answers:
            avenged = next((ks for prep, ks in chained if prep == "for" and self._is_avenged(pattern, ks)), None)
        if avenged is not None:
            # "vows revenge for the strike on Damascus": on whoever struck, never on what was struck
            preps = [row for row in preps if row[1] is avenged or row[1][:1] < avenged[:1]]
            chained = [row for row in chained if row[1] is avenged or row[1][:1] < avenged[:1]]
        why = next((i for i, (prep, _) in enumerate(preps) if prep in _REASONS), None) if preps else None
        if why is not None:
            named = [ks for prep, ks in preps[:why] if prep in pattern.to]
            named += [patients] if "object" in pattern.to else []
            if any(self._many(ks, "object", clause).refs for ks in named):
                # "paused funding to Chad over its deal with Mali", "left the bloc amid a row with Mali": that belongs to the reason
                beyond = {tuple(ks) for _, ks in preps[why + 1 :]}
                preps = preps[: why + 1]
                chained = [row for row in chained if tuple(row[1]) not in beyond]
        reply = None
        if preps and not pattern.answers and pattern.type.quad in KIND:
            reply = next((i for i, (prep, _) in enumerate(preps) if prep in _ANSWERED), None)
        if reply is not None:
            # "backed the rebels in response to French support for Mali": what is answered is about others
            beyond = {tuple(ks) for _, ks in preps[reply:]}
            preps, chained = preps[:reply], [row for row in chained if tuple(row[1]) not in beyond]
        if preps and pattern.type not in VIOLENT:
            # What hangs on the visit is not where the act goes: "severed contacts after a visit to Taiwan".
            before = [k for prep, ks in preps if prep in _EARLIER for k in ks if (n := self.s.noun(k)) is not None and n.is_act]
            visited = {tuple(nouns) for k in before for _, nouns in self.s.chain(k)}
            preps = [row for row in preps if tuple(row[1]) not in visited] if visited else preps
        rows = [*preps, *chained]
        if pattern.type in WEAPONED and pattern.objects:
            # "deploys two aircraft carrying officers to Mogadishu"
            rows += [row for load in self._loads(clause) for row in load.preps if row[0] == "to"]
        own, suffered = agent.codes, self._suffered(clause, pattern, patients)
        leads = frozenset([prep for prep, _ in rows])
        return Act(clause, pattern, patients, preps, chained, rows, leads, agent, own, suffered, features)

    def _is_avenged(self, pattern: Pattern, nouns: list[int]) -> bool:
        """Whether a deed is answered: "vows revenge for the strike on Togo", which is on whoever struck."""
        deed = self.s.noun(nouns[0]) if nouns else None
        return pattern.answers and deed is not None and deed.is_act

    def _is_of_nobody(self, act: Act) -> bool:
        """Whether what is asked is asked of one's own, blamed on somebody unknown, or sent to catch somebody."""
        if act.pattern.type is EventType.REQUEST:
            # "issues orders for its own towns"
            asked = (self.s.noun(nouns[0]) for prep, nouns in act.preps if prep == "for")
            return any(n is not None and self._is_possessed(n) for n in asked)
        if act.pattern.type is EventType.AID:
            # "sent police to Chad to arrest a man" helps nobody
            below = (c for c in self.s.clauses if c.governor is act.clause and c.kind == "infinitive")
            return any(c.verb.lemma in self.classes["penal_verbs"] for c in below)
        if act.pattern.type is EventType.ACCUSE:
            # "blamed an unspecified group in Chad"
            return any((n := self.s.noun(k)) is not None and self._is_nameless(k, n) for k in act.patients)
        return False

    def _of_what_was_told(self, act: Act) -> Found | None:
        """The recipient by what was told before, or told of in the clause above; None where that does not settle it."""
        clause, pattern = act.clause, act.pattern
        active = clause.verb.form == "finite" and not (clause.verb.passive or clause.verb.modal or pattern.reverse)
        judges = pattern.type in JUDGING and not pattern.objects
        if judges and active and self._is_deed(act.patients):
            # "Israel struck Damascus. Turkey condemned it": whoever did it
            same = next((r for r in reversed(self.readings) if r.type in JUDGING and r.clause is not clause), None)
            if same is not None and same.clause is not None and same.clause.kind == "main" and not same.pattern.objects:
                # "China condemned the raid, and India deplored it": the same that is judged before
                return act.fresh(Found(same.recipients, "deed"), "deed") or None
            deeds = [d for d in reversed(self.discourse.deeds) if pattern.type is EventType.REJECT or d.type not in JUDGING]
            if pattern.type is EventType.ACCUSE and not deeds:  # "Spain backed the plan. Algeria denounced it"
                deeds = [d for d in self.discourse.deeds if d.type is EventType.SUPPORT]
            if pattern.type is EventType.REJECT:  # "Niger accused France of plotting. Paris denied it"
                deeds = [d for d in deeds if d.type in SAID_TO and act.own & set(codes_of(d.sufferers))]
            got = act.fresh(Found(deeds[0].doers, "deed"), "deed") if deeds else NOBODY
            if got:
                return got
        behind = clause.kind == "relative" and clause.connector == "which"
        if pattern.type is EventType.REJECT and behind:
            # "accuses India of financing rebels, which India denies": whoever accuses it
            g = next((c for c in self._governors(clause) if c.verb.lemma in self.classes["blaming_verbs"]), None)
            charge = next((r for r in reversed(self.readings) if r.clause is g and r.type is EventType.ACCUSE and r.actors), None)
            accuser = act.fresh(Found(charge.actors, "deed"), "deed") if charge is not None else NOBODY
            accuser = accuser or (act.fresh(self._many(g.subject, "subject", g), "deed") if g is not None else NOBODY)
            if accuser:
                return accuser
        named = self.s.noun(act.patients[0]) if len(act.patients) > 1 else None
        sold = pattern.type is EventType.COOPERATE and clause.verb.lemma == "sell"
        if sold and named is not None and named.word_class == "name":
            return act.fresh(Found(named.actors, "self"), "object")  # "sold Cyprus a radar"
        if judges and behind:
            # "sold Cyprus a radar, which Ankara condemned": the sale
            done = next((r for r in reversed(self.readings) if r.clause is clause.governor and r.actors), None)
            if done is not None and not act.own & set(codes_of(done.actors)):
                return act.fresh(Found(done.actors, "deed"), "deed")
        if clause.verb.lemma == "thank" and any(self._says_two(n) for n in self._nouns_of(act.patients)):
            # "Peru and Chile backed Cuba. Cuba thanked the two governments"
            helped = (d for d in reversed(self.discourse.deeds) if d.type in (EventType.SUPPORT, EventType.AID))
            two = (d.doers for d in helped if act.own & set(codes_of(d.sufferers)) and len(codes_of(d.doers)) == 2)
            thanked = next(two, ())
            if thanked:
                return act.fresh(Found(thanked, "deed"), "deed")
        return None

    def _in_slot(self, act: Act, slot: str) -> Found | None:
        """Who stands in one of the places where a recipient may; None when the place says that the act has none."""
        if slot == "object":
            return self._at_object(act)
        if slot == "doer":
            return self._whose(act)
        if slot == "that":
            content = self._content(act.clause)
            return act.fresh(self._many(content.subject, "subject", content), slot) if content is not None else NOBODY
        if slot == "in":
            return self._at_place(act)
        warned = act.clause.verb.lemma in ("warn", "caution")
        if slot == "against" and warned and (act.patients or self._against_act(act.clause)):
            return NOBODY  # who is warned against somebody is no enemy of the one who warns, nor is who may be attacked
        return self._behind(act, slot)

    def _at_object(self, act: Act) -> Found | None:
        """The object of the verb, or its subject in the passive."""
        pattern = act.pattern
        whole = self._many(act.patients, "object", act.clause)
        if pattern.type is EventType.CONSULT and whole.how == "place" and self._are_private(act.patients):
            whole = NOBODY  # "met with the singer's wife in Geneva"
        if pattern.type is EventType.ASSAULT and whole.how == "place":
            if any(self._is_only_overhead(act.clause, ks) for _, ks in act.chained):
                whole = NOBODY  # "damaged a drone in Syrian airspace"
        given = pattern.type is EventType.AID and pattern.objects
        if given and act.clause.verb.lemma in self.classes["conveying_verbs"] and not act.clause.verb.passive and whole.refs:
            if all(r.how == "adjective" for r in whole.refs):
                return None  # "deployed Russian missiles": who made them gets none
        if given and whole.how in ("place", "of") and any(prep == "from" for prep, _ in act.chained):
            whole = NOBODY  # "transfers weapons from Syria": that is not where they go
        if pattern.type is EventType.AID and act.clause.verb.lemma in self.classes["saving_verbs"]:
            saved = self._nouns_of(self._look_through(act.patients))
            captors = whole.how == "place" and all(r.mention.kind is MentionKind.GROUP for r in whole.refs)
            if captors or (any(map(self._is_possessed, saved)) and not any(n.actors for n in saved)):
                return None  # "rescued ten children from the rebels", "evacuated its citizens from Sudan": done for neither
        got = act.fresh(whole, "object")
        if not got.refs and self._is_done_to_pronoun(act):
            return NOBODY
        objects = self._nouns_of(act.patients)
        if whole.refs and not got.refs and not act.clause.verb.passive and objects:
            if (
                pattern.type in JUDGING
                and not pattern.objects
                and all(map(self._is_possessed, objects))
                and "own" not in self.words
            ):
                # "would sever ties with Chad, accusing its government": Chad's
                met = self._met_above(act.clause, act.own)
                return act.fresh(met, "object") if met else None
            if pattern.type is EventType.ASSAULT and self._are_leaders(objects):
                return None  # "stormed the embassy to seize a former minister" of one's own: that is done to nobody else
        if whole.how == "place" and pattern.type in SAID_TO | JUDGING | {EventType.AID} and self._are_irregulars(objects):
            return None  # who blames or arms rebels in Chad does not blame or arm Chad
        asked_at = pattern.type is EventType.REQUEST and got.how == "place"
        if asked_at and any(n.is_act and self._is_accord(n) for n in objects):
            return None  # a truce in Gaza is not asked of Gaza
        if whole.refs and not got.refs and pattern.actor_class == "agent":
            return None  # one who goes home visits nobody
        if whole and (not got or whole.how == "place") and pattern.type in SAID_TO and self._stays_at_home(act.clause, act.own):
            return None  # "urges its citizens in Sudan to leave" asks nothing of Sudan
        return got

    def _are_irregulars(self, nouns: list[Noun]) -> bool:
        """Whether those named are fighters of no state."""
        return bool(nouns) and all(n.word in self.classes["irregular_fighters"] and not n.actors for n in nouns)

    def _are_leaders(self, nouns: list[Noun]) -> bool:
        """Whether the phrases name nobody but people who hold or held office."""
        named = [r.mention.kind for n in nouns for r in n.actors]
        return bool(named) and all(kind is MentionKind.LEADER for kind in named)

    def _is_done_to_pronoun(self, act: Act) -> bool:
        """Whether something is said of "him" or "it", told of before."""
        spoken = act.pattern.type not in VIOLENT and not act.pattern.objects and not act.clause.verb.passive
        return spoken and self._is_pronoun(act.patients)

    def _whose(self, act: Act) -> Found:
        """Whose what the act is done to is: "rejected the US proposal"."""
        pattern = act.pattern
        refs: tuple[ActorRef, ...] = self._makers(act.patients) if pattern.type is EventType.COOPERATE else ()
        for k in self._look_through(act.patients):
            noun = self.s.noun(k)
            if noun is None:
                continue
            if noun.is_act and self._is_brokered(noun):
                continue  # "agree to a UN-brokered truce"
            found = self.doer(k, noun) if noun.is_act else self.actors(k, "object", act.clause)
            if not found and noun.word_class in ("", "asset"):
                # "criticised growing military activity by Japan"
                found = self._many((n for prep, ns in self.s.chain(k) if prep == "by" for n in ns), "object", act.clause)
                found = found or self._made_by(k)
            if pattern.both and found.how == "place":
                continue  # "a round of talks in Muscat"
            if pattern.type is EventType.COOPERATE and (found.how != "self" or noun.word_class in ("name", "place")):
                continue  # "buys Chadian oil", but not "buying land in Chad"
            refs += found.refs
            if noun.is_act and found and pattern.reverse:
                self.used.add(k)
        return act.fresh(Found(refs, "doer"), "doer")

    def _made_by(self, k: int) -> Found:
        """Whose the noun at ``k`` is by a participle behind it: "rejected a resolution introduced by Chad"."""
        told = next((c for c in self.s.clauses if c.kind == "participle" and c.index == k + 1 and c.subject == [k]), None)
        if told is None or not told.verb.passive or told.verb.lemma in self.classes["mediating_verbs"]:
            return NOBODY
        makers = [n for prep, ks in told.preps if prep == "by" for n in ks]
        found = self._many(makers, "object", told)
        return found if found.how == "self" else NOBODY  # not what "a firm in Uganda" makes

    def _at_place(self, act: Act) -> Found:
        """Those at home where it is done."""
        pattern = act.pattern
        for prep, nouns in act.rows:
            if pattern.type in _NOT_BY_BORDER and pattern.actor_class != "force" and self._at_border(nouns):
                continue
            if pattern.type is EventType.ASSAULT and self._is_only_overhead(act.clause, nouns):
                continue
            given = prep == "from" or any(lead == "from" for k in nouns for lead, _ in self.s.chain(k)[:1])
            if given and pattern.type is EventType.AID and any(n.word in ("loan", "grant") for n in self._nouns_of(act.patients)):
                continue  # "announced a loan from": that is not where it goes
            if pattern.both and any(n.is_act for n in self._nouns_of(nouns)):
                continue  # "resume ties in a deal brokered by Oman"
            if prep in ("of", "on") and self._is_of_background(nouns):
                continue  # "evacuated villages amid an advance of Togo's troops"
            if prep in PLACE_PREPOSITIONS and not (pattern.type is EventType.COERCE and self._are_named(act.patients)):
                got = act.fresh(self._many(nouns, "object", act.clause), "in")
                if got:
                    return Found(got.refs, "place")
        return NOBODY

    def _is_of_background(self, nouns: list[int]) -> bool:
        """Whether the phrase belongs to what goes on meanwhile or came before: "amid an advance of Togo's troops"."""
        at = nouns[0] - 1 if nouns else -1
        while at > 0 and isinstance(led := self.s.at(at), Mark) and led.tag == "P" and self.s.noun(at - 1) is not None:
            if led.word in self.classes["background_prepositions"]:
                return True
            at -= 2
        return False

    def _behind(self, act: Act, slot: str) -> Found | None:
        """Who stands behind the preposition ``slot``."""
        pattern, got = act.pattern, NOBODY
        several = len(act.patients) > 1 and bool(pattern.objects)  # "a tariff on Chile, and one on Peru"
        for prep, nouns in act.rows:
            if prep == "between" and (n := self.s.noun(nouns[0] - 2)) is not None and n.word in self.classes["quarrels"]:
                continue  # "a meeting on the dispute between others"
            if prep != slot or self._on_a_side(prep, nouns):
                continue
            if slot == "with" and pattern.type not in BY_ACCORD | {EventType.COOPERATE} and self._is_in_concert(nouns):
                continue  # "revoked Chad's status in coordination with the union"
            if slot == "to" and pattern.type is EventType.COOPERATE and self._at_tribunal_seat(nouns):
                continue  # "handed the general over to The Hague": to the court there
            war = self.s.noun(nouns[0]) if slot == "against" and pattern.type is EventType.PROTEST else None
            if war is not None and war.word in ("war", "wars") and war.actors and all(r.how == "modifier" for r in war.actors):
                continue  # "protests against the Iran war" are not against Iran
            if slot == "for" and any(self._is_possessed(n) for n in self._nouns_of(nouns)):
                return got  # "banned the movement for its support of Togo": nobody behind the reason is banned
            if slot == "for" and self._is_avenged(pattern, nouns):
                return act.fresh(self.doer(nouns[0], self._nouns_of(nouns[:1])[0]), slot) or None
            whole = self._many(nouns, "object", act.clause)
            if pattern.type is EventType.PROTEST:
                whole = self._protested_at(nouns, act.clause, whole)
            if pattern.both and len(act.own) > 1 and whole.how == "place":
                continue  # "two bands clash on a hill in Togo": with each other
            if slot in ("to", "with") and self._is_complained_to(act.clause, pattern, whole):
                continue
            more = act.fresh(whole, slot)
            if whole and not more and slot == "to" and pattern.type is EventType.AID:
                return None  # what is delivered to oneself helps nobody else
            got = Found(got.refs + without(more.refs, got.codes), got.how or more.how)
            if got and not several:
                break
        return got

    def _is_in_concert(self, nouns: list[int]) -> bool:
        """Whether the phrase tells beside whom something is done: "in coordination with Mali"."""
        how = self.s.noun(nouns[0] - 2) if nouns else None
        beside = how is not None and (how.word in self.classes["teamwork"] or how.word == "consultation")
        return beside and self.s.word(nouns[0] - 3) == "in"

    def _protested_at(self, nouns: list[int], clause: Clause, whole: Found) -> Found:
        """Whose doing people protest against: "raids by Turkish jets"; where nobody is said to raid Gaza, it is nobody's, least of all Gaza's."""
        by = self._many((m for k in nouns for prep, ms in self.s.chain(k) if prep == "by" for m in ms), "object", clause)
        first = self.s.noun(nouns[0])
        deed = self._noun_pattern(first) if first is not None and first.is_act and not first.actors else None
        return by if not whole or (deed is not None and deed.type in VIOLENT) else whole

    def _mediated(self, act: Act) -> Found | None:
        """Between whom was mediated: "a prisoner exchange mediated by Turkey", between those who carried it out."""
        g = act.clause.governor
        between = [k for head in act.patients for prep, ks in self.s.chain(head) if prep in ("with", "between") for k in ks]
        if g is not None and not between and act.clause.kind != "infinitive":  # but "appointed a Malian to mediate"
            between = [*g.subject, *g.objects, *(k for prep, ks in g.preps if prep in ("with", "between") for k in ks)]
        got = act.fresh(self._many(between, "object", act.clause), "parties")
        if got:
            return got
        deals = ("truce", "ceasefire", "cease-fire", "swap", "handover")
        if any(not n.actors and (self._points_back(n) or n.word in deals) for n in self._nouns_of(act.patients)):
            # "Israel and Lebanon signed a deal. It was brokered by ...", said of "the deal"
            signed = (d.doers for d in reversed(self.discourse.deeds) if d.type is EventType.AGREE and d.doers == d.sufferers)
            return act.fresh(Found(next(signed, self.discourse.opponents or self.discourse.pair), "pronoun"), "told-before")
        return None

    def _struck(self, act: Act) -> Found:
        """Who is struck by violence where no place of its own tells: by the act it came of, by where it was done, or by who tells it."""
        clause, pattern = act.clause, act.pattern
        if pattern.type not in VIOLENT:
            return NOBODY
        # where somebody fights beside others, or against somebody who is not known
        sides = any(prep in ("alongside", "for") or self._on_a_side(prep, nouns) for prep, nouns in act.preps)
        beside = pattern.both and (sides or len(clause.subject) > 1)
        whose = pattern.reverse and pattern.to == ("doer",)  # whose mine it is, not where it lay
        if beside or whose or (pattern.both and len(act.own) > 1):
            return NOBODY
        if self._act is not None:
            k, noun = self._act
            known = self._noun_pattern(noun)
            got = (
                self._noun_recipient(k, noun, known, act.preps, act.agent, act.features, clause) if known is not None else NOBODY
            ) or self._targeted(k, clause, act.agent)
            if got:
                return got
        victims = self._victims(clause, act.preps)
        if victims.how == "place" and pattern.type is EventType.COERCE and self._are_named(act.patients):
            victims = NOBODY  # where somebody is seized says not whose he is
        got = act.fresh(victims, "fallback")
        kinds = (*_BARE, "") if pattern.weight == "material" else _BARE
        bare = [n for n in self._nouns_of(act.patients) if n.word_class in kinds and not (n.actors or n.is_act)]
        above = clause.governor
        goes_on = clause.kind == "participle" and above is not None and clause.subject == above.subject
        told = above if goes_on and clause.connector != "that" and above is not None else clause
        if told.connector == "that" and told.governor is not None and not self._is_only_shown(act):
            speaker = self._many(told.governor.subject, "subject", told.governor)
            ethnic = any(map(self._is_ethnic, bare))
            if any(r.mention.kind is MentionKind.ORGANISATION for r in speaker.refs):
                bare = [n for n in bare if n.word_class == "force"]  # nobody lives in the United Nations
            if not got and bare and not ethnic and (clause.verb.passive or act.patients):
                got = act.fresh(speaker, "speaker")  # "Armenia says that 49 soldiers were killed": they are its own
            if not got and not act.patients[1:] and len(act.own) == 1:
                # "Armenia said Azerbaijani troops had opened fire", between the two that are spoken of
                if act.own | speaker.codes == set(codes_of(self.discourse.pair)):
                    got = act.fresh(speaker, "speaker")
            # "says that a Russian drone caused a fire"
            whose = any(n.actors for n in self._nouns_of(clause.subject))
            wrecks = pattern.weight == "weak" and pattern.objects and not clause.verb.passive and whose
            if not got and (wrecks or self._told_as_own(clause)):
                got = act.fresh(speaker, "speaker")
        if not got and clause.verb.passive and bare and not (clause.kind == "participle" and pattern.type is EventType.COERCE):
            # "Armenia says that 49 soldiers were killed", but "told of detainees held by Chad"
            got = act.fresh(Found(self._attribution(clause), "speaker"), "speaker")
        return got

    def _is_only_shown(self, act: Act) -> bool:
        """Whether missiles are fired at nobody: "South Korea said that the North fired a missile into the sea"."""
        if act.clause.verb.passive or not any(n.keys & self.classes["shown_weapons"] for n in self._nouns_of(act.patients)):
            return False
        aims = [n for prep, ks in act.rows if prep not in ("from", "in", "on", "of") for n in self._nouns_of(ks)]
        return all(n.keys & self.classes["waters"] for n in aims)

    def _told_as_own(self, clause: Clause) -> bool:
        """Whether what is struck is called the teller's own: "Kyiv says that missiles were fired at its coast"."""
        struck = self._nouns_of([k for prep, ks in clause.preps if prep in PLACE_PREPOSITIONS or prep == "against" for k in ks])
        first = [self.tokens[n.start].lower for n in struck]
        return any(word in ("its", "their") for word in first) and "own" not in self.words

    def _suffered(self, clause: Clause, pattern: Pattern, patients: list[int]) -> set[str]:
        """Who suffers the violence or the penalty that is judged, never the one judged: "condemned the attack on Turkey"."""
        hit: set[str] = set()
        if pattern.type not in JUDGING or pattern.objects:
            return hit
        rows = [*clause.preps, *(row for k in patients for row in self.s.chain(k))]
        reasons = [
            k for prep, ks in rows if prep in ("for", "over") for k in ks
        ]  # "blamed rebels for the attack on a base in Chad"
        for k in self._look_through([*patients, *reasons]):
            noun = self.s.noun(k)
            act = self._noun_pattern(noun) if noun is not None and noun.is_act else None
            harmed = noun is not None and noun.word in self.classes["harms"]
            if noun is not None and harmed:
                hit |= {
                    c for prep, ks in self.s.chain(k) if prep == "of" for c in codes_of(self._many(ks, "object", clause).refs)
                }
            if noun is None or act is None or act.type not in (EventType.ASSAULT, EventType.SANCTION) or act.reverse:
                continue
            doers = self.doer(k, noun).codes
            behind = [(prep, ks) for prep, ks in clause.preps if ks and ks[0] > k]
            for prep, nouns in [*self.s.chain(k), *behind]:
                if clause.verb.lemma == "blame" and prep == "on":
                    continue  # "blamed the attack on Chad"
                if prep in PLACE_PREPOSITIONS or prep in act.to:
                    hit |= self._many(nouns, "object", clause).codes - doers
        return hit

    def _is_deed(self, patients: list[int]) -> bool:
        """Whether "it" or "this" is judged, which may be what was told last."""
        return len(patients) == 1 and (n := self.s.noun(patients[0])) is not None and n.word in ("it", "this")

    def _is_pronoun(self, patients: list[int]) -> bool:
        """Whether it is done to somebody told of before: "him", "it"."""
        return len(patients) == 1 and (n := self.s.noun(patients[0])) is not None and n.word in ("it", "him", "her", "them")

    def _met_above(self, clause: Clause, mine: set[str]) -> Found:
        """To whom the same doers did something in the clause above."""
        above = next((r for r in reversed(self.readings) if r.clause is clause.governor and r.recipients), None)
        return Found(above.recipients, "pronoun") if above is not None and mine & set(codes_of(above.actors)) else NOBODY

    def _are_named(self, patients: list[int]) -> bool:
        """Whether those to whom it is done have names that tell no country: "abducted Holm in Dubai" does nothing to Dubai."""
        nouns = self._nouns_of(patients)
        return bool(nouns) and all(
            (n.proper and n.word_class in ("name", "") and not n.actors)
            # at the head of a sentence a lone name looks like any word, but no thing stands there without an article
            or (n.end - n.start == 1 and n.start == 0 and not n.is_plural and not n.actors and not n.is_act)
            for n in nouns
        )

    def _enters_own(self, clause: Clause, pattern: Pattern, own: set[str]) -> bool:
        """Whether the airspace, waters or territory entered are the doer's own: who enters those enters nobody's."""
        if "airspace" not in pattern.objects or clause.verb.passive:
            return False
        entered = [n for n in self._nouns_of(clause.objects) if n.actors]
        return bool(own and entered) and all(set(codes_of(n.actors)) <= own for n in entered)

    def _is_complained_to(self, clause: Clause, pattern: Pattern, found: Found) -> bool:
        """Whether a body only hears the complaint: "complained to the Andean Community", "filed a complaint with the WTO"."""
        filed = self._patients(clause.objects)[2] & self.classes["pleas"]
        complains = pattern.type is EventType.ACCUSE and (clause.verb.lemma == "complain" or bool(filed))
        return complains and bool(found.refs) and all(r.mention.kind is MentionKind.ORGANISATION for r in found.refs)

    def _makers(self, ks: list[int]) -> tuple[ActorRef, ...]:
        """Who made what is bought: "purchased British-made frigates"."""
        nouns = self._nouns_of(ks)
        named = (t for n in nouns for t in self.tokens[n.start : n.head] if t.suffix in self.classes["making_words"])
        return tuple(ActorRef(t.mention.code, t.mention, "maker") for t in named if t.mention is not None)

    def _against_act(self, clause: Clause) -> bool:
        """Whether what is warned against is an act: "warned against an attack on Niger"."""
        return any((n := self.s.noun(k)) is not None and n.is_act for prep, ks in clause.preps if prep == "against" for k in ks)
