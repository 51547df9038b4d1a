"""Phrases to clauses: each verb with its subject, objects and prepositional phrases, and the verb that governs it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from entente.coding.phrases import Mark, Noun, Phrase, Verb
from entente.model import MentionKind

# Before a place, these tell where something is or goes.
_SITES = frozenset({"from", "in", "at", "near", "on", "across", "into", "over", "against", "around", "throughout"})
# Between commas these add to the subject: "troops, along with tanks, have".
_ALONGSIDE = frozenset({"alongside", "including", "such as", "consisting of", "composed of", "made up of"})
# Prepositions behind which a clause of its own may begin.
_CLAUSE_OPENERS = frozenset({"after", "before", "since", "until", "till", "as", "because"})


@dataclass(slots=True, eq=False)
class Clause:
    """One verb with what belongs to it.

    ``subject`` and ``objects`` are phrase indices; ``preps`` are (preposition, phrase indices) in order. ``kind`` is main, relative,
    infinitive, gerund, participle or coordinated. ``connector`` is the subordinator or preposition that opens it, or empty.
    ``governor`` is the clause it hangs on. ``start`` and ``end`` bound its phrases.
    """

    verb: Verb
    index: int
    kind: str = "main"
    subject: list[int] = field(default_factory=list)
    objects: list[int] = field(default_factory=list)
    preps: list[tuple[str, list[int]]] = field(default_factory=list)
    governor: Clause | None = None
    governor_noun: str = ""
    connector: str = ""
    start: int = 0
    end: int = 0
    has_content: bool = False


def _is(phrase: Phrase | None, tag: str) -> bool:
    return isinstance(phrase, Mark) and phrase.tag in tag


class Sentence:
    """Phrases with the questions that the coder asks of them."""

    __slots__ = ("_chains", "_conjuncts", "at", "classes", "clauses", "mark", "noun", "nouns", "phrases")

    def __init__(self, phrases: list[Phrase], classes: Mapping[str, frozenset[str]]) -> None:
        self.phrases = phrases
        # The phrase, the noun phrase, and the tag of the mark at an index; None outside or if it is something else. A look-up bound
        # once, since a sentence is asked for them hundreds of times.
        self.nouns: dict[int, Noun] = {}
        marks: dict[int, str] = {}
        verbs: list[tuple[int, Verb]] = []
        for k, phrase in enumerate(phrases):
            if isinstance(phrase, Noun):
                self.nouns[k] = phrase
            elif isinstance(phrase, Mark):
                marks[k] = phrase.tag
            elif phrase.lemma:
                verbs.append((k, phrase))
        self.at: Callable[[int], Phrase | None] = dict(enumerate(phrases)).get
        self.noun: Callable[[int], Noun | None] = self.nouns.get
        self.mark: Callable[[int], str | None] = marks.get
        self.classes = classes
        # Both are asked for again and again, and depend on the phrases alone.
        self._chains: dict[int, list[tuple[str, list[int]]]] = {}
        self._conjuncts: dict[int, tuple[list[int], int]] = {}
        self.clauses: list[Clause] = []
        for k, verb in verbs:
            self.clauses.append(self._clause(k, verb))
        self._settle_opening()

    def word(self, k: int) -> str:
        """The word of the mark or the head of the noun phrase at ``k``; empty outside and for a verb."""
        phrase = self.at(k)
        return phrase.word if isinstance(phrase, Noun | Mark) else ""

    def _settle_opening(self) -> None:
        """Give a participle or gerund that opens the sentence the subject of what follows: "After being held in Chad, a Dane was freed"."""
        first = self.clauses[0] if self.clauses else None
        if first is None or first.kind not in ("gerund", "participle") or first.subject or first.governor is not None:
            return
        main = next(
            (c for c in self.clauses[1:] if c.verb.form == "finite" and c.kind != "relative" and not self._hangs_on(c, first)),
            None,
        )
        if main is not None and main.subject and min(main.subject) > first.index and self.mark(min(main.subject) - 1) == ",":
            first.subject, first.governor = list(main.subject), main

    def _hangs_on(self, clause: Clause, above: Clause) -> bool:
        """Whether the clause hangs on another: what was said in "After saying that it left, Mali struck". No clause may hang on itself."""
        governor = clause.governor
        while governor is not None and governor is not above:
            governor = governor.governor
        return governor is above

    # ------------------------------------------------------------------ nouns

    def conjuncts_right(self, k: int) -> tuple[list[int], int]:
        """Nouns coordinated with the noun at ``k``, to the right; and the index behind them."""
        known = self._known_conjuncts(k)
        return list(known[0]), known[1]

    def _known_conjuncts(self, k: int) -> tuple[list[int], int]:
        """What ``conjuncts_right`` tells, of which the list is kept and must not be changed."""
        known = self._conjuncts.get(k)
        if known is None:
            known = self._conjuncts[k] = self._find_conjuncts(k)
        return known

    def _find_conjuncts(self, k: int) -> tuple[list[int], int]:
        out = [k]
        j = k + 1
        if self.mark(j) not in (",", "C"):
            return out, j
        between = self.word(k - 1) == "between"
        while True:
            m = j
            comma = False
            if self.mark(m) == "," and self.word(m) == ",":
                m += 1
                comma = True
            coordinator = False
            if self.mark(m) == "C" and self.word(m) in ("and", "or", "&", "nor"):
                m += 1
                coordinator = True
            if m == j or self.noun(m) is None:
                return out, j
            if not coordinator and not self._list_goes_on(m):
                return out, j
            if not between and (
                (comma or self._after_verb(k))
                if self._is_subject(m)
                else coordinator and (self._acts_behind_aside(m) or (comma and self._shares_verb(m)))
            ):
                return out, j
            out.append(m)
            j = m + 1
            if coordinator:
                return out, j

    def _after_verb(self, k: int) -> bool:
        """Whether a finite verb stands between the start of the clause and the noun at ``k``."""
        for j in range(k - 1, -1, -1):
            p = self.phrases[j]
            if isinstance(p, Verb) and p.form == "finite":
                return True
            if _is(p, "S.W"):
                return False
        return False

    def _list_goes_on(self, m: int) -> bool:
        """Whether the noun at ``m``, behind a comma, is in a list that ends in "and X", or in a row of three countries or more."""
        row = next((i for i in range(1, 9) if not self._country(m - 2 * i) or self.mark(m + 1 - 2 * i) != ","), 1) - 1
        if row and self._country(m) and (row > 1 or (self.mark(m + 1) == "," and self._country(m + 2))):
            return True
        j = m + 1
        for _ in range(8):
            p = self.at(j)
            if not (_is(p, ",") and self.noun(j + 1) is not None):
                last = j + 1 if _is(p, "C") else j + 2 if _is(p, ",") and self.mark(j + 1) == "C" else 0
                return bool(last) and self.noun(last) is not None
            j += 2
        return False

    def _is_subject(self, k: int) -> bool:
        """Whether the noun at ``k`` (with its prepositional phrases) is followed by a finite verb."""
        j = k + 1
        while self.mark(j) == "P" and self.noun(j + 1) is not None:
            if self.phrases[j].word in _CLAUSE_OPENERS:  # type: ignore[union-attr]
                return False
            j += 2
        p = self.at(j)
        return isinstance(p, Verb) and p.form == "finite"

    def _shares_verb(self, k: int) -> bool:
        """Whether the noun at ``k`` and another one are the subject of what follows: "offered talks, and Togo and Niger agreed"."""
        return self.mark(k + 1) == "C" and self.noun(k + 2) is not None and self._is_subject(k + 2) and self._after_verb(k)

    def _acts_behind_aside(self, k: int) -> bool:
        """Whether an aside between commas and a finite verb follow the noun at ``k``: "and Togo, itself at war, sent"."""
        opened = k + 3 if self.word(k + 2) == "once" else k + 2  # "Sudan, once an ally,"
        if self.mark(k + 1) != "," or self.noun(opened) is None:
            return False
        j = opened + 1
        while self.mark(j) == "P" and self.noun(j + 1) is not None:
            j += 2
        p = self.at(j + 1)
        return self.mark(j) == "," and isinstance(p, Verb) and p.form == "finite" and self._after_verb(k)

    def chain(self, k: int) -> list[tuple[str, list[int]]]:
        """The prepositional phrases that follow the noun at ``k`` without a break: (preposition, nouns)."""
        known = self._chains.get(k)
        if known is None:
            known = self._chains[k] = self._find_chain(k)
        return known

    def _find_chain(self, k: int) -> list[tuple[str, list[int]]]:
        out: list[tuple[str, list[int]]] = []
        _, j = self._known_conjuncts(k)
        if j > k + 1 and self.mark(j) != "P":
            j = k + 1
        while self.mark(j) == "," and self._place(k) and self._place(j + 1) and not self._is_subject(j + 1):
            out.append(("in", [j + 1]))
            j += 2
        while self.mark(j) == "P":
            word = self.phrases[j].word  # type: ignore[union-attr]
            while self.mark(j + 1) == "P":
                j += 1
                word = self.phrases[j].word  # type: ignore[union-attr]
            if self.noun(j + 1) is None:
                break
            nouns, j2 = self.conjuncts_right(j + 1)
            out.append((word, nouns))
            j = j2
            # "in Rafah, Gaza, ..."
            while self.mark(j) == "," and self._place(j + 1) and self._place(nouns[-1]) and not self._is_subject(j + 1):
                out.append(("in", [j + 1]))
                j += 2
        return out

    def _repeats(self, objects: list[int], k: int) -> bool:
        """Whether the noun at ``k`` goes on with the list of ``objects``, each with phrases of its own: it has their head."""
        n = self.noun(k)
        return (
            n is not None
            and bool(objects)
            and any(o.word == n.word for m in objects if (o := self.noun(m)) is not None)
            and not n.actors
            and not self._is_subject(k)
        )

    def _place(self, k: int) -> bool:
        n = self.noun(k)
        return n is not None and n.proper and (n.word_class in ("place", "name", "asset", "") or bool(n.actors))

    def _country(self, k: int) -> bool:
        n = self.noun(k)
        return n is not None and n.proper and len(n.actors) == 1 and n.actors[0].mention.kind is MentionKind.NAME

    def chain_start(self, k: int) -> int:
        """The head noun of the chain in which the noun at ``k`` stands: "the president of Russia" from "Russia"."""
        while self.mark(k - 1) == "P" and self.noun(k - 2) is not None and self.phrases[k - 1].word not in _CLAUSE_OPENERS:  # type: ignore[union-attr]
            k -= 2
        return k

    def _begins_clause(self, k: int) -> bool:
        """Whether the noun at ``k`` ends the phrase with which a clause begins: behind "that" or behind a verb of saying."""
        lead = self.at(min(self.conjuncts_left(self.chain_start(k))) - 1)
        return _is(lead, "S") or (isinstance(lead, Verb) and lead.lemma in self.classes["reporting_verbs"])

    def conjuncts_left(self, k: int) -> list[int]:
        """Nouns coordinated with the noun at ``k``, to the left, in order, ``k`` last."""
        out = [k]
        j = k
        if self.mark(j - 1) == "C" and self.noun(j - 2) is not None:
            j = self.chain_start(self._site_start(j - 2))
            led = self.word(j - 1) in _SITES and isinstance(self.at(j - 2), Verb)
            if led and self._place(j) and (n := self.noun(k)) is not None and not n.actors:
                return out  # "was held in Poland and two others were arrested"
            out.append(j)
        elif self.mark(j - 1) == "C" and self.mark(j - 2) == "," and self.noun(j - 3) is not None:
            j = self.chain_start(self._site_start(j - 3))
            if isinstance(self.at(j - 1), Verb):
                return out  # "did not rule out cooperation with the North, and Kim declared": no list has only two and a comma
            out.append(j)
        elif not (self._country(k) and self._list_goes_on(k)):
            return out
        while self.mark(j - 1) == "," and self.noun(j - 2) is not None:
            head = self.chain_start(j - 2)
            if head == 1 and self.word(0) in _CLAUSE_OPENERS | {"following", "during"}:
                break  # "After talks in Nairobi, the presidents of Kenya and Somalia said"
            j = head
            out.append(j)
        return out[::-1]

    # ---------------------------------------------------------------- clauses

    def _clause(self, k: int, verb: Verb) -> Clause:
        clause = Clause(verb, k, start=k, end=k + 1)
        before = self.clauses[-1] if self.clauses else None
        if verb.form == "infinitive":
            self._infinitive(clause, k, before)
        elif verb.form == "ing":
            self._ing(clause, k, before)
        elif verb.form == "participle":
            clause.kind = "participle"
            n = self.noun(k - 1)
            if n is not None:
                act = self.chain_start(k - 1)
                far = n.word_class in ("place", "name") and verb.lemma in self.classes["light_verbs"]
                # "air strikes in Damascus launched by Israel": the strikes were launched
                clause.subject = [act] if far and (m := self.noun(act)) is not None and m.is_act else self.conjuncts_left(k - 1)
            elif self.mark(k - 1) == "," and self.noun(k - 2) is not None and (before is None or self._begins_clause(k - 2)):
                # "The ship, seized by Iran, has", "said that the ship, seized by Iran, has"
                clause.subject = self.conjuncts_left(self.chain_start(k - 2))
            elif before is not None:
                clause.subject = list(before.subject)
            opener = self.at(k - 1)
            if isinstance(opener, Mark) and opener.tag == "S":
                clause.connector = opener.word  # "will answer if attacked by Sudan"
            clause.governor = before
        else:
            self._finite(clause, k, before)
            if verb.bare and before is not None and before.verb.lemma in ("let", "make", "help") and k - 1 in before.objects:
                # "lets Ukraine use its bases": an infinitive without "to"
                clause.kind, clause.connector, clause.governor = "infinitive", "", before
            elif verb.bare and before is not None and before.verb.lemma in ("let", "make") and before.index + 1 == clause.start:
                # "let the United States use its bases"
                clause.kind, clause.connector, clause.governor = "infinitive", "", before
                before.objects = list(clause.subject)
            elif verb.bare and before is not None and before.verb.lemma == "help" and before.index == k - 1:
                clause.kind, clause.connector, clause.governor = "infinitive", "", before  # "to help protect"
                clause.subject = list(before.subject)
        self._complements(clause, k)
        if clause.kind == "infinitive" and not clause.objects and verb.lemma in self.classes["sending_verbs"]:
            n = self.noun(k - 1)
            if n is not None and n.word_class in ("", "asset", "force") and clause.governor is not None:
                clause.objects = [k - 1]  # "prepare packages to send to"
        if clause.kind == "relative" and clause.connector in ("which", "that", "who", "whom") and not clause.objects:
            antecedent = self._antecedent(clause)
            if antecedent is not None:
                clause.objects = [antecedent]
        return clause

    def _can_speak(self, k: int) -> bool:
        n = self.noun(k)
        return n is not None and (n.word_class in ("agent", "person", "pronoun") or (n.word_class == "name" and bool(n.actors)))

    def _is_somebody(self, clause: Clause) -> bool:
        """Whether it is told who the subject is: officials of nobody say what others do, and go on with nothing of their own."""
        speakers = [n for n in map(self.noun, clause.subject) if n is not None]
        return any(n.actors or n.word_class == "pronoun" or (n.proper and n.word_class in ("name", "")) for n in speakers)

    def _site_start(self, k: int) -> int:
        """Where the address that the name at ``k`` ends begins, if it tells a place: "strikes on a car in Baaloul, Lebanon, and on roads"."""
        start = self._address_start(k)
        return start if self.word(start - 1) in _SITES else k

    def _address_start(self, k: int) -> int:
        """Where the address begins that ends at ``k``: "a port in Odesa Oblast, Ukraine" is led by one "in"."""
        while self._is_site(k) and self.mark(k - 1) == "," and self._is_site(k - 2):
            k -= 2
        return k

    def _is_site(self, k: int) -> bool:
        """Whether the noun at ``k`` may be a part of an address: "in Moscow, a trip that" has none but Moscow."""
        n = self.noun(k)
        return n is not None and (n.proper or n.word_class in ("place", "name"))

    def _act_above(self, k: int) -> int | None:
        """The act on several things of which the noun at ``k`` is one: "strikes on a car and a house in Baaloul, and on roads, kill"."""
        if not (self.mark(k - 1) == "C" and self.noun(k - 2) is not None):
            return None
        first = self.chain_start(k - 2)
        act = self.noun(first)
        return first if first < k - 2 and act is not None and act.is_act else None

    def _case_at_court(self, k: int) -> int | None:
        """The case brought before the court at ``k``: "South Africa's case at the court accusing Israel" accuses, not the court."""
        led = self.mark(k - 1) == "P" and self.phrases[k - 1].word in ("at", "before", "in", "with")  # type: ignore[union-attr]
        case = self.noun(k - 2) if led else None
        return k - 2 if case is not None and case.actors and case.keys & self.classes["pleas"] else None

    def _before_country(self, k: int) -> int:
        """The town before the country at ``k`` that ends its address without a second comma: "strikes on Kyiv, Ukraine kill four"."""
        town, land = self.noun(k - 2), self.noun(k)
        if not (
            self.mark(k - 1) == "," and self._country(k) and town is not None and town.proper and town.actors and land is not None
        ):
            return k
        act = self.chain_start(k - 2)
        hangs = act < k - 2 and not (
            act == 1 and _is(self.at(0), "PS")
        )  # "After a strike on Kyiv, Ukraine shot": it is Ukraine that shot
        return k - 2 if hangs and {r.code for r in town.actors} == {land.actors[0].code} else k

    def _antecedent(self, clause: Clause) -> int | None:
        """The noun that a relative clause with a subject of its own is about: "the treaty, which he and Kim signed"."""
        j = clause.start - 2
        while j >= 0 and self.mark(j) == ",":
            j -= 1
        n = self.noun(j)
        if n is None or j in clause.subject:
            return None
        # "a pact without Sweden, which Turkey accuses of": a country, not the pact
        named = n.word_class == "name" and n.actors and clause.verb.lemma in self.classes["blaming_verbs"]
        return j if n.is_act or named else self.chain_start(j)

    def _infinitive(self, clause: Clause, k: int, before: Clause | None) -> None:
        clause.kind = "infinitive"
        n = self.noun(k - 1)
        if n is not None and n.keys & self.classes["control_nouns"]:
            clause.governor_noun = min(n.keys & self.classes["control_nouns"])
            clause.governor = before
            if n.actors:
                clause.subject = [k - 1]
                return
            if before is not None and any(self.word(j) == "that" for j in range(before.index + 1, k - 1)):
                clause.governor = None
                return  # "announced that efforts to reopen the border have failed": whose efforts is not told
            if clause.governor_noun == "permission" and before is not None:
                clause.subject = list(before.subject)  # who asks for permission to send sends
                return
        text = n is not None and bool(n.actors) and n.word in self.classes["texts"]
        if n is not None and text and before is not None and before.verb.lemma in self.classes["thwarting_verbs"]:
            # "vetoed a UN resolution to extend sanctions": the UN would extend them
            clause.governor, clause.governor_noun, clause.subject = before, n.word, [k - 1]
            return
        due = self._keys(k - 3) & {"time", "need"} if self.word(k - 2) == "for" else frozenset()
        if n is not None and n.actors and due and before is not None:
            # "it was time for Peru to cede the islands": Peru is to do it
            clause.governor, clause.governor_noun, clause.subject = before, min(due), [k - 1]
            return
        given = self.noun(before.objects[0]) if before is not None and before.verb.lemma == "give" and before.objects else None
        if before is not None and given is not None and given.actors:
            # "gave Chad until Friday to withdraw", "gave Chad two days to withdraw": Chad is to withdraw
            until = any(prep in ("until", "till", "by") for prep, _ in before.preps)
            timed = until or any(self._keys(k) & self.classes["time_nouns"] for k in before.objects)
            if timed or given.actors[0].how == "head":
                clause.governor, clause.subject = before, before.objects[:1]
                clause.governor_noun = "deadline" if timed else ""
                return
        decided = self._decided_by(k)
        if decided is not None:
            clause.governor_noun, clause.governor = min(self._keys(decided) & self.classes["control_nouns"]), before
            clause.subject = list(range(decided + 2, k, 2))
            return
        if n is not None and n.actors and self.word(k - 2) in ("on", "to"):
            asked = self._keys(k - 3) & self.classes["demanding_nouns"]
            if asked and before is not None:
                # "renewed its appeal to Chad to free the men": Chad is to free them
                clause.governor, clause.governor_noun, clause.subject = before, min(asked), [k - 1]
                return
        if self.mark(k - 1) == "," and before is not None and before.verb.form != "finite":
            # "voted 14-0, with Russia abstaining, to demand": the voters demand
            before = next((c for c in reversed(self.clauses) if c.verb.form == "finite" and c.kind != "relative"), before)
        if self.mark(k - 1) == "C" and before is not None and before.kind == "gerund":
            # "orders its airlines to stop taking jets and to suspend orders": the second is ordered as the first is
            first = next((c for c in reversed(self.clauses) if c.kind == "infinitive"), None)
            if first is not None and first is before.governor:
                clause.governor, clause.subject = first.governor, list(first.subject)
                return
        if before is None:
            if n is not None and not clause.verb.perfect and self._opens(k - 1):
                # "Norway to recognise Palestine", as headlines put it
                clause.kind, clause.verb.form, clause.verb.tense = "main", "finite", "future"
                clause.subject = self.conjuncts_left(self._head_left(k - 1))
            return
        clause.governor = before
        by = self.at(k - 2)
        if n is not None and n.actors and _is(by, "P") and getattr(by, "word", "") == "by" and not before.verb.passive:
            clause.subject = [k - 1]  # "backs the use of shells by Chad to strike": Chad strikes
        elif (
            n is not None and n.actors and getattr(by, "word", "") == "by" and before.verb.passive and before.verb.lemma == "use"
        ):
            clause.subject = [k - 1]  # "bombs used by Chad to kill": nor do the bombs
        elif before.verb.lemma in self.classes["control_verbs"] and before.verb.lemma != "block" and not before.verb.passive:
            # but a road that is blocked to protest protests not
            clause.subject = list(before.objects[:1]) or next(
                (nouns for prep, nouns in before.preps if prep in ("on", "to", "for", "with")), []
            )
            clause.subject = clause.subject or list(before.subject)
        elif (
            before.verb.lemma in self.classes["hiring_verbs"]
            and not before.verb.passive
            and self._are_named_people(before.objects)
        ):
            clause.subject = list(before.objects[:1])
        else:
            clause.subject = list(before.subject)

    def _are_named_people(self, ks: list[int]) -> bool:
        """Whether the object is people of a country, or a country itself: "paid Chad", "trained Chadian guards"."""
        n = self.noun(ks[0]) if ks else None
        return n is not None and bool(n.actors) and n.word_class in ("name", "agent", "person", "force")

    def _keys(self, k: int) -> frozenset[str]:
        n = self.noun(k)
        return n.keys if n is not None else frozenset()

    def _decided_by(self, k: int) -> int | None:
        """The decision of which the infinitive at ``k`` tells what was decided: "the decision by Spain and Ireland to recognise"."""
        first = k - 1
        while self.noun(first) is not None and _is(self.at(first - 1), "C,") and self.noun(first - 2) is not None:
            first -= 2
        if self.noun(first) is None:
            return None
        led = self.word(first - 1) == "by" and self._keys(first - 2) & self.classes["control_nouns"]
        return first - 2 if led else None

    def _opens(self, k: int) -> bool:
        """Whether the noun at ``k`` ends the first phrase of the sentence, and that phrase names an actor."""
        head = self.conjuncts_left(self.chain_start(k))
        nouns = [n for n in map(self.noun, range(k + 1)) if n is not None]
        return min(head) == 0 and bool(nouns[0].actors) and not any(n.is_act for n in nouns)

    def _ing(self, clause: Clause, k: int, before: Clause | None) -> None:
        prev = self.at(k - 1)
        case = self._case_at_court(k - 1) if clause.verb.lemma in self.classes["blaming_verbs"] else None
        if case is not None:
            joined = before is not None and before.verb.lemma == "join"  # who joins the case accuses too
            clause.subject = [*before.subject, case] if before is not None and joined else [case]
            clause.kind, clause.governor = "participle", before
            return
        last = max([before.index, *before.objects, *(n for _, ns in before.preps for n in ns)]) if before is not None else 0
        if _is(prev, "C") and before is not None and before.kind == "gerund" and before.connector and last == k - 2:
            # "of shooting and killing": both are told of the same
            clause.kind, clause.connector, clause.governor = "gerund", before.connector, before.governor
            clause.subject = list(before.subject)
            return
        if _is(prev, "P"):
            clause.kind = "gerund"
            clause.connector = prev.word  # type: ignore[union-attr]
            clause.governor = before
            if (
                clause.connector in ("after", "before", "while", "since", "by", "without", "until")
                and before is not None
                and before.verb.form != "finite"
                and (before.verb.lemma not in self.classes["blaming_verbs"])
                and not (clause.connector == "by" and before.kind == "gerund")  # "for violating it by designating"
            ):
                before = next((c for c in reversed(self.clauses) if c.verb.form == "finite" and c.kind != "relative"), before)
                clause.governor = before
            if before is not None:
                control = (
                    before.verb.lemma in self.classes["control_verbs"]
                    and not before.verb.passive
                    and (
                        clause.connector in ("of", "for", "from", "into", "against", "on suspicion of", "on charges of")
                        or (clause.connector == "by" and before.verb.lemma in self.classes["blaming_verbs"])
                    )
                )
                judged = clause.connector == "for" and before.verb.lemma in self.classes["judged_for_verbs"]
                clause.subject = list(before.subject)
                if control or (judged and not before.verb.passive):
                    # "accuses Mali's soldiers and mercenaries of killing": all of them did
                    clause.subject = self.conjuncts_right(before.objects[0])[0] if before.objects else []
                if clause.connector == "in" and before.verb.lemma == "join" and before.objects:
                    clause.subject = [*before.subject, *before.objects]  # "joined Chad in condemning": both condemn
                part = self.noun(k - 2)
                if clause.connector == "in" and part is not None and part.word in self.classes["parts_played"] and before.objects:
                    if before.verb.lemma in self.classes["penal_verbs"]:
                        clause.subject = list(
                            before.objects
                        )  # "sanctions a firm of Mali for its role in hacking": the firm hacked
                taken = self.noun(before.objects[0]) if before.objects and clause.connector == "for" else None
                if taken is not None and taken.word in self.classes["penalties"]:
                    # "imposes sanctions on Togo for arming rebels": Togo armed them
                    rows = [*before.preps, *self.chain(before.objects[0])]
                    punished = next((ks for prep, ks in rows if prep in ("on", "against", "with", "from")), [])
                    if not punished and taken.actors:
                        punished = before.objects[:1]  # "hikes India tariffs for buying oil": India bought it
                    clause.subject = list(punished) or clause.subject
                if taken is not None and taken.word in self.classes["penal_nouns"]:
                    # "announces the arrest of eight men for plotting": they plotted
                    clause.subject = next((ks for prep, ks in self.chain(before.objects[0]) if prep == "of"), [])
            return
        if _is(prev, "S") and getattr(prev, "word", "") == "that":
            clause.kind = "gerund"  # "warned that supplying arms to Kyiv would be a mistake": whoever does it
            return
        clause.governor = before
        if isinstance(prev, Verb) and before is not None and prev.lemma in self.classes["gerund_verbs"]:
            clause.kind = "gerund"
            clause.subject = list(before.subject)
            return
        clause.kind = "participle"
        n = self.noun(k - 1)
        if n is not None:
            clause.subject = [k - 1] if n.actors or n.word_class in ("agent", "force", "person") else [self.chain_start(k - 1)]
            led = self.word(self._address_start(k - 1) - 1)
            qualm = self.noun(self._address_start(k - 1) - 2)
            minded = led == "over" and (
                (qualm is not None and qualm.word in self.classes["qualms"])
                or (before is not None and before.verb.lemma in ("complain", "protest", "worry"))
            )
            # "a vote on Georgia joining the union": Georgia would join
            weighed = led in ("on", "about") and qualm is not None and qualm.word in self.classes["weighed_nouns"]
            if minded or weighed:
                clause.subject = [k - 1]  # "concern over Mali shelling villages": Mali shells them
            elif before is not None and n.word_class in ("place", "name") and n.actors and led in _SITES - {"against"}:
                clause.subject = list(before.subject)  # "launched strikes in Syria targeting depots": Syria targets nothing
            elif (
                before is not None and led == "against" and (hit := self.noun(self.chain_start(k - 1))) is not None and hit.is_act
            ):
                clause.subject = list(before.subject)  # nor does Syria in "a campaign against Syria targeting depots"
            elif before is None and n.word_class in ("place", "name") and led in _SITES - {"against"}:
                clause.subject = [self.chain_start(self._address_start(k - 1))]  # "explosions in Lebanon targeting"
            several = self.conjuncts_left(k - 1)
            if len(several) > 1 and self.word(min(several) - 1) == "with":
                clause.subject = several  # "with both Chad and Mali blaming each other"
            # "likened it to a culprit destroying evidence": the culprit does
            likened = self.word(k - 2) in ("like", "to", "as")
            if likened and not n.is_act:
                clause.subject = [k - 1]
            elif n.word_class in ("", "asset") and before is not None and not n.actors:
                travels = n.is_plural and clause.verb.lemma in self.classes["travelling_verbs"]
                clause.subject = [k - 1] if travels else list(before.subject)  # "burned trucks arriving in Mali"
        elif before is not None:
            told = [c for c in self.clauses if c.verb.form == "finite" and c.kind != "relative"]
            charged = before is not None and before.kind == "gerund" and before.governor is not None and before.connector == "of"
            apart = before is not None and bool(told) and before.subject != told[-1].subject
            aimed = (
                apart and before is not None and before.verb.form == "ing" and before.verb.lemma in self.classes["striking_verbs"]
            )
            if (
                (charged or aimed)
                and before is not None
                and clause.verb.lemma in self.classes["harming_verbs"]
                and before.subject
            ):
                # "accuses Togo of carrying out attacks, killing ten", "with Togo targeting villages, killing ten": Togo killed them
                clause.subject, clause.governor = list(before.subject), before
                return
            speaks = clause.verb.lemma in self.classes["speaking_verbs"]
            if len(told) > 1 and self._is_source(told[-1], k) and not speaks:
                told.pop()  # "A missile struck a ship, officials said, killing two"
            finite = told[-1] if told else before
            above = finite.governor
            if (
                clause.verb.lemma in self.classes["speaking_verbs"]
                and finite.connector == "that"
                and above is not None
                and above.verb.lemma in self.classes["reporting_verbs"]
                and (self._is_somebody(above) or not any(map(self._can_speak, finite.subject)))
            ):
                finite = above  # "Chad says that Mali fired on it, condemning": who says it condemns
            elif clause.verb.lemma in self.classes["speaking_verbs"] and not any(map(self._can_speak, finite.subject)):
                # "Oslo says the plan could fail, accusing": who speaks goes on, not the plan
                spoke = (
                    c
                    for c in reversed(self.clauses)
                    if c.verb.form == "finite" and c.verb.lemma in self.classes["reporting_verbs"]
                )
                finite = next((c for c in spoke if any(map(self._can_speak, c.subject))), finite)
            clause.subject = list(finite.subject)
            clause.governor = finite

    def _is_source(self, clause: Clause, k: int) -> bool:
        """Whether the clause before the phrase at ``k`` only tells who says it: ", officials said,"."""
        return (
            clause.verb.lemma in self.classes["reporting_verbs"]
            and not (clause.objects or clause.has_content)
            and clause.index == k - 2
            and bool(clause.subject)
            and self.mark(max(clause.subject) - 1) == ","
        )

    def _finite(self, clause: Clause, k: int, before: Clause | None) -> None:
        j = k - 1
        while self.mark(j) == "X":
            j -= 1
        prev = self.at(j)
        if prev is None:
            return
        if isinstance(prev, Mark):
            if prev.tag == "W":
                clause.kind = "relative"
                m = j - 1
                while _is(self.at(m), ',P"'):
                    m -= 1
                if self.noun(m) is not None:
                    clause.subject = self.conjuncts_left(m)
                    n = self.noun(m)
                    located = (
                        n is not None and n.word_class in ("place", "name") and self.word(self._address_start(m) - 1) in _SITES
                    )
                    aimed = self.at(m - 1)
                    if (
                        isinstance(aimed, Verb)
                        and aimed.lemma == "target"
                        and clause.verb.lemma in self.classes["transitive_verbs"]
                    ):
                        strikes = next((c for c in self.clauses if c.verb is aimed), None)
                        if strikes is not None and strikes.subject:
                            clause.subject, clause.governor = list(strikes.subject), before
                            return  # "strikes targeting fighters that hit a mosque": the strikes did
                    person = (
                        n is not None and prev.word == "who" and n.word_class in ("agent", "person", "force") and not n.actors
                    )
                    if person and self.word(m - 1) != "of":
                        pass  # "met in Moldova with an adviser who accused": the nearest who can be one
                    elif n is not None and (not n.actors or located):
                        act = self.noun(self._address_start(m) - 2)
                        near = (
                            located and act is not None and act.is_act and clause.verb.lemma in self.classes["transitive_verbs"]
                        )
                        # "in protest against a strike on Gaza that killed ten": the strike did
                        clause.subject = [self._address_start(m) - 2 if near else self.chain_start(self._address_start(m))]
                clause.governor = before
                return
            if prev.tag == "C" or prev.tag == ",":
                if prev.tag == ",":
                    left = self._before_where(j)
                    if left is not None:
                        clause.subject = self.conjuncts_left(self._head_left(left))
                        self._connect(clause)
                        return
                    listed = self._before_list(j)
                    if listed is not None:
                        clause.subject = self.conjuncts_left(self._head_left(listed))
                        self._connect(clause)
                        return
                    head = self._before_parenthesis(j)
                    if head is not None:
                        head = self._before_participle(head)
                        # "a strike on an office in Beirut, Lebanon, kills": what was begun before the address goes on
                        opening = self.chain_start(self._address_start(head))
                        led = opening == 1 and _is(
                            self.at(0), "P"
                        )  # "At a summit in Abuja, Nigeria, the bloc, which": where, not who
                        clause.subject = [head] if led else self.conjuncts_left(self._head_left(self._address_start(head)))
                        struck = self._act_above(min(clause.subject))
                        if struck is not None and clause.verb.lemma in self.classes["transitive_verbs"]:
                            clause.subject = [struck]
                        clause.start = min(clause.subject)
                        self._connect(clause)
                        return
                if clause.verb.bare and self._continue(clause):
                    return
                same = next((c for c in reversed(self.clauses) if c.verb.form == "finite"), before)
                if (
                    same is not None
                    and prev.tag == "C"
                    and (
                        self.mark(j - 1) == ","
                        or clause.verb.lemma in self.classes["announcing_verbs"]
                        or not any(map(self._can_speak, same.subject))  # "said the gift broke the ban and condemned"
                        or same.verb.bare
                    )
                    and (
                        clause.verb.lemma in self.classes["speaking_verbs"]
                        or (same.verb.bare and clause.verb.tense == "past")  # "demanded that Chad pay and recalled its envoy"
                        or (clause.verb.lemma in self.classes["official_verbs"] and not any(map(self._can_speak, same.subject)))
                    )
                ):
                    # ", and condemns" goes on with the one who spoke, not with what was said
                    above = same
                    while above.governor is not None and (above.connector == "that" or above.kind == "relative"):
                        above = above.governor
                        if above.verb.form == "finite" and above.verb.tense in ("perfect", clause.verb.tense):
                            same = above if self._is_somebody(above) or not any(map(self._can_speak, same.subject)) else same
                            break
                denier = self._denier(same) if same is not None and prev.tag == "C" else None
                if denier is not None and clause.verb.lemma in self.classes["speaking_verbs"]:
                    # "denies that Chad has a link to the men and condemns": nobody denies that he condemns
                    same = denier if denier.verb.tense in ("perfect", clause.verb.tense) else same
                if same is not None:
                    clause.kind = "coordinated"
                    clause.subject = list(same.subject)
                    clause.governor = same.governor
                    clause.connector = same.connector
                return
            if prev.tag in ('"', "S", "P", "."):
                if before is not None and prev.tag != ".":
                    clause.subject = list(before.subject)
                plain = clause.verb.start == clause.verb.main and clause.verb.tense == "past"
                if prev.tag == "S" and j == k - 1 and plain and self.noun(k + 1) is None:
                    clause.verb.passive, clause.connector = True, prev.word  # "will strike back if attacked"
                # '"...", said the Kremlin'
                if prev.tag == '"' and self.noun(k + 1) is not None:
                    clause.subject = [k + 1]
                return
        if isinstance(prev, Noun):
            head = self._head_left(self._before_country(j))
            clause.subject = self.conjuncts_left(head)
            clause.start = min(clause.subject)
            leading = next((c for c in self.clauses if c.index == clause.start - 1), None)
            if leading is not None and leading.subject and not leading.verb.passive:
                if leading.verb.lemma == "help" and clause.verb.bare:
                    # "will help Chad and Mali reach a deal": they are to reach it
                    clause.kind, clause.governor = "infinitive", leading
                    return
                if len(clause.subject) > 1 and leading.verb.form == "finite" and leading.verb.lemma in self.classes["deed_verbs"]:
                    # "freed ten men and Mali lifted its ban": Mali alone did
                    clause.subject, clause.start = [head], head
            self._connect(clause)

    def _denier(self, clause: Clause) -> Clause | None:
        """The clause in which it is denied what ``clause`` says."""
        above = clause.governor
        for _ in self.clauses:
            if above is None or above.verb.lemma == "deny":
                return above
            above = above.governor
        return None

    def _continue(self, clause: Clause) -> bool:
        """Take up the infinitive or modal that a bare verb goes on from: "agreed to sign and lift", "will sign and lift"."""
        for c in reversed(self.clauses):
            if c.kind == "infinitive":
                clause.kind = "infinitive"
                clause.verb.form = "infinitive"
                clause.subject = list(c.subject)
                clause.governor, clause.governor_noun, clause.connector = c.governor, c.governor_noun, c.connector
            elif c.verb.form == "finite" and (
                c.verb.modal or c.verb.tense == "future" or (c.verb.negated and c.verb.tense != "perfect")
            ):
                clause.kind = "coordinated"
                clause.subject = list(c.subject)
                clause.governor, clause.connector = c.governor, c.connector
                clause.verb.modal, clause.verb.tense = c.verb.modal, c.verb.tense
            elif c.verb.form == "finite":
                return False
            else:
                continue
            clause.verb.negated = clause.verb.negated or c.verb.negated
            return True
        return False

    def _connect(self, clause: Clause) -> None:
        """Note what opens the clause: a subordinator, a preposition such as "after", or a relative pronoun of which it is the object's clause."""
        opener = self.at(clause.start - 1)
        if isinstance(opener, Mark) and opener.tag in "SPW":
            clause.connector = opener.word
            if opener.tag == "W":
                clause.kind = "relative"
            clause.governor = self.clauses[-1] if self.clauses else None
            if (
                opener.word == "that"
                and self.mark(clause.start - 2) == "C"
                and self.clauses
                and self.clauses[-1].connector == "that"
            ):
                clause.governor = self.clauses[-1].governor  # "repeated that it would stay and that Egypt should pay"
        elif self.clauses and isinstance(opener, Verb):
            # "said Russia attacked": content without "that"
            clause.connector = "that"
            clause.governor = next((c for c in reversed(self.clauses) if c.verb is opener), self.clauses[-1])
            clause.governor.has_content = True
        elif self.clauses and self._is_told(clause):
            clause.connector, clause.governor = "that", self.clauses[-1]  # "told Norway it would pay"
        if clause.connector in ("that", "whether", "if") and self.clauses:
            self.clauses[-1].has_content = True

    def _is_told(self, clause: Clause) -> bool:
        """Whether a pronoun begins, right behind the one to whom it is said, the clause that tells what is said."""
        above, first = self.clauses[-1], self.noun(clause.start)
        told = above.verb.lemma in self.classes["telling_verbs"] and not above.verb.passive
        return told and first is not None and first.word_class == "pronoun" and clause.start - 1 in above.objects

    def _before_where(self, j: int) -> int | None:
        """The noun before a "where" that closes with the comma at ``j``, if nothing is yet said of it: "A strike in Gaza where people wait, kills"."""
        where = next((i for i in range(j - 1, 0, -1) if self.word(i) == "where"), 0)
        unsaid = not any(isinstance(p, Verb) for p in self.phrases[:where])
        return where - 1 if where and unsaid and self.noun(where - 1) is not None else None

    def _before_list(self, j: int) -> int | None:
        """The noun whose members a list between commas names: "The bloc, including Mali, Niger, and Togo, bans"."""
        k = j - 1
        while self.noun(k) is not None or (_is(self.at(k), "C,") and self.noun(k - 1) is not None) or self.mark(k) == "C":
            k -= 1
        lead = self.at(k)
        named = isinstance(lead, Mark) and lead.word in _ALONGSIDE and self.mark(k - 1) == ","
        return k - 2 if named and self.noun(k - 2) is not None else None

    def _before_parenthesis(self, comma: int) -> int | None:
        """The noun before a parenthesis that closes with the comma at ``comma``."""
        j = comma - 1
        depth = 0
        while j > 0 and depth < 14:
            if self.mark(j) == ",":
                n = self.noun(j - 1)
                inner = self.at(j + 1)
                opens = (
                    j + 1 == comma  # "Seoul, too, denounced": adverbs are no phrases
                    or _is(inner, "WS")
                    or _is(inner, "P")
                    or isinstance(inner, Noun)
                    or (isinstance(inner, Verb) and inner.form in ("ing", "participle"))
                )
                if n is not None and opens:
                    return j - 1
                return None
            if _is(self.at(j), ".;"):
                return None
            j -= 1
            depth += 1
        return None

    def _before_participle(self, k: int) -> int:
        """The noun that goes on, where the noun at ``k`` is of a participle set off by a comma before anything is said of it.

        "The minister, claiming to act for his father, the president, threatened": the minister did.
        """
        for i in range(k - 1, 1, -1):
            p = self.phrases[i]
            if isinstance(p, Verb) and p.form == "finite":
                return k
            if isinstance(p, Verb) and p.form == "ing" and self.mark(i - 1) == "," and self.noun(i - 2) is not None:
                said = any(isinstance(x, Verb) and x.form == "finite" for x in self.phrases[:i])
                return k if said else i - 2
        return k

    def _head_left(self, j: int) -> int:
        """From the noun at ``j``, just before a verb, to the head of the whole subject."""
        guard = 0
        while guard < 12:
            guard += 1
            j = self.chain_start(j)
            before = self.at(j - 1)
            first = j - 2 if _is(before, "C") and self.noun(j - 2) is not None else j
            lead = self.at(first - 1)
            if (
                isinstance(lead, Mark)
                and lead.word in _ALONGSIDE
                and self.mark(first - 2) == ","
                and self.noun(first - 3) is not None
            ):
                j = first - 3  # "troops, along with tanks and artillery have begun"
                continue
            if isinstance(before, Verb) and before.form in ("participle", "ing") and self.noun(before_index := j - 2) is not None:
                j = before_index
                continue
            meant = self.noun(j - 2)
            if isinstance(before, Verb) and before.form == "infinitive" and meant and meant.keys & self.classes["control_nouns"]:
                j = j - 2  # "the plan to send tanks to Chad angered"
                continue
            decided = self._decided_by(j - 1) if isinstance(before, Verb) and before.form == "infinitive" else None
            if decided is not None:
                j = decided
                continue
            used = self.at(j - 2)
            if (
                isinstance(before, Verb)
                and before.form == "infinitive"
                and isinstance(used, Verb)
                and used.form == "participle"
                and self.noun(j - 3) is not None
            ):
                j = j - 3  # "a school used to shelter families was hit"
                continue
            if _is(before, "P") and isinstance(self.at(j - 2), Verb):
                v = self.at(j - 2)
                assert isinstance(v, Verb)
                if v.form in ("participle", "ing") and self.noun(j - 3) is not None:
                    j = j - 3
                    continue
                if v.form == "finite" and self.mark(j - 3) == "W" and self.noun(j - 4) is not None:
                    j = j - 4
                    continue
            if isinstance(before, Verb) and before.form == "finite" and self.mark(j - 2) == "W" and self.noun(j - 3) is not None:
                j = j - 3
                continue
            return j
        return j

    def _is_manner(self, clause: Clause, k: int) -> bool:
        """Whether the noun at ``k`` tells how the verb of speaking says it, and its object is still to come: "in the strongest terms"."""
        n = self.noun(k)
        told = clause.verb.lemma in self.classes["speaking_verbs"] and not clause.verb.passive
        return told and clause.preps == [("in", [k])] and n is not None and n.word in ("statement", "terms", "words")

    def _is_put_off(self, clause: Clause, k: int) -> bool:
        """Whether the noun at ``k`` is the verb's object although a place stands between: "signed in Lima a treaty"."""
        n = self.noun(k)
        held = clause.verb.lemma in self.classes["signing_or_holding_verbs"] and not clause.verb.passive
        site = self.noun(k - 1)
        where = [prep for prep, _ in clause.preps] in (["in"], ["in", "in"]) and site is not None and bool(site.actors)
        paper = n is not None and n.word in self.classes["signed_papers"]
        return held and where and n is not None and (paper or (n.is_act and not n.proper))

    def _complements(self, clause: Clause, k: int) -> None:
        j = k + 1
        seen_prep = False
        while True:
            p = self.at(j)
            if p is None:
                break
            if isinstance(p, Noun):
                if self._is_subject(j) and (
                    clause.verb.form == "finite" or clause.verb.lemma in self.classes["reporting_verbs"] or j != k + 1
                ):
                    break
                nouns, j2 = self.conjuncts_right(j)
                if seen_prep and not clause.objects and (self._is_manner(clause, j - 1) or self._is_put_off(clause, j)):
                    clause.objects += nouns  # "condemned in the strongest terms the raid", "signed in Lima a treaty"
                    j = j2
                    continue
                if seen_prep and self.mark(j - 1) != "P":
                    if self.mark(j - 1) != ",":
                        break
                if not seen_prep:
                    if len(clause.objects) and clause.objects[-1] != j - 1:
                        break
                    clause.objects += nouns
                j = j2
                continue
            if isinstance(p, Verb):
                break
            named = self.noun(j + 1) if p.tag == "S" and p.word == "as" and not clause.objects else None
            if named is not None and not named.actors and self.noun(j + 2) is not None and not self._is_subject(j + 2):
                j += 2  # "rejected as baseless a claim"
                continue
            if p.tag == "S" and p.word == "as" and clause.verb.lemma in ("act", "serve") and self.noun(j + 1) is not None:
                nouns, j = self.conjuncts_right(j + 1)
                clause.preps.append(("as", nouns))  # "acted as mediator between": no clause of its own
                seen_prep = True
                continue
            if p.tag == "P":
                if self.noun(j + 1) is not None:
                    if self._is_subject(j + 1) and p.word in ("after", "before", "since", "as", "until"):
                        break
                    nouns, j2 = self.conjuncts_right(j + 1)
                    clause.preps.append((p.word, nouns))
                    seen_prep = True
                    j = j2
                    continue
                if self.mark(j + 1) == "P":
                    j += 1
                    continue
                inner_verb = self.at(j + 1)
                if clause.verb.passive and isinstance(inner_verb, Verb) and inner_verb.form == "ing" and self.mark(j + 2) == "P":
                    j += 2  # "was convicted of spying by a court"
                    continue
                break
            if p.tag == '"':
                j += 1
                continue
            if p.tag == ",":
                nxt = self.at(j + 1)
                if p.word == ":" or p.word in "—–":
                    break
                again = j + 2 if _is(nxt, "C") else j + 1
                if self._repeats(clause.objects, again):
                    # "a tariff on Chile, a tariff on Peru, and one on Cuba"
                    nouns, j = self.conjuncts_right(again)
                    clause.objects += nouns
                    continue
                if _is(nxt, "P") and self.noun(j + 2) is not None and not self._is_subject(j + 2):
                    j += 1
                    continue
                n = self.noun(j + 1)
                if (
                    n is not None
                    and self._place(j + 1)
                    and isinstance(self.at(j - 1), Noun)
                    and self._place(j - 1)
                    and not self._is_subject(j + 1)
                ):
                    clause.preps.append(("in", [j + 1]))
                    seen_prep = True
                    j += 2
                    continue
                if n is not None and isinstance(self.at(j - 1), Noun) and not self._is_subject(j + 1):
                    behind = j + 2
                    while self.mark(behind) == "P" and self.noun(behind + 1) is not None:
                        behind += 2
                    if self.mark(behind) == ",":
                        j = behind + 1  # an apposition between commas
                        continue
                break
            break
        clause.end = j
