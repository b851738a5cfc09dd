# SPDX-License-Identifier: Apache-2.0
"""The law looked at as a whole: check, diff, the dialogue, house packs. The program itself runs."""
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

PROGRAM = os.environ['LICET']
PACKS = pathlib.Path(__file__).resolve().parents[2] / 'packs'

HOUSE_TOML = '''id = "house"
version = "1.0.0"
kind = "house"
countries = ["fr"]
imports = ["fr"]

[title]
fr = "Notre politique"
en = "Our policy"
'''
HOUSE_RULE = '''# House

```law
rule house.rule
  %s
  cites     cpce:L34-5
  tell      fr "Notre politique le veut ainsi."
            en "Our policy wants it so."
```

given: country = fr, at = 2026-11-23, channel = fax

| purpose    | expect    |
|------------|-----------|
| commercial | forbidden |
'''


def licet(*arguments, answers=''):
    return subprocess.run([PROGRAM, '--lang', 'en', *map(str, arguments)], input=answers,
                          capture_output=True, text=True, check=False, timeout=600)


class LawAnalysis(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def test_the_packs_have_no_fault_and_sources_fall_due(self):
        done = licet('--json', 'law', 'check', '--at', '2026-11-23')
        self.assertEqual(done.returncode, 0, done.stderr)
        found = json.loads(done.stdout)
        self.assertFalse([one for one in found if one['severity'] == 'fault'])
        later = json.loads(licet('--json', 'law', 'check', '--at', '2036-01-01').stdout)
        self.assertTrue([one for one in later if one['kind'] == 'review_due'])

    def test_a_rule_shows_what_a_breach_may_cost_and_has_cost(self):
        done = licet('--json', 'law', 'show', 'fr.email.consumer', '--turnover', '600000000',
                     '--at', '2026-11-23')
        shown = json.loads(done.stdout.splitlines()[0])
        self.assertEqual(shown['rule'], 'fr.email.consumer')
        self.assertEqual([one['at_most'] for one in shown['ceilings']], [12_000_000, 375_000])
        self.assertIn(('CNIL SAN-2024-004', 525_000),
                      [(one['reference'], one['amount']) for one in shown['decisions']])
        # The ceilings of the day, and one article's own.
        earlier = json.loads(licet('--json', 'law', 'show', 'fr.email.consumer', '--at',
                                   '2020-07-25').stdout.splitlines()[0])
        self.assertEqual([one['company'] for one in earlier['ceilings']], [10_000_000, 15_000])
        contract = json.loads(licet('--json', 'law', 'show', 'eu.transfer.contract', '--at',
                                    '2026-11-23').stdout.splitlines()[0])
        self.assertEqual([one['turnover_percent'] for one in contract['ceilings']], [2])
        self.assertEqual(licet('law', 'show', 'fr', '--turnover', 'viel').returncode, 65)

    def test_the_reform_of_calls_is_told_by_rules_pairs_and_duties(self):
        done = licet('--json', 'law', 'diff', 'fr@2026-08-10', 'fr@2026-08-11')
        self.assertEqual(done.returncode, 0, done.stderr)
        told = json.loads(done.stdout)
        self.assertIn('fr.call.consent', told['new'])
        self.assertIn('fr.call.register', told['gone'])
        self.assertTrue(any(one['answer_before'] == 'allowed' and one['answer_after'] == 'forbidden'
                            for one in told['answers']))
        self.assertTrue(told['duties'])

    def test_a_day_on_which_nothing_changes_and_a_page(self):
        same = licet('law', 'diff', 'fr@2026-08-11', 'fr@2026-08-12')
        self.assertIn('Nothing changes.', same.stdout)
        page = self.folder / 'diff.html'
        licet('law', 'diff', 'fr@2025-07-01', 'fr@2025-07-02', '--html', page)
        self.assertIn('fr.sector.works_message', page.read_text(encoding='utf-8'))

    def test_sides_that_name_no_law_are_refused(self):
        for side in ('@2026-01-01', 'fr:lax', 'fr@tomorrow', 'zz'):
            done = licet('law', 'diff', side, 'fr')
            self.assertGreaterEqual(done.returncode, 64, side)
            self.assertTrue(done.stderr.strip(), side)

    def test_people_of_a_ledger_whose_answer_changes_are_counted(self):
        space = self.folder / 'space'
        licet('init', space)
        campaign = self.folder / 'campaign.toml'
        campaign.write_text('name = "Calls"\nchannel = "live_call"\npurpose = "commercial"\n',
                            encoding='utf-8')
        done = licet('-w', space, 'suppress', 'camille@example.com', '0612345678')
        self.assertEqual(done.returncode, 0, done.stderr)
        done = licet('-w', space, '--json', 'law', 'diff', 'fr@2026-08-10', 'fr@2026-08-11',
                     '--campaign', campaign)
        if done.returncode == 0:
            people = json.loads(done.stdout)['people']
            self.assertGreaterEqual(people['all'], 2)
            self.assertEqual(people['changed'], [])
        else:
            self.assertIn('campaign.toml', done.stderr)

    def test_the_dialogue_stops_as_soon_as_the_answer_is_certain(self):
        done = licet('explain', '--ask', answers='fr\nemail\n1\nnonsense\nconsumer\n' + '?\n' * 60)
        self.assertIn('1. the country', done.stderr)
        self.assertIn('licet: ', done.stderr)
        objection = licet('--json', 'explain', '--ask', '-f', 'objection=all', '-f', 'consent=none',
                          answers='fr\nemail\ncommercial\nconsumer\n' + '?\n' * 60)
        answer = json.loads(objection.stdout)
        self.assertEqual(answer['verdict'], 'forbidden')
        self.assertIn('objection', answer['sufficient'])
        self.assertLess(objection.stderr.count('if you do not know'), 6)

    def test_signed_packs_are_told_from_changed_ones_and_from_other_keys(self):
        for name in ('ours', 'theirs'):
            subprocess.run(['openssl', 'genpkey', '-algorithm', 'ed25519', '-out',
                            self.folder / name], check=True, capture_output=True)
            subprocess.run(['openssl', 'pkey', '-in', self.folder / name, '-pubout', '-out',
                            self.folder / (name + '.pub')], check=True, capture_output=True)
        signed = self.folder / 'packs.signed'
        signed.write_text(licet('law', 'sign', '--key', self.folder / 'ours').stdout)
        verify = ['law', 'verify', signed, '--key']
        self.assertEqual(licet(*verify, self.folder / 'ours.pub').returncode, 0)
        other = licet(*verify, self.folder / 'theirs.pub')
        self.assertEqual(other.returncode, 65)
        self.assertIn('not that of this key', other.stderr)
        packs = self.house('answers   contact = forbidden\n  when      channel = fax')
        shutil.rmtree(packs / 'house')
        rules = packs / 'fr' / '70-post.md'
        rules.write_text(rules.read_text(encoding='utf-8') + '\nOne word more.\n', encoding='utf-8')
        changed = licet('--packs', packs, *verify, self.folder / 'ours.pub')
        self.assertEqual(changed.returncode, 65)
        self.assertIn('the pack "fr" here is not the one', changed.stderr)
        signed.write_text('nothing')
        self.assertEqual(licet(*verify, self.folder / 'ours.pub').returncode, 65)

    def house(self, rule):
        packs = self.folder / 'packs'
        if packs.exists():
            shutil.rmtree(packs)
        shutil.copytree(PACKS, packs)
        (packs / 'house').mkdir()
        (packs / 'house' / 'pack.toml').write_text(HOUSE_TOML, encoding='utf-8')
        (packs / 'house' / '10-policy.md').write_text(HOUSE_RULE % rule, encoding='utf-8')
        return packs

    def test_a_house_pack_may_only_be_stricter(self):
        strict = self.house('answers   contact = forbidden\n  when      channel = fax')
        done = licet('--packs', strict, 'check', '-f', 'country=fr', '-f', 'channel=fax', '-f',
                     'at=2026-11-23', '-f', 'objection=none')
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        lax = self.house('except to fr.email.consumer, fr.email.consumer.category_of_partners\n'
                         '  answers   contact = allowed\n'
                         '  when      relation = donor')
        done = licet('--packs', lax, 'law', 'list')
        self.assertEqual(done.returncode, 65)
        self.assertIn('house.rule answers "allowed" where the law, by fr.email.consumer',
                      done.stderr)
        self.assertIn('relation = donor', done.stderr)


if __name__ == '__main__':
    unittest.main()
