"""Blocks with their context in, what they state about money out: one statement an amount, with role, sign and years."""

import re
from dataclasses import dataclass, field

from kommunebudsjett.core.registry import Document
from kommunebudsjett.readers.party_budget import context, names, roles
from kommunebudsjett.readers.party_budget.amounts import Amount, find_amounts, rounded
from kommunebudsjett.readers.party_budget.blocks import ITEM, Block
from kommunebudsjett.readers.party_budget.numerals import count_of
from kommunebudsjett.readers.party_budget.sentences import FARTHEST, Part, parts_of, sentence_spans
from kommunebudsjett.readers.party_budget.signs import UNKNOWN, label_sign, own_sign
from kommunebudsjett.readers.party_budget.words import Words
from kommunebudsjett.readers.party_budget.years import YEARS, Years, duration_of, years_of
from kommunebudsjett.readers.unit_words import PER_MILLION

# Kinds of words that leave open which sign an amount has.
DOUBTFUL = ("income", "cut_noun", "refuse", "down", "fund")
SIGN_UNKNOWN = "nothing says whether the amount is spent or saved, or the words disagree"
MAY_BE_SUM = "the amount may be a sum"
NO_NAME = "no measure is named; the amount may be a sum"
SEVERAL_YEARS = "whether the amount is for each of the years or for all together is not said"
YEAR_DOUBT = "whether the year that is printed near is the amount's is not clear"
IN_PLACE = "an amount in place of another one"
ECHO = "an amount that is said again"
OF_ALL_YEARS = "a sum of the amounts of all years, which are stated too"
SOURCE = "an amount of where money is taken from"
_SEPARATED = re.compile(r"\d[ .'’\u00a0\u202f]\d{3}")
# "Skolene får 6 millioner, barnehagene 4,2 og biblioteket 1,3"
_DECIMAL = re.compile(r"\d{1,3},\d{1,2}")
_NEXT = re.compile(r",?\s(?:og|samt|mens)\s|,\s|\.?$")
_IN_MILLIONS = re.compile(r"(?:\d\s?mill|million)[^.!?]*$")
# "2026: +4,5, 2027: -2"
_BESIDE_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d\s?[:=]\s?(?:kr\.?\s)?[+\-−–]?\s?$")
# "ned fra 1 700 til 1 100"
_FROM_BARE = re.compile(r"\b(?:fra|frå|mot)\s\d[\d .,]*\s(?:til\s)?$", re.IGNORECASE)
_IN_YEAR = re.compile(r"\bi\s((?:19|20)\d\d)\b")
_LAST_DIGIT = re.compile(r"[^\W\d]\s([1-9])$")
_SEVERAL_DIGITS = re.compile(r"\d{2,}")
_GLUED = re.compile(r"[^\W\d]{3,20}(?:\s[^\W\d]+)?(?:\s(?:19|20)\d\d)?")
_LONGEST_ITEM = 120
# "60 millioner kroner i investeringer"
_INVESTED = re.compile(r"\s?(?:kroner\s|kr\.?\s)?(?:i\s(?:\w+\s)?|\s*\()investering(?:er|ar|smid\w+)?\b", re.IGNORECASE)
# So many words after "sum" name what is summed ("Sum dekning 1 240").
_NAME_OF_SUM = 2
_COUNTED = re.compile(r"\s(?:barn|elev|innbygg|person|familie|time|plass|km|menneske|år)\w{0,10}\b")
_FOR = re.compile(
    r"\s?(?:kroner\s|kr\.?\s|mer\s|meir\s|ekstra\s|går\s|settes\s|satt\s|sett\s|av\s|brukes\s)*(?:til|for|på)\s"
)
_LABEL = re.compile(r"(?:^|[.!?]\s)(\w+(?:\s\w+)?)$")
_LONGEST_LABEL = 50
# So few words beside an amount say nothing of it.
_ECHO_WORDS = 2
_LONGEST_SENTENCE = 250
_BY = re.compile(
    r"\b(?:økende|stigende|aukande|økes|økning|auke|trappes opp|stige)\s(?:ytterligere\s|videre\s)?med\s(?:\w+\s)?$",
    re.IGNORECASE,
)
_ROUNDED = 1e-6
_THOUSAND = 0.001
_OF_UNIT = re.compile(r"(?:\bi\s|\()(?:hele\s|heile\s)?$")
# "Sykkelveier   +25,0   (investering)"
_REMARK = re.compile(r"\s+\([^()]{2,60}\)\s*$")
_COUNTED_BEFORE = re.compile(
    r"(?<!\w)(\d{1,4}|[a-zæøåé]+)\s(?:\w+\s){1,3}(?:får|gis|tilføres|skal få|vil få)\s(?:\w+\s)?$", re.IGNORECASE
)
_DASHES = ("-", "–", "−")
_GROWS = re.compile(r"\b(?:øk\w*|auk\w*|stig\w*|trapp\w*|redus\w*|synk\w*|deretter|så)\b", re.IGNORECASE)
_THEN = re.compile(r"\b(?:deretter|derfra|siden|seinare|senere|så)\s(?:\w+\s)?$", re.IGNORECASE)
# "har et budsjett på 2 milliarder, og et fond på 90 millioner"
# What stands between an amount for each and what they come to.
_OF_RATE = re.compile(
    r"\s?(?:kroner|kr\.?)?\s?(?:(?:per|pr\.?|hver|kvar|/)\s?\w*\s?)?"
    r"(?:[–=-]|,?\s?(?:til sammen|tilsammen|til saman|totalt|i alt))\s?",
    re.IGNORECASE,
)
_THAT_IS = re.compile(
    r"[\s,(–-]*(?:altså|dvs\.?|det vil si|det vil seie|som er|som blir|som utgjør)\s(?:\w+\s)?", re.IGNORECASE
)
_A_SHARE = re.compile(r"(?:\bprosent|%|\bpst\.?)\sav\s", re.IGNORECASE)
_LESS_OF_IT = re.compile(
    r"\b(?:reduseres|økes|senkes|heves|kuttes|trappes|settes|reduserast|aukast|hevast|senkast|kuttast)\s"
    r"(?:den|det|de|dei|denne|dette|disse)\b(?!\s(?:av|inn|til\sside)\b)(?!\s[a-zæøå]+(?:en|et|ene|a)\b)",
    re.IGNORECASE,
)
_GIVES_THEM = re.compile(r"\W*(?:det|dette)\s(?:gir|gjev)\s\w+\s", re.IGNORECASE)
# "Høyre og Frp går motsatt vei. De vil kutte 30 millioner."
_OF_THEM = re.compile(
    r"[\W_]*(?:men\s|og\s|nå\s|så\s)?(?:de|dei)\s(?:selv\s|sjølv\s|og\s|også\s)?(?:vil|ville|har|hadde|skal|bruker|brukar"
    r"|kutter|kuttar|foreslår|føreslår|tar|tek|setter|set|øker|aukar|gir|gjev|ønsker|ønskjer|legger|legg|sparer|sparar"
    r"|henter|hentar|låner|lånar)\b",
    re.IGNORECASE,
)
_AND_A = re.compile(r"\W*(?:og|samt)\s(?:en|ei|et|eit)\s(?:\w+\s){1,2}på\s(?:\w+\s)?")
_FROM = re.compile(
    r"\s?(?:kroner\s|kr\.?\s)?(?:tas|hentes|kommer|tek|takast)?\s?(?:fra|frå)\s"
    r"(?!(?:og med|høst|haust|vår|neste|januar|august|1\.|(?:19|20)\d\d))"
)


@dataclass
class Statement:
    """An amount with what is known of it; `whole` is the statement that it is a part of."""

    block: Block
    part: Part
    amount: Amount
    role: str
    reason: str
    sign: int
    years: Years
    duration: str
    name: str
    found: list[str]
    kind: str
    area: str
    lead: context.Lead | None
    is_label: bool
    whole: "Statement | None" = None
    shared: list[str] = field(default_factory=list)

    @property
    def line(self) -> int:
        """The line of the amount."""
        return self.block.line_at(self.amount.start)

    @property
    def raw(self) -> str:
        """The printed amount."""
        return self.block.text[self.amount.start : self.amount.end]

    @property
    def before(self) -> str:
        """The words of its sentence up to the amount."""
        return self.block.text[self.part.sentence_start : self.amount.start]

    @property
    def after(self) -> str:
        """The words of its part behind the amount."""
        return self.block.text[self.amount.end : self.part.end]

    @property
    def is_taken_from(self) -> bool:
        """Whether it is said right after the amount where it is taken from."""
        return bool(_FROM.match(self.after))

    @property
    def quote(self) -> str:
        """The printed sentence."""
        return self.block.text[self.part.sentence_start : self.part.sentence_end].strip()

    @property
    def value(self) -> float:
        """The amount's size in million kroner, without its sign."""
        return abs(self.amount.change)

    @property
    def is_measure(self) -> bool:
        """Whether the amount is a measure's."""
        return self.role in roles.MEASURES

    def leave(self, role: str, reason: str) -> None:
        """Take the amount for no measure's."""
        self.role, self.reason = role, reason


class Reader:
    """Reads the statements of one document's blocks."""

    def __init__(self, document: Document, words: Words, no_money: re.Pattern[str]):
        self._document = document
        self._words = words
        self._no_money = no_money

    def amounts(self, block: Block) -> list[Amount]:
        """The amounts of a block, and the numbers without a unit that are printed like amounts."""
        found = find_amounts(block.text, self._no_money)
        return [amount for amount in found if _is_amount(block, amount)]

    def _in_unit(self, block: Block, amount: Amount, unit: str) -> Amount:
        """An amount; a number that ends an item or a line has the unit that is stated above.

        A dash before nothing but an amount opens no item: it is a minus.
        """
        if block.mark in _DASHES and not amount.start and not block.text[amount.end :].strip(" ."):
            amount = amount._replace(is_negative=True)
        after = _REMARK.sub("", block.text[amount.end :])
        if amount.form != "bare" or unit not in PER_MILLION or after.strip(" .)"):
            return amount
        if _BESIDE_YEAR.search(block.text, 0, amount.start) or _FROM_BARE.search(block.text, 0, amount.start):
            # "2026: +15, 2027: -4": what the line sums is not known.
            return amount
        return amount._replace(form="amount", value=rounded(amount.value / PER_MILLION[unit]))

    def statements(self, block: Block, about: context.Context, above: str, is_stated: bool = False) -> list[Statement]:
        """The statements of a block; `above` names what it may go on with, which has an amount where `is_stated`."""
        amounts = [self._in_unit(block, amount, about.unit) for amount in self.amounts(block)]
        digit = (
            _LAST_DIGIT.search(block.text) if about.unit in PER_MILLION and len(block.text) < _LONGEST_ITEM else None
        )
        if digit and not amounts:
            # "Klimafond 5" may be an amount in the unit that is stated above, or a name ("Byggetrinn 2").
            amounts = [Amount(digit.start(1), digit.end(1), "bare", float(digit[1]))]
        found: list[Statement] = []
        for amount, part in zip(amounts, parts_of(block.text, amounts), strict=True):
            statement = self._statement(block, amount, part, about, above)
            if is_stated and not found and statement.name == names.trimmed(above) and not statement.is_label:
                statement.leave(roles.AMBIGUOUS, "the amount may be a sum of those above")
            if found and found[-1].part.sentence_start == statement.part.sentence_start:
                self._go_on(found[-1], statement)
            elif found and found[-1].value == statement.value and _is_echo(statement):
                statement.leave(roles.SUM, ECHO)
            found.append(statement)
        return found

    def _go_on(self, above: Statement, statement: Statement) -> None:
        """Take from the amount before in the same sentence what it says for this one too."""
        text = statement.block.text
        before, part = (
            text[statement.part.start : statement.amount.start],
            text[statement.part.start : statement.part.end],
        )
        between = text[above.amount.end : statement.amount.start]
        if statement.years.each and above.is_measure and self._is_of_all_years(above, statement):
            # "2,4 mill. (0,6 mill. per år i fire år)"
            above.leave(roles.SUM, OF_ALL_YEARS)
            statement.name, statement.found, statement.sign = above.name, above.found, above.sign
        elif statement.duration == "half_year" and above.years.years == statement.years.years:
            # "1,7 mill årlig fra 2027, halvårseffekt 0,85 i 2027": the first amount is that of a whole year.
            above.years, above.duration = above.years._replace(years=(), each=False), "lasting"
            statement.name, statement.found = above.name, above.found
        elif above.role == roles.LEVEL and _THAT_IS.fullmatch(between) and _A_SHARE.search(above.before):
            # "25 prosent av reisebudsjettet på 2 millioner kroner, altså 500 000 kroner"
            statement.name, statement.found, statement.sign = above.name, above.found, statement.sign or above.sign
            statement.leave(roles.CHANGE, "")
        elif above.role == roles.LEVEL and not self._content(between) and not statement.years.years:
            statement.leave(roles.AMBIGUOUS, "what a level is compared with")
        elif above.role == roles.RATE and _OF_RATE.fullmatch(between):
            # "Ti plasser, 1,1 mill. per plass – 11 mill."
            statement.name, statement.found, statement.is_label = above.name, above.found, above.is_label
            statement.sign = statement.sign or above.sign
            if statement.reason in (NO_NAME, MAY_BE_SUM):
                statement.leave(roles.CHANGE, "")
        elif above.role == roles.LEVEL and _AND_A.fullmatch(before):
            statement.leave(roles.LEVEL, above.reason)
        elif self._ends_with("instead", between):
            statement.leave(roles.LEVEL, IN_PLACE)
            above.leave(roles.AMBIGUOUS, IN_PLACE)
        elif _BY.search(between) and not self._content(between):
            statement.leave(roles.AMBIGUOUS, roles.ON_TOP)
        elif above.years.each and statement.years.years and not statement.years.each and not self._content(part):
            # "26 mill. per år når alle er i bruk, 13 mill. i 2025": the first is for the other years.
            others = tuple(year for year in self._document.years if year not in statement.years.years)
            above.years = above.years._replace(years=others, each=False, follows=True)
            statement.name, statement.found, statement.sign = above.name, above.found, above.sign
        elif statement.years.each and above.years.years and _THEN.search(before) and not self._content(part):
            later = tuple(year for year in self._document.years if year > max(above.years.years))
            if statement.reason == NO_NAME:
                statement.role, statement.reason = above.role, above.reason
            statement.years = statement.years._replace(years=later, each=False, follows=True)
            statement.name, statement.found, statement.sign = above.name, above.found, above.sign
        elif self._is_series(above, statement, before):
            statement.name, statement.found, statement.is_label = above.name, above.found, above.is_label
            statement.sign = above.sign
            if statement.reason in (NO_NAME, roles.RAISED_TO):
                statement.role, statement.reason = above.role, above.reason
        elif above.reason == NO_NAME and above.years.years and statement.found and statement.years.years:
            above.role, above.reason = statement.role, statement.reason
            above.name, above.found, above.sign = statement.name, statement.found, above.sign or statement.sign
        elif not statement.sign and not any(self._words.has(kind, part) for kind in DOUBTFUL):
            statement.sign = above.sign

    def _is_of_all_years(self, above: Statement, statement: Statement) -> bool:
        """Whether an amount is what another one for each year comes to in all."""
        years = statement.years.years or self._document.years
        return len(years) > 1 and abs(statement.value * len(years) - above.value) < _ROUNDED

    def _ends_with(self, kind: str, text: str) -> bool:
        """Whether a word of a kind is the last of a text."""
        return any(not text[found.end() :].strip() for found in self._words.all(kind, text))

    def _is_series(self, above: Statement, statement: Statement, before: str) -> bool:
        """Whether a statement gives the amount of the same measure in other years ("5 mill i 2026, 10 mill i 2027")."""
        if not statement.years.years or above.years.years == statement.years.years:
            return False
        after = statement.block.text[statement.amount.end : statement.part.end]
        own = self._content(before) or self._content(YEARS.sub("", names.main_clause(after)))
        if not above.years.years:
            return not own and above.is_measure
        grows = self._words.has("growing", before) or _GROWS.search(before)
        return not own or bool(grows and not self._content(before))

    def _statement(self, block: Block, amount: Amount, part: Part, about: context.Context, above: str) -> Statement:
        text, words = block.text, self._words
        before, after = text[part.start : amount.start], text[amount.end : part.end]
        role, reason = roles.role_of(amount, text, part.start, part.end, part.sentence_start, words)
        kind = self._label_kind(text[max(0, amount.start - FARTHEST) : amount.start]) or about.kind
        kind = context.INVESTMENT if _INVESTED.match(after) else kind
        name, found, is_label = self._name(block, amount, part, above)
        years = years_of(before, after, self._document, words)
        if (
            about.year is not None
            and about.year in self._document.years
            and not (years.years or years.is_total or years.doubt)
        ):
            years = years._replace(years=(about.year,), each=False)
        earlier = self._sentence_above(block, part.sentence_start)
        if years == Years() and earlier and name == names.trimmed(earlier):
            # "Kunstgress på Nordre bane, byttes i 2026. Pris 4,8 mill. kr."
            stated = [int(found[1]) for found in _IN_YEAR.finditer(earlier)]
            years = Years(tuple(stated)) if len(stated) == 1 and stated[0] in self._document.years else years
        sign = self._sign(amount, block, part, kind, name if is_label else "")
        if _LESS_OF_IT.search(before) and words.has("income", earlier):
            # "Eiendomsskatten avvikles over fire år. Første år reduseres den med 15 mill. kroner."
            sign = -sign
        if words.begins("anaphor", before.lstrip(" –-")) and words.has("unchanged", earlier):
            # "Eiendomsskatten holdes uendret. Det betyr 48 millioner i inntekter."
            role, reason = roles.LEVEL, roles.KEPT
        if about.refused:
            # A cut that is refused costs. Whether refused spending is in the budget that is changed, is not said.
            turned = own_sign(about.refused, "", words) or own_sign(f"nei til {before}", after, words)
            sign = 1 if turned > 0 and amount.form == "amount" and not amount.is_negative else UNKNOWN
        elif self._is_said_before(amount, before, name, found, is_label, text[part.start : part.end]):
            sign = combined(own_sign(name, "", words), kind) or (0 if words.has("gives", before) else sign)
        statement = Statement(
            block, part, amount, role, reason, sign, years,
            duration_of(text[part.start : part.end], years, words), name, found, kind, about.area, about.lead, is_label,
        )  # fmt: skip
        if statement.is_measure:
            self._doubt(statement, before, after)
        if statement.is_measure and about.refused and not sign:
            statement.leave(roles.AMBIGUOUS, SIGN_UNKNOWN)
        if statement.is_measure and _OF_THEM.match(text, part.sentence_start) and words.has("others", earlier):
            statement.leave(roles.OTHERS, "somebody else's amount, not the measure's")
        each = roles.each_of(text, amount) if statement.is_measure else None
        if each is not None:
            self._share(statement, before, each)
        return statement

    def _is_said_before(
        self, amount: Amount, before: str, name: str, found: list[str], is_label: bool, own: str
    ) -> bool:
        """Whether the sentence before says what is done with the money ("Skatten økes. Det gir 45 millioner.")."""
        if amount.form != "amount" or amount.is_negative or is_label or not found or name.casefold() in own.casefold():
            return False
        return not any(self._words.has(kind, before) for kind in ("cost", "saving")) and not self._words.has(
            "income", own
        )

    def _label_kind(self, before: str) -> str:
        """What a word with a colon before an amount in its item makes of it ("Inndekning: ...")."""
        label = _LABEL.search(before.rpartition(":")[0][-_LONGEST_LABEL:])
        return context.SAVINGS if label and self._words.has("chapter_savings", label[1]) else ""

    def _sign(self, amount: Amount, block: Block, part: Part, kind: str, label: str) -> int:
        text = block.text
        before, after = text[part.start : amount.start], text[amount.end : part.end]
        own = label_sign(label, self._words) if label else own_sign(before, after, self._words)
        if label and not own and self._words.begins("down", after.lstrip()):
            # "Kultur: 3 mill. mindre enn kommunedirektørens forslag"
            own = own_sign(label, after, self._words)
        if amount.form in ("from_to", "instead"):
            is_income = self._words.has("income", before) and not self._words.has("deduction", before)
            own = -1 if (amount.change < 0) != is_income else 1
        elif amount.is_negative:
            minus = 1 if self._document.signs == "savings-positive" else -1
            if own == minus and kind == context.SPENDING:
                # The words and the minus agree, whatever the chapter is about.
                return minus
            own = minus if own in (UNKNOWN, minus) else UNKNOWN
        elif re.search(r"[+]\s?$", before):
            own = 1 if own >= 0 else UNKNOWN
        elif not own and block.kind == ITEM and not part.start:
            own = label_sign(before, self._words)
        return combined(own, kind)

    def _name(self, block: Block, amount: Amount, part: Part, above: str) -> tuple[str, list[str], bool]:
        """The name of what an amount is for, the words that name it, and whether it is printed as its label."""
        text = block.text
        before, after = text[part.start : amount.start], names.main_clause(text[amount.end : part.end])
        before = names.without_preamble(before)
        label = names.label_of(before)
        if label and (found := self._content(label) or names.label_words(label, self._words)):
            return label, found, True
        earlier = self._sentence_above(block, part.sentence_start) if _GIVES_THEM.fullmatch(before) else ""
        if found := self._content(earlier):
            # "Bunnfradraget heves. Det gir innbyggerne sju millioner kroner mindre i skatt."
            return names.trimmed(earlier), found, False
        lead, tail = self._content(before), names.content_words(after, self._document, self._words, is_after=True)
        if lead or tail:
            begins = _FOR.match(after)
            if tail and (not lead or (begins and (len(lead) < 2 or self._words.has("part", before)))):
                return names.trimmed(after) or names.trimmed(before + after), lead + tail, False
            joined = before + after if begins and tail else before
            return names.trimmed(joined) or names.trimmed(before + after), lead + (tail if begins else []), False
        opening = YEARS.sub("", before).strip(" –-+«(,:")
        anaphor = not opening or self._words.begins("anaphor", opening)
        earlier = self._sentence_above(block, part.sentence_start) if anaphor else ""
        if anaphor and not earlier and part.start > part.sentence_start:
            earlier = text[max(0, part.start - _LONGEST_SENTENCE) : part.start]
        name = earlier or (above if anaphor else "")
        found = self._content(name) or (re.findall(r"[^\W\d_]{4,}", earlier) if earlier else [])
        return (names.trimmed(name) if found else names.trimmed(before + after)), found, False

    def _sentence_above(self, block: Block, start: int) -> str:
        text = block.text[max(0, start - _LONGEST_SENTENCE) : start]
        above = [text[first:last] for first, last in sentence_spans(text)]
        return above[-1] if above else ""

    def _content(self, text: str) -> list[str]:
        return names.content_words(text, self._document, self._words)

    def _doubt(self, statement: Statement, before: str, after: str) -> None:
        """Leave a statement that is not a measure's for sure."""
        words, years = self._words, statement.years
        first = statement.block.text[statement.part.sentence_start : statement.amount.start].lstrip(" –-«*")
        if not statement.found:
            statement.leave(roles.AMBIGUOUS, NO_NAME)
        elif self._may_be_sum(first, statement):
            statement.leave(roles.AMBIGUOUS, MAY_BE_SUM)
        elif (words.begins("source", after.lstrip()) or _FROM.match(after)) and not words.has("take", before):
            statement.leave(roles.AMBIGUOUS, SOURCE)
        elif years.doubt:
            self._doubt_years(statement)
        elif years.years and min(years.years) < self._document.period_from:
            statement.leave(roles.LEVEL, "an amount of a year before the plan")
        if statement.is_measure and years.is_total:
            statement.role = roles.PERIOD_TOTAL

    def _may_be_sum(self, first: str, statement: Statement) -> bool:
        """Whether the words before an amount, or its label, name a sum of others; that of several years is none."""
        total = self._words.begins("total", first)
        if statement.is_label:
            of_years = statement.years.is_total or len(statement.years.years) > 1
            return not of_years and bool(total or self._words.begins("sum_of_list", first))
        most = _NAME_OF_SUM if statement.block.has_gap else 1
        return total is not None and len(first[total.end() :].split()) <= most

    def _doubt_years(self, statement: Statement) -> None:
        years = statement.years.years
        if len(years) > 1 and statement.kind == context.INVESTMENT:
            statement.role = roles.PERIOD_TOTAL
        else:
            statement.leave(roles.AMBIGUOUS, SEVERAL_YEARS if years else YEAR_DOUBT)

    def _share(self, statement: Statement, before: str, each: str) -> None:
        """Give an amount for each of several receivers to each of them, or multiply it."""
        named = names.receivers(before) if not each else []
        counted = _COUNTED_BEFORE.search(before)
        count = count_of(each) if each else count_of(counted[1]) if counted else None
        if named:
            statement.shared = named
        elif count and count > 1:
            amount = statement.amount
            statement.amount = amount._replace(value=round(amount.value * count, 9))
        else:
            statement.leave(roles.AMBIGUOUS, "an amount for each of several, and how many is not said")


def _is_echo(statement: Statement) -> bool:
    """Whether a sentence says little but an amount again ("To millioner, ordfører.")."""
    start, end = statement.part.sentence_start, statement.part.sentence_end
    text = statement.block.text
    return len(f"{text[start : statement.amount.start]} {text[statement.amount.end : end]}".split()) <= _ECHO_WORDS


def _is_amount(block: Block, amount: Amount) -> bool:
    """Whether a number is an amount: "(i 1000 kr)" is a unit, and what has no unit must be printed like an amount."""
    if amount.form == "bare":
        return _is_amount_like(block, amount)
    return not (amount.value == _THOUSAND and _OF_UNIT.search(block.text, 0, amount.start))


def _is_amount_like(block: Block, amount: Amount) -> bool:
    """Whether a number without a unit is printed as an amount: with thousands set apart, or last in its line."""
    raw, after = block.text[amount.start : amount.end], _REMARK.sub("", block.text[amount.end :])
    if block.has_gap and not after.strip():
        return True
    if (
        _DECIMAL.fullmatch(raw)
        and _NEXT.match(after)
        and _IN_MILLIONS.search(block.text[: amount.start][-_LONGEST_ITEM:])
    ):
        return True
    if _BESIDE_YEAR.search(block.text, 0, amount.start):
        return True
    if _DECIMAL.fullmatch(raw) and not after.strip(" .)"):
        return True
    last = not after[:30].strip(" .)") or bool(_GLUED.fullmatch(after))
    return bool(_SEPARATED.search(raw) or (last and _SEVERAL_DIGITS.fullmatch(raw))) and not _COUNTED.match(after)


def combined(own: int, kind: str) -> int:
    """The sign by a statement's own words and by what it is printed under; unknown where they disagree."""
    if kind in (context.SAVINGS, context.INCOME):
        return UNKNOWN if own > 0 and kind == context.SAVINGS else own if own else -1
    if kind == context.SPENDING:
        return UNKNOWN if own < 0 else 1
    return own or 1 if kind == context.INVESTMENT else own


def is_item(block: Block, statements: list[Statement]) -> bool:
    """Whether a block is one of a list: marked so, or a short text that is about its amount."""
    if block.kind == ITEM or not statements:
        return block.kind == ITEM
    return len(block.text) < _LONGEST_ITEM and (
        statements[-1].lead is not None or not block.text.endswith((".", "!", ":"))
    )
