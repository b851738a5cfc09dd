#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Turns files into one C++ source, so that the program carries its law, texts and examples.

usage: embed.py [options] OUT.cpp ROOT FILE...      (names are kept relative to ROOT,
                                                     or given: NAME=FILE)

--header PATH       the header that declares Resource and all_resources()
--namespace NAME    the namespace of both
--families A,B      of .toml files, keep only the texts whose ids begin with A. or B.
--folder NAME=DIR   also every file of a folder, as NAME/...
The same files give the same bytes.
"""
import argparse
import os
import sys


def literal(data):
    """Yields C++ string pieces of at most 4096 bytes (compilers limit one literal)."""
    for start in range(0, len(data), 4096):
        piece = data[start:start + 4096]
        out = []
        for byte in piece:
            if byte in (0x22, 0x5C):
                out.append('\\' + chr(byte))
            elif byte == 0x3F:
                out.append('\\?')
            elif 0x20 <= byte < 0x7F:
                out.append(chr(byte))
            else:
                out.append('\\%03o' % byte)
        yield '"' + ''.join(out) + '"'


def read(path, families):
    """Gives the bytes of a file, of texts only those of the families."""
    with open(path, 'rb') as file:
        data = file.read()
    if not families or not path.endswith('.toml'):
        return data
    beginnings = tuple(b'"%s.' % family.encode() for family in families.split(','))
    return b''.join(line for line in data.splitlines(True) if line.startswith(beginnings))


def files_of(folder):
    for here, _, names in os.walk(folder):
        yield from (os.path.join(here, name) for name in names)


def main(arguments):
    parser = argparse.ArgumentParser()
    parser.add_argument('--header', default='main/resources.h')
    parser.add_argument('--namespace', default='licet')
    parser.add_argument('--families', default='')
    parser.add_argument('--folder', action='append', default=[])
    parser.add_argument('out')
    parser.add_argument('root')
    parser.add_argument('files', nargs='+')
    given = parser.parse_args(arguments)
    lines = ['// Made by tools/embed.py. Do not edit.', '#include "%s"' % given.header, '',
             'namespace %s {' % given.namespace, 'namespace {', '']
    entries = []
    named = []
    for wanted in given.files:
        name, _, path = wanted.rpartition('=')
        named.append((name or os.path.relpath(path, given.root), path))
    for wanted in given.folder:
        name, _, folder = wanted.partition('=')
        named += [(os.path.join(name, os.path.relpath(path, folder)), path)
                  for path in files_of(folder)]
    for number, (name, path) in enumerate(sorted(named)):
        data = read(path, given.families)
        lines.append('constexpr char kFile%d[] =' % number)
        lines += ['    ' + piece for piece in literal(data)] or ['    ""']
        lines[-1] += ';'
        entries.append('    {"%s", {kFile%d, %d}},' % (name, number, len(data)))
    lines += ['', 'constexpr Resource kResources[] = {'] + entries
    lines += ['};', '', '}  // namespace', '',
              'std::span<const Resource> all_resources() { return kResources; }', '',
              '}  // namespace %s' % given.namespace, '']
    with open(given.out, 'w', encoding='ascii') as file:
        file.write('\n'.join(lines))


if __name__ == '__main__':
    main(sys.argv[1:])
