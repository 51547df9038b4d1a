"""The only other actor that a sentence names, taken for the one to whom it was done, where the grammar told nothing; and when not."""

from __future__ import annotations

from collections.abc import Iterable

from entente.coding.clauses import Clause
from entente.coding.parties import JUDGING, KIND, SAID_TO, VIOLENT
from entente.coding.phrases import ActorRef
from entente.coding.readings import NOBODY, Found, Reading, codes_of
from entente.coding.recipients import Recipients
from entente.coding.scope import BORDERS
from entente.coding.tokens import Token
from entente.model import EventType, MentionKind, Quad, Status

# Acts that need two sides.
_TWO_SIDED = frozenset(
    {
        EventType.ASSAULT,
        EventType.COERCE,
        EventType.SANCTION,
        EventType.ACCUSE,
        EventType.AID,
        EventType.RETREAT,
        EventType.REJECT,
        EventType.REQUEST,
    }
)
_HOSTILE = frozenset({Quad.VERBAL_CONFLICT, Quad.MATERIAL_CONFLICT})
# What is told behind a semicolon is done by others.
_APART = frozenset({EventType.RETREAT, EventType.AID, EventType.CONCEDE, EventType.SANCTION})


def _between(at: int, one: int, other: int) -> bool:
    """Whether the place ``at`` lies between two others."""
    return min(one, other) < at < max(one, other)


class OnlyOther(Recipients):
    """A sentence whose acts are given, as their recipient, the only other actor that it names."""

    def _only_other(self, reading: Reading) -> None:
        """Give the act the only other actor as its recipient: only an act that needs one, and never one who is merely quoted or barred."""
        if not reading.actors or reading.recipients or reading.pattern.weight == "weak" or reading.pattern.type not in _TWO_SIDED:
            return
        if reading.status in (Status.BACKGROUND, Status.DEMANDED) or "governed:noun" in reading.features:
            return
        have = set(codes_of(reading.actors)) | set(codes_of(reading.attributed))
        clause = reading.clause
        if clause is not None and (
            self._is_told_in_passing(reading, clause)
            or self._is_done_to_nobody(reading, clause, have)
            or self._is_said_to_nobody(reading, clause, have)
            or self._is_given_to_nobody(reading, clause, have)
        ):
            return
        others = self._others_named(reading, have)
        barred = self._never_among(self.tokens) | (self._never_meant(reading, clause) if clause is not None else set())
        if reading.type is EventType.AID and any(
            r.type.quad in _HOSTILE and set(codes_of(r.recipients)) & set(others) and r.actors == reading.actors
            for r in self.readings
        ):
            return  # "accused Minsk and sent two battalions to the area": not to help it
        if (
            reading.type.quad in _HOSTILE
            and clause is not None
            and clause.kind == "coordinated"
            and any(
                r.type is EventType.SUPPORT and set(codes_of(r.recipients)) & set(others) and r.actors == reading.actors
                for r in self.readings
            )
        ):
            return  # "apologised to Moscow and opened an inquiry": not against it
        if reading.pattern.type in VIOLENT and clause is not None and "noun" not in reading.features:
            # "cut its imports after Togo struck a mill near the Malian border": wherever that is, it is told there
            spans = [(self.tokens[n.start], self.tokens[n.end - 1]) for n in self._nouns_of(range(clause.index, clause.end))]
            there = {
                t.mention.code for t in self.tokens if t.mention and any(a.start <= t.start < b.end for a, b in spans)
            } - have
            if there and not there & set(others):
                return
        if len(others) == 1 and not barred & set(others):
            reading.give(tuple(others.values()), "only", "sentence")

    def _is_told_in_passing(self, reading: Reading, clause: Clause) -> bool:
        """Whether the verb only describes a thing, or tells of an act that is another clause's."""
        if self._only_describes(clause, reading.pattern):
            return True
        below = [c for c in self.s.clauses if c.governor is clause and c.kind == "infinitive"]
        if reading.type is EventType.REJECT and any(c.verb.lemma in self.classes["answering_words"] for c in below):
            return True  # "declined to comment"
        hearsay = self.classes["hearsay_nouns"]
        if reading.type is EventType.REJECT and any(n.word in hearsay and not n.actors for n in self._nouns_of(clause.objects)):
            return True  # "dismissed suggestions that it was behind it"
        if reading.type in JUDGING and self._is_deed(clause.objects):
            return True  # "China condemned the raid, and India deplored it"
        if reading.type in JUDGING and "conditional" in reading.features:
            return True  # "more sanctions if it refused to talk"
        # "denied attacking Japan": the act is denied, nobody is rejected
        denies = clause.verb.lemma == "deny" or "out" in clause.verb.particles
        return denies and any(c.governor is clause for c in self.s.clauses)

    def _is_done_to_nobody(self, reading: Reading, clause: Clause, have: set[str]) -> bool:
        """Whether an act of force or a withdrawal is done to no other: to one's own, or to show it."""
        if reading.type is EventType.RETREAT:
            if clause.verb.lemma == "leave" and not (clause.objects or clause.preps or clause.verb.passive):
                return True  # "jets leave to fetch migrants after a quarrel with Chad"
            if reading.pattern.actor_class and self._is_own(clause):
                return True  # "after leaving their assembly areas" leaves nobody's land
            brought = [*clause.objects, *(k for o in clause.objects for prep, ks in self.s.chain(o) if prep == "of" for k in ks)]
            if any(n.actors and set(codes_of(n.actors)) <= have for n in self._nouns_of(brought)):
                return True  # who brings home his own gives nobody up
        if reading.type is EventType.ASSAULT and not clause.verb.passive and self._are_leaders(self._nouns_of(clause.objects)):
            if self._codes_at(clause.objects) <= have:
                return True  # "stormed the embassy to seize a former minister" of one's own
        if self._enters_own(clause, reading.pattern, set(codes_of(reading.actors))):
            return True
        if reading.instead is not None and all(r.mention.kind is not MentionKind.GROUP for r in reading.actors):
            harms = (c for c in self.s.clauses if c is not clause and c.verb.lemma in self.classes["harming_verbs"])
            if next(harms, None) is None:
                return True  # a missile that hit nobody may only have been shown
        if reading.pattern.type not in VIOLENT:
            return False
        if any(self._on_a_side(prep, nouns) for prep, nouns in clause.preps):
            return True  # "fought in Kursk on the Russian side"
        # "lent Denmark a system to shoot down drones"
        return clause.kind == "infinitive" and clause.governor is not None and self._gives(clause.governor)

    def _is_said_to_nobody(self, reading: Reading, clause: Clause, have: set[str]) -> bool:
        """Whether what is said is said to people, to one's own, or to somebody who is not named."""
        if reading.type not in SAID_TO:
            return False
        if self._stays_at_home(clause, have) or self._said_to_people(clause):
            return True
        addressed = self._nouns_of(clause.objects)
        if self._are_irregulars(addressed):
            return True  # "warned rebels in Chad" says nothing to Chad
        if any((n.word in self.classes["fellows"] and not n.actors) or self._is_one_of_many(n) for n in addressed):
            return True  # "its neighbour" is somebody else than the only one named
        lemma = clause.verb.lemma
        if reading.type is EventType.THREATEN:
            # "warned companies against Russian hackers"
            return lemma in ("warn", "caution") and any(not n.actors for n in addressed)
        if reading.type is EventType.ACCUSE and not clause.verb.passive:
            if lemma in ("investigate", "probe") and not clause.has_content:
                return True  # "promised to investigate", "its diplomats in Chad are investigating the crash"
            if lemma == "blame" and addressed and not any(n.is_act or n.actors or self._is_reciprocal(n) for n in addressed):
                return True  # "blamed a technical fault"
            # "blamed an unspecified group"
            return any((n := self.s.noun(k)) is not None and self._is_nameless(k, n) for k in clause.objects)
        if reading.type is EventType.REQUEST:
            asked = self._content(clause)
            those = self._nouns_of(asked.subject) if asked is not None else []
            below = next((c for c in self.s.clauses if c.governor is clause and c.kind == "infinitive"), None)
            if below is not None and (below.verb.passive if not addressed else not any(n.actors for n in addressed)):
                return True  # "asked to be told of raids by Chad", "appealed to those present to send troops to Chad"
            if those and all(n.actors and set(codes_of(n.actors)) <= have for n in those):
                return True  # "asks that its nationals in Chad stay indoors"
            # "demands that the company stop" is said to the company
            return lemma == "seek" or any(n.word_class != "pronoun" and not n.actors for n in those)
        return False

    def _is_given_to_nobody(self, reading: Reading, clause: Clause, have: set[str]) -> bool:
        """Whether help goes to people, to one's own, or is told of as what somebody is blamed for."""
        if clause.verb.lemma in ("evacuate", "rescue"):
            saved = self._nouns_of(clause.objects)
            if any(not n.actors and (n.word_class == "asset" or clause.verb.lemma == "evacuate") for n in saved):
                return True  # "evacuates 28 towns" are its own
        if reading.pattern.type is not EventType.AID:
            return False
        if self._goes_home(clause, have) or self._helps_against(clause) or self._are_irregulars(self._nouns_of(clause.objects)):
            return True
        law = self.s.noun(clause.index - 1) if clause.kind == "infinitive" else None
        if law is not None and law.keys & self.classes["texts"]:
            return True  # "a law to protect witnesses"
        given = self._nouns_of(k for prep, ks in clause.preps if prep == "to" for k in ks)
        if any(n.word_class in ("agent", "person") for n in given):
            return True  # "granted asylum to a former minister": to him, not to a country
        above = clause.governor
        # what one is accused of giving goes not to the accuser, nor does "a ship used by Chad to rescue"
        return above is not None and (above.verb.lemma in self.classes["blaming_verbs"] or above.verb.lemma == "use")

    def _helps_against(self, clause: Clause) -> bool:
        """Whether the help is for an act of force: "trained hackers to attack Japan", "men capable of raids against Japan"."""
        below = [c for c in self.s.clauses if c.governor is clause and c.kind in ("infinitive", "gerund")]
        if any(prep == "against" for c in (clause, *below) for prep, _ in c.preps):
            return True
        acts = (c.verb.lemma for c in below if c.kind == "infinitive")
        return any(p.type in VIOLENT for lemma in acts for _, p in self.grammar.verb_patterns.get(lemma, ()))

    def _codes_at(self, ks: Iterable[int]) -> set[str]:
        return {r.code for n in self._nouns_of(ks) for r in n.actors}

    def _never_among(self, tokens: list[Token]) -> set[str]:
        """Those who are only some of the people told of: "a crew of 21, among them four Filipinos"."""
        if "among" not in self.words:
            return set()
        return {
            t.mention.code
            for i, t in enumerate(tokens)
            if t.mention is not None and any(x.lower == "among" for x in tokens[max(0, i - 4) : i])
        }

    def _never_meant(self, reading: Reading, clause: Clause) -> set[str]:
        """The codes of those to whom the act was not done, though they may be the only ones named."""
        barred = self._suffered(clause, reading.pattern, clause.subject if clause.verb.passive else clause.objects)
        # "Yemen's Houthis sank a ship", "airdropped food with French help": whose the doer is, and who helps
        for doer in self._nouns_of(clause.subject):
            named = [t.mention for t in self.tokens[doer.start : doer.end] if t.mention is not None]
            if any(r.mention in named for r in reading.actors):
                barred |= {m.code for m in named}
        barred |= self._codes_at(k for prep, ks in clause.preps if prep == "with" for k in ks if self._is_help(k))
        later = [c for c in self.s.clauses if c.index > clause.index]
        if reading.pattern.type in JUDGING:
            # "condemned the attack and promised weapons for Mali": what is done next does not tell who is condemned
            for c in later:
                if c.kind == "coordinated" and (
                    self._is_kind(c) or any(r.clause is c and r.type.quad in KIND for r in self.readings)
                ):
                    barred |= self._codes_at(range(c.index, c.end))
            # "vetoed a resolution condemning the invasion of Mali": that is about Mali, and does not come from it
            for c in self.s.clauses:
                told = c.kind == "participle" and c.governor is clause and c.verb.form == "ing"
                if told and c.verb.lemma in self.classes["speaking_verbs"] and c.index - 1 in clause.objects:
                    barred |= self._codes_at(range(c.index, c.end))
            described = [c for c in later if c.kind == "relative"]
            doing = [c for c in described if c.verb.lemma not in self.classes["owning_verbs"] and c.verb.lemma != "have"]
            acting = self._codes_at(k for c in doing for k in c.subject)
            barred |= self._codes_at(k for c in described for k in (*c.subject, *range(c.index, c.end))) - acting
        flown = [k for k in clause.objects if (n := self.s.noun(k)) is not None and n.keys & self.classes["crafts"]]
        for c in later if reading.pattern.type in VIOLENT and flown else ():
            if c.kind in ("relative", "participle") and set(c.subject) & set(flown):
                # "shot down a drone that had strayed into Togo from Mali": where it flew is not whose it is
                sent = self._codes_at(k for prep, ks in c.preps if prep in ("from", "by") for k in ks)
                barred |= self._codes_at(range(c.index, c.end)) - sent
        if reading.pattern.type not in VIOLENT:
            # "Algeria, which borders Niger, rejected force": who only tells who the doer is, is not meant
            for c in self.s.clauses:
                if c.kind == "relative" and c.end <= clause.index and set(c.subject) & set(clause.subject):
                    barred |= self._codes_at(range(c.index, c.end))
        for c in self.s.clauses:
            if c is not clause and c.connector in ("if", "unless") and reading.type is not EventType.THREATEN:
                # "would not leave the pact if Togo struck back": it is not Togo that would be left
                barred |= self._codes_at((*c.subject, *range(c.index, c.end)))
        if clause.kind == "relative":
            # nor is anybody struck by what is told of the doer: "Iran, which fought a long war, criticised Jordan"
            for c in later:
                if c.kind == "main" and set(c.subject) & set(clause.subject):
                    barred |= self._codes_at(range(c.index, c.end))
        for c in later:
            if c.kind == "participle" and c.verb.lemma == "cite" and reading.type is EventType.SANCTION:
                # "left the treaty, citing the threat that Togo poses": the treaty is not Togo's
                barred |= self._codes_at(range(c.index, len(self.s.phrases))) - self._codes_at(range(c.index))
        above = clause.governor
        if above is not None and clause.kind == "infinitive" and above.verb.lemma in ("force", "compel"):
            # "forced Chad to leave the pact": it left not the one who forced it
            barred |= self._codes_at(above.subject)
        if "noun" in reading.features:
            # "the Iranian attack was condemned by Germany": it need not have been on Germany
            barred |= self._judges(clause).codes
        if reading.pattern.type not in VIOLENT:
            # "Oslo was disappointed by the decision, and Washington feared war": who does something else is not the one meant
            for c in later:
                alone = c.kind == "main" and c.verb.form == "finite" and not c.connector
                if alone and c.subject and min(c.subject) > clause.index:
                    barred |= self._codes_at(c.subject[-1:])
        return barred

    def _is_help(self, k: int) -> bool:
        """Whether the noun at ``k`` tells with whose help or leave something is done."""
        noun = self.s.noun(k)
        return noun is not None and noun.word in self.classes["helps"]

    def _others_named(self, reading: Reading, have: set[str]) -> dict[str, ActorRef]:
        """The actors that the sentence names and that may be meant, by code, without those of ``have``."""
        quoted = next((t.start for t in self.tokens if t.lower in ("according to", "ahead of")), None)
        others: dict[str, ActorRef] = {}
        for t in self.tokens:
            m = t.mention
            if (
                m is None
                or (quoted is not None and t.start > quoted)
                or self._is_beside(t, m.kind, reading)
                or self._is_aside(t, reading)
                or self._is_led_by_word(t, "ethnic")
            ):
                continue
            if m.code not in have and (not t.suffix or t.suffix in ("led", "launched", "fired")):
                others.setdefault(m.code, ActorRef(m.code, m, "sentence"))
        return others

    def _is_led_by_word(self, token: Token, word: str) -> bool:
        """Whether ``word`` stands right before the token: "ethnic Greeks" are not Greece."""
        at = self.tokens.index(token)
        return at > 0 and self.tokens[at - 1].lower == word

    def _is_beside(self, token: Token, kind: MentionKind, reading: Reading) -> bool:
        """Whether the actor is named beside the act: for whom it is done, where, or what goes on meanwhile."""
        if self._led_by(token, "amid", "amidst", "despite"):
            return True  # "suspended all voyages amid Houthi attacks"
        at = self.tokens.index(token)
        about = not self.classes["quarrels"].isdisjoint([t.lower for t in self.tokens[max(0, at - 5) : at]])
        if reading.type is EventType.COERCE and about and self._led_by(token, "in", "of", "on", "between"):
            return True  # "jailed a critic of the war in Mali"
        hostile = reading.type.quad in _HOSTILE and reading.pattern.type not in VIOLENT
        if hostile and about and self._led_by(token, "in", "between"):
            return True  # "postponed a meeting on the conflict in Mali"
        together = "joint" in self.words or "jointly" in self.words
        if reading.pattern.type in VIOLENT and not reading.pattern.both and together and self._led_by(token, "with"):
            return True  # "carried out joint strikes with Mali"
        aloft = [t.lower for t in self.tokens[at + 1 : at + 2]] in (["airspace"], ["waters"], ["skies"])
        if aloft and reading.type is EventType.ASSAULT and not self.words.isdisjoint(self.classes["crafts"]):
            return True  # "damaged a drone in Syrian airspace"
        lead = next((t for t in reversed(self.tokens[:at]) if t.tag not in ("X", "D", "J")), None)
        if lead is not None and lead.lower == "at the request of":
            return True  # "detained a captain at the request of Japan"
        if self._led_by(token, "with") and any(t.lower in ("border", "frontier") for t in self.tokens[max(0, at - 3) : at]):
            if any(t.lower in ("near", "along", "at", "close") for t in self.tokens[max(0, at - 6) : at]):
                return True  # "a raid near the border with Togo"
        if self._led_by(token, "from") and "pressure" in [t.lower for t in self.tokens[max(0, at - 3) : at]]:
            return True  # "reopened its border under pressure from Chad"
        if kind is MentionKind.ORGANISATION and self._led_by(token, "at", "before"):
            return True  # "sued it at the International Court of Justice"
        taken = reading.clause is not None and reading.clause.verb.lemma in self.classes["conquering_verbs"]
        if reading.type is EventType.ASSAULT and "verb" in reading.features and not taken and self._led_by(token, "from"):
            return True  # "troops crossed from Turkey into the north", but "recaptured the town from the rebels"
        if reading.pattern.type in VIOLENT:
            spied = not self.words.isdisjoint(("spying", "espionage"))
            if kind is MentionKind.ORGANISATION or (not spied and self._led_by(token, "for", "alongside")):
                return True  # "to fight for Russia"
            if reading.pattern.both and self._led_by(token, "in"):
                return True  # nor does one who fights in Ukraine fight Ukraine
        if (
            ";" in self.words
            and reading.type in _APART
            and any(x.text == ";" and _between(x.start, reading.trigger[0], token.start) for x in self.tokens)
        ):
            return True  # behind a semicolon others act
        if reading.type is not EventType.COERCE:
            return False
        if self._is_doer_of_another(token, reading):
            return True  # "detained ten over a plot hatched by Moscow"
        # those "suspected of being members of" a group, or of "spying for" a country
        suspects = reading.clause is not None and self._are_suspects(reading.clause)
        return suspects and kind is not MentionKind.GROUP and not self._led_by(token, "for")

    def _is_doer_of_another(self, token: Token, reading: Reading) -> bool:
        """Whether ``token`` stands behind the "by" of a participle that tells another deed, not whose something is."""
        if not self._led_by(token, "by"):
            return False
        at = self.tokens.index(token)
        told = [c for c in self.s.clauses if c.verb.passive and c.verb.end <= at]
        return bool(told) and told[-1] is not reading.clause and told[-1].verb.lemma not in self.classes["owning_verbs"]

    def _is_kind(self, clause: Clause) -> bool:
        """Whether the verb of the clause tells something that is done for somebody."""
        kinds = {p.type.quad for _, p in self.grammar.verb_patterns.get(clause.verb.lemma, ())}
        return bool(kinds) and kinds <= KIND

    def _judges(self, clause: Clause) -> Found:
        """Who judges in the clause, if its verb judges a deed."""
        patterns = [p for _, p in self.grammar.verb_patterns.get(clause.verb.lemma, ()) if p.type in JUDGING]
        if not any(not (p.objects or p.words or p.goals) for p in patterns):
            return NOBODY
        if not clause.verb.passive:
            return self._many(clause.subject, "subject", clause)
        return self._many([k for prep, ks in clause.preps if prep == "by" for k in ks], "object", clause)

    def _goes_home(self, clause: Clause, own: set[str]) -> bool:
        """Whether what is sent goes to the sender: "a contract to deliver Russian gas to Moldova" by Moldova."""
        ends = [self._many(nouns, "object", clause) for prep, nouns in clause.preps if prep == "to"]
        return any(found and found.codes <= own for found in ends)

    def _is_own(self, clause: Clause) -> bool:
        """Whether the object is the doer's own."""
        return any(self._is_possessed(n) for n in self._nouns_of(clause.objects))

    def _are_suspects(self, clause: Clause) -> bool:
        """Whether some people of no country are taken by the law: "smuggled rum out of Haiti, arresting ten suspects"."""
        if clause.verb.lemma not in self.classes["penal_verbs"] or clause.verb.passive:
            return False
        taken = self._nouns_of(clause.objects)
        return bool(taken) and all(n.word_class in ("person", "name") and not n.actors for n in taken)

    def _is_aside(self, token: Token, reading: Reading) -> bool:
        """Whether the actor is named by the way: in the name of a war, or in what somebody is punished for."""
        at = next(i for i, t in enumerate(self.tokens) if t is token)
        if at + 1 < len(self.tokens) and self.tokens[at + 1].lower in self.classes["wars"]:
            return True
        behind = [t.lower for t in self.tokens[at + 1 : at + 4]]
        if reading.type in VIOLENT and not BORDERS.isdisjoint(behind) and self._led_by(token, "near", "along", "around"):
            return True  # "shelled a village near the Chad–Sudan border"
        helped = not self.classes["helping_nouns"].isdisjoint([t.lower for t in self.tokens[max(0, at - 4) : at]])
        if helped and self._led_by(token, "from", "of", "by"):
            return True  # "mediation from the Emirates"
        bordering = not BORDERS.isdisjoint([t.lower for t in self.tokens[max(0, at - 3) : at]])
        if reading.type is EventType.AID and (bordering or self._led_by(token, "from", "off", "through")):
            return True  # "rescued migrants who were crossing from Tunisia"
        return any(
            c.kind == "gerund"
            and c.verb.lemma != "spy"
            and c.connector == "for"
            and c.governor is reading.clause
            and token.start >= self.tokens[c.verb.start].start
            for c in self.s.clauses
        )
