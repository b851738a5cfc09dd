#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes a policy in licet's own language: make_packs.py POLICY.json FOLDER

One pack a country (one named aa if the policy has no countries). First match becomes default and
exception: a rule is an exception to each later rule with which it can hold together. Days become
`in force`. Every rule gets a case, found by trying requests on a first-match reading of the policy,
so that `licet --packs FOLDER law test` compares the two.
"""
import datetime
import json
import os
import sys

TABLES = {
    'questions.md': """# Questions
| question | asks fr | asks en | answers | otherwise |
|---|---|---|---|---|
| contact | Ce contact est-il permis ? | May this contact be made? | forbidden allowed | forbidden |

| answer | fr | en |
|---|---|---|
| allowed | autorisé | allowed |
| forbidden | interdit | forbidden |
| undetermined | à vérifier | to be checked |
""",
    'duties.md': """# Duties
| duty | sources | fr | en |
|---|---|---|---|
| stop_link | S1 | Donnez un moyen de s'opposer. | Give a way to object. |
| name_sender | S1 | Dites qui écrit ou appelle. | Say who writes or calls. |
"""}


def facts_page(facts):
    rows = ['# Facts', '| fact | type | values | supplier | silence | changed by | fr | en |',
            '|---|---|---|---|---|---|---|---|']
    names = [fact['name'] for fact in facts]
    if 'at' not in names:
        rows.append('| at | moment | | request | open | time | le jour | the day |')
    if 'country' not in names:
        rows.append('| country | key | | contact | open | nobody | le pays | the country |')
    for fact in facts:
        name = fact['name']
        kind, values = ('enum', ' '.join(fact.get('values', [])))
        if name == 'country':
            kind, values = 'key', ''
        elif name == 'at':
            kind = 'moment'
        elif 'least' in fact:
            kind = 'count'
        rows.append('| %s | %s | %s | request | open | %s | %s | %s |'
                    % (name, kind, values, fact['by'], name, name))
    return '\n'.join(rows) + '\n'


def sources_page(rules):
    rows = ['# Sources', '| source | title | fr | en | grade | read | review by |',
            '|---|---|---|---|---|---|---|']
    rows += ['| act:%d | Act, art. %d | Loi inventée, article %d. | Invented act, article %d. | P '
             '| 2026-11-26 | 2035-11-26 |' % (n, n, n, n) for n in range(1, len(rules) + 1)]
    return '\n'.join(rows) + '\n'


def holds(when, request):
    for fact, wanted in when.items():
        value = request[fact]
        if isinstance(wanted, str):
            is_met = value == wanted
        elif isinstance(wanted, list):
            is_met = value in wanted
        else:
            is_met = (wanted.get('least', value) <= value <= wanted.get('most', value)
                      and wanted.get('from', value) <= value
                      and ('before' not in wanted or value < wanted['before']))
        if not is_met:
            return False
    return True


def can_hold_together(a, b):
    """Two conjunctions exclude each other only if they do so on one fact."""
    for fact in a.keys() & b.keys():
        one, two = a[fact], b[fact]
        if isinstance(one, dict):
            if (one.get('least', 0) > two.get('most', 2**31)
                    or two.get('least', 0) > one.get('most', 2**31)
                    or one.get('from', '') >= two.get('before', '~')
                    or two.get('from', '') >= one.get('before', '~')):
                return False
        elif not set(as_list(one)) & set(as_list(two)):
            return False
    return True


def as_list(wanted):
    return [wanted] if isinstance(wanted, str) else wanted


def conditions(when, facts):
    out = []
    for fact, wanted in when.items():
        if fact in ('country', 'at'):
            continue
        if isinstance(wanted, str):
            out.append('%s = %s' % (fact, wanted))
        elif isinstance(wanted, list):
            out.append('%s in {%s}' % (fact, ', '.join(wanted)))
        else:
            if 'least' in wanted:
                out.append('%s >= %d' % (fact, wanted['least']))
            if 'most' in wanted:
                out.append('%s < %d' % (fact, wanted['most'] + 1))
    if not out:  # always
        channel = next(fact for fact in facts if fact['name'] == 'channel')
        out.append('channel in {%s}' % ', '.join(channel['values']))
    return ', '.join(out)


def rule_text(number, rules, facts):
    rule = rules[number]
    lines = ['rule ' + rule['id']]
    above = [later['id'] for later in reversed(rules[number + 1:])
             if can_hold_together(rule['when'], later['when'])]
    if above:
        lines.append('  except to ' + ', '.join(above))
    lines.append('  answers contact = ' + rule['answer'])
    lines.append('  when ' + conditions(rule['when'], facts))
    days = rule['when'].get('at', {})
    force = [word + days[key] for key, word in (('from', ' from '), ('before', ' until '))
             if key in days]
    if force:
        lines.append('  in force' + ''.join(force))
    if rule['answer'] == 'allowed':
        lines.append('  duties stop_link, name_sender')
    lines.append('  cites act:%d' % (number + 1))
    lines.append('  tell fr "Règle %s." en "Rule %s."' % (rule['id'], rule['id']))
    return '\n'.join(lines)


class Requests:
    """Requests as all programs of this folder draw them."""

    def __init__(self, facts):
        self.facts, self.seed = facts, 12345

    def number(self):
        self.seed = (self.seed * 1664525 + 1013904223) % 2**32
        return self.seed >> 8

    def one(self):
        request = {}
        for fact in self.facts:
            if 'values' in fact:
                values = fact.get('draw', fact['values'])
                request[fact['name']] = values[self.number() % len(values)]
            elif 'least' in fact:
                span = fact['most'] - fact['least'] + 1
                request[fact['name']] = fact['least'] + self.number() % span
            else:
                first, last = map(datetime.date.fromisoformat, (fact['from'], fact['before']))
                day = first + datetime.timedelta(days=self.number() % (last - first).days)
                request[fact['name']] = day.isoformat()
        return request


def cases(policy):
    """Gives one request for each rule that it decides."""
    found, requests = {}, Requests(policy['facts'])
    for _ in range(200_000):
        request = requests.one()
        rule = next(rule['id'] for rule in policy['rules'] if holds(rule['when'], request))
        found.setdefault(rule, request)
        if len(found) == len(policy['rules']):
            return found
    raise SystemExit('no request for ' + ', '.join(
        rule['id'] for rule in policy['rules'] if rule['id'] not in found))


def rules_page(country, rules, policy, found):
    names = [fact['name'] for fact in policy['facts'] if fact['name'] != 'country']
    given = ['country = ' + country] + ['at = 2026-11-26'] * ('at' not in names)
    rows = ['# Contacts in ' + country, '```law']
    rows += [rule_text(number, rules, policy['facts']) + '\n'
             for number in reversed(range(len(rules)))]
    rows += ['```', '', 'given: ' + ', '.join(given), '',
             '| %s | expect | by |' % ' | '.join(names), '|---' * (len(names) + 2) + '|']
    for rule in rules:
        request = found[rule['id']]
        cells = [str(request[name]) for name in names] + [rule['answer'], rule['id']]
        rows.append('| ' + ' | '.join(cells) + ' |')
    return '\n'.join(rows) + '\n'


def main(path, folder):
    with open(path, encoding='utf-8') as file:
        policy = json.load(file)
    files = {'facts.md': facts_page(policy['facts']), **TABLES}
    found = cases(policy)
    for country in sorted({rule['when'].get('country', 'aa') for rule in policy['rules']}):
        rules = [rule for rule in policy['rules'] if rule['when'].get('country', 'aa') == country]
        files[country + '/pack.toml'] = (
            'id = "%s"\nversion = "1.0.0"\nstatus = "draft"\ncountries = ["%s"]\n[title]\n'
            'fr = "Pays inventé %s"\nen = "Invented country %s"\n' % ((country,) * 4))
        files[country + '/sources.md'] = sources_page(rules)
        files[country + '/10-contacts.md'] = rules_page(country, rules, policy, found)
    for name, text in files.items():
        os.makedirs(os.path.dirname(os.path.join(folder, name)), exist_ok=True)
        with open(os.path.join(folder, name), 'w', encoding='utf-8') as file:
            file.write(text)


if __name__ == '__main__':
    main(sys.argv[1], sys.argv[2])
