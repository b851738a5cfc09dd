#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes list.csv and suppressed.txt into a folder: make_list.py FOLDER ROWS SUPPRESSED.

One suppressed address in 33 is in the list. The same arguments give the same bytes.
"""
import sys

JOBS = ['DRH', 'Directeur des ressources humaines', 'Gérante', 'Comptable', 'Responsable paie',
        'Chef de cuisine', '', 'Ingénieur']


def address(number):
    return 'prenom.nom%d@societe%d.example' % (number, number % 50000)


def main(folder, rows, suppressed):
    with open(folder + '/list.csv', 'w', encoding='utf-8') as out:
        out.write('Email,First Name,Last Name,Company Name,Job Title,Create Date\n')
        for i in range(rows):
            out.write('%s,Prénom%d,Nom%d,Société %d,%s,%d-%02d-%02d\n' % (
                address(i), i % 1000, i % 5000, i % 50000, JOBS[i % 8], 2023 + i % 4, 1 + i % 12,
                1 + i % 28))
    with open(folder + '/suppressed.txt', 'w', encoding='utf-8') as out:
        for i in range(suppressed):
            out.write(address(i * 33) + '\n')


if __name__ == '__main__':
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
