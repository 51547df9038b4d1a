"""Whether a word that can be a verb is one here: verb, noun or adjective, decided by the words around."""

from __future__ import annotations

from collections.abc import Sequence

from entente.coding.tokens import BE, HAVE, HYPHENS, Token
from entente.lexicon.patterns import OPENERS, Grammar, VerbForm
from entente.model import MentionKind

_PLURAL_PRONOUNS = frozenset({"they", "we", "you", "who", "which", "that"})


def previous(tokens: list[Token], i: int) -> Token | None:
    """The word before ``i``, adverbs skipped."""
    j = i - 1
    while j >= 0 and tokens[j].tag == "X":
        j -= 1
    return tokens[j] if j >= 0 else None


def _takes_object(tokens: list[Token], i: int, grammar: Grammar) -> bool:
    """Whether what follows word ``i`` looks like an object or complement rather than the rest of a subject."""
    if i + 1 >= len(tokens):
        return False
    behind = i + 1
    while behind < len(tokens) and tokens[behind].tag == "X":
        behind += 1
    if behind >= len(tokens):
        return False
    nxt = tokens[behind]
    if nxt.tag in ("D", "A", "#", "R", "S", "T", '"', "U", "Q"):
        return True
    if nxt.tag in ("P", ",", ".", "C", "W", "V", "M", "G"):
        return False
    classes = grammar.classes
    return (
        nxt.lower not in grammar.verb_forms
        or nxt.lower in classes["adjectives"]
        or nxt.is_plural
        or nxt.lower in classes["mostly_nouns"]
        or nxt.lower in grammar.noun_patterns
    )


def _behind_joined_names(i: int, tokens: list[Token]) -> bool:
    """Whether the word stands behind two names with a hyphen between them, which modify a noun and do nothing themselves."""
    return i > 2 and tokens[i - 1].mention is not None and tokens[i - 2].text in HYPHENS and tokens[i - 3].mention is not None


def _is_left_so(i: int, tokens: list[Token], nxt: Token | None) -> bool:
    """Whether something is left or kept as the word at ``i`` says: "left open the option", "kept the option open against"."""
    before = tokens[max(0, i - 6) : i]
    if before and before[-1].tag == "N" and (nxt is None or nxt.tag in ("P", ".", ",", "C")):
        return any(t.tag == "V" and t.lemma in ("leave", "keep") for t in before)
    return bool(before) and before[-1].tag == "V" and before[-1].lemma in ("leave", "keep")


def _later_finite(tokens: list[Token], i: int, grammar: Grammar) -> bool:
    """Whether a surely finite verb follows before the clause can have ended."""
    for at in range(i + 1, len(tokens)):
        t = tokens[at]
        if t.tag in (".", "W", "S", '"') or (t.tag == "," and t.text in ",;:"):
            return False
        if t.tag == "C" or t.lower in OPENERS:
            return False
        if t.tag == "M" or (t.tag == "V" and t.form in ("s", "past") and t.lemma in ("be", "have", "do")):
            return True
        if t.tag == "" and tokens[at - 1].tag not in ("T", "P") and t.lower not in grammar.classes["mostly_nouns"]:
            forms = {f.form for f in grammar.verb_forms.get(t.lower, ())}
            if "s" in forms or (forms and "base" in forms and t.lower not in grammar.noun_patterns):
                return True
            if "past" in forms:
                return True
    return False


def _ends_relative(tokens: list[Token], i: int) -> bool:
    """Whether only a country or a person stands between "which" and the word at ``i``: "which Iran supports"."""
    name = tokens[i - 1].mention if i > 1 else None
    return name is not None and name.form != "adjective" and tokens[i - 2].tag == "W"


def _is_described(tokens: list[Token], i: int) -> bool:
    """Whether nothing but adjectives of people stands between a preposition and the word at ``i``: "of Iranian Kurdish exiles"."""
    j = i - 1
    while j >= 0 and (tokens[j].tag in ("J", "Q") or tokens[j].text.endswith(("ish", "ese", "ian", "can"))):
        j -= 1
    return 0 <= j < i - 1 and tokens[j].tag == "P"


# Verbs about which something is known that holds for no other.
_SINGULAR_VERBS = frozenset(
    {"arrest", "blame", "call", "claim", "detain", "help", "open", "pay", "ready", "seize", "vote", "votes"}
)


def _singular_reading(
    i: int, low: str, lemma: str, prev: Token | None, tokens: list[Token], grammar: Grammar
) -> tuple[str, str, str] | None:
    """What one of ``_SINGULAR_VERBS`` is behind ``prev`` by what is known of it alone; None where that does not tell it."""
    classes, noun = grammar.classes, ("N", low, "")
    ptag = prev.tag if prev is not None else ""
    nxt = tokens[i + 1] if i + 1 < len(tokens) else None
    if low == "blame" and ptag == "V" and prev is not None and prev.lemma in classes["blame_takers"]:
        return noun  # "traded blame"
    if low == "help" and nxt is not None and (nxt.lower in BE or nxt.lower in HAVE):
        return noun  # "said that help was on the way"
    asked = ptag == "V" and prev is not None and prev.lemma in classes["help_takers"]
    if low == "help" and asked and (nxt is None or nxt.tag in ("P", ".", ",")):
        return noun  # "sought help from Chad"
    if low == "pay" and ptag in ("A", "N") and any(t.lemma == "make" for t in tokens[max(0, i - 4) : i - 1]):
        return "V", lemma, "base"  # "vowed to make Chad pay"
    if low in ("arrest", "detain", "seize") and ptag in ("N", "A", "U") and nxt is not None and prev is not None:
        opens = nxt.lower in _OPENS_OBJECT or nxt.lower in ("six", "seven", "eight", "nine", "ten") or nxt.text.isdigit()
        if opens and (prev.tag != "N" or prev.lower in classes["agents"] or prev.lower in classes["institutions"]):
            return "V", lemma, "base"  # "the fisheries agency seize a vessel"
    if (
        low == "call"
        and ptag == "A"
        and i > 1
        and tokens[i - 2].lower == "and"
        and nxt is not None
        and nxt.lower in ("for", "on")
    ):
        return "V", lemma, "base"  # "Poland and Ukraine call for an end"
    if low == "claim" and i and tokens[i - 1].tag == "N" and nxt is not None and nxt.lower == "that":
        return "V", lemma, "base"  # "military sources claim that"
    if low == "ready" and prev is not None and (prev.lower in BE or prev.lower.endswith("self") or prev.lower.endswith("selves")):
        return "J", low, ""  # "declared itself ready for"
    if low == "open" and _is_left_so(i, tokens, nxt):
        return "X", low, ""
    if low in ("vote", "votes") and nxt is not None and nxt.tag == "#" and ptag in ("A", "N", "U"):
        return "V", lemma, "s" if low == "votes" else "base"  # "the Senate votes 100-0"
    if low in ("vote", "votes") and nxt is not None and nxt.lower == "against" and ptag in ("A", "N", "U"):
        if not any(t.tag == "M" or t.lower in BE or t.lower in HAVE for t in tokens[i + 2 :]):
            return "V", lemma, "s" if low == "votes" else "base"  # "the council votes against a text"
    return None


def verb_reading(i: int, t: Token, tokens: list[Token], forms: Sequence[VerbForm], grammar: Grammar) -> tuple[str, str, str]:
    """Verb, noun or adjective: decided by the words around."""
    classes = grammar.classes
    low = t.lower
    kinds = grammar.form_lemmas[low]
    lemma = forms[0].lemma
    prev = previous(tokens, i)
    ptag = prev.tag if prev is not None else ""
    nxt = tokens[i + 1] if i + 1 < len(tokens) else None
    can_noun = low in classes["mostly_nouns"] or low in grammar.noun_patterns
    noun = ("N", low, "")
    after_adjective = prev is not None and (
        ptag in ("D", "J", "G", "#")
        or (prev.mention is not None and prev.mention.form == "adjective" and not _adjective_as_noun(prev, tokens, i))
    )
    if low in grammar.pair_words and (
        (i and f"{tokens[i - 1].lower} {low}" in classes["fixed_pairs"])
        or (nxt is not None and f"{low} {nxt.lower}" in classes["fixed_pairs"])
    ):
        return noun  # "a training ground", "arrest warrants": no verb, whatever stands around
    if low in classes["portfolios"] and nxt is not None and nxt.lower in ("minister", "ministers", "ministry", "secretary"):
        return noun
    if low in _SINGULAR_VERBS:
        singular = _singular_reading(i, low, lemma, prev, tokens, grammar)
        if singular is not None:
            return singular
    if (
        "base" in kinds
        and ptag == "A"
        and nxt is not None
        and (nxt.lower in _OPENS_OBJECT or nxt.lower in ("its", "their"))
        and i > 2
        and tokens[i - 2].lower == "that"
        and tokens[i - 3].lemma in ("insist", "recommend", "demand", "propose", "request", "suggest", "ask", "urge")
    ):
        return "V", kinds["base"], "base"  # "recommends that France change its law"
    if (
        "s" in kinds
        and prev is not None
        and nxt is not None
        and nxt.lower in _OPENS_OBJECT
        and _is_one_person(tokens, tokens.index(prev))
    ):
        return "V", kinds["s"], "s"  # "a Palestinian stabs an officer"
    if "base" in kinds and (ptag in ("T", "M") or (prev is not None and prev.lemma == "do" and ptag == "V")):
        return "V", kinds["base"], "base"
    if "base" in kinds and ptag == "V" and prev is not None and prev.lemma == "help" and nxt is not None:
        if nxt.lower in _OPENS_OBJECT or (nxt.mention is not None and nxt.mention.form != "adjective"):
            return "V", kinds["base"], "base"  # "to help fight the fires"
    if "ing" in kinds:
        if prev is not None and prev.lower in BE:
            return "V", lemma, "ing"
        if after_adjective and ptag != "#":
            return noun
        if prev is not None and prev.lower in ("amid", "amidst") and nxt is not None and nxt.tag in ("", "N", "J"):
            return "J", lemma, "ing"  # "amid strengthening ties between Chad and Mali"
        if ptag == "S" and nxt is not None and nxt.mention is not None and nxt.mention.form == "adjective":
            return "J", lemma, "ing"  # "says that retreating Chadian soldiers"
        if low in classes["adjectives"] and nxt is not None and nxt.tag == "":
            return "J", lemma, "ing"  # "Rafah and surrounding areas"
        twice = (
            prev is not None
            and prev.lower in ("of", "for")
            and (
                lemma in classes["transitive_verbs"]
                or any(x.tag == "V" and x.lemma in classes["blaming_verbs"] for x in tokens[:i])
            )
            and nxt is not None
            and nxt.lower == "and"
            and i + 2 < len(tokens)
        )
        if twice and any(f.form == "ing" for f in grammar.verb_forms.get(tokens[i + 2].lower, ())):
            return "V", lemma, "ing"  # "accused of shooting and killing"
        if low in grammar.noun_patterns:
            if (
                nxt is None
                or nxt.tag in ("P", ".", ",", "C", "V", "M", "X")
                or (nxt.tag == "" and nxt.lower in grammar.verb_forms)
            ):
                if not (ptag == "," and nxt is not None and nxt.tag in ("P", "X") and nxt.lower not in ("of",)):
                    return noun
            if ptag == "" and nxt is not None and nxt.tag == "P":
                return noun
        if ptag in ("N", "U", "Q", "J") and (
            nxt is None or nxt.tag in (".", ",", "C", "V", "M") or (nxt.tag == "P" and low in classes["mostly_nouns"])
        ):
            return noun
        if (
            low in classes["mostly_nouns"]
            and prev is not None
            and prev.mention is not None
            and prev.mention.kind in (MentionKind.ORGANISATION, MentionKind.GOVERNMENT)
            and (nxt is None or nxt.tag in (".", ",", "C", "P"))
        ):
            return noun  # "the Legislative Council building in Gaza City"
        if ptag == "P" and (nxt is None or nxt.tag in (".", ",", "C")):
            return noun
        if ptag == "V" and low in classes["mostly_nouns"] and (nxt is None or nxt.tag in ("P", ".", ",", "C")):
            return noun
        if (
            (low in classes["mostly_nouns"] or low in grammar.noun_patterns)
            and ptag == "N"
            and prev is not None
            and not prev.is_plural
            and prev.lower not in classes["beings"]
            and nxt is not None
            and nxt.tag == ""
            and nxt.mention is None
            and (nxt.is_plural or (nxt.lower in classes["assets"] or nxt.lower in classes["forces"]))
        ):
            # "infantry fighting vehicles"
            return "J", lemma, "ing"
        if (
            nxt is not None
            and nxt.tag == ""
            and ptag in ("P", "")
            and nxt.lower in classes["beings"]
            and nxt.lower not in classes["mostly_nouns"]
        ):
            return "V", lemma, "ing"
        return "V", lemma, "ing"
    past = "past" in kinds or "participle" in kinds
    if past and "base" not in kinds:
        if prev is not None and prev.lower == "the" and (nxt is None or nxt.tag in (".", ",", "C")):
            return noun  # "aid for the displaced"
        form = "past" if "past" in kinds and "participle" not in kinds else "participle" if "past" not in kinds else "ed"
        if prev is not None and (prev.lower in BE or prev.lower in HAVE or prev.lower in ("get", "gets", "got")):
            return "V", kinds.get("participle", lemma), "participle"
        if low == "helped" and ptag in ("N", "A", "U", "R") and nxt is not None:
            if nxt.tag == "T" or any(f.form == "base" for f in grammar.verb_forms.get(nxt.lower, ())):
                return "V", lemma, "past"  # "Kenyan troops helped repel the raid"
        if form != "past":
            nounish_next = nxt is not None and (
                nxt.tag in ("J", "U") or (nxt.tag == "" and nxt.lower not in classes["prepositions"])
            )
            if (after_adjective or ptag in ("P", "")) and nounish_next:
                return "J", lemma, "participle"
            if (
                after_adjective
                and nxt is not None
                and nxt.mention is not None
                and (ptag in ("D", "J") or (ptag == "#" and (nxt.mention.form == "adjective" or low in _SAID_OF)))
            ):
                return "J", lemma, "participle"
            address = (
                ptag == "," and i > 1 and tokens[i - 2].mention is not None and low in _HELD
            )  # "in Nablus, occupied Palestine"
            if (
                (ptag == "P" or address or (prev is not None and prev.lower == "as"))
                and nxt is not None
                and nxt.mention is not None
            ):
                return "J", lemma, "participle"
            if (
                ptag == "V"
                and prev is not None
                and prev.form in ("s", "past", "ed", "base", "ing", "participle")
                and prev.lemma not in ("be", "have")
                and nxt is not None
                and (nounish_next or nxt.mention is not None)
            ):
                return "J", lemma, "participle"
            if ptag == "C" and nounish_next and i >= 2 and (tokens[i - 2].tag == "J" or low == "armed"):
                return "J", lemma, "participle"
        return "V", kinds.get("past", lemma), form
    # base, third person, or base that is its own past (hit, cut, put)
    if (
        ptag in ("A", "U", "N", "R", "W")
        and not after_adjective
        and _has_particle(tokens, i, kinds.get("s") or kinds.get("base") or lemma, grammar)
    ):
        return "V", kinds.get("s") or kinds.get("base") or lemma, "s" if "s" in kinds else "base"
    if after_adjective and low in classes["adjectives"] and nxt is not None and nxt.tag == "":
        return "J", low, ""
    if after_adjective and not (prev is not None and prev.tag == "#" and "s" not in kinds and not can_noun):
        return noun
    if ptag == "P":
        return noun
    if can_noun and ptag == "A" and i > 1 and tokens[i - 2].lemma in classes["terming_verbs"]:
        return noun  # "calls US strikes a crime"
    if can_noun and _behind_joined_names(i, tokens):
        return noun  # "at US-Russia talks as the deadline looms"
    third = "s" in kinds and "base" not in kinds
    if third and can_noun and nxt is not None and (nxt.lower in BE or nxt.lower in HAVE or nxt.tag == "M"):
        return noun  # "houses are burned"
    if prev is not None and prev.lower in BE and not past and low in classes["adjectives"]:
        return "J", low, ""  # "is open to"
    if prev is not None and prev.lower in BE and past:
        return "V", kinds.get("participle", lemma), "participle"
    if prev is not None and prev.lower in HAVE and past:
        return "V", kinds.get("participle", lemma), "participle"
    if third:
        lemma = kinds["s"]
        if ptag == "V" and prev is not None and prev.lemma == "cite":
            return noun  # "citing breaches of the truce"
        if prev is None or (ptag == '"' and can_noun):
            return noun if can_noun or prev is None else ("V", lemma, "s")
        if ptag == "V" and prev.form != "ing" and prev.lemma not in ("be", "have") and can_noun:
            return noun
        if ptag in ("R", "W"):
            return "V", lemma, "s"
        if _ends_relative(tokens, i) and nxt is not None and nxt.tag in ("C", ",", "."):
            return "V", lemma, "s"  # "the movement, which Iran supports, said"
        if ptag in ("U", "Q") and nxt is not None and nxt.tag == "P" and _is_described(tokens, i):
            return noun  # "at bases of Iranian Kurdish exiles near"
        if ptag == "C" and can_noun and i > 1 and tokens[i - 2].tag == "P":
            return noun  # "exports to and imports from"
        if ptag == "C":
            before = next((x for x in reversed(tokens[: tokens.index(prev)]) if x.tag not in ("X",)), None)
            earlier_verb = any(x.tag == "V" and x.form in ("s", "past", "ed") for x in tokens[:i])
            if (
                can_noun
                and before is not None
                and (before.tag == "N" or before.mention is not None)
                and not (earlier_verb and _takes_object(tokens, i, grammar))
            ):
                return noun
            return ("V", lemma, "s") if earlier_verb or not can_noun else noun
        if not can_noun:
            person = prev.mention is not None and prev.mention.kind is MentionKind.LEADER
            if ptag == "A" and not person and nxt is not None and nxt.tag == "P" and _verb_in_clause(tokens, i):
                return noun
            said = nxt is not None and (nxt.tag in ("#", "D") or nxt.mention is not None)
            ends = nxt is None or nxt.tag == "."  # "in response to the missile launches."
            if ptag == "N" and prev.lower in _MODIFIER_NOUNS and not said and (ends or _later_finite(tokens, i, grammar)):
                return noun
            return "V", lemma, "s"
        if ptag in ("A", "U") or (ptag == "N" and not prev.is_plural):
            if (
                ptag == "N"
                and prev.lower in _MODIFIER_NOUNS
                and not (nxt is not None and (nxt.tag == "D" or nxt.mention is not None or nxt.tag == "U"))
                and not _counts_people(tokens, i + 1, grammar)
            ):
                return noun
            if ptag == "A" and nxt is not None and nxt.tag == "" and _stands_as_object(tokens, i, grammar):
                return noun  # "questioned the UN sanctions regime"
            if ptag == "A" and can_noun and nxt is not None and nxt.lower == "that" and _verb_in_clause(tokens, i):
                return noun  # "would breach UN sanctions that Moscow voted for"
            if _takes_object(tokens, i, grammar):
                if low in (
                    "forces",
                    "troops",
                    "arms",
                    "officials",
                    "police",
                    "states",
                    "tanks",
                    "drones",
                    "jets",
                    "missiles",
                    "rockets",
                    "ships",
                    "posts",
                    "rules",
                    "powers",
                    "bases",
                    "houses",
                ) and not (nxt is not None and (nxt.lower == "that" or nxt.tag == "R")):
                    return noun
                return "V", lemma, "s"
            at = tokens.index(prev)
            first = at
            while first > 1 and tokens[first - 1].tag in ("U", "C"):
                first -= 1  # "dozens of Katyusha and Falaq rockets towards"
            owned = (
                first > 0 and (ptag == "A" or first < at) and tokens[first - 1].lower == "of"
            )  # "the sale of US arms to Taiwan"
            if (
                nxt is not None
                and nxt.tag == "P"
                and not (owned or _later_finite(tokens, i, grammar) or _verb_in_clause(tokens, i))
            ):
                return "V", lemma, "s"
            return noun
        if (
            ptag == "N"
            and (prev.lower in classes["forces"] or prev.lower in classes["agents"])
            and nxt is not None
            and (nxt.tag in ("D", "T") or nxt.mention is not None)
            and not _verb_in_clause(tokens, i)
        ):
            return "V", lemma, "s"  # "Russian forces captures the village"
        if ptag == ",":
            if parenthesis_before(tokens, i):
                return "V", lemma, "s"
            said = any(x.tag == "V" and x.form == "s" for x in tokens[:i])
            return ("V", lemma, "s") if not said and _takes_object(tokens, i, grammar) else noun
        return noun
    if low in classes["adjectives"] and ptag in ("V", "S") and nxt is not None and nxt.tag == "":
        return "J", lemma, ""  # "risks direct confrontation", "said that direct talks"
    lemma = kinds.get("base", lemma)
    own_past = "past" in kinds
    if prev is None:
        return noun if can_noun else ("V", lemma, "base")
    plural_before = (
        (ptag in ("N", "A", "U") and prev.is_plural)
        or prev.lower in _PLURAL_PRONOUNS
        or (ptag in ("N", "J") and prev.lower in classes["collectives"] and not can_noun)
        or _coordinated(tokens, i)
        or (ptag in (",",) and any(x.is_plural for x in tokens[:i]))
    )
    if (
        can_noun
        and ptag == "N"
        and (prev.lower not in classes["beings"] or (prev.lower in classes["weapons"] and not prev.is_plural))
        and prev.lower not in _CROWDS
        and plural_before
        and not (nxt is not None and (nxt.tag == "D" or nxt.mention is not None))
    ):
        return noun  # "weapons aid packages", "a missile and drone attack on"
    if plural_before and nxt is not None and nxt.lower == "that" and lemma in classes["reporting_verbs"]:
        return "V", lemma, "base"  # "Congo and Rwanda state that"
    opens = nxt is not None and nxt.tag == "D"  # "a missile hit a tree"
    if own_past and ptag == "," and nxt is not None and nxt.tag == "P" and "participle" in kinds:
        return "V", kinds["participle"], "participle"  # "China, hit with a tariff, said"
    if own_past and ptag in ("A", "U", "N", "R", "W", ",") and (opens or prev.lower not in _MODIFIER_NOUNS):
        return ("V", kinds["past"], "past") if _takes_object(tokens, i, grammar) or not can_noun else noun  # "found": of find
    if low in (
        "force",
        "state",
        "troop",
        "police",
        "arm",
        "post",
        "power",
        "rule",
        "air",
        "house",
        "head",
        "ship",
        "tank",
        "drone",
        "jet",
        "fire",
        "missile",
        "rocket",
        "border",
        "base",
        "mark",
    ) and not (
        low in ("fire", "head")
        and plural_before
        and nxt is not None
        and (nxt.tag in ("#", "D", "P", "X") or nxt.is_plural or _shoots(tokens, i, grammar))
    ):
        return noun
    if plural_before and nxt is not None and nxt.lower == "blame" and lemma in classes["blame_takers"]:
        return "V", lemma, "base"  # "Chad and Mali trade blame"
    if plural_before:
        if not can_noun or _takes_object(tokens, i, grammar) or (low == "fire" and _shoots(tokens, i, grammar)):
            return "V", lemma, "base"
        if (
            nxt is not None
            and nxt.tag in ("P", ",", ".", "C")
            and not _later_finite(tokens, i, grammar)
            and not any(x.tag == "V" and x.form in ("s", "past", "ed", "base") for x in tokens[_clause_start(tokens, i) : i])
        ):
            return "V", lemma, "base"
        return noun
    if ptag == "C":
        earlier = any(x.tag == "V" and x.form in ("base", "past", "ed") for x in tokens[:i])
        return ("V", lemma, "base") if earlier and (not can_noun or _takes_object(tokens, i, grammar)) else noun
    doing = nxt is not None and nxt.tag == "" and nxt.lower.endswith("ing") and nxt.lower in grammar.verb_forms
    if _after_that(tokens, i, grammar) and (doing or not can_noun or _takes_object(tokens, i, grammar)):
        return "V", lemma, "base"  # "insisted that Libya withdraw"
    earlier = any(x.tag in "VM" for x in tokens[:i])
    if not any(x.tag in "VM" for x in tokens[_clause_start(tokens, i) : i]) and nxt is not None and _many_in(tokens, i, grammar):
        named = nxt.tag == "U" or (nxt.tag == "" and nxt.text[:1].isupper())
        if (ptag == "A" and (nxt.tag in ("#", "D") or named)) or (
            not can_noun and (nxt.tag == "T" or _takes_object(tokens, i, grammar))
        ):
            return "V", lemma, "base"  # "Police in Austria arrest two men", "troops of the Tenth Brigade seize control"
    if can_noun or (ptag in ("N", "U", ",") and (earlier or "and" not in (x.lower for x in tokens[:i]))):
        return noun
    if ptag == "A" and earlier and not _takes_object(tokens, i, grammar):
        return noun
    follows = grammar.form_lemmas.get(nxt.lower, {}) if nxt is not None and nxt.tag == "" else {}
    if ptag == "A" and not prev.is_plural and "past" in follows and "base" not in follows:
        return noun  # "the IAEA board censured"
    return "V", lemma, "base"


def _many_in(tokens: list[Token], i: int, grammar: Grammar) -> bool:
    """Whether the words before ``i`` are several people and where they are: "Police in Austria", "Leaders at the G7 summit in Italy"."""
    j = i - 1
    while j >= 0 and (
        tokens[j].tag in ("A", "U", "Q", "D", "J", "N", "#") or tokens[j].lower in ("in", "from", "at", "of", "near")
    ):
        j -= 1
    lead = next((k for k in range(j + 1, i) if tokens[k].tag == "P"), 0)
    if lead < 1 or (j >= 0 and tokens[j].tag not in (".", "S", ",")) or tokens[i - 1].tag == "P":
        return False
    head = tokens[lead - 1]
    return head.tag == "N" and head.lower in grammar.classes["beings"] and (head.is_plural or head.lower == "police")


# Of a place: "in Nablus, occupied Palestine".
_HELD = frozenset({"annexed", "besieged", "disputed", "occupied"})
# What somebody is said to be, before his name: "15 alleged Hezbollah members".
_SAID_OF = frozenset({"alleged", "suspected", "accused"})


def parenthesis_before(tokens: list[Token], i: int) -> int:
    """Where the comma stands that opens the aside which a comma closes before word ``i``, with nothing said of the subject yet; else 0.

    "Iran, which has a new minister, arrests", "China, however, imposed", "Peru, a member of the bloc, calls for".
    """
    j = i - 1
    while j > 0 and tokens[j].tag == "X" and tokens[j].text != ",":
        j -= 1  # an adverb before the verb
    if j < 3 or tokens[j].text != ",":
        return 0
    opened = next((k for k in range(j - 1, 0, -1) if tokens[k].text == "," and tokens[k + 1].tag == "W"), 0)
    opened = opened or next((k for k in range(j - 1, 0, -1) if tokens[k].text == ","), 0)
    if not opened or tokens[opened - 1].tag not in ("A", "N", "U"):
        return 0
    first = tokens[opened + 1]
    aside = first.tag in ("W", "X", "D", "P") or (first.tag == "V" and first.form in ("ing", "participle", "reduced", "ed"))
    said = any(x.tag == "M" or (x.tag == "V" and x.form not in ("ing", "participle", "reduced")) for x in tokens[:opened])
    return opened if aside and not said else 0


def _counts_people(tokens: list[Token], i: int, grammar: Grammar) -> bool:
    """Whether a number of people stands at ``i``: "nine people", "at least two soldiers"."""
    while i < len(tokens) and tokens[i].lower in ("at", "least", "some", "about", "more", "than"):
        i += 1
    counted = next((t for t in tokens[i + 1 : i + 4] if t.tag not in ("J", "Q", "#")), None)
    return i < len(tokens) and tokens[i].tag == "#" and counted is not None and counted.lower in grammar.classes["beings"]


_CROWDS = frozenset({"dozens", "hundreds", "thousands", "millions", "tens", "scores"})


def _shoots(tokens: list[Token], i: int, grammar: Grammar) -> bool:
    """Whether weapons stand right behind "fire": "police fire stun grenades"."""
    return any(t.lower in grammar.classes["weapons"] for t in tokens[i + 1 : i + 3])


def _clause_start(tokens: list[Token], i: int) -> int:
    """Where the clause of word ``i`` begins if a subordinator opens it, else where the sentence does: "hurt when soldiers fire"."""
    return next((j + 1 for j in range(i - 1, -1, -1) if tokens[j].tag in ("S", "W") or tokens[j].lower in OPENERS), 0)


def _verb_in_clause(tokens: list[Token], i: int) -> bool:
    """Whether a finite verb stands before word ``i`` in its own clause."""
    for j in range(i - 1, -1, -1):
        x = tokens[j]
        joins = x.tag == "C" and j and tokens[j - 1].mention is not None and tokens[j + 1].mention is not None
        if joins:
            continue  # "target PKK and SDF positions"
        if x.tag in ("C", "S", "W", ".", '"') or (x.tag == "," and x.text in ",;:"):
            return False
        if x.tag == "V" and x.form != "ing":
            return True
    return False


def _has_particle(tokens: list[Token], i: int, lemma: str, grammar: Grammar) -> bool:
    """Whether the words behind are a particle that this verb takes: "rules out"."""
    return any(
        len(p) == 1
        and p[0] in ("out", "up", "down", "off", "back", "over", "upon")
        and tuple(t.lower for t in tokens[i + 1 : i + 1 + len(p)]) == p
        for p in grammar.particles.get(lemma, ())
    )


def _after_that(tokens: list[Token], i: int, grammar: Grammar) -> bool:
    """Whether the word stands in a demand: "asks that the council grant ..."."""
    j = i - 1
    while j >= 0 and (tokens[j].tag in ("A", "U", "N", "Q", "J", "D", "G", "X", "#") or tokens[j].text in "()"):
        j -= 1
    if not (1 < j + 1 < i and tokens[j].lower == "that"):
        return False
    if tokens[j - 1].tag != "V":
        return tokens[j - 1].lower in grammar.classes["demanding_nouns"]  # "the demand that Chad return the ship"
    lemma = tokens[j - 1].lemma  # what is said to be so is not asked for: "says that a Chadian glide bomb struck"
    return lemma not in grammar.classes["reporting_verbs"] or lemma in grammar.classes["demanding_verbs"]


# Nouns that stand before another noun and say what kind it is ("drone strikes").
_MODIFIER_NOUNS = frozenset(
    [
        "air",
        "drone",
        "missile",
        "rocket",
        "artillery",
        "bomb",
        "mortar",
        "cyber",
        "terror",
        "terrorist",
        "suicide",
        "ceasefire",
        "peace",
        "trade",
        "border",
        "prisoner",
        "arms",
        "car",
        "tank",
        "gas",
        "oil",
        "summit",
        "security",
        "war",
        "nuclear",
        "cruise",
        "ballistic",
        "ground",
        "truck",
        "gun",
        "knife",
        "shell",
        "sniper",
        "naval",
        "test",
        "weapons",
        "hostage",
        "food",
        "aid",
        "police",
        "arson",
        "ransomware",
        "market",
        "tariff",
        "import",
        "export",
        "travel",
        "flight",
        "visa",
        "asset",
        "vehicle-ramming",
        "vehicle",
        "ramming",
        "helicopter",
        "glide",
        "suicide-bomb",
        "kamikaze",
        "cluster",
    ]
)


def _coordinated(tokens: list[Token], i: int) -> bool:
    """Whether the words before ``i`` end in two names or nouns joined by "and"."""
    j = i - 1
    while j >= 0 and tokens[j].tag in ("A", "U", "N", "Q", "J", "D", "G", "X"):
        j -= 1
    return j > 0 and tokens[j].lower in ("and", "&") and tokens[j - 1].tag in ("A", "U", "N", ",")


def _adjective_as_noun(prev: Token, tokens: list[Token], i: int) -> bool:
    """Whether a demonym like "Chinese" stands alone as the people: "the Chinese say"."""
    j = tokens.index(prev)
    return j > 0 and tokens[j - 1].lower == "the" and tokens[i].lower in ("say", "says", "have", "are", "were")


_OPENS_OBJECT = frozenset({"a", "an", "the", "two", "three", "four", "five", "several", "his", "her"})


def _is_one_person(tokens: list[Token], at: int) -> bool:
    """Whether the adjective at ``at`` is somebody: "a Russian", "a 19-year-old Palestinian"."""
    found = tokens[at].mention
    if found is None or found.kind is not MentionKind.DEMONYM:
        return False
    j = at - 1
    while j >= 0 and (tokens[j].tag in ("#", "J") or tokens[j].lower in ("-", "year-old", "old", "year")):
        j -= 1
    return j >= 0 and tokens[j].lower in ("a", "an", "one")


def _stands_as_object(tokens: list[Token], i: int, grammar: Grammar) -> bool:
    """Whether the noun phrase that ends before ``i`` is the object of a verb that takes no clause: "questioned the UN"."""
    j = i - 1
    while j >= 0 and tokens[j].tag in ("A", "U", "Q", "J", "D"):
        j -= 1
    return j >= 0 and tokens[j].tag == "V" and bool(tokens[j].form) and tokens[j].lemma not in grammar.classes["reporting_verbs"]
