#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Turns files into one C++ source, so that the program carries its law, texts and examples.

usage: embed.py OUT.cpp ROOT FILE...      (names are kept relative to ROOT)
The same files give the same bytes.
"""
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


def main(arguments):
    out, root, files = arguments[0], arguments[1], sorted(arguments[2:])
    lines = ['// Made by tools/embed.py. Do not edit.', '#include "main/resources.h"', '',
             'namespace licet {', 'namespace {', '']
    entries = []
    for number, path in enumerate(files):
        with open(path, 'rb') as file:
            data = file.read()
        lines.append('constexpr char kFile%d[] =' % number)
        lines += ['    ' + piece for piece in literal(data)] or ['    ""']
        lines[-1] += ';'
        name = os.path.relpath(path, root)
        entries.append('    {"%s", {kFile%d, %d}},' % (name, number, len(data)))
    lines += ['', 'constexpr Resource kResources[] = {'] + entries
    lines += ['};', '', '}  // namespace', '',
              'std::span<const Resource> all_resources() { return kResources; }', '',
              '}  // namespace licet', '']
    with open(out, 'w', encoding='ascii') as file:
        file.write('\n'.join(lines))


if __name__ == '__main__':
    main(sys.argv[1:])
