"""The two sides of an act: who does it and to whom it is done, by the place of the phrases around its verb or noun."""

from __future__ import annotations

from entente.coding.clauses import Clause
from entente.coding.phrases import TERRITORIES, Noun, Verb
from entente.coding.readings import NOBODY, Found, codes_of, without
from entente.coding.status import Statuses
from entente.lexicon.patterns import Pattern
from entente.model import EventType, MentionKind, Quad

PLACE_PREPOSITIONS = frozenset(
    [
        "in",
        "near",
        "at",
        "inside",
        "outside",
        "around",
        "across",
        "along",
        "over",
        "within",
        "on",
        "into",
        "throughout",
        "toward",
        "towards",
        "upon",
        "of",
    ]
)
# Prepositions before the talks or the deal at which, or by which, the subject of the clause did what it did.
_BEFOREHAND = ("ahead of", "in advance of", "before", "for")
_OCCASIONS = frozenset({"after", "following", "in", "during", "at", "under", "ahead of", "before", "as part of", "for"})
WEAPONED = frozenset({EventType.ASSAULT, EventType.MOBILIZE, EventType.AID})
_WHY = frozenset({"due to", "because of", "amid", "amidst", "despite", "in response to"})
_CUSTODY = frozenset({EventType.COERCE, EventType.RETREAT, EventType.ACCUSE})
VIOLENT = frozenset({EventType.ASSAULT, EventType.COERCE})
# What is done for somebody.
KIND = frozenset({Quad.VERBAL_COOPERATION, Quad.MATERIAL_COOPERATION})
# Acts that judge a deed of another.
JUDGING = frozenset({EventType.ACCUSE, EventType.SUPPORT, EventType.REJECT})
SAID_TO = frozenset({EventType.REQUEST, EventType.ACCUSE, EventType.THREATEN})


class Parties(Statuses):
    """A sentence whose acts are asked for doer and recipient."""

    def _doer_of_object(self, clause: Clause) -> Found:
        """ "Kenyan troops conducted an operation that killed ten": who did what the relative clause is about."""
        g = clause.governor
        if g is None or g.verb.passive or len(clause.subject) != 1 or clause.subject[0] not in g.objects:
            return NOBODY
        if g.verb.lemma in self.classes["denying_verbs"]:
            return NOBODY  # "bans shipments that could support": who bans them does not send them
        means = self.classes["deed_nouns"] | self.classes["instruments"]
        acts = self._nouns_of(self._look_through(clause.subject))  # "a series of bills"
        if not any(n.is_act or not means.isdisjoint(n.keys) for n in acts):
            return NOBODY
        return self._many(g.subject, "subject", g)

    def _one_of_those(self, clause: Clause) -> Found:
        """ "Tuvalu is one of three nations that recognise Taiwan": who is counted among those that do it does it."""
        g = clause.governor
        if g is None or g.verb.lemma not in ("be", "become", "remain") or g.verb.negated or len(clause.subject) != 1:
            return NOBODY
        among = [k for prep, ks in g.preps if prep in ("among", "of") for k in ks]
        counted = self._nouns_of((*clause.subject, *g.objects, *among))
        if clause.subject[0] not in (*g.objects, *among) or not any(n.word in self.classes["state_nouns"] for n in counted):
            return NOBODY
        return self._many(g.subject, "subject", g)

    def _local(self, clause: Clause) -> Found:
        """The country in which a clause takes place, for forces and officials named without one."""
        for prep, nouns in clause.preps:
            if prep in ("for", "over") and clause.verb.passive:
                break  # "arrested in Peru for his role in a massacre in Chile"
            if prep in ("in", "across"):
                found = self._many(nouns, "object", clause)
                if found and found.how == "place" and len(found.codes) == 1:
                    return Found(found.refs[:1], "local")
        return NOBODY

    def _land_of(self, clause: Clause) -> Found:
        """The one country in which the clause takes place, by all that it says of where."""
        refs = [r for prep, nouns in clause.preps if prep in ("in", "near") for r in self._many(nouns, "object", clause).refs]
        return Found(tuple(refs[:1]), "local") if len(codes_of(tuple(refs))) == 1 else NOBODY

    def _at_home(self, clause: Clause) -> Found:
        """The only country named so far, for officials named without one: "A bomb exploded in Togo. The authorities blamed JNIM"."""
        office = self.s.noun(clause.subject[0]) if len(clause.subject) == 1 else None
        if office is None or office.actors or office.word not in self.classes["home_offices"]:
            return NOBODY
        if len(self.discourse.lands) != 1 or self.s.chain(clause.subject[0])[1:]:
            return NOBODY
        return Found(tuple(self.discourse.lands.values()), "local")

    def _over(self, clause: Clause, *prepositions: str) -> Found:
        """The country over or in which something is done, by those at home there."""
        elsewhere = False
        for prep, nouns in clause.preps:
            if prep in ("against", "about", "for"):
                elsewhere = True  # "to protest against the war in Gaza" is done elsewhere
            elif prep in ("outside", "at"):
                elsewhere = False
            if prep == "in" and any(n.word in self.classes["causes"] for n in self._nouns_of(nouns)):
                continue  # "march in support of Togo in Lima": in Lima
            outdoors = prep == "on" and any(n.word in self.classes["outdoors"] for n in self._nouns_of(nouns))
            elsewhere = elsewhere and not outdoors
            found = self._many(nouns, "object", clause) if (prep in prepositions or outdoors) and not elsewhere else NOBODY
            if found and len(found.codes) == 1 and found.refs[0].mention.kind is not MentionKind.GROUP:
                return Found(found.refs[:1], "local")
        return NOBODY

    def _held_in(self, clause: Clause) -> Found:
        """The country in which somebody is held: "arrested in Egypt", "in the Egyptian town of Dahab"."""
        place = self._local(clause)
        if place:
            return place
        for prep, nouns in clause.preps:
            noun = self.s.noun(nouns[0]) if prep in ("in", "across") and len(nouns) == 1 else None
            if noun is None or len(noun.actors) != 1 or noun.actors[0].mention.text in TERRITORIES:
                continue  # who holds somebody in the West Bank is not told
            if noun.actors[0].mention.kind in (MentionKind.NAME, MentionKind.DEMONYM, MentionKind.CAPITAL):
                return Found(noun.actors, "local")
        return NOBODY

    def _held_before(self, clause: Clause) -> Found:
        """Where somebody was held who is handed on: "is arrested in Spain and extradited to Chile"."""
        before = next((c for c in reversed(self.s.clauses) if c.index < clause.index and c.verb.passive), None)
        held = before is not None and before.subject == clause.subject and before.verb.lemma in self.classes["custody_verbs"]
        return self._held_in(before) if held and before is not None else NOBODY

    def _doing(self, clause: Clause) -> list[int]:
        """The nouns of those who do it: the subject, in the passive what stands behind "by"."""
        if not clause.verb.passive or clause.verb.lemma in ("engage", "involve"):
            return clause.subject  # who "is engaged in" it does it
        return [k for prep, ks in clause.preps if prep == "by" for k in ks]

    def _agentive(self, clause: Clause, verb: Verb) -> bool:
        """Whether the doer is somebody who travels for a country, not a tourist or a ship."""
        for k in self._doing(clause):
            noun = self.s.noun(k)
            if noun is None:
                continue
            if noun.word_class in ("agent", "pronoun", "name"):
                return True
        return False

    def _agent(
        self, clause: Clause, preps: list[tuple[str, list[int]]], subject: Found, pattern: Pattern, features: set[str]
    ) -> Found:
        verb = clause.verb
        if not verb.passive:
            if subject:
                features.add(f"actor:{subject.how}")
                noun = self.s.noun(clause.subject[0])
                if noun is not None:
                    features.add(f"subject:{noun.word_class or 'other'}")
                    if noun.is_act and subject.how == "doer" and not clause.governor_noun.startswith("threat"):
                        features.add("subject:act")
                        if pattern.type not in VIOLENT and pattern.type is not EventType.THREATEN and not pattern.reverse:
                            return NOBODY
                return subject
            # "Strikes in Gaza kill five": the doer may be told elsewhere
            return NOBODY
        for prep, nouns in preps:
            if prep == "by":
                found = NOBODY
                for k in nouns:
                    noun = self.s.noun(k)
                    if noun is None:
                        continue
                    more = self.doer(k, noun) if noun.is_act else self.actors(k, "subject", clause)
                    ways = [way for way, _ in self.s.chain(k)[:1]]
                    if not more and noun.keys & self.classes["weapons"] and ways and ways != ["from"]:
                        continue  # "hurt by a shell in Egypt"
                    more = more or self._believed(k)
                    if not more and not noun.is_act and not self._is_nameless(k, noun):
                        more = self.actors(k, "object", clause)
                        where = more.how == "place" or (more.how == "of" and ways and ways != ["of"])
                        offshore = ways == ["off"]  # nor are missiles off a coast that land's
                        if where and (offshore or noun.word_class not in ("agent", "force", "person")):
                            more = NOBODY  # "burned by frost in Latvia", "killed by a shark off the coast of Egypt"
                    found = Found(found.refs + more.refs, found.how or more.how)
                irregular = any(n.keys & self.classes["outlaws"] for n in self._nouns_of(nouns))
                if found.how == "place" and irregular and not found.codes & self.classes["peoples_at_war"]:
                    found = NOBODY  # "kidnapped by jihadists in Togo": not by Togo
                if found.how == "place":
                    struck = self._many(clause.subject, "object", clause)
                    found = Found(without(found.refs, struck.codes), "place")  # "shot by soldiers in Togo"
                if found:
                    features.add("actor:by")
                    return found
                if not all((n := self.s.noun(k)) is not None and n.is_act for k in nouns):
                    return self._forces_at_home(nouns, clause) or self._crowd_at_mission(nouns, clause)
        if pattern.type is EventType.SANCTION:
            barring = self._barring_land(clause)
            if barring:
                features.add("actor:local")
                return barring
        summoned = pattern.type is EventType.ACCUSE and verb.lemma in ("summon", "call")
        if pattern.type is EventType.SANCTION or summoned or verb.lemma == "expel":
            # "the Danish ambassador to Mali is expelled": by those to whom he is sent
            for k in clause.subject:
                named = self.s.noun(k)
                behind = self._apposition(k, named) if named is not None else None
                k = behind if behind is not None else k  # "Jo Rau, the Danish ambassador to Mali, is declared"
                sent = self.s.noun(k)
                if sent is not None and sent.keys & self.classes["envoys"] and verb.lemma in self.classes["recalling_verbs"]:
                    home = tuple(r for r in sent.actors if r.how in ("adjective", "possessor", "modifier"))
                    if home:
                        features.add("actor:post")
                        return Found(home, "self")  # "the French ambassador in Algiers was recalled": by France
                if sent is not None and sent.word in ("ambassador", "envoy", "diplomat", "diplomats", "consul", "attaché"):
                    for prep, nouns in self.s.chain(k):
                        found = self._many(nouns, "object", clause) if prep in ("to", "in") else NOBODY
                        if found:
                            features.add("actor:post")
                            return found
            # "the Danish ambassador was summoned to the ministry in Vilnius"
            for prep, nouns in preps:
                seats = [k for k in nouns if (n := self.s.noun(k)) is not None and n.word in self.classes["home_offices"]]
                found = self._many((x for k in seats for p, xs in self.s.chain(k) if p == "in" for x in xs), "object", clause)
                if summoned and prep == "to" and found:
                    features.add("actor:post")
                    return found
            # "Russia is expelled from the Council of Europe": a body shuts its member out
            for prep, nouns in preps:
                found = self._many(nouns, "object", clause) if prep == "from" else NOBODY
                ousted = verb.lemma == "expel" and self._many(clause.subject, "object", clause).how in ("self", "apposition")
                if found and (ousted or all(r.mention.kind is MentionKind.ORGANISATION for r in found.refs)):
                    features.add("actor:by")
                    return found  # "two Danish diplomats are expelled from Fiji"
        if pattern.goals and pattern.type is EventType.AGREE:
            # "Somalia is admitted as a member of the bloc": a body takes a member in
            for _, nouns in [*preps, *(row for k in self._as_what(clause) for row in self.s.chain(k))]:
                found = self._many(nouns, "object", clause)
                if found and all(r.mention.kind is MentionKind.ORGANISATION for r in found.refs):
                    features.add("actor:by")
                    return found
        if pattern.type is EventType.PROTEST:
            return self._over(clause, "in", "across", "throughout")  # "protests against France were held in Bamako"
        if pattern.type in VIOLENT:
            for prep, nouns in preps:
                if prep in ("in", "during", "after", "from", "following", "amid", "under", "on", "with"):
                    for k in nouns:
                        for kk in self._look_through([k]):
                            noun = self.s.noun(kk)
                            if noun is not None and prep == "with" and noun.keys & self.classes["weapons"]:
                                # "after being hit with Russian missiles"
                                found = Found(tuple(r for r in noun.actors if r.how in ("adjective", "possessor")), "self")
                                if found:
                                    features.add("actor:weapon")
                                    return found
                            if noun is not None and noun.is_act and not self._is_of_accord(noun):
                                found = self.doer(kk, noun)
                                if not found and self._is_fight(noun):
                                    found = self._opponent(kk, clause)
                                found = found or self._partners(kk, clause)
                                if found:
                                    features.add("actor:act")
                                    if not self._strikes_another(kk, noun, clause, found):
                                        self.used.add(kk)
                                    self._act = (kk, noun)
                                    return found
        if pattern.type is EventType.RETREAT and pattern.objects and not pattern.actor_class:
            # "the French base in Abidjan is handed over to": by those whose it is
            left = self._nouns_of(clause.subject)
            theirs = tuple(r for n in left for r in n.actors if r.how in ("adjective", "possessor"))
            if theirs and all(n.word_class == "asset" or "base" in n.keys for n in left):
                features.add("actor:weapon")
                return Found(theirs, "self")
            if theirs and verb.lemma in self.classes["recalling_verbs"] and all(n.word_class == "force" for n in left):
                features.add("actor:weapon")
                return Found(theirs, "self")  # "French troops were withdrawn from Mali"
        if pattern.type in _CUSTODY and verb.lemma in self.classes["custody_verbs"]:
            # who is detained in Belarus is detained by Belarus
            held = self._many(clause.subject, "object", clause)
            place = self._held_in(clause)
            if not place and pattern.type is EventType.RETREAT:
                # "two Danes were freed from Malian prisons"
                cells = (
                    k
                    for prep, ks in preps
                    if prep == "from"
                    for k in ks
                    if (n := self.s.noun(k)) and n.keys & self.classes["prisons"]
                )
                place = self._many(cells, "object", clause)
            if not place and clause.connector == "that" and clause.governor is not None and self._announces(clause.governor):
                # "Venezuela announces that three Spaniards have been arrested"
                place = self._many(clause.governor.subject, "subject", clause.governor)
            spies = any(c.governor is clause and c.kind == "gerund" and c.verb.lemma == "spy" for c in self.s.clauses)
            if spies and held.how in ("self", "apposition") and (not place or place.refs[0].code in held.codes):
                features.add("actor:local")
                return held  # "a Norwegian is arrested for spying for Chad": by his own land, against the other
            if place and held and held.how in ("self", "place", "apposition") and {place.refs[0].code} != held.codes:
                features.add("actor:local")
                return place
        g = clause.governor
        if pattern.type is EventType.ASSAULT and clause.connector == "that" and g is not None and self._announces(g):
            # "Kyiv says that six Russian warplanes were destroyed": by its own
            hit = self._nouns_of(clause.subject)
            speaker = self._many(g.subject, "subject", g)
            if hit and all(
                (n.word_class == "force" or all(r.mention.kind is MentionKind.GROUP for r in n.actors))
                and n.actors
                and not set(codes_of(n.actors)) & speaker.codes
                for n in hit
            ):
                features.add("actor:speaker")
                return speaker
        holders = self._held_before(clause) if verb.lemma in ("extradite", "deport") else NOBODY
        if holders:
            features.add("actor:local")
            return holders
        if verb.lemma == "extradite" or (verb.lemma == "deport" and self._many(clause.subject, "object", clause).how == "self"):
            for prep, nouns in preps:
                found = self._many(nouns, "object", clause) if prep == "from" else NOBODY
                if found:
                    features.add("actor:local")
                    return found  # "two Danes are deported from Fiji"
            court = clause.governor if clause.connector == "that" else None
            if verb.lemma == "extradite" and court is not None and court.verb.lemma in self.classes["telling_or_finding_verbs"]:
                features.add("actor:speaker")
                return self._many(court.subject, "subject", court)  # "a Polish court rules that he can be extradited"
            goal = any(prep == "to" and self._many(nouns, "object", clause) for prep, nouns in preps)
            own = self._many(clause.subject, "object", clause)
            if verb.lemma == "extradite" and goal and own.how in ("self", "of", "apposition") and not clause.connector:
                features.add("actor:local")
                return own  # "a former president of Honduras is extradited to the United States"
        g = clause.governor
        if (
            pattern.type in (EventType.SANCTION, EventType.CONCEDE)
            and clause.connector == "that"
            and (verb.tense == "future" or verb.modal == "would")
            and g is not None
            and self._announces(g)
        ):
            # "Modi says that the duty on Nepal will be lowered": by himself
            features.add("actor:speaker")
            return self._many(g.subject, "subject", g)
        if pattern.reverse:
            # "a Syrian drone is intercepted over the Jordanian town of Irbid"
            over = self._over(clause, "over", "above", "in", "near", "around", "off")
            g = clause.governor
            told = g if not over and clause.connector == "that" and g is not None and self._announces(g) else None
            # "Bahrain reports that 74 Iranian missiles were intercepted": by its own
            return over if told is None else self._many(told.subject, "subject", told)
        if pattern.type in VIOLENT and self._stands_absolute(clause):
            # "end the siege, with ten rebels killed": by those who end it
            before = [c for c in self.s.clauses if c.index < clause.index and c.verb.form == "finite" and not c.verb.passive]
            doing = [n for c in before[-1:] for n in map(self.s.noun, c.subject) if n is not None]
            if doing and all(n.word_class in ("force", "agent") for n in doing):
                features.add("actor:above")
                return self._many(before[-1].subject, "subject", before[-1])
        if clause.kind == "participle" and pattern.type is EventType.ASSAULT and verb.lemma in self.classes["wielding_verbs"]:
            # "Tehran answered with missiles fired at Israel": who answers with them fires them
            for c in self.s.clauses:
                arms = {k for prep, ks in c.preps if prep == "with" for k in ks}
                if c is not clause and arms & set(clause.subject) and not c.verb.passive:
                    features.add("actor:weapon")
                    return self._many(c.subject, "subject", c)
        told_of = clause.kind == "participle" and pattern.type is EventType.SANCTION  # "US tariffs imposed on India"
        if pattern.objects and (pattern.type in WEAPONED or told_of):
            # "Iranian missiles are launched at Israel": the weapon tells whose it is
            owner = self._many(clause.subject, "object", clause)
            if owner.how == "of":  # "one of its missiles": its
                owner = self._many(self._look_through(clause.subject)[-1:], "object", clause)
            came = owner.how == "place" and any(prep == "from" for k in clause.subject for prep, _ in self.s.chain(k)[:1])
            if (
                owner
                and (owner.how in ("self", "pronoun") or came)  # "troops from Chad were deployed"
                and (pattern.type is not EventType.AID or any(n.word_class == "force" for n in self._nouns_of(clause.subject)))
            ):
                features.add("actor:weapon")
                return owner
        if pattern.type is EventType.ASSAULT and verb.lemma in ("launch", "fire", "lob"):
            # "Five rockets are fired into Uzbekistan from Afghanistan"
            for prep, nouns in preps:
                visit = self.s.noun(nouns[0] - 2) if prep == "from" and nouns else None
                meanwhile = visit is not None and self._is_of_accord(visit)  # "during a visit from the Chadian premier"
                found = self._many(nouns, "object", clause) if prep == "from" and not meanwhile else NOBODY
                if found:
                    features.add("actor:place")
                    return found
        if pattern.type is EventType.ASSAULT:
            return (
                self._agent_behind(clause, pattern, features)
                or self._planters(clause)
                or self._attackers_behind(clause)
                or self._attackers_before(clause)
            )
        return NOBODY

    def _partners(self, k: int, clause: Clause) -> Found:
        """Who carry out an operation together: "killed during an operation between Iraqi forces and the United States"."""
        hit = self._many(clause.subject, "object", clause).codes
        sides = next((self._many(ks, "object", clause) for prep, ks in self.s.chain(k)[:1] if prep == "between"), NOBODY)
        together = len(sides.codes) > 1 and bool(hit) and not hit & sides.codes
        return sides if together and "joint" in self.words else NOBODY

    def _strikes_another(self, k: int, noun: Noun, clause: Clause, doers: Found) -> bool:
        """Whether the attack is on others than those it killed: "five Syrians are killed in Israeli strikes on Hezbollah targets"."""
        hit = self._many(clause.subject, "object", clause).codes
        pattern, how = self._noun_pattern(noun), set[str]()
        target = self._noun_recipient(k, noun, pattern, [], doers, how, clause) if pattern is not None and hit else NOBODY
        at_border = any(self._at_border(ks) for _, ks in self.s.chain(k))
        return bool(target) and not at_border and how.isdisjoint(("to:in", "to:bare")) and not hit & target.codes

    def _planters(self, clause: Clause) -> Found:
        """Whose bomb it was: "killed when their car hits a bomb planted by rebels of M23"."""
        for c in self.s.clauses:
            when = c.index > clause.index and c.kind == "participle" and c.verb.passive and c.governor is not None
            if (
                when
                and c.governor is not None
                and c.governor.connector in ("when", "after")
                and c.verb.lemma in self.classes["planting_verbs"]
            ):
                return self._many([k for prep, ks in c.preps if prep == "by" for k in ks], "object", c)
        return NOBODY

    def _attackers_behind(self, clause: Clause) -> Found:
        """Who attacks in the clause that says when it was: "fifty Ugandans are killed after rebels of M23 storm a base of the bloc"."""
        where = next((i for i, c in enumerate(self.s.clauses) if c is clause), -1)
        when = self.s.clauses[where + 1] if 0 <= where < len(self.s.clauses) - 1 else None
        if when is None or when.connector not in ("after", "when", "as") or when.verb.passive or when.verb.negated:
            return NOBODY
        known_as = (
            self.grammar.verb_patterns.get(when.verb.lemma, ()) if when.verb.lemma not in self.classes["accident_verbs"] else ()
        )
        attacks = any(p.type is EventType.ASSAULT and not (p.objects or p.actor_class) for _, p in known_as)
        doers = (
            self._many(when.subject, "subject", when)
            if attacks and clause.verb.lemma in self.classes["striking_verbs"]
            else NOBODY
        )
        hit = self._many(clause.subject, "object", clause)
        known = doers.how in ("self", "of") and hit.how in ("self", "of")
        return doers if known and not hit.codes & doers.codes else NOBODY

    def _attackers_before(self, clause: Clause) -> Found:
        """Whose attack the sentence before told of: "Rebels of M23 raided a base. Five South African soldiers were killed"."""
        if clause.verb.lemma not in self.classes["striking_verbs"] or clause.kind != "main" or clause.connector:
            return NOBODY
        around = [n for _, ks in clause.preps for n in map(self.s.noun, ks) if n is not None]
        if any(t.lower == "by" for t in self._words_behind(clause)) or any(
            not (n.actors or n.proper or (n.is_act and self._points_back(n))) for n in around
        ):
            return NOBODY  # "are killed in a fire"
        attacks = [d for d in self.discourse.just if d.type is EventType.ASSAULT and d.doers != d.sufferers]
        doers = {codes_of(d.doers) for d in attacks}
        hit = self._many(clause.subject, "object", clause)
        if len(doers) != 1 or hit.how not in ("self", "of") or hit.codes & set(codes_of(attacks[0].doers)):
            return NOBODY
        return Found(attacks[0].doers, "deed")

    def _is_of_accord(self, noun: Noun) -> bool:
        """Whether the noun names talks, a visit or an accord: "shells were fired during a visit by the premier" not by him."""
        pattern = self._noun_pattern(noun)
        return pattern is not None and pattern.type.quad is Quad.VERBAL_COOPERATION

    def _agent_behind(self, clause: Clause, pattern: Pattern, features: set[str]) -> Found:
        """Who does it by what is told with the next passive: "a rebel is killed and ten others are injured in Malian strikes"."""
        where = next((i for i, c in enumerate(self.s.clauses) if c is clause), -1)
        after = self.s.clauses[where + 1] if 0 <= where < len(self.s.clauses) - 1 else None
        if after is None or clause.preps or not after.verb.passive or after.verb.form != "finite" or after.connector:
            return NOBODY
        joined = self.s.word(min(after.subject, default=1) - 1) == "and"
        hurt = after.verb.lemma in self.classes["transitive_verbs"]
        return self._agent(after, after.preps, NOBODY, pattern, features) if joined and hurt and clause.kind == "main" else NOBODY

    def _forces_at_home(self, ks: list[int], clause: Clause) -> Found:
        """Whose the forces are that strike a group where it is: "gunmen of IS are killed in Homs, Syria, in a raid by the army"."""
        by = self._nouns_of(ks)
        hit = self._many(clause.subject, "object", clause).refs
        groups = bool(hit) and all(r.mention.kind is MentionKind.GROUP for r in hit)
        bare = all(not n.actors and n.keys & self.classes["home_forces"] for n in by)
        return self._land_of(clause) if groups and bare else NOBODY

    def _wielder(self, k: int, clause: Clause) -> Found:
        """Who carries out the attack for which something is used: "planned to use the missiles in strikes on"."""
        used_in = any(prep in ("in", "for") and k in ks for prep, ks in [*clause.preps, *self._chained(clause.objects)])
        active = clause.verb.lemma in ("use", "employ") and not (clause.verb.passive or clause.verb.negated)
        found = self._many(clause.subject, "subject", clause) if active and used_in else NOBODY
        return found if found.how != "owner" else NOBODY

    def _readied(self, k: int, clause: Clause) -> Found:
        """Whose offensive it is for which forces do something before: "the army cleared the town ahead of an offensive against"."""
        noun, lead = self.s.noun(k), self.s.word(k - 1)
        planned = noun is not None and noun.word in ("offensive", "operation", "assault") and lead in _BEFOREHAND
        doing = self._nouns_of(clause.subject)
        armed = any(n.word_class == "force" or any(r.mention.kind is MentionKind.GOVERNMENT for r in n.actors) for n in doing)
        against = any(prep == "against" for prep, _ in self.s.chain(k)[:1])
        return (
            self._many(clause.subject, "subject", clause) if planned and armed and against and not clause.verb.passive else NOBODY
        )

    def _chained(self, ks: list[int]) -> list[tuple[str, list[int]]]:
        """The prepositional phrases that hang on the nouns ``ks``."""
        return [row for k in ks for row in self.s.chain(k)]

    def _stands_absolute(self, clause: Clause) -> bool:
        """Whether the participle has a subject of its own behind "with": "with ten rebels killed"."""
        k = clause.index - 1
        while self.s.word(k - 1) == "and" and self.s.noun(k - 2) is not None:
            k -= 2
        bare = clause.verb.end - clause.verb.start == 1
        return bare and clause.verb.passive and self.s.word(k - 1) == "with"

    def _crowd_at_mission(self, ks: list[int], clause: Clause) -> Found:
        """Whose people attack a mission abroad: "the French embassy in Niamey was stormed by protesters"."""
        by = self._nouns_of(ks)
        crowd = all(not n.actors and n.keys & (self.classes["crowds"] | self.classes["protesting_persons"]) for n in by)
        for k in clause.subject if crowd else ():
            noun = self.s.noun(k)
            rows = [*self.s.chain(k), *clause.preps] if noun is not None and noun.keys & self.classes["missions"] else []
            for prep, nouns in rows:
                found = self._many(nouns, "object", clause) if prep in ("in", "at") else NOBODY
                if len(found.codes) == 1:
                    return Found(found.refs[:1], "local")
        return NOBODY

    def _barring_land(self, clause: Clause) -> Found:
        """The land that somebody may not enter: "two Danes were denied entry to Mali", "were barred from entering Mali"."""
        kept = [k for k in clause.objects if (n := self.s.noun(k)) is not None and n.keys & self.classes["entries"]]
        rows = [*(row for k in kept for row in self.s.chain(k)), *(clause.preps if kept else ())]
        goals = [ks for prep, ks in rows if prep in ("to", "into", "in")]
        for c in self.s.clauses:
            kept_from = (c.kind == "gerund" and c.connector == "from") or (c.kind == "infinitive" and clause.verb.negated)
            if c.governor is clause and kept_from and c.verb.lemma in ("enter", "visit", "access"):
                goals.append(c.objects)
        return next((f for f in (self._many(ks, "object", clause) for ks in goals) if f), NOBODY)

    def _believed(self, k: int) -> Found:
        """Whose somebody is held to be: "shot by a man believed to be an IS fighter"."""
        who = self.s.noun(k)
        if who is None or who.word_class not in ("agent", "force", "person"):
            return NOBODY
        held = next((c for c in self.s.clauses if c.index == k + 1 and c.kind == "participle" and c.verb.passive), None)
        known = held is not None and held.verb.lemma in ("believe", "think", "suspect", "presume")
        being = next((c for c in self.s.clauses if c.governor is held and c.verb.lemma == "be"), None) if known else None
        return self._many(being.objects, "object", being) if being is not None else NOBODY

    def _opponent(self, k: int, clause: Clause) -> Found:
        """Those with whom the victims were fighting: "killed in clashes with"."""
        victims = self._many(clause.subject, "object", clause).codes
        for prep, nouns in [*self.s.chain(k), *clause.preps]:
            if prep in ("with", "against"):
                # only the first: "clashes with an armed group at the border with Pakistan"
                found = self._many(nouns, "object", clause)
                return Found(without(found.refs, victims), "doer")
        return NOBODY

    def _victims(self, clause: Clause, preps: list[tuple[str, list[int]]]) -> Found:
        """For violence with no recipient in its own clause: where it took place, or who suffered in the clause above."""
        hit = clause.subject if clause.verb.passive else []
        if len(hit) == 1 and (n := self.s.noun(hit[0])) is not None and n.word == "it":
            return NOBODY  # a thing named before, which may be anybody's
        if clause.kind == "infinitive" and clause.verb.lemma == "fight":
            return NOBODY  # "recruited to fight in Ukraine" is not yet against it
        for prep, nouns in preps:
            if prep in PLACE_PREPOSITIONS and not (self._at_border(nouns) or self._is_only_overhead(clause, nouns)):
                if clause.verb.lemma == "fight" and not clause.verb.passive:
                    continue  # who fights in Ukraine need not fight Ukraine
                found = self._many(nouns, "object", clause)
                if found:
                    return Found(found.refs, "place")
        found = self._beside(clause)
        if found:
            return found
        for other in self.s.clauses:
            if other.kind == "coordinated" and other.index > clause.index and other.subject == clause.subject:
                for prep, nouns in other.preps:
                    if prep in PLACE_PREPOSITIONS:
                        found = self._many(nouns, "object", other)
                        if found:
                            return Found(found.refs, "place")
        hurts = clause.verb.passive or clause.verb.lemma in ("launch", "conduct", "carry", "fire")
        for other in self.s.clauses:
            # "killed in a raid on a prison holding migrants in Togo", "struck a ship carrying grain in a port"
            beside = other.index - 1 in clause.objects
            if other.kind == "participle" and other.governor is clause and (hurts or beside):
                for prep, nouns in other.preps:
                    found = self._many(nouns, "object", other) if prep in ("in", "near", "at") else NOBODY
                    if found and found.how in ("place", "self", "of"):
                        return Found(found.refs, "place")
        g = clause.governor
        gives = clause.kind == "infinitive" and g is not None and self._gives(g)  # "lent Denmark a system to shoot down drones"
        told = g is not None and clause.connector == "that" and g.verb.lemma in self.classes["telling_verbs"]  # who hears of it
        if g is not None and not (gives or told):
            sufferers = g.subject if g.verb.passive else g.objects
            found = self._many(sufferers, "object", g) or self._beside(g)
            if found and found.how != "pronoun":
                return Found(found.refs, "above")
            for prep, nouns in g.preps:
                if prep in PLACE_PREPOSITIONS and not self._at_border(nouns):
                    found = self._many(nouns, "object", g)
                    if found:
                        return Found(found.refs, "place")
        return NOBODY

    def _gives(self, clause: Clause) -> bool:
        """Whether the clause is read to give somebody something."""
        return any(r.clause is clause and r.pattern.type is EventType.AID for r in self.readings)

    def _are_private(self, ks: list[int]) -> bool:
        """Whether these are people who act for nobody."""
        return all((n := self.s.noun(k)) is not None and n.word_class in ("person", "") and not n.actors for k in ks)

    def _with_others(self, clause: Clause) -> Found:
        """Who suffered before "others": "killed two Danes and injured four others"."""
        if clause.kind != "coordinated":
            return NOBODY
        where = next((i for i, c in enumerate(self.s.clauses) if c is clause), 0)
        before = self.s.clauses[where - 1] if where else clause
        same = before.subject == clause.subject and not (clause.verb.passive or before.verb.passive)
        if not same or not clause.objects or before.verb.lemma not in self.classes["transitive_verbs"]:
            return NOBODY
        if not all((n := self.s.noun(k)) is not None and n.word in ("other", "others") for k in clause.objects):
            return NOBODY
        found = self._many(before.objects, "object", before)
        return Found(found.refs, "above") if found and found.how != "pronoun" else NOBODY

    def _is_only_overhead(self, clause: Clause, nouns: list[int]) -> bool:
        """Whether an aircraft was hit there which need not be that land's: "damaged a drone in Syrian airspace"."""
        hit = self._nouns_of(clause.subject if clause.verb.passive else clause.objects)
        above = any(n.word in ("airspace", "skies", "waters") for n in self._nouns_of(nouns))
        return above and any(n.keys & self.classes["crafts"] for n in hit)

    def _beside(self, clause: Clause) -> Found:
        """Who suffered in the passive just before, when the clause goes on with others: "two soldiers are killed and three are injured"."""
        if not clause.verb.passive:
            return NOBODY
        where = next((i for i, c in enumerate(self.s.clauses) if c is clause), 0)
        before = self.s.clauses[where - 1] if where else None
        if before is None or not before.verb.passive or before.verb.lemma not in self.classes["transitive_verbs"]:
            return NOBODY
        found = self._many(before.subject, "object", before)
        return Found(found.refs, "above") if found and found.how != "pronoun" else NOBODY

    def _targeted(self, k: int, clause: Clause, agent: Found) -> Found:
        """Whom the words behind an attack name: "an attack targeting a warship of the US Navy"."""
        after = next(
            (
                c
                for c in self.s.clauses
                if c.verb.form == "ing" and c.verb.lemma in self.classes["striking_verbs"] and c.index > k
            ),
            None,
        )
        if after is None or after.governor is not clause:
            return NOBODY
        found = self._many(after.objects, "object", after)
        return found.without(agent.codes)

    def _noun_recipient(
        self,
        k: int,
        noun: Noun,
        pattern: Pattern,
        preps: list[tuple[str, list[int]]],
        agent: Found,
        features: set[str],
        clause: Clause | None,
    ) -> Found:
        mine = agent.codes
        own = self.s.chain(k)
        if pattern.both and isinstance(after := self.s.at(k + 1), Verb) and after.lemma == "involve" and after.form == "ing":
            own = [*own, *(("between", c.objects) for c in self.s.clauses if c.index == k + 1)]
        seen = {id(n) for _, n in own}
        rows = own + [p for p in preps if id(p[1]) not in seen and (not p[1] or p[1][0] > k)]
        # "the evacuation of villages due to the advance of Togo": what stands behind the reason belongs to it
        why = next((i for i, (prep, _) in enumerate(rows) if prep in _WHY), len(rows))
        rows = rows[:why]
        if pattern.type in (EventType.SUPPORT, EventType.AID):
            # "support during the war with Togo", "support of the war in Togo": what stands behind an act of force is its own
            fought = (i for i, (_, nouns) in enumerate(rows) for n in nouns[:1] if self._is_of_force(n))
            rows = rows[: next(fought, len(rows))]
        for slot in pattern.to:
            for prep, nouns in rows:
                if prep == "between" and (n := self.s.noun(nouns[0] - 2)) is not None and n is not noun:
                    if n.word in self.classes["quarrels"]:
                        continue  # "a meeting on the dispute between others"
                if (
                    prep == slot
                    and not self._on_a_side(prep, nouns)
                    and not (pattern.type is EventType.ASSAULT and prep in ("on", "at") and self._at_border(nouns))
                ):
                    found = self._many(nouns, "object", clause)
                    refs = without(found.refs, mine)
                    if refs:
                        features.update((f"to:{slot}", f"recipient:{found.how}"))
                        return Found(refs, found.how)
        if noun.bare_names:
            refs = without(noun.bare_names, mine)
            if refs:
                features.update(("to:bare", "recipient:self"))
                return Found(refs, "self")
        if pattern.type is EventType.ASSAULT and not pattern.reverse:
            for prep, nouns in rows:
                if prep in PLACE_PREPOSITIONS and not self._at_border(nouns):
                    found = self._many(nouns, "object", clause)
                    refs = without(found.refs, mine)
                    if refs:
                        features.update(("to:in", "recipient:place"))
                        return Found(refs, "place")
        return NOBODY

    def _is_of_force(self, k: int) -> bool:
        """Whether the noun at ``k`` tells an act of force, of nobody named in it: "the war", but not "its war"."""
        noun = self.s.noun(k)
        pattern = self._noun_pattern(noun) if noun is not None and noun.is_act and not noun.actors else None
        return pattern is not None and pattern.type is EventType.ASSAULT

    def _party_of(self, k: int, clause: Clause, others: Found) -> Found:
        """Who is the first party of talks or a deal that the clause tells of in passing: "Putin said after talks with Modi"."""
        lead = next((prep for prep, nouns in clause.preps if k in nouns), "")
        if not lead and k == 1 and min(clause.subject, default=0) > k:
            lead = self.s.word(0)  # "After talks with Modi, Putin said"
        chain = self.s.chain(k)
        if k in clause.subject and chain and chain[0][0] == "with" and not clause.verb.passive:
            spoke = without(self._attribution(clause), others.codes)
            return Found(spoke if len(codes_of(spoke)) == 1 else (), "speaker")  # "Kabul says that talks with Togo have failed"
        if lead not in _OCCASIONS or not chain or chain[0][0] not in ("with", "between"):
            return NOBODY
        sent = clause.verb.lemma in ("lead", "send") and any(n.word_class == "agent" for n in self._nouns_of(clause.objects))
        if lead == "for" and clause.verb.lemma not in self.classes["travelling_verbs"] and not sent:
            return NOBODY
        if clause.connector == "that" and clause.governor is not None and not self._many(clause.subject, "subject", clause):
            clause = clause.governor  # "announced that tariffs would be delayed, following a call with": who announced it
        found = self._many(clause.subject, "subject", clause)
        refs = without(found.refs, others.codes)
        return Found(refs if len(codes_of(refs)) == 1 and not clause.verb.passive else (), found.how)

    def _around(self, k: int, noun: Noun, clause: Clause, agent: Found) -> Found:
        """Who suffers an attack named by a noun: the object of its verb, the subject of a passive, or the place told with the verb."""
        if clause.kind == "participle" and clause.index == k + 1 and clause.governor is not None:
            clause = clause.governor  # "sustained damage during attacks blamed on Iran"
        if k < min(clause.subject, default=0) and k < clause.start:
            return NOBODY  # "Following attacks by rebels, Mali's army moved into Chad"
        mine = agent.codes
        helpless = (
            clause.verb.passive
            or clause.verb.lemma in ("sustain", "suffer")
            or (
                # "a depot catches fire after a drone attack by"
                not self._is_fight(noun)
                and self.s.word(k - 1) in ("after", "following", "in", "during")
                and not self._many(clause.subject, "subject", clause)
            )
        )
        groups = [clause.objects] if k in clause.subject else [clause.subject] if helpless else []
        groups += [
            nouns for prep, nouns in clause.preps if prep in PLACE_PREPOSITIONS and k not in nouns and not self._at_border(nouns)
        ]
        for nouns in groups:
            found = self._many(nouns, "object", clause)
            refs = tuple(
                r
                for r in found.refs
                if r.code not in mine and not (r.how == "possessor" and r.mention.kind is MentionKind.ORGANISATION)
            )
            if refs:
                return Found(refs, "place")
        return NOBODY
