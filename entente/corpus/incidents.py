"""When two reports, or two tellings of one article, are of the same event. Conservative: what is not clearly the same stays apart,
and each merge says why."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from entente.model import EventType, Precision, Status

# Reports of one event are published close together.
PUBLISHED_WITHIN = dt.timedelta(days=3)
_COARSEST = dt.timedelta(days=31)
# How long after an act a headline still tells it as the day's news.
_HEADLINES_LAG = dt.timedelta(days=3)
# Share of the shorter sentence's content words that the other must have. A pair meets or agrees once a day, if at all; what it
# may do many times a day, as strike or blame, must share a name or a number besides; where only the class is the same, more.
_SHARED_ONCE_A_DAY = 0.1
_SHARED_SAME_TYPE = 0.25
_SHARED_SAME_QUAD = 0.5
# Share of the names that must be shared, where an act may be done many times a day.
_SHARED_NAMES = 0.5
# Where one of them gives no name, nothing contradicts the other's; then this many words must be shared, and this share.
_FEWEST_UNNAMED = 3
_SHARED_UNNAMED = 0.3
# So few words are said of an act that one other thing among them, sugar for maize, makes it another act.
_FEW_WORDS = 4
_SHARED_IN_FEW = 0.75
# Beside these of the other telling, a telling in few words may have as many more.
_FEWEST_CONTAINED = 2
_MOST_BESIDE = 2
# Copies of one sentence are one telling, names or not, if it says a little beside who did what.
_VERBATIM = 0.9
_FEWEST_VERBATIM = 5
# Words of many places, and with them capitalised words that stand in the names of many places and offices; cut as content words are.
_OF_PLACES_WORDS = """
oblast district region province governorate strip bank west western east eastern north northern south southern central city state
territory village town capital
"""
_OF_PLACES = frozenset(w[:6] for w in _OF_PLACES_WORDS.split())
_GENERIC_WORDS = """
hospital camp school ministry minister president prime foreign defence defense army forces force air military general
monday tuesday wednesday thursday friday saturday sunday
january february march april june july august september october november december
"""
_GENERIC = _OF_PLACES | {w[:6] for w in _GENERIC_WORDS.split()}
# Words that say nothing of what was done: they join no reports. The day is compared as a date, not as a word.
_EMPTY_WORDS = """
the and for its his her our has had was are who but not nor yet off out all any may can own via per one its she him you way now new
that this these those with from after before their them they there then than when where which while what whom whose were been being
have having will would could should shall might must into onto over about more most some such also only both each other between
against during under upon very just said says told according people civilian civilians killed killing dead wounded wounding attack attacks
officials government least others several dozens including injured injuring
monday tuesday wednesday thursday friday saturday sunday weekend week month year today yesterday night
january february march april june july august september october november december
"""
_EMPTY = frozenset(_EMPTY_WORDS.split())
# One thing by several names, a line a thing: told by either, it is told alike.
_ALIKE_LINES = """
troops troop soldiers soldier forces fighters army armies military
aircraft airplane airplanes plane planes jet jets warplane warplanes airstrike airstrikes
ship ships vessel vessels warship warships frigate frigates
deal deals pact accord treaty agreement
talks negotiations negotiation negotiated negotiators summit meeting encounter
truce ceasefire armistice
contacts contact links link ties relations channels
duties tariffs tariff levy levies
terms conditions demands
migrants migrant deportees deported
prisoners prisoner captives hostages hostage
murder death
border borders frontier frontiers
spying espionage
ambassador ambassadors envoy envoys
"""
_ALIKE = {word: line.split()[0] for line in _ALIKE_LINES.strip().splitlines() for word in line.split()}
# Cut as content words are: who meets and signs, and that it is a talk or a deal.
_SAYING_LITTLE = _GENERIC | {"deal", "talks", "discus", "leader", "delega", "diplom", "counte", "chance"}
# By whose hand somebody acts, which tells no act from another; cut as content words are, of one thing as one.
_HANDS = frozenset({"troops", "aircra", "air", "force", "navy", "police", "offici"})
_TOLL = "toll"
_ONCE_A_DAY = (EventType.AGREE, EventType.CONSULT)
# What one side may do to another several times on one day, each time another event.
_OFTEN = (
    EventType.ASSAULT, EventType.ACCUSE, EventType.REQUEST, EventType.REJECT, EventType.THREATEN, EventType.SANCTION,
    EventType.PROTEST, EventType.MOBILIZE, EventType.COERCE,
)  # fmt: skip
# How the basis of a date begins that no word of the sentence gives: the day of publication, or the sentence before.
_PUBLISHED, _GOES_ON = "published", "goes on from"
_WORD = re.compile(r"[^\W_]{3,}|\d[\d,.]*\d|\d")
# Statuses by which tellings of one act do not contradict each other.
STATUS_CLASS = {
    Status.HAPPENED: "happened",
    Status.BACKGROUND: "happened",
    Status.PLANNED: "ahead",
    Status.POSSIBLE: "ahead",
    Status.DEMANDED: "demanded",
    Status.DENIED: "denied",
}


@dataclass(frozen=True, slots=True)
class Report:
    """What the rule needs to know of one article's telling of an event.

    ``first`` and ``last`` are the days its date covers; ``said`` the longer words of its sentence, ``words`` and ``names`` those of
    ``content_words``, ``places`` the codes of countries that its sentence names beside the parties; ``headline`` whether that is the
    article's title, ``pattern`` the entry of the lexicon that read the act, under which verbs of one meaning stand. Of the whole article
    are ``story``, the content words of its title and of all its tellings, and ``acts``, who it says did something to whom on which day.
    """

    event_id: str
    article_id: str
    pairs: frozenset[tuple[str, str]]
    parties: frozenset[str]
    type: str
    quad: str
    status: str
    precision: str
    basis: str
    first: dt.date
    last: dt.date
    published: dt.date
    said: frozenset[str]
    words: frozenset[str]
    names: frozenset[str]
    places: frozenset[str] = frozenset()
    headline: bool = False
    pattern: str = ""
    story: frozenset[str] = frozenset()
    acts: frozenset[tuple[str, str, dt.date]] = frozenset()


def all_words(sentence: str) -> frozenset[str]:
    """The words of four letters or more and the figures of a sentence, in lower case."""
    return frozenset(word.lower() for word in _WORD.findall(sentence) if len(word) > 3 or word[0].isdigit())


def content_words(sentence: str, own: Iterable[str] = ()) -> tuple[frozenset[str], frozenset[str]]:
    """What a sentence says beside who did what: its words cut to their stem, those of one thing as one; and of these the names.

    ``own`` are the words that name actor, recipient and act; they and their kin (Ukraine, Ukrainian) are left out.
    """
    left_out = {w[:4].lower() for words in own for w in _WORD.findall(words)}
    found = [m for m in _WORD.finditer(sentence) if m[0][:4].lower() not in left_out and m[0].lower() not in _EMPTY]
    # In a headline with a capital on every word, capitals tell nothing.
    told = len(found) < 4 or sum(m[0][0].isupper() for m in found) <= 0.6 * len(found)
    names = {m[0][:6].lower() for m in found if told and m[0][0].isupper() and m.start() > 0} - _GENERIC
    return frozenset(_ALIKE.get(m[0].lower(), m[0].lower())[:6] for m in found), frozenset(names)


def directed_pairs(actor: Iterable[str], recipient: Iterable[str]) -> frozenset[tuple[str, str]]:
    """Who did it to whom, as pairs of different codes; a symmetric act gives both directions."""
    recipients = tuple(recipient)
    return frozenset((a, r) for a in actor for r in recipients if a != r)


def with_story(reports: Iterable[Report], title: str) -> list[Report]:
    """The reports of one article of that title, with what the whole of it tells."""
    told = list(reports)
    story = content_words(title)[0].union(*(report.words for report in told))
    acts = frozenset((*pair, r.first) for r in told if r.precision == Precision.DAY for pair in r.pairs)
    return [dataclasses.replace(report, story=story, acts=acts) for report in told]


def same_event(one: Report, other: Report) -> str:
    """Why both reports are of the same event, in words; "" when they are kept apart."""
    if (
        one.article_id == other.article_id
        or one.quad != other.quad
        or STATUS_CLASS[Status(one.status)] != STATUS_CLASS[Status(other.status)]
    ):
        return ""
    if abs(one.published - other.published) > PUBLISHED_WITHIN:
        return ""
    mediation = _one_mediation(one, other)
    if not one.pairs & other.pairs or not (one.parties <= other.parties or other.parties <= one.parties or mediation):
        return ""
    same_type = one.type == other.type
    if weekend := _look_back_on_weekend(one, other):
        return f"same parties, both {one.type}, {weekend}"
    dates = _same_when(one, other, same_type)
    if not dates:
        return ""
    kind = f"both {one.type}" if same_type else f"{one.type} and {other.type}, both {one.quad}"
    back = "" if mediation or _told_alike(one, other, same_type) else _look_back(one, other, same_type)
    if back is None:
        return ""
    parties = "a mediation between the same" if mediation else "same parties"
    return f"{parties}, {kind}, {dates}{back}, {_shared(one, other):.0%} of the words shared"


def headlines_told(reports: Iterable[Report]) -> dict[str, tuple[Report, str]]:
    """The headlines among the reports of articles whose act the article's own text dates: each with the text's report and the reason.

    A headline seldom gives a day; its act is then taken to be of the day of publication, and would be another event than the same
    act in the text, "on Sunday". The text's nearest day before publication is the one meant.
    """
    by_article: dict[str, list[Report]] = defaultdict(list)
    for report in reports:
        by_article[report.article_id].append(report)
    out = {}
    for told in by_article.values():
        for one in told:
            if not one.headline or not _assumed(one):
                continue
            dated = [other for other in told if _dates_headline(other, one)]
            if dated:
                best = max(dated, key=lambda r: (r.last, r.first, r.event_id))
                day = f"of {best.first}" if best.precision == Precision.DAY else f"between {best.first} and {best.last}"
                out[one.event_id] = best, f"the headline gives no day, and the text of the article tells the same act {day}"
    return out


def _dates_headline(text: Report, headline: Report) -> bool:
    """Whether a report of an article's text tells, with a day or week, the act of its headline.

    Of several acts of one type the text may date another. Where its sentence has the day only from the one before, or both name
    people or places, they must have something in common.
    """
    doubtful = bool(text.names and headline.names) or text.basis.startswith(_GOES_ON)
    return (
        not text.headline
        and not _assumed(text)
        and text.precision in (Precision.DAY, Precision.WEEK)
        and text.type == headline.type
        and text.pairs == headline.pairs
        and text.parties == headline.parties
        and STATUS_CLASS[Status(text.status)] == STATUS_CLASS[Status(headline.status)]
        and text.first <= headline.first <= text.last + _HEADLINES_LAG
        and bool(_things(text, headline) or not doubtful)
    )


def _shared(one: Report, other: Report) -> float:
    """The share of the shorter telling's content words that the other has."""
    return len(one.words & other.words) / max(1, min(len(one.words), len(other.words)))


def _said_in_both(one: Report, other: Report) -> float:
    """The same share where a word counts too that the other has in its name for the act: "committed themselves to consult"."""
    return len(_in_both(one, other)) / max(1, min(len(one.words), len(other.words)))


def _in_both(one: Report, other: Report) -> frozenset[str]:
    return (one.words & _stems(other)) | (other.words & _stems(one))


def _told_alike(one: Report, other: Report, same_type: bool) -> bool:
    """Whether the words of two tellings of one day speak for one event."""
    if same_type and len(one.said & other.said) >= max(_FEWEST_VERBATIM, _VERBATIM * len(one.said | other.said)):
        return True
    vague = not one.precision == other.precision == Precision.DAY
    if _told_in_few(one, other, vague):
        return True
    if _tell_apart(one, other):
        return False
    shared = _shared(one, other)
    once = same_type and one.type in _ONCE_A_DAY
    if once and one.first == other.first and not vague:
        shared = max(shared, _said_in_both(one, other))
    contradicted = bool(one.names and other.names) or _others_named(one, other)
    if same_type and not contradicted and _things(one, other) and _said(one) and _aligned(one, other):
        return True
    needed = _SHARED_SAME_QUAD if not same_type or vague else _SHARED_ONCE_A_DAY if once else _SHARED_SAME_TYPE
    if shared < needed:
        return False
    unnamed = not contradicted and shared >= _SHARED_UNNAMED and len(_things(one, other)) >= _FEWEST_UNNAMED
    return once or unnamed or (_named_alike(one, other) and _same_place_and_thing(one, other)) or _same_figure(one, other)


def _named_alike(one: Report, other: Report) -> bool:
    """Whether the shorter telling's names are mostly the other's too. Half is enough, but not of an attack: two hit one city."""
    shared, fewest = len(one.names & other.names), min(len(one.names), len(other.names))
    return shared > _SHARED_NAMES * fewest or (one.type != EventType.ASSAULT and 0 < shared == _SHARED_NAMES * fewest)


def _same_place_and_thing(one: Report, other: Report) -> bool:
    """Whether two tellings have, beside one name, something else in common, if it is an act of which a day may see several: two attacks in one
    town, two charges over it. What one has in its name for the act counts: "threatened with a strike", "threatened to strike". Of a toll
    only an attack has one that was told before."""
    names = one.names & other.names
    if one.type not in _OFTEN or len(names) > 1 or _TOLL in one.words | other.words:
        return True
    return bool(_in_both(one, other) - _HANDS - _OF_PLACES - names)


def _things(one: Report, other: Report) -> frozenset[str]:
    """What both say beside the kind of place and by whose hand."""
    return (one.words & other.words) - _HANDS - _OF_PLACES


def _told_in_few(one: Report, other: Report, vague: bool) -> bool:
    """Whether two tellings, of which one is short, say the same of one act: "recalled" or "withdrew its ambassador".

    Verbs under one pattern are one. What is done once a day at most may be told at more length by the other. Of what may be done
    often a telling in one word must be the other's, and one in more may lack little, and nobody else may be named by the way; a day
    and a week must have the same words, and of what may be done often they prove nothing.
    """
    mine, others = _done(one), _done(other)
    if not one.pattern or one.pattern != other.pattern or not mine & others:
        return False
    shorter, longer = sorted((mine, others), key=len)
    often = one.type in _OFTEN
    if often and _others_named(one, other):
        return False
    if vague:
        return not often and mine == others and len(shorter) >= _FEWEST_CONTAINED
    if not often or len(shorter) >= _FEWEST_CONTAINED:
        return shorter <= longer and (not often or len(longer - shorter) <= _MOST_BESIDE)
    return mine == others


def _others_named(one: Report, other: Report) -> bool:
    """Whether both name somebody beside the parties, and nobody in common: a deal with Cyprus and one with Egypt."""
    return bool(one.places and other.places) and not one.places & other.places


def _done(report: Report) -> frozenset[str]:
    """What its content words say was done, not by whose hand: "its army" or "its jets"."""
    return report.words - _HANDS or report.words


def _tell_apart(one: Report, other: Report) -> bool:
    """Whether each says of the act, in few words and with no name in common, what the other does not: maize and sugar.

    Of what a pair does once a day at most, only if nothing is in common but who sat there and that it was a deal or a talk.
    """
    mine, others = _done(one), _done(other)
    only_one, only_other = mine - _stems(other), others - _stems(one)
    fewest = min(len(mine), len(others))
    if not (only_one and only_other and fewest <= _FEW_WORDS) or one.names & other.names:
        return False
    if one.type == other.type and one.type in _ONCE_A_DAY and one.precision == other.precision == Precision.DAY:
        return (mine - only_one) | (others - only_other) <= _SAYING_LITTLE
    return len(mine & others) < _SHARED_IN_FEW * fewest


def _stems(report: Report) -> frozenset[str]:
    """Its content words, and all words of its sentence cut as those are."""
    return report.words | {w[:6] for w in report.said}


def _look_back(one: Report, other: Report, same_type: bool) -> str | None:
    """How the later report looks back on what the earlier told; None when it does not.

    News of another act comes on its day; a later article that goes back to a day names what readers know already, in few words of
    its own: "a day after the two had met". A pair meets once a day, so nothing more is asked of meetings; of anything else
    some word in common, and of what may be done many times a day that the later report names nothing by which it could be another.
    Figures that differ speak against it.
    """
    earlier, later = sorted((one, other), key=lambda r: r.published)
    if not same_type or one.pairs != other.pairs or not earlier.published < later.published > later.first:
        return None
    if one.precision != Precision.DAY or other.precision != Precision.DAY or _assumed(later) or _assumed(earlier):
        return None
    if (mine := _figures(one)) and (others := _figures(other)) and not mine & others:
        return None
    if one.type != EventType.CONSULT and _shared(one, other) < _SHARED_ONCE_A_DAY:
        return None
    if one.type in _OFTEN and (later.names or _others_named(one, other)):
        return None
    if later.published - later.first <= dt.timedelta(days=1) and _tell_apart(one, other):
        return None  # the day after is the day on which most papers tell the act itself
    return ", on which the later one looks back"


def _one_mediation(one: Report, other: Report) -> bool:
    """Whether both tell on one day of a mediation between the same two or more, by mediators of whom each may name some."""
    between = {recipient for _, recipient in one.pairs}
    return (
        one.type == other.type == EventType.CONSULT
        and len(between) > 1
        and between == {recipient for _, recipient in other.pairs}
        and not between & {actor for actor, _ in one.pairs | other.pairs}
        and bool(one.pairs & other.pairs)
        and one.precision == other.precision == Precision.DAY
        and one.first == other.first
    )


def _look_back_on_weekend(one: Report, other: Report) -> str:
    """How the later report tells of the weekend on which that was negotiated which the earlier one says was agreed on the Monday; "" when it
    does not. They must name a place, a name or a large figure in common, and what the agreement is about."""
    earlier, later = sorted((one, other), key=lambda r: r.published)
    if not one.type == other.type == EventType.AGREE or one.pairs != other.pairs or earlier.published == later.published:
        return ""
    if not _of_weekend(later) or earlier.precision != Precision.DAY or earlier.first - later.last != dt.timedelta(days=1):
        return ""
    if not (one.places & other.places or one.names & other.names or _same_figure(one, other)):
        return ""
    about = (later.words & earlier.story) - _SAYING_LITTLE - later.names
    return f"agreed on {earlier.first} and looked back on as of the weekend before" if about else ""


def _of_weekend(report: Report) -> bool:
    return report.precision == Precision.WEEK and report.last - report.first == dt.timedelta(days=1)


def _said(report: Report) -> bool:
    """Whether the act is one of words. What somebody says of a matter he says in one go, however the articles that tell the matter date it; a
    strike may be followed by another on the next day."""
    return report.quad.startswith("verbal")


def _aligned(one: Report, other: Report) -> bool:
    """Whether their articles tell one story: beside these reports an act between others, by the same on the same on one day, and several
    things."""
    parties = {frozenset(pair) for pair in one.pairs | other.pairs}
    others = any(frozenset(act[:2]) not in parties for act in one.acts & other.acts)
    return others and len((one.story & other.story) - _SAYING_LITTLE - _OF_PLACES) >= _FEWEST_UNNAMED


def _assumed(report: Report) -> bool:
    """Whether a report has its day from its publication alone."""
    return report.basis.startswith(_PUBLISHED)


def _figures(report: Report) -> frozenset[str]:
    """The figures it gives, years aside."""
    return frozenset(w for w in report.words if w[0].isdigit() and not re.fullmatch(r"(?:19|20)\d\d", w))


def _same_figure(one: Report, other: Report) -> bool:
    """Whether both give the same figure, as large as is seldom met by chance; years aside."""
    return any(len(w) >= 3 for w in _figures(one) & _figures(other))


def _same_when(one: Report, other: Report, same_type: bool) -> str:
    if one.precision == other.precision == Precision.DAY:
        if one.first == other.first:
            return f"both on {one.first}"
        assumed = any(e.basis.startswith((_PUBLISHED, _GOES_ON)) for e in (one, other))
        if same_type and one.type in _ONCE_A_DAY and assumed and abs(one.first - other.first) == dt.timedelta(days=1):
            return f"on {min(one.first, other.first)} or the day after, one of them dated by its publication"
        if same_type and _said(one) and assumed and abs(one.first - other.first) == dt.timedelta(days=1) and _aligned(one, other):
            return f"on {min(one.first, other.first)} or the day after, in articles that tell another act alike"
        if (
            same_type
            and one.type == EventType.AGREE
            and one.pairs == other.pairs
            and abs(one.first - other.first) == dt.timedelta(days=1)
        ):
            # Negotiated abroad from one day into the next, and dated by either.
            if one.places & other.places and one.words & other.words:
                return f"on {min(one.first, other.first)} or the day after, both in {min(one.places & other.places)}"
        return ""
    # A vague date overlaps much; the caller asks for more shared words then.
    overlap = one.first <= other.last and other.first <= one.last
    if same_type and overlap and max(one.last - one.first, other.last - other.first) <= _COARSEST:
        return f"{one.precision} and {other.precision} that overlap"
    return ""


def join_reports(links: Iterable[tuple[str, str, str]], held: dict[str, str]) -> dict[str, tuple[str, str]]:
    """Put linked reports together, whatever the order of the links.

    ``links`` are (event_id, event_id, reason); ``held`` is the incident that an event belongs to already. Returns incident and
    reason for each incident touched, by its old id or by the event's: the smallest id of a group names it.
    """
    reasons: dict[str, str] = {}
    pairs = []
    for one, other, reason in sorted(links):
        a, b = held.get(one, one), held.get(other, other)
        reasons.setdefault(a, reason)
        reasons.setdefault(b, reason)
        pairs.append((a, b))
    return {x: (group, reasons.get(x, "")) for x, group in groups_of(pairs).items()}


def groups_of(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """What hangs together by the pairs, directly or by way of others: each with the smallest of its group."""
    parent: dict[str, str] = {}

    def root(x: str) -> str:
        parent.setdefault(x, x)
        while parent[x] != x:
            parent[x] = parent[parent[x]]
            x = parent[x]
        return x

    for one, other in pairs:
        a, b = root(one), root(other)
        if a != b:
            parent[max(a, b)] = min(a, b)
    return {x: root(x) for x in parent}
