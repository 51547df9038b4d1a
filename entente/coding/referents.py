"""Whom a phrase means: by name, by office, by pronoun, by 'the two countries', by whose the thing is."""

from __future__ import annotations

from collections.abc import Iterable

from entente.coding.clauses import Clause, Sentence
from entente.coding.phrases import ActorRef, Mark, Noun, Verb
from entente.coding.readings import NOBODY, Discourse, Found, codes_of, without
from entente.coding.scope import BORDERS, POSSESSIVES, Scope
from entente.coding.tokens import Token
from entente.lexicon.patterns import Grammar
from entente.model import EventType, MentionKind

# Phrases through which an actor is asked for at most.
_DEEPEST = 3
_SINGULAR_PRONOUNS = frozenset({"it", "itself"})
# Beside the words for two, what those told of before may be called together.
_SEVERAL = frozenset({"each", "all", "three", "allies"})
_PERSON_PRONOUNS = frozenset({"he", "she", "him", "himself", "herself"})


# What stands behind these is told of something else than the noun: what talks are about, what goes on meanwhile.
_APART = frozenset({"on", "over", "about", "amid", "amidst", "after", "following", "during", "despite"})


# What leads a phrase that names help, or those who give it.
_BEFORE_HELP = frozenset({"with", "through", "after", "following", "thanks to", "of", "by", "from"})


class Referents(Scope):
    """A sentence whose phrases are asked for actors."""

    def __init__(self, sentence: Sentence, tokens: list[Token], grammar: Grammar, discourse: Discourse) -> None:
        super().__init__(sentence, tokens, grammar, discourse)
        # No phrase of the sentence has such a word when the sentence has none.
        self._has_nameless = not self.classes["nameless"].isdisjoint(self.words)
        self._has_help = not (
            self.classes["helping_nouns"].isdisjoint(self.words) and self.classes["mediations"].isdisjoint(self.words)
        )
        self._has_two = not self.classes["two_words"].isdisjoint(self.words)
        self._has_several = self._has_two or not _SEVERAL.isdisjoint(self.words)
        # What names were found to stand for, by place and role: they are asked for by every pattern of a verb.
        self._named: dict[tuple[int, str], Found] = {}

    def _named_in(self, ref: ActorRef) -> Noun | None:
        """The noun phrase in which the actor is named."""
        for phrase in self.s.phrases:
            if (
                isinstance(phrase, Noun)
                and self.tokens[phrase.start].start <= ref.mention.start < self.tokens[phrase.end - 1].end
            ):
                return phrase
        return None

    def actors(self, k: int, role: str, clause: Clause | None = None, depth: int = 0) -> Found:
        """The actors that the noun phrase at ``k`` stands for, as subject or object (``role``).

        ``depth`` counts the phrases through which it is asked for. Phrases can point at each other in a circle ("an attack by its forces
        was planned to deter Chad": whose attack is whose forces, and whose forces whose attack), so behind a few nobody is found.
        """
        noun = self.s.noun(k)
        if noun is None or depth > _DEEPEST:
            return NOBODY
        if noun.word_class == "pronoun":
            return self._pronoun(noun, clause, depth)
        if noun.actors and (known := self._named.get((k, role))) is not None:
            return known
        if (self._has_help and self._only_helps(k)) or ("ethnic" in self.words and self._is_ethnic(noun)):
            return NOBODY  # ethnic Albanians act for no state
        if noun.word in ("tribunal", "tribunals") and noun.actors and self._at_tribunal_seat([k]):
            return NOBODY  # nor does "the Hague tribunal"
        if self._has_nameless and role == "subject" and self._is_nameless(k, noun):
            return NOBODY
        mutual = self._may_be_mutual and role == "object" and clause is not None
        if mutual and clause is not None and (self._is_reciprocal(noun) or self._is_other_of_each(noun, clause)):
            return Found(self._many(clause.subject, "subject", clause, depth + 1).refs, "each_other")
        if noun.word in self.classes["friends_and_foes"] and not noun.actors and self._are_of_others(noun):
            return NOBODY
        if self._has_several and not noun.actors:
            several = self._several(k, noun, role, clause, depth)
            if several is not None:
                return several
        if noun.is_act and role == "subject" and noun.word_class not in ("agent", "force"):
            return self.doer(k, noun, depth)
        if noun.definite and not noun.actors:
            taken_up = self._taken_up(k, noun, role, clause, depth)
            if taken_up is not None:
                return taken_up
        led = self._led(k, noun, depth + 1) if noun.word_class == "force" else NOBODY
        if led.refs:
            return led
        if noun.actors:
            found = self._by_name(noun, role)
            # Whom a name stands for depends on nothing told before, unless others lead the forces or "each other" is meant.
            if noun.word_class != "force" and not self._may_be_mutual:
                self._named[k, role] = found
            return found
        if noun.held_by and role == "object":
            return Found(noun.held_by, "holder")
        chain = self.s.chain(k)
        if noun.word in BORDERS:
            # "its border with Mali" is where Mali begins
            beyond = next((nouns for prep, nouns in chain if prep == "with"), None)
            if beyond is not None:
                return Found(self._many(beyond, "object", clause, depth + 1).refs, "place")
        if noun.word in ("countries", "states", "nations", "members"):
            named = next((nouns for prep, nouns in chain if prep in ("including", "like", "such as")), None)
            if named is not None:
                return Found(self._many(named, role, clause, depth + 1).refs, "of")
        if role == "subject" and chain and chain[0][0] == "off":
            return NOBODY  # missiles off a coast are not that land's
        first = self.tokens[noun.start].lower
        owned = first in POSSESSIVES
        measures = self.classes["measures"]
        measure = bool(chain) and (noun.word in measures or not measures.isdisjoint(noun.keys) or noun.word.isdigit())
        for link, (prep, nouns) in enumerate(chain):
            if prep == "of" and link and chain[link - 1][0] in _APART:
                break  # "talks with Chile on the future of the islands": they are not the islands'
            if prep == "of" and noun.keys & self.classes["minded_people"] and any(n.is_act for n in self._nouns_of(nouns)):
                break  # "a critic of the war in Mali" may be anybody
            if prep == "of" and owned and clause is not None and clause.verb.lemma in self.classes["blaming_verbs"]:
                break  # "accused its government of crimes in Gaza"
            if prep == "of":
                inner = self._many(nouns, role if measure else "object", clause, depth + 1)
                if noun.word in ("member", "members") and all(r.mention.kind is MentionKind.ORGANISATION for r in inner.refs):
                    break  # what its members do a body has not done
                if inner:
                    if role == "subject" and not measure and noun.word_class not in ("agent", "force", "person", "asset", "name"):
                        return (
                            Found(inner.refs, "of")
                            if inner.how == "self" and self._are_some_forces(noun, nouns, clause)
                            else NOBODY
                        )
                    return Found(
                        inner.refs,
                        "self" if measure and inner.how == "self" else "of" if inner.how != "place" or not measure else "place",
                    )
                if noun.word_class == "" and not measure:
                    break
        usable = ("agent", "force", "person") if role == "subject" else ("agent", "force", "person", "asset", "name", "", "place")
        if noun.word in self.classes["associates"] and (renamed := self._renamed(k, noun)) is not None:
            return Found(renamed.actors, "apposition")
        if owned and noun.word in self.classes["fellows"]:
            mine = {r.code for r in self._possessive(noun, clause, depth)}
            pair = self._states_told(mine)
            others = without(pair, mine)
            settled = len(codes_of(pair)) == 2 and len(others) == 1
            return Found(others if settled else (), "pronoun")  # "accuses its neighbour", "asked his host"
        if first == "our" and role == "object":
            return self._speaker(noun, clause, depth)
        if owned and noun.word_class in usable:
            owner = self._possessive(noun, clause, depth)
            if owner and role != "subject":
                return Found(owner, "pronoun")
            if owner and noun.word_class in ("agent", "force"):
                return Found(owner, "pronoun")
        renamed = self._renamed(k, noun) if noun.word_class in ("person", "agent") else None  # a call less for all others
        if renamed is not None:
            return Found(renamed.actors, "apposition")
        apposition = self._apposition(k, noun) if noun.proper else None
        if apposition is not None:
            inner = self.actors(apposition, role, clause, depth + 1)
            if inner:
                return Found(inner.refs, "apposition")
        if noun.word_class in usable:
            for prep, nouns in chain:
                if prep != "over" and prep in self.classes["background_prepositions"]:
                    break  # "28 towns amid noise from rebels" are not the rebels'
                if role == "subject" and prep not in ("from", "for") and noun.keys & self.classes["weapons"]:
                    break  # a bomb in Lima is not Peru's
                if prep == "in" and role == "object" and noun.keys & self.classes["missions"]:
                    break  # "the embassies in Lima" are anybody's but Peru's
                if prep == "in" and noun.keys & self.classes["judges"]:
                    break  # the judges in The Hague are no Dutch ones
                if prep == "in" and noun.keys & self.classes["tribunals"] and noun.definite and self._at_tribunal_seat(nouns):
                    break  # nor is "the tribunal in The Hague", while "a court in The Hague" may be
                if prep == "in" and noun.keys & self.classes["suspects"]:
                    break  # a suspect in an attack in Paris may be anybody
                if prep == "to" and noun.word_class in ("agent", "person"):
                    break  # "referred officials to the court at The Hague"
                if prep == "on" and chain[0][0] == "with":
                    break  # "talks with Chile on the future of the islands": what they are about
                if noun.word_class == "person" and prep in ("on", "for"):
                    break  # "attacks by residents of settlements on Palestinians": what is done to them, not whose they are
                if prep == "from" and noun.word in ("citizens", "nationals") and noun.end - noun.start == 1:
                    break  # "evacuates citizens from Mali": one's own
                if prep in ("in", "at", "near", "from", "inside", "within", "for", "on", "off", "outside", "around", "across"):
                    if (
                        role == "object"
                        and noun.word_class == "force"
                        and (n := self.s.noun(nouns[0])) is not None
                        and n.word in BORDERS
                    ):
                        break  # "an armed group at the border with Pakistan" may be anybody's
                    if prep == "near" and self._at_border(nouns):
                        break  # "villages near the border with Togo" are not Togo's
                    inner = self._many(nouns, "object", clause, depth + 1)
                    if inner:
                        return Found(inner.refs, "place")
        if (
            noun.word_class in ("agent", "force", "person")
            if role == "subject"
            else noun.word_class in ("asset", "force", "agent", "person", "")
        ):
            tied = self._tied(k, noun, role, clause, depth + 1)
            if tied.refs:
                return tied
        return NOBODY

    def _by_name(self, noun: Noun, role: str) -> Found:
        """The actors that a noun phrase names: those it stands for, or those it belongs to."""
        if self._is_one_of_many(noun):
            return NOBODY
        if role == "subject":
            if noun.word_class == "place" and noun.actors[0].mention.kind in (MentionKind.PLACE, MentionKind.NAME):
                return NOBODY
            members = noun.word in ("states", "countries", "nations", "members", "member") and any(
                t.tag in ("D", "#", "J") and t.lower != "the" for t in self.tokens[noun.start : noun.head]
            )
            if members and all(r.mention.kind is MentionKind.ORGANISATION for r in noun.actors):
                return NOBODY  # what NATO members do NATO has not done
            if noun.word_class == "" and noun.actors[0].how == "adjective" and not noun.is_act:
                return Found(noun.actors, "owner")
        if noun.word_class == "place":
            return Found(noun.actors + noun.held_by, "place")
        if noun.held_by and role == "object":
            return Found(noun.held_by, "holder")  # "in Houthi-controlled Yemen"
        return Found(noun.actors, "self")

    def _several(self, k: int, noun: Noun, role: str, clause: Clause | None, depth: int) -> Found | None:
        """Those whom "both sides", "each", "the three" or "the allies" mean; None where the noun says nothing of the kind."""
        alone = noun.end - noun.start == 1 and not any(prep == "of" for prep, _ in self.s.chain(k))  # not "two of the visitors"
        if not (alone or noun.word in self.classes["pair_nouns"] or (self._may_be_mutual and self._says_each(noun))):
            return None
        each = role == "subject" and self._says_each(noun)
        everyone = (
            self.tokens[noun.start].lower == "all"
            and noun.word in ("sides", "parties")
            and self.discourse.at_odds
            and not self.s.chain(k)
        )
        if each or everyone or self._says_two(noun):
            # without a pair told of, the two are the only two lands named so far
            lands = tuple(self.discourse.lands.values())
            told = self._two_before(noun, clause if role == "object" else None)
            told = told or (self._others_of_three(noun, clause, depth) if role == "object" else ()) or self._pair_told(noun)
            if (
                noun.word in self.classes["states_together"]
                and len(lands) == 2
                and any(r.mention.kind is MentionKind.GROUP for r in told)
            ):
                # a deal of Ethiopia's with Somaliland, of which Somalia speaks: "both governments" are those of states
                told = lands
            pair = told if len(told) > 1 else lands if len(lands) == 2 else ()
            if (
                not pair
                and not lands
                and role == "subject"
                and noun.word in self.classes["states_together"]
                and self.tokens[noun.start].lower == "both"
            ):
                pair = self._lands_before(noun)  # "die in Goma, Congo, and Kigali, Rwanda, as both countries"
            if pair:
                return Found(pair, "pronoun")
        all_three = self._says_three(noun) and (noun.definite or self.tokens[noun.start].lower == "all")
        if all_three and len(self.discourse.trio) > 1:
            return Found(self.discourse.trio, "pronoun")
        if noun.definite and noun.word == "allies" and noun.end - noun.start == 2:
            return Found(self.discourse.trio or self.discourse.pair, "pronoun")
        return None

    def _taken_up(self, k: int, noun: Noun, role: str, clause: Clause | None, depth: int) -> Found | None:
        """Whom a noun with "the" or "its" takes up that names nobody: "the army", "the group"; None where nothing tells it."""
        seat = self._seat_before(k, noun) if role == "subject" else ()
        if seat:
            return Found(seat, "local")
        if noun.word in self.classes["rulers"] and len(codes_of(self.discourse.subject)) != 1:
            rulers = self._rulers(noun)
            if rulers:
                return rulers
        owned = self.tokens[noun.start].lower in POSSESSIVES
        known = self.discourse.heads.get(noun.word) if not owned and noun.end - noun.start == 2 else None
        if known is not None and not any(prep in ("of", "in") for prep, _ in self.s.chain(k)):
            return Found((known,), "anaphor")  # "Sudan's army said. Kenya replied. The army rejected"
        if (
            not owned
            and noun.end - noun.start <= 2
            and self.discourse.subject
            and noun.word in self._anaphors_of(self.discourse.subject[0])
            and not (noun.word in ("army", "military") and self.discourse.subject[0].code == "PSE")
            and not self._are_of_another_land(noun, self.discourse.subject[0].code)
            and not any(
                prep == "of" or (prep == "in" and self._many(nouns, "object", clause, depth + 1))
                for prep, nouns in self.s.chain(k)
            )  # "the government in Tbilisi"
        ):
            return Found(self._put_a_condition(clause, depth) or self.discourse.subject[:1], "anaphor")
        if (
            noun.word in self.classes["group_anaphors"]
            and (
                noun.end - noun.start == 2
                if noun.word != "force"
                else self.tokens[noun.head - 1].lower in self.classes["irregulars"]  # "the mercenary force"
            )
            and len(self.discourse.groups) == 1
            and all(prep in ("for", "over", "by") for prep, _ in self.s.chain(k)[:1])
        ):
            return Found(tuple(self.discourse.groups.values()), "anaphor")  # "denies backing the M23. The group was armed by"
        return None

    def _are_some_forces(self, noun: Noun, of: list[int], clause: Clause | None) -> bool:
        """Whether the noun, of no list, counts forces that do what forces do: "a vanguard of Kenyan troops arrived"."""
        forces = self._nouns_of(of)
        counted = self.tokens[noun.start].lower in ("a", "an") and not noun.is_act
        if not counted or clause is None or not all(n.word_class == "force" and n.is_plural for n in forces):
            return False
        return any(p.actor_class == "force" for _, p in self.grammar.verb_patterns.get(clause.verb.lemma, ()))

    def _at_tribunal_seat(self, ks: list[int]) -> bool:
        """Whether the place is one where an international court sits."""
        named = self._nouns_of(ks)
        return any(r.mention.text.lower().split()[-1] in self.classes["tribunal_seats"] for n in named for r in n.actors)

    def _states_told(self, mine: set[str]) -> tuple[ActorRef, ...]:
        """The two spoken of; where one is a body, which is nobody's neighbour, the last two states between which something was done."""
        bodies = [r for r in self.discourse.pair if r.mention.kind is MentionKind.ORGANISATION]
        for deed in reversed(self.discourse.deeds) if bodies else ():
            parties = (*deed.doers, *deed.sufferers)
            if any(r.mention.kind is MentionKind.ORGANISATION for r in parties):
                continue
            if len(codes_of(parties)) == 2 and mine & set(codes_of(parties)):
                return parties
        return self.discourse.pair

    def _seat_before(self, k: int, noun: Noun) -> tuple[ActorRef, ...]:
        """Whose office it is by the town named before it: "In Naypyidaw the junta accused"."""
        if not noun.definite or (noun.word not in self.classes["anaphors"] and noun.word not in self.classes["home_offices"]):
            return ()
        lead, seat = self.s.at(k - 2), self.s.noun(k - 1)
        led = isinstance(lead, Mark) and lead.word.lower() == "in" and seat is not None and len(seat.actors) == 1
        return seat.actors if led and seat is not None else ()

    def _is_ethnic(self, noun: Noun) -> bool:
        """Whether people are called by what they are, not by whose citizens: "ethnic Albanians"."""
        return any(t.lower == "ethnic" for t in self.tokens[noun.start : noun.head])

    def _rulers(self, noun: Noun) -> Found:
        """Whose junta rules: that of the country the article is about, which it named first."""
        lands = tuple(self.discourse.lands.values())
        if not noun.definite or noun.end - noun.start != 2 or not lands:
            return NOBODY
        return Found(lands[:1], "anaphor")

    def _are_of_another_land(self, noun: Noun, code: str) -> bool:
        """Whether forces may be those of a land told of between: "India says that fighting in Burma ended after the military"."""
        if noun.word not in self.classes["home_forces"]:
            return False
        between = self.tokens[: noun.start]
        named = next((i for i, t in enumerate(between) if t.mention is not None and t.mention.code == code), len(between))
        return any(
            t.mention is not None
            and t.mention.code != code
            and len(t.mention.code) == 3
            and self._led_by(t, "in", "across", "of")
            for t in between[named:]
        )

    def _anaphors_of(self, actor: ActorRef) -> frozenset[str]:
        """The nouns that, with "the", may take the actor up: "the army" no rebels, "the group" no country."""
        if actor.mention.kind is MentionKind.GROUP:
            return self.classes["group_anaphors"]
        return frozenset() if actor.mention.kind is MentionKind.ORGANISATION else self.classes["anaphors"]

    def _renamed(self, k: int, noun: Noun) -> Noun | None:
        """The person named between commas behind an office without a country: "his host, President Tinubu, thanked"."""
        if noun.actors or not isinstance(self.s.at(k + 1), Mark):
            return None
        friend = noun.word in self.classes["associates"]
        name = self.s.noun(k + 2) if friend or noun.word_class in ("person", "agent") else None
        if name is None or any(self.s.word(j) != "," for j in (k + 1, k + 3)):
            return None
        if friend and name.actors:
            return name  # "its ally, the Houthi movement, claimed"
        if not name.proper or noun.word_class not in ("person", "agent"):
            return None
        return name if any(r.mention.kind is MentionKind.LEADER for r in name.actors) else None

    def _led(self, k: int, noun: Noun, depth: int) -> Found:
        """The group that leads the forces: "Syrian rebel forces led by Tahrir al-Sham" do not act for Syria."""
        verb = self.s.at(k + 1)
        if not isinstance(verb, Verb) or verb.form != "participle" or verb.lemma not in ("lead", "command"):
            return NOBODY
        own = next((c for c in self.s.clauses if c.index == k + 1), None)
        found = next((self._many(ks, "object", None, depth) for prep, ks in own.preps if prep == "by"), NOBODY) if own else NOBODY
        return Found(found.refs, "of") if found and all(r.mention.kind is MentionKind.GROUP for r in found.refs) else NOBODY

    def _tied(self, k: int, noun: Noun, role: str, clause: Clause | None, depth: int) -> Found:
        """Whose the noun is by the participle behind it: "facilities linked to Iran", "a drone launched from Iran"."""
        comma = self.s.at(k + 1)
        aside = (
            noun.word_class == "force" and isinstance(comma, Mark) and comma.word == ","
        )  # "a rocket, likely fired by Chad, hit"
        at = k + 2 if aside else k + 1
        verb = self.s.at(at)
        if (
            not isinstance(verb, Verb)
            or verb.form not in ("participle", "ing")
            or (aside and verb.lemma not in ("launch", "fire"))
        ):
            return NOBODY
        fired = noun.word_class == "force" and verb.lemma in ("launch", "fire")
        if fired:
            leads: tuple[str, ...] = ("by", "from")
        elif verb.lemma in self.classes["planting_verbs"] or (
            verb.lemma in ("propose", "draft", "present") and noun.word_class == ""
        ):
            leads = ("by",)  # "killed by a mine planted by", "agreed to the plan proposed by"
        else:
            leads = ("with", "to", "by") if verb.lemma in self.classes["owning_verbs"] else ()
            leads += ("from",) if verb.lemma in self.classes["trading_verbs"] and noun.word_class in ("", "asset") else ()
            leads += ("in",) if verb.lemma in self.classes["lying_verbs"] and noun.word_class in ("", "asset") else ()
        member = noun.word_class == "force" and verb.lemma in ("belong", "affiliate", "link")
        if not leads or (role == "subject" and not fired and not member):
            return NOBODY
        own = next((c for c in self.s.clauses if c.index == at), None)
        for prep, nouns in own.preps if own is not None else ():
            if prep in leads:
                inner = self._many(nouns, "object", clause, depth)
                if member and any(r.mention.kind is not MentionKind.GROUP for r in inner.refs):
                    return NOBODY  # "militants linked to Mali" do not act for Mali
                if inner:
                    return Found(inner.refs, "owner" if role == "object" else "of")
        return NOBODY

    def _many(self, ks: Iterable[int], role: str, clause: Clause | None = None, depth: int = 0) -> Found:
        ks = [k for given in ks for k in (given, *self._included(given))] if self._has_lists else list(ks)
        if len(ks) == 1:
            return self.actors(ks[0], role, clause, depth)
        refs: list[ActorRef] = []
        how = ""
        for k in ks:
            found = self.actors(k, role, clause, depth)
            if found.refs:
                known = {x.code for x in refs}
                refs += [r for r in found.refs if r.code not in known]
            how = how or found.how
        return Found(tuple(refs), how)

    def doer(self, k: int, noun: Noun, depth: int = 0) -> Found:
        """Who does the act that the noun names: its modifier or possessor, or the words behind "by"."""
        if noun.actors and self._is_between(k, noun):
            return NOBODY  # "the Minsk agreement between", "French-led talks between": neither signed it
        if noun.actors and noun.word_class != "place":
            named_after = noun.word == "genocide" and all(r.how == "adjective" for r in noun.actors)
            if named_after or self._is_of_sufferer(noun):
                return NOBODY  # "the Rwandan genocide" is called after where it was
            return Found(noun.actors, "doer")
        clause = next((c for c in self.s.clauses if c.index == k + 1 or (c.kind == "participle" and c.subject == [k])), None)
        done = clause.verb if clause is not None else None
        aimed = done is not None and done.form == "ing" and done.lemma == "target"  # "a shooting targeting Israelis by"
        if done is not None and (
            aimed or (done.form == "participle" and (done.lemma == "host" or done.lemma not in self.classes["mediating_verbs"]))
        ):
            teller = {"attribute": "to", "blame": "on"}.get(done.lemma, "by")  # "attacks attributed to Iran"
            for prep, nouns in clause.preps if clause is not None else ():
                if prep == teller:
                    found = self._many(nouns, "object", None, depth + 1)
                    if found and done.lemma == "negotiate" and self._for_others(found):
                        return NOBODY
                    if found:
                        return Found(found.refs, "doer")
        lead, above = self.s.at(k - 1), self.s.noun(k - 2)
        if (
            isinstance(lead, Mark)
            and lead.word == "of"
            and above is not None
            and above.actors
            and (above.word == "announcement" or above.word in self.classes["measures"])
            and above.word_class != "place"
        ):
            return Found(above.actors, "doer")  # "Peru's announcement of sanctions"
        blamed = next((c for c in self.s.clauses if c.index == k + 1 and c.verb.lemma == "attribute"), None)
        for prep, nouns in blamed.preps if blamed is not None else ():
            found = self._many(nouns, "object", None, depth + 1) if prep == "to" else NOBODY
            if found:
                return Found(found.refs, "doer")  # "an attack attributed to Iran"
        pattern = self._noun_pattern(noun)
        leads = {"by"}
        if pattern is not None and pattern.type in (
            EventType.REQUEST,
            EventType.THREATEN,
            EventType.SUPPORT,
            EventType.ACCUSE,
            EventType.ASSAULT,
        ):
            leads.add("from")  # "calls from Bolivia"
        if pattern is not None and "of" not in pattern.to and not pattern.both:
            leads.add("of")  # "the visit of the president"
        for link, (prep, nouns) in enumerate(self.s.chain(k)):
            if prep in leads and (prep != "of" or not link):
                known = [n for n in nouns if (by := self.s.noun(n)) is None or not self._is_nameless(n, by)]
                found = self._many(known, "object", self._clause_of(k), depth + 1)
                if found.how == "place" and prep == "from":
                    continue  # "advances from Goma"
                if found:
                    return Found(found.refs, "doer")
            elif prep == "of" and not link and pattern is not None and pattern.type is EventType.RETREAT:
                # "the withdrawal of French troops from Mali"; what is only asked for is left to those who ask
                left = self._nouns_of(nouns)
                clause = self._clause_of(k)
                asked = clause is not None and clause.verb.lemma in self.classes["demanding_verbs"]
                if left and not asked and all(n.word_class == "force" and n.actors for n in left):
                    return Found(tuple(r for n in left for r in n.actors), "doer")
            elif prep == "of" and not link and pattern is not None and pattern.type is EventType.CONSULT:
                # "a meeting of the French and German presidents"
                official = all((n := self.s.noun(i)) is not None and n.word in self.classes["meeting_officials"] for i in nouns)
                met = self._many(nouns, "object", self._clause_of(k), depth + 1) if official else NOBODY
                if met.how == "self" and len(met.codes) > 1:
                    return Found(met.refs, "doer")
        if "including" in self.words and any(
            getattr(p, "word", "") == "including" and isinstance(p, Mark) for p in self.s.phrases[:k]
        ):
            # "US tariffs enter force, including a tariff on Canadian goods and one on Brazilian goods"
            whole = (
                p
                for p in self.s.phrases[:k]
                if isinstance(p, Noun) and p.is_act and p.actors and not p.keys.isdisjoint(noun.keys)
            )
            first = next((p for p in whole if p.word == noun.word or p.word == noun.word + "s"), None)
            if first is not None:
                return Found(first.actors, "doer")
        return NOBODY

    def _is_of_sufferer(self, noun: Noun) -> bool:
        """Whether the possessor is somebody to whom it was done: "a Chadian journalist's detention"."""
        if noun.word not in self.classes["suffered_nouns"]:
            return False
        mark = next((j for j in range(noun.start + 1, noun.head) if self.tokens[j].tag == "G"), 0)
        return bool(mark) and self.tokens[mark - 1].mention is None

    def _is_between(self, k: int, noun: Noun) -> bool:
        """Whether an accord of two others is named after a place or after who led it."""
        if not (self._is_accord(noun) and any(prep == "between" and len(ks) > 1 for prep, ks in self.s.chain(k))):
            return False
        named_after = all(r.mention.kind in (MentionKind.CAPITAL, MentionKind.PLACE) for r in noun.actors)
        return self._is_brokered(noun) or (named_after and not any(t.tag == "G" for t in self.tokens[noun.start : noun.head]))

    def _pronoun(self, noun: Noun, clause: Clause | None, depth: int) -> Found:
        found = self._referent(noun, clause, depth)
        if noun.word not in ("him", "them") or clause is None or not found:
            return found
        # "urged them to leave", "thanked him": never who does it, and of two told of before the other
        above = clause.governor if any(self.s.noun(k) is noun for k in clause.subject) else clause
        named = self._nouns_of(above.subject) if above is not None else []
        if noun in named:
            return found
        doers = {r.code for n in named for r in (self._referent(n, above, depth).refs if n.word_class == "pronoun" else n.actors)}
        if not doers & found.codes:
            return found
        pair = self.discourse.pair if len(codes_of(self.discourse.pair)) == 2 else ()
        others = without(pair, doers)
        return Found(others, "pronoun") if len(others) == 1 else NOBODY

    def _referent(self, noun: Noun, clause: Clause | None, depth: int) -> Found:
        low = noun.word
        if low.endswith(("self", "selves")):
            return NOBODY
        if low in _SINGULAR_PRONOUNS:
            put_to = self._put_a_condition(clause, depth) if clause is not None and not clause.verb.passive else ()
            if put_to and clause is not None and any(self.s.noun(k) is noun for k in clause.subject):
                return Found(put_to, "pronoun")  # "threatens to withhold arms from Chad if it invades"
            one = len(codes_of(self.discourse.subject)) == 1  # "the navies of Chad and Mali sailed after it was hit": neither
            last = self.discourse.deeds[-1] if self.discourse.deeds and not one else None
            if (
                last is not None
                and len(codes_of(last.sufferers)) == 1
                and set(codes_of(last.doers)) == set(codes_of(self.discourse.subject))
            ):
                return Found(last.sufferers, "pronoun")  # "Peru and Chile urged Mali to accept. It refused"
            return Found(self.discourse.subject[:1] if one else (), "pronoun")
        if low in _PERSON_PRONOUNS and clause is not None and clause.connector in ("as", "when", "while", "after"):
            others = [
                t.mention.code
                for t in self.tokens[: noun.start]
                if t.mention is not None and t.mention.kind is MentionKind.LEADER
            ]
            if len(set(others)) > 1:
                return NOBODY  # "urges Mali to arrest Tshisekedi as he travels"
        if low in _PERSON_PRONOUNS:
            return Found(self.discourse.person[:1], "pronoun")
        if low in ("we", "us"):
            return self._speaker(noun, clause, depth)
        if low in ("they", "them"):
            if low == "they" and self.discourse.unknown:
                return NOBODY  # "doctors said. They blamed"
            near = self._named_before(noun) if low == "them" else NOBODY
            return near or Found(self.discourse.subject, "pronoun")
        return NOBODY

    def _speaker(self, noun: Noun, clause: Clause | None, depth: int) -> Found:
        """Who is quoted, where the sentence ends by saying who: "We demand that Chad leave," "Russia attacked our grid," the ministry said."""
        said = self.s.clauses[-1] if self.s.clauses else None
        if said is None or said is clause or said.verb.lemma not in self.classes["reporting_verbs"]:
            return NOBODY
        speakers = [k for k in said.subject if self.s.noun(k) is not noun]
        return Found(self._many(speakers, "subject", said, depth + 1).refs, "pronoun")

    def _named_before(self, noun: Noun) -> Found:
        """Those of a country named last in the sentence, if several: "Chinese ships; Colombo barred them"."""
        at = next((k for k, p in enumerate(self.s.phrases) if p is noun), 0)
        for k in range(at - 1, -1, -1):
            other = self.s.noun(k)
            if other is not None and other.is_plural and other.word_class in ("asset", "force", "person", ""):
                of = [
                    r
                    for prep, ks in self.s.chain(k)
                    if prep in ("from", "of")
                    for j in ks
                    if (n := self.s.noun(j))
                    for r in n.actors
                ]
                return Found(other.actors or tuple(of), "pronoun")
        return NOBODY

    def _for_others(self, found: Found) -> bool:
        """Whether they are none of the two told of before, for whom they negotiated: "The deal, negotiated by Qatar"."""
        pair = set(codes_of(self.discourse.pair or self.discourse.opponents))
        return bool(pair) and not pair & found.codes

    def _owner_beside(self, noun: Noun) -> tuple[ActorRef, ...]:
        """Whose the noun is with "its" that is joined to one that tells whose it is: "the Chadian raid and its victims"."""
        at = next((k for k, p in enumerate(self.s.phrases) if p is noun), 0)
        if self.tokens[noun.start].lower not in ("its", "their") or self.s.word(at - 1) != "and" or self.s.noun(at - 2) is None:
            return ()
        beside = self.s.noun(self.s.chain_start(at - 2))
        return tuple(r for r in (beside.actors if beside is not None else ()) if r.how in ("adjective", "possessor"))[:1]

    def _possessive(self, noun: Noun, clause: Clause | None, depth: int = 0) -> tuple[ActorRef, ...]:
        word = self.tokens[noun.start].lower
        told = self._told_above(noun, clause, depth) if clause is not None else ()
        if told or (told := self._owner_beside(noun)):
            return told
        if (
            clause is not None
            and clause.connector == "that"
            and clause.governor is not None
            and (
                "alongside" in clause.verb.particles
                or (clause.verb.lemma in self.classes["transitive_verbs"] and self.tokens[noun.start + 1].lower != "own")
            )
            and noun.start >= clause.verb.end
            and any(
                self.s.noun(n) is noun
                for k in clause.objects
                for n in (k, *(n for p, ns in self.s.chain(k) if p == "of" for n in ns))
            )
        ):
            # "Mali says that Togo has detained several of its soldiers": Mali's
            above = self._many(clause.governor.subject, "subject", clause.governor, depth + 1)
            if above:
                return above.refs[:1]
        if clause is not None:
            # "imposed sanctions on two firms of Fiji for their support": the firms'
            led = next(
                (prep for prep, ks in clause.preps if prep in ("for", "over") and any(self.s.noun(k) is noun for k in ks)), ""
            )
            judged = self._judged(clause) if led else ()
            if judged:
                return judged
            if led and self._punishes(clause):
                return ()  # "a ban on the movement for its support of": the movement's, whoever that is
        if clause is not None and clause.verb.lemma in self.classes["serving_verbs"]:
            # "to help Russia in its invasion": Russia's
            at = next((k for _, ks in clause.preps for k in ks if self.s.noun(k) is noun), -1)
            helped = [r for k in clause.objects if k < at and (n := self.s.noun(k)) is not None for r in n.actors]
            if helped:
                return tuple(helped[:1])
        teller = self._told_of_harm(noun, clause) if clause is not None else None
        if teller is not None:
            above = self._many(teller.subject, "subject", teller, depth + 1)
            if above:
                return above.refs[:1]
        if clause is not None and clause.kind == "infinitive" and clause.governor is not None:
            # "called on Kigali to withdraw its forces": Kigali's; "Kyiv sent men to guard its border": Kyiv's
            # But "thanked Pyongyang for troops to support its war": of who gives thanks
            thanked = clause.governor.verb.lemma == "thank" and not clause.governor.verb.passive
            doers = clause.governor.subject if thanked else clause.subject or clause.governor.subject
            above = self._many(doers, "subject", clause.governor, depth + 1)
            if above:
                return above.refs[:1]
        if clause is not None and clause.subject:
            own = self.s.noun(clause.subject[0])
            if own is not None and own.is_plural and word in ("his", "her"):
                return self.discourse.person[:1]  # "troops took the town from his forces"
            struck = clause.verb.lemma in self.classes["harming_verbs"] and any(self.s.noun(k) is noun for k in clause.objects)
            if struck and own is not None and own.actors:
                # "Hamas vowed revenge after an Israeli raid killed its commander": not the raiders' own
                mine = set(codes_of(own.actors))
                for c in [c for c in reversed(self.s.clauses) if c.index < clause.index and c.verb.form == "finite"]:
                    others = self._many(c.subject, "subject", c, depth + 1)
                    if others and not mine & others.codes:
                        return others.refs[:1]
            if own is not None and own.actors and own.start < noun.start:
                return own.actors
        for g in self._governors(clause) if clause is not None and word not in ("his", "her") else ():
            named = [n for n in self._nouns_of(g.subject) if n.actors and n.start < noun.start]
            if named:
                return named[0].actors[:1]  # "Delhi stopped them after a mob had attacked its mission"
        return self.discourse.person[:1] if word in ("his", "her") else self.discourse.subject[:1]

    def _put_a_condition(self, clause: Clause | None, depth: int) -> tuple[ActorRef, ...]:
        """To whom the condition is put that the clause tells: "threatens to act against Chad if the country joins"."""
        above = self._governors(clause) if clause is not None and clause.connector in ("if", "unless", "until") else []
        if not any(g.verb.lemma in ("threaten", "warn") for g in above):
            return ()
        own = {c for g in above for c in codes_of(self._many(g.subject, "subject", g, depth + 1).refs)}
        for g in above:
            for ks in (g.objects, *(ks for prep, ks in g.preps if prep in ("against", "on", "with", "to", "at", "from"))):
                named = [n for n in self._nouns_of(ks) if n.word_class in ("name", "agent")]
                refs = tuple(r for n in named for r in n.actors if r.code not in own)
                if len(codes_of(refs)) == 1:
                    return refs[:1]
        return ()

    def _told_of_harm(self, noun: Noun, clause: Clause) -> Clause | None:
        """The clause of those who say what others want to do to what is theirs: "says that Belarus plans to raid its villages"."""
        meant = clause.governor if clause.kind == "infinitive" else None
        if meant is None or meant.connector != "that" or meant.governor is None or meant.verb.lemma in ("want", "ask"):
            return None
        known = self.grammar.verb_patterns.get(clause.verb.lemma, ())
        harms = any(p.type is EventType.ASSAULT and p.to[:1] == ("object",) and p.weight != "material" for _, p in known)
        return meant.governor if harms and any(self.s.noun(k) is noun for k in clause.objects) else None

    def _told_above(self, noun: Noun, clause: Clause, depth: int) -> tuple[ActorRef, ...]:
        """Whose it is in a condition put to somebody: "warned Rwanda of sanctions if its forces stayed"."""
        if clause.connector not in ("if", "unless", "until") or not any(self.s.noun(k) is noun for k in clause.subject):
            return ()
        put_to = next((g for g in self._governors(clause) if g.verb.lemma in ("warn", "tell", "threaten")), None)
        return self._many(put_to.objects, "object", put_to, depth + 1).refs[:1] if put_to is not None else ()

    def _punishes(self, clause: Clause) -> bool:
        """Whether the clause tells of a penalty or a ban."""
        given = [n.word for n in map(self.s.noun, clause.objects) if n is not None]
        banned = self.classes["penalties"] | self.classes["ban_nouns"]
        return clause.verb.lemma in self.classes["penal_verbs"] or not banned.isdisjoint(given)

    def _judged(self, clause: Clause) -> tuple[ActorRef, ...]:
        """Who is praised, blamed or punished in the clause."""
        own = [row for k in clause.objects for row in self.s.chain(k)]
        given = any(n.keys & self.classes["given"] for n in self._nouns_of(clause.objects))
        rows = [("", clause.objects), *clause.preps, *own]
        rows += [("", ks) for prep, ks in own if prep == "to" and given]  # "suspends aid to Chad over its support"
        for prep, ks in rows:
            heard = self._nouns_of(ks) if prep in ("", "on", "against", "with") else []
            named = [n for n in heard if n.actors and n.word_class in ("agent", "person", "name", "asset")]
            if named:
                return tuple(r for n in named for r in n.actors)
        return ()

    def _only_helps(self, k: int) -> bool:
        """Whether the noun names help, or those who give it: "a deal with the help of EU mediators"; they are no party."""
        lead = self.s.at(k - 1)
        if not isinstance(lead, Mark) or lead.word not in _BEFORE_HELP:
            return False
        noun = self.s.noun(k)
        if noun is None:
            return False
        if noun.word in self.classes["helping_nouns"] and lead.word in ("with", "through", "after", "following", "thanks to"):
            return True
        if noun.word in self.classes["mediations"] and lead.word == "of":
            return True  # "after weeks of mediation by Egypt"
        return lead.word in ("of", "by", "from") and self.s.noun(k - 2) is not None and self._only_helps(k - 2)

    def _is_nameless(self, k: int, noun: Noun) -> bool:
        """Whether nobody knows who it was, or where from: "unidentified gunmen in Lagos"."""
        return (
            not noun.actors
            and self._has_nameless
            and not self.classes["nameless"].isdisjoint([t.lower for t in self.tokens[noun.start : noun.end]])
            and all(prep not in ("from", "of") for prep, _ in self.s.chain(k)[:1])
        )

    def _are_of_others(self, noun: Noun) -> bool:
        """Whether somebody's own are meant who is not among the two told of: "Iraq fought Iran. Kuwait appealed to its allies"."""
        if self.tokens[noun.start].lower not in POSSESSIVES or self._says_two(noun):
            return False
        before = {t.mention.code for t in self.tokens[: noun.start] if t.mention is not None}
        return not before & set(codes_of(self._pair_told(noun)))

    def _says_two(self, noun: Noun) -> bool:
        return self._has_two and not self.classes["two_words"].isdisjoint(
            [self.tokens[j].lower for j in range(noun.start, noun.end)]
        )

    def _pair_told(self, noun: Noun) -> tuple[ActorRef, ...]:
        """The two told of before: of "both sides" and "the warring parties" those who fought or were brought together last."""
        brought = (r for r in reversed(self.readings) if r.type is EventType.CONSULT and len(codes_of(r.actors)) == 1)
        between = next((r.recipients for r in brought if len(codes_of(r.recipients)) == 2), ())
        if between:
            return between  # "brokered a truce between Chad and Mali, but each side accused the other"
        opposed = noun.word in ("sides", "parties", "rivals", "foes", "armies") or any(
            self.tokens[j].lower in ("warring", "feuding", "rival", "opposing") for j in range(noun.start, noun.end)
        )
        if self._says_each(noun) and not opposed:
            return (
                self.discourse.pair
            )  # "the two agreed to a truce. Each accused the other": the last told of, whoever else is at war
        return (
            self.discourse.opponents if (opposed or self.discourse.at_odds) and self.discourse.opponents else self.discourse.pair
        )

    def _others_of_three(self, noun: Noun, clause: Clause | None, depth: int) -> tuple[ActorRef, ...]:
        """The other two of three told of, of whom one acts: "Turkey, Sweden and Finland met. Turkey accused the two countries"."""
        if clause is None or len(codes_of(self.discourse.trio)) != 3 or noun.word not in self.classes["states_together"]:
            return ()
        own = self._many(clause.subject, "subject", clause, depth + 1).codes
        others = without(self.discourse.trio, own)
        return others if len(own) == 1 and len(codes_of(others)) == 2 else ()

    def _lands_before(self, noun: Noun) -> tuple[ActorRef, ...]:
        """The two lands named before the noun in its sentence, if they are two."""
        kinds = (MentionKind.ORGANISATION, MentionKind.GROUP)
        named = {
            t.mention.code: t.mention for t in self.tokens[: noun.start] if t.mention is not None and t.mention.kind not in kinds
        }
        return tuple(ActorRef(code, m, "head") for code, m in named.items()) if len(named) == 2 else ()

    def _two_before(self, noun: Noun, clause: Clause | None) -> tuple[ActorRef, ...]:
        """The two last named side by side in the sentence, no third with them: "the leaders of Chad and Mali, whose two countries".

        Never the subject of ``clause``: those who warn two countries are not they."""
        subjects = self._nouns_of(clause.subject) if clause is not None else []
        for at in range(noun.start - 1, 1, -1):
            joined, last = self.tokens[at - 1], self.tokens[at]
            first = self.tokens[at - 2]
            if last.mention is None or joined.lower != "and" or first.mention is None or first.mention.code == last.mention.code:
                continue
            if any(n.start <= at < n.end for n in subjects):
                return ()
            row = at > 2 and self.tokens[at - 3].text == ","
            return (
                ()
                if row
                else (ActorRef(first.mention.code, first.mention, "head"), ActorRef(last.mention.code, last.mention, "head"))
            )
        # "fighting between Congolese troops and M23 rebels days after the two sides had signed"
        for k, phrase in enumerate(self.s.phrases):
            if isinstance(phrase, Mark) and phrase.word == "between" and phrase.start < noun.start:
                named = self._nouns_of(self.s.conjuncts_right(k + 1)[0])
                if len(named) == 2 and all(len(n.actors) == 1 for n in named):
                    return tuple(r for n in named for r in n.actors)
        return ()

    def _says_each(self, noun: Noun) -> bool:
        """ "Each side", or "each" alone."""
        first = self.tokens[noun.start].lower
        return first == "each" and noun.word in ("each", "side", "country", "nation", "party", "government")

    def _is_other_of_each(self, noun: Noun, clause: Clause) -> bool:
        """Whether "the other" is each of two to the other: "each side blamed the other"."""
        if "each" not in self.words:
            return False
        words = [self.tokens[j].lower for j in range(noun.start, noun.end)]
        subjects = self._nouns_of(clause.subject)
        floats = self.tokens[max(0, clause.verb.start - 1)].lower == "each"  # "Chad and Mali each blamed the other"
        return words[:2] == ["the", "other"] and len(words) <= 3 and (floats or any(map(self._says_each, subjects)))

    def _says_three(self, noun: Noun) -> bool:
        return "three" in self.words and any(self.tokens[j].lower == "three" for j in range(noun.start, noun.end))
