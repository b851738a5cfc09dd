#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes an invented law of 30 countries with ten rules each: make_law.py > law.json

The form is that of policy.json (peers/policy.mjs describes it). Each country has the same kinds of
rule with its own numbers, days and channels, and drops some: exceptions stand before what they are
an exception to. Same bytes each time.
"""
import json

COUNTRIES = [a + b for a in 'abc' for b in 'abcdefghij']
YES = ['no', 'yes']
RARE = ['no'] * 7 + ['yes']  # so that one rule does not decide half of all requests
OFTEN = ['no', 'yes', 'yes', 'yes']

FACTS = [
    {'name': 'country', 'values': COUNTRIES, 'by': 'nobody'},
    {'name': 'at', 'from': '2018-01-01', 'before': '2031-01-01', 'by': 'time'},
    {'name': 'channel', 'values': ['email', 'sms', 'call', 'post'], 'by': 'us'},
    {'name': 'audience', 'values': ['consumer', 'professional', 'organisation'],
     'draw': ['consumer', 'consumer', 'professional', 'organisation'], 'by': 'nobody'},
    {'name': 'objected', 'values': YES, 'draw': RARE, 'by': 'nobody'},
    {'name': 'contact_age', 'least': 0, 'most': 1600, 'by': 'nobody'},
    {'name': 'hour', 'least': 7, 'most': 22, 'by': 'time'},
    {'name': 'calls', 'least': 0, 'most': 7, 'by': 'us'},
    {'name': 'consent', 'values': ['none', 'given', 'withdrawn'],
     'draw': ['none', 'none', 'given', 'withdrawn'], 'by': 'person'},
    {'name': 'consent_age', 'least': 0, 'most': 1400, 'by': 'person'},
    {'name': 'customer', 'values': YES, 'draw': OFTEN, 'by': 'nobody'},
    {'name': 'similar', 'values': YES, 'draw': OFTEN, 'by': 'us'},
    {'name': 'informed', 'values': YES, 'draw': OFTEN, 'by': 'us'},
    {'name': 'relevant', 'values': YES, 'draw': OFTEN, 'by': 'us'},
    {'name': 'listed', 'values': YES, 'by': 'nobody'},
]


class Draw:
    """A fixed row of numbers, the same in each version of Python."""

    def __init__(self, seed):
        self.seed = seed

    def below(self, most):
        self.seed = (self.seed * 1664525 + 1013904223) % 2**32
        return (self.seed >> 8) % most

    def one(self, values):
        return values[self.below(len(values))]

    def day(self, first_year, years):
        return '%d-%02d-01' % (first_year + self.below(years), 1 + self.below(12))


def rules_of(country, draw):
    """Gives ten rules: what is always there, and five of seven others, in a fixed order."""
    turn = draw.day(2023, 4)  # the day on which calls to consumers come to need consent
    written = draw.one([['email'], ['email', 'sms']])
    others = ['hours', 'too_often', 'register', 'call_consent', 'post', 'professional',
              'organisation']
    for _ in range(2):
        others.remove(draw.one(others))
    kinds = [
        ('objection', 'forbidden', {'objected': 'yes'}),
        ('kept_too_long', 'forbidden', {'contact_age': {'least': draw.one([1095, 1460])}}),
        ('hours', 'forbidden', {'channel': 'call', 'hour': {'least': 18 + draw.below(4)}}),
        ('too_often', 'forbidden', {'channel': draw.one(['call', 'sms']),
                                    'calls': {'least': 3 + draw.below(4)}}),
        ('consent', 'allowed', {'consent': 'given', 'consent_age': {'most': draw.one([365, 730])}}),
        ('register', 'forbidden', {'channel': 'call', 'audience': 'consumer', 'listed': 'yes',
                                   'at': {'before': turn}}),
        ('call_consent', 'forbidden', {'channel': 'call', 'audience': 'consumer',
                                       'at': {'from': turn}}),
        ('customer', 'allowed', {'channel': written, 'customer': 'yes', 'similar': 'yes',
                                 'informed': 'yes', 'at': {'from': draw.day(2018, 4)}}),
        ('post', 'allowed', {'channel': 'post'}),
        ('professional', 'allowed', {'audience': 'professional', 'relevant': 'yes'}),
        ('organisation', 'allowed', {'audience': 'organisation', 'channel': ['email', 'call']}),
        ('rest', 'forbidden', {}),
    ]
    dropped = {'hours', 'too_often', 'register', 'call_consent', 'post', 'professional',
               'organisation'} - set(others)
    return [{'id': '%s.%s' % (country, kind), 'answer': answer,
             'when': {'country': country, **when}}
            for kind, answer, when in kinds if kind not in dropped]


def main():
    draw = Draw(2026)
    known = {'country': 'aa', 'at': '2026-11-26', 'channel': 'email', 'audience': 'consumer',
             'contact_age': 10, 'hour': 10, 'calls': 0, 'consent': 'given', 'consent_age': 10,
             'customer': 'yes', 'similar': 'yes', 'informed': 'yes', 'relevant': 'yes',
             'listed': 'no'}
    rules = [rule for country in COUNTRIES for rule in rules_of(country, draw)]
    print(json.dumps({'facts': FACTS, 'rules': rules,
                      'withheld': {'fact': 'objected', 'known': known}}, indent=1))


if __name__ == '__main__':
    main()
