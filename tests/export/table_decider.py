# SPDX-License-Identifier: Apache-2.0
"""Decides from `licet law export json` alone, as docs/table-format.md says.

This is a second program: it knows the document and nothing of licet's sources. It is written to be
read beside the document, not to be fast.

    law = Law(json.loads(text))
    law.decide("contact", {"country": "fr", "channel": "email", ...})
"""
import bisect
import calendar
import datetime
import zoneinfo

UNKNOWN = None
SILENT, IMPOSSIBLE, NOT_EXPORTED = -1, -2, -2147483648
DAY_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def plus_months(day, months):
    """Adds months; a day number that the month lacks becomes its last day."""
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return datetime.date(year, month + 1, min(day.day, last))


def easter(year):
    """Gives Easter Sunday in the Gregorian calendar (Meeus, Jones, Butcher)."""
    a, (b, c) = year % 19, divmod(year, 100)
    (d, e), g = divmod(b, 4), (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    l = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 19 * l) // 433
    month = (h + l - 7 * m + 90) // 25
    return datetime.date(year, month, (h + l - 7 * m + 33 * month + 19) % 32)


class Calendar:
    """Holidays and time zones of a pack."""

    def __init__(self, given):
        self.zone, self.zones, self.holidays = given["zone"], given["zones"], given["holidays"]

    def is_holiday(self, day):
        for holiday in self.holidays:
            if holiday.startswith("easter"):
                offset = datetime.timedelta(days=int(holiday[6:] or 0))
                if easter(day.year) + offset == day:
                    return True
            elif holiday == day.strftime("%m-%d"):
                return True
        return False

    def plus_working_days(self, day, count):
        while count > 0:
            day += datetime.timedelta(days=1)
            count -= day.weekday() != 6 and not self.is_holiday(day)
        return day


NO_HOLIDAYS = Calendar({"zone": "", "zones": {}, "holidays": []})


class Law:
    """A law read from JSON. `decide` gives answer, rule, reasons, duties, missing, certainty."""

    def __init__(self, given):
        assert given["format"] == "licet-table/1", given["format"]
        self.facts = {fact["name"]: fact for fact in given["facts"]}
        self.fact_order = {name: i for i, name in enumerate(self.facts)}
        self.backgrounds = {one["name"]: one["facts"] for one in given["backgrounds"]}
        self.questions = {one["id"]: one for one in given["questions"]}
        self.variables = given["variables"]
        self.rules = given["rules"]
        self.tables = {one["question"]: one for one in given["tables"]}
        self.pack_of, self.stand_in, self.calendar_of = {}, {}, {}
        for pack in given["packs"]:
            for country in pack["countries"]:
                self.pack_of[country] = pack
        for pack in given["packs"]:
            for country in pack["members"]:
                if country not in self.pack_of:
                    self.stand_in.setdefault(country, pack["countries"][0])
                self.pack_of.setdefault(country, pack)
        for country, pack in self.pack_of.items():
            if pack["calendar"]:
                self.calendar_of[country] = Calendar(pack["calendar"])

    # ---- facts -------------------------------------------------------------------------------
    def read(self, given):
        """Turns what people write into values: words, numbers, dates, "never"."""
        facts = {}
        for background in given.get("background", ()):
            for name, value in self.backgrounds[background]:
                facts[name] = self.value(name, value)
        for name, value in given.items():
            if name != "background":
                facts[name] = self.value(name, value)
        return self.derived(facts)

    def value(self, name, value):
        if isinstance(value, bool):
            value = "yes" if value else "no"
        kind = self.facts[name]["type"]
        if kind in ("bool", "enum"):
            assert value in self.facts[name]["values"], (name, value)
            return value
        if kind == "count":
            return int(value)
        if kind == "time":
            hour, minute = value.split(":")
            return int(hour) * 60 + int(minute)
        if kind in ("date", "moment") and value != "never":
            return (datetime.date.fromisoformat(value) if len(value) == 10 else
                    datetime.datetime.fromisoformat(value.replace("Z", "+00:00")))
        return value

    def derived(self, facts):
        """Adds what follows from the moment and the place of the recipient."""
        at = facts.get("at")
        if at is None or at == "never":
            return facts
        rules_of_days = self.calendar_of.get(facts.get("country"))
        if isinstance(at, datetime.datetime):
            if rules_of_days:
                zone = rules_of_days.zones.get(facts.get("region"), rules_of_days.zone)
                at = at.astimezone(zoneinfo.ZoneInfo(zone))
                facts.setdefault("local_time", at.hour * 60 + at.minute)
            at = at.date()
        facts["at"] = at
        facts.setdefault("weekday", DAY_NAMES[at.weekday()])
        if rules_of_days:
            facts.setdefault("public_holiday", "yes" if rules_of_days.is_holiday(at) else "no")
        return facts

    # ---- codes -------------------------------------------------------------------------------
    def codes(self, facts):
        return [self.code(variable, facts) for variable in self.variables]

    def code(self, variable, facts):
        value = facts.get(variable["fact"])
        kind = variable["kind"]
        if kind == "after":
            other = facts.get(variable["other"])
            if value == "never" or other == "never":
                return 0
            if value is None or other is None:
                return UNKNOWN
            return int(day_of(value) > day_of(other))
        if value is None:
            return variable["presumed"]
        real_size = variable["size"] - (variable["presumed"] is not None)
        if kind == "words":
            fact = self.facts[variable["fact"]]
            is_unchecked = fact["register"] and value == "not_checked"
            return UNKNOWN if is_unchecked else fact["values"].index(value)
        if kind == "key":
            if variable["fact"] == "country":
                value = self.stand_in.get(value, value)
            return variable["keys"].index(value) if value in variable["keys"] else real_size - 1
        if kind == "count":
            return bisect.bisect_right(variable["thresholds"], value)
        if value == "never":
            return real_size - 1
        if kind == "day":
            return bisect.bisect_right(variable["thresholds"], day_of(value).isoformat())
        return self.age(variable, day_of(value), facts, real_size - 1)

    def age(self, variable, start, facts, never):
        at = facts.get("at")
        if at is None or at == "never":
            return UNKNOWN
        at = day_of(at)
        if start > at:
            return never
        exceeded = 0
        for threshold in variable["ages"]:
            last = self.last_day(start, threshold["count"], variable["unit"], facts)
            if at < last or (threshold["inclusive"] and at == last):
                break
            exceeded += 1
        return exceeded

    def last_day(self, start, count, unit, facts):
        if unit == "days":
            return start + datetime.timedelta(days=count)
        if unit == "months":
            return plus_months(start, count)
        days = self.calendar_of.get(facts.get("country"), NO_HOLIDAYS)
        return days.plus_working_days(start, count)

    # ---- the table ---------------------------------------------------------------------------
    def children(self, cells, node, codes):
        code = codes[cells[node]]
        if code is not UNKNOWN:
            return [cells[node + 1 + code]]
        variable = self.variables[cells[node]]
        real_size = variable["size"] - (variable["presumed"] is not None)
        return cells[node + 1:node + 1 + real_size]

    def ends(self, cells, node, codes):
        """Gives all ends that can be reached while unknown facts take all their values."""
        seen, found, todo = set(), set(), [node]
        while todo:
            node = todo.pop()
            if node < 0:
                found.add(node)
            elif node not in seen:
                seen.add(node)
                todo += self.children(cells, node, codes)
        return found - {IMPOSSIBLE}

    def reason(self, end):
        """Gives (number of the rule, True if its conduct is known to be broken)."""
        return (-end - 3) // 2, (-end - 3) % 2 == 1

    def answer(self, end, question):
        if end == SILENT:
            return question["otherwise"]
        rule, is_broken = self.reason(end)
        return question["answers"][0] if is_broken else self.rules[rule]["answer"]

    def decide(self, name, given):
        facts = self.read(given)
        question, table = self.questions[name], self.tables[name]
        undetermined = {"answer": "undetermined", "rule": None, "reasons": [], "duties": [],
                        "missing": ["country"], "certainty": "settled"}
        country = facts.get("country")
        if country is not None and name not in self.pack_of.get(country, {}).get("questions", ()):
            return undetermined
        codes = self.codes(facts)
        ends = self.ends(table["cells"], table["decision"], codes)
        if NOT_EXPORTED in ends:
            return undetermined
        answers = {self.answer(end, question) for end in ends}
        deciding = sorted(self.reason(end) for end in ends - {SILENT})
        if len(answers) != 1:
            undetermined["missing"] = self.missing(table, codes, question)
            undetermined["reasons"] = [self.rules[rule]["id"] for rule, _ in deciding]
            return undetermined
        by_root = [self.ends(table["cells"], node, codes) for _, node in table["roots"]]
        return self.worded(answers.pop(), deciding, by_root, question)

    def worded(self, answer, deciding, by_root, question):
        strictest = question["answers"][0]

        def possible(root):
            return sorted(self.reason(end) for end in root - {SILENT})

        def surely(root):
            return bool(root) and SILENT not in root and all(
                self.answer(end, question) == answer for end in root)

        def is_debatable(reason):
            return self.rules[reason[0]]["certainty"] == "debatable"

        sure = [possible(root) for root in by_root if surely(root)]
        reasons = []
        for root in sure:
            reasons += [one for one in root if len(root) == 1 and one not in reasons]
        reasons = reasons or (sure[0] if sure else deciding)
        certainty, duties = "settled", []
        if answer == strictest:
            is_certain = any(not any(map(is_debatable, root)) for root in sure)
            if any(map(is_debatable, deciding)) and not is_certain:
                certainty = "debatable"
        else:
            for reason in (one for root in by_root for one in possible(root)):
                rule, is_broken = self.rules[reason[0]], reason[1]
                if is_broken:
                    continue
                carries = rule["answer"] is not None or not rule["root"] or rule["duties"]
                if carries and is_debatable(reason):
                    certainty = "debatable"
                duties += [duty for duty in rule["duties"] if duty not in duties]
        return {"answer": answer, "rule": self.rules[reasons[0][0]]["id"] if reasons else None,
                "reasons": [self.rules[rule]["id"] for rule, _ in reasons], "duties": duties,
                "missing": [], "certainty": certainty}

    def missing(self, table, codes, question):
        """Gives the facts that matter: those that the reduced table of answers still tests."""
        cells, built, unique, support = table["cells"], {}, {}, set()

        def build(node):
            if node < 0:
                return None if node == IMPOSSIBLE else self.answer(node, question)
            if node not in built:
                ends = [build(child) for child in self.children(cells, node, codes)]
                real = [end for end in ends if end is not None]
                if not real or all(end == real[0] for end in real):
                    built[node] = real[0] if real else None
                else:
                    key = (cells[node], *ends)
                    built[node] = unique.setdefault(key, len(unique))
                    support.add(self.variables[cells[node]]["fact"])
            return built[node]

        build(table["decision"])
        return sorted(support, key=self.fact_order.get)


def day_of(value):
    return value.date() if isinstance(value, datetime.datetime) else value
