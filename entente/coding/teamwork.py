"""What is done with others or for them, told by a phrase beside the act: help, errands, arms that another gave, a land that lets nobody in."""

from __future__ import annotations

from entente.coding.clauses import Clause
from entente.coding.gatherings import Gatherings
from entente.coding.phrases import ActorRef, Noun
from entente.coding.readings import Found
from entente.coding.scope import BY_ACCORD
from entente.model import EventType, Status


class Teamwork(Gatherings):
    """A sentence read for those who take part beside the doer."""

    def _read_errand(self, clause: Clause, subject: Found) -> None:
        """ "Arrested a diver on a German warrant", "at the request of Germany": for those who issued it or asked for it."""
        for prep, ks in clause.preps if not clause.verb.passive else ():
            noun = self.s.noun(ks[0]) if ks else None
            warrant = prep == "on" and noun is not None and noun.word in ("warrant", "warrants")
            if not warrant and prep != "at the request of":
                continue
            asked = Found(noun.actors, "self") if warrant and noun is not None else self._many(ks, "object", clause)
            if not asked or asked.codes & subject.codes:
                continue
            if warrant:
                self._tell(EventType.COOPERATE, clause, subject, asked, "on", "arrest on a warrant", f"recipient:{asked.how}")
            else:
                self._tell(
                    EventType.REQUEST, clause, asked, subject, "to", "done at somebody's request", f"recipient:{subject.how}"
                )

    def _read_shut_out(self, clause: Clause) -> None:
        """ "Two Malian ministers were not allowed to enter Chad": by those whose land it is."""
        land, kept = self._barring_land(clause), self._many(clause.subject, "object", clause)
        if land and kept and not land.codes & kept.codes:
            rule = f"'not {self._verb_words(clause.verb)} to enter'"
            reading = self._tell(EventType.SANCTION, clause, land, kept, "object", rule, f"recipient:{kept.how}", "passive")
            reading.status = Status.HAPPENED

    def _read_supplied(self, k: int, noun: Noun) -> None:
        """ "Ukraine fired American-supplied missiles": they were given to those who use them."""
        maker = next(
            (t.mention for t in self.tokens[noun.start : noun.head] if t.suffix in self.classes["supplying_words"]), None
        )
        clause = self._clause_of(k) if maker is not None else None
        if maker is None or clause is None or clause.verb.passive or clause.verb.form == "ing" or k in clause.subject:
            return
        users = self._many(clause.subject, "subject", clause)
        giver = Found((ActorRef(maker.code, maker, "adjective"),), "self")
        if users.how in ("self", "of", "pronoun", "anaphor") and not users.codes & {maker.code}:
            reading = self._tell(EventType.AID, clause, giver, users, "to", f"noun '{noun.word}' supplied by another", k=k)
            reading.status = Status.BACKGROUND

    def _is_accord_told(self) -> bool:
        """Whether the sentence tells of talks or a deal: then who helped only mediated."""
        return any(r.type in BY_ACCORD for r in self.readings)

    def _read_teamwork(self, k: int) -> None:
        """ "Spanish police, in coordination with Chile, arrested", "with help from Chile": whatever they do, they do it with each other."""
        lead, behind = self.s.word(k - 1), self.s.chain(k)[:1]
        ways = {"in": ("with",), "with": ("from", "of")}.get(lead, ())
        partners = self._nouns_of(behind[0][1]) if behind and behind[0][0] in ways else []
        found = Found(tuple(r for n in partners for r in n.actors), "self")
        ahead = (c for c in self.s.clauses if c.verb.form == "finite" and c.index > k and max(c.subject, default=k) < k)
        clause = next(ahead, None) or self._clause_of(k)
        if not found or clause is None or clause.verb.negated or clause.verb.passive:
            return
        subject = self._many(clause.subject, "subject", clause)
        if subject.how in ("self", "of", "anaphor") and not subject.codes & found.codes:
            pattern = self._of_both(EventType.COOPERATE)
            features = {f"type:{pattern.type}", "noun", "to:with", f"actor:{subject.how}", f"recipient:{found.how}"}
            noun = self.s.noun(k)
            rule = f"'{lead} {noun.word if noun is not None else ''} {behind[0][0]}'"
            reading = self._reading(clause, pattern, subject, found, features, subject, rule, noun, k)
            reading.status = self._clause_status(clause, set())
            self._keep(reading)
