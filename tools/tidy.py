#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Holds the tree to the rules that a machine can check, so that reviews are about meaning.

usage: tidy.py [--root DIR]     prints file:line: message for each fault; exits 1 if there is any
       tidy.py --self-test      shows that each check sees its fault and is silent on a clean tree

The tree is read once into memory (path -> text); each check is a function from that tree to
findings, listed in CHECKS. Nothing here understands C++: comments and strings are told apart, the
rest is patterns, and a check that would have to guess says nothing. This file is exempt from the
checks of words, since it has to name what it forbids.
"""
import argparse
import os
import posixpath
import re
import sys

# ---- what is agreed, in one place ----------------------------------------------------------------

LICENCE_LINE = 'SPDX-License-Identifier: Apache-2.0'
COLUMNS = 100
LINES, LINES_OF_TESTS = 600, 900
ESSAY_LINES = 3  # with the empty one under the licence

SKIPPED_FOLDERS = {'.git', 'build', 'dist', 'node_modules', 'demo', '.cache', '__pycache__'}
CPP = ('.cpp', '.h', '.inc')
# CMake files are short lists that LICENSE covers as a whole; they bear no licence line.
LICENSED = CPP + ('.py', '.sh', '.mjs', '.ts', '.svelte', '.css')
CODE = LICENSED + ('.cmake', 'CMakeLists.txt')
TEXT = CODE + ('.md', '.toml', '.json', '.yml', 'LAYERS')
SELF = 'tools/tidy.py'

# Literals that look like ids of a family and are none: files are told by their ending.
FILE_ENDINGS = {'csv', 'db', 'html', 'json', 'jsonl', 'md', 'sql', 'sqlite', 'toml', 'txt',
                'xlsx'}
SPEAKERS = r'\b(?:error|fault|fail|problem|refused|broken|Message|say|say_|text\(\))\s*[({]'

# What only main may do, because the core takes the day and the keys as values.
CLOCK_AND_CHANCE = re.compile(
    r'(?:system|steady|high_resolution)_clock::now|std::time\s*\(|\bs?rand\s*\('
    r'|random_device|getrandom')

MACHINE_PATH = re.compile(r'(?<![\w./}])/(?:work|tmp)/')
# Names of vocabularies look like addresses; nobody asks them.
ADDRESS = re.compile(r'https?://(?!(?:www\.)?w3\.org/|w3id\.org/dpv|purl\.org/dc/terms/|'
                     r'(?:[\w-]+\.)*example\b|[\w.-]+\.invalid|'
                     r'localhost|127\.0\.0\.1|["\'\s])')


class Tree:
    """The files of a repository: `texts` from path (with '/') to text."""

    def __init__(self, texts):
        self.texts = texts
        self.bare = {}   # C++ without comments, same length
        for path in self.under('', CPP):
            self.bare[path] = without(texts[path], comments=True)

    def under(self, folder, endings):
        return sorted(p for p in self.texts if p.startswith(folder) and p.endswith(endings))


def read_tree(root):
    texts = {}
    for folder, folders, files in os.walk(root):
        folders[:] = [f for f in folders if f not in SKIPPED_FOLDERS]
        for name in files:
            path = os.path.join(folder, name)
            if name.endswith(TEXT):
                with open(path, encoding='utf-8', newline='') as file:
                    texts[os.path.relpath(path, root).replace(os.sep, '/')] = file.read()
    return Tree(texts)


CPP_TOKEN = re.compile(r'R"(?P<mark>\w*)\(.*?\)(?P=mark)"|"(?:\\.|[^"\\\n])*"'
                       r'|\'(?:\\.[^\'\n]*|[^\'\\\n])\'|(?P<comment>//[^\n]*|/\*.*?\*/)', re.S)


def without(text, comments=False, strings=False):
    """Gives C++ `text` with its comments or strings blanked; places stay the same."""
    def blank(match):
        is_blanked = comments if match.group('comment') else strings
        return re.sub(r'[^\n]', ' ', match.group()) if is_blanked else match.group()
    return CPP_TOKEN.sub(blank, text)


def line_at(text, place):
    return text.count('\n', 0, place) + 1


def is_test(path):
    name = posixpath.basename(path)
    return (path.startswith('tests/') or name.startswith('test_') or
            name.endswith(('_test.cpp', '_fuzz.cpp', '_contract.h')))


def is_cmake(path):
    return path.endswith(('CMakeLists.txt', '.cmake'))


# ---- layers and includes -------------------------------------------------------------------------

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]+"([^"]+)"', re.M)


def read_layers(text):
    """Gives {module: modules it may know} and the faults of the file."""
    layers, faults = {}, []
    for number, line in enumerate(text.splitlines(), 1):
        words = line.split('#')[0].split()
        if not words:
            continue
        for word in words[1:]:
            if word not in layers:
                faults.append((number, '%s names %s, which is not above it' % (words[0], word)))
        layers[words[0]] = set(words[1:])
    return layers, faults


def check_layers(tree):
    layers, faults = read_layers(tree.texts.get('src/LAYERS', ''))
    for number, message in faults:
        yield 'src/LAYERS', number, message
    for path in tree.under('src/', CPP) + tree.under('tests/', CPP):
        own = path.split('/')[1] if path.startswith('src/') else None
        if own and own not in layers:
            yield path, 1, 'module %s has no line in src/LAYERS' % own
            continue
        for match in INCLUDE.finditer(tree.bare[path]):
            fault = fault_of_include(tree, layers, path, own, match.group(1))
            if fault:
                yield path, line_at(tree.bare[path], match.start(1)), fault


def fault_of_include(tree, layers, path, own, included):
    module = included.split('/')[0]
    if own is None and posixpath.normpath(posixpath.dirname(path) + '/' + included) in tree.texts:
        return None
    if '/' not in included:
        return 'write the include with its path: "%s/%s"' % (own or 'module', included)
    if module not in layers:
        return 'no module %s in src/LAYERS' % module if module != 'licet' else None
    if own and module not in layers[own] | {own, 'base'}:
        return '%s may not know %s (src/LAYERS)' % (own, module)
    # A fuzz target stands where strangers do not see it: it may open the module that it is for.
    is_its_fuzzer = path == 'tests/fuzz/%s_fuzz.cpp' % module
    if '/internal/' in included and module != own and not is_its_fuzzer:
        return '%s is private to %s' % (included, module)
    if 'src/' + included not in tree.texts:
        return 'no file src/' + included
    return None


# ---- licence, essay, limits, TODO ----------------------------------------------------------------

def check_heads(tree):
    for path in tree.under('', LICENSED):
        lines = tree.texts[path].splitlines()
        licence = [i for i, line in enumerate(lines[:2]) if LICENCE_LINE in line]
        if not licence:
            yield path, 1, 'begin with ' + LICENCE_LINE
        elif path.startswith('src/') and path.endswith('.h'):
            after = lines[licence[0] + 1:][:ESSAY_LINES]
            if len(after) < ESSAY_LINES or not all(line.startswith('//') for line in after):
                yield path, 2, 'say in %d lines or more what this part is for' % ESSAY_LINES


def check_limits(tree):
    for path in tree.under('', CODE):
        if path.endswith('.inc') or path.startswith(('examples/', 'packs/')):
            continue  # tables
        lines = tree.texts[path].splitlines()
        for number, line in enumerate(lines, 1):
            if len(line) > COLUMNS:
                yield path, number, '%d columns, %d at most' % (len(line), COLUMNS)
        limit = LINES_OF_TESTS if is_test(path) else LINES
        if path.endswith(('.cpp', '.h')) and len(lines) > limit:
            yield path, limit + 1, '%d lines, %d at most: split the file' % (len(lines), limit)


def check_todo(tree):
    for path in (p for p in tree.under('', CODE) if p != SELF):
        for match in re.finditer(r'\bTODO\b(?! #\d)', tree.texts[path]):
            yield path, line_at(tree.texts[path], match.start()), 'write TODO #n'


# ---- messages ------------------------------------------------------------------------------------

TEXT_LINE = re.compile(r'"([a-z0-9_]+(?:\.[a-zA-Z0-9_]+)+)" = "((?:\\.|[^"\\])*)"$')
ID = re.compile(r'"([a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)+)"(?!\s*\+)')
# "role." + name: any id that begins so may be put together at run time, so none of them is unused.
PREFIX = re.compile(r'"([a-z][a-z0-9_.]*[._])"\)?\s*\+')
PLAIN_SPACE = re.compile('(?<![\u00a0\u202f])[;!?](?= |$)| [:;!?»]|« ')


def names_in(text):
    return set(re.findall(r'\{(\w+)\}', text))


def read_catalogue(tree, path):
    """Gives {id: (path, line, text)} and the faults of the file."""
    texts, faults, last = {}, [], ''
    for number, line in enumerate(tree.texts.get(path, '').splitlines(), 1):
        if not line or line.startswith('#'):
            continue
        match = TEXT_LINE.match(line)
        if not match:
            faults.append((path, number, 'write "id" = "text" on one line'))
            continue
        identity, text = match.groups()
        if identity <= last:
            faults.append((path, number, '%s is not in the order of ids, or twice' % identity))
        if path.startswith('texts/fr') and PLAIN_SPACE.search(text):
            faults.append((path, number, 'put no-break spaces before ; : ! ? and inside « »'))
        last = identity
        texts[identity] = (path, number, text)
    return texts, faults


def read_language(tree, language):
    """Gives {id: (path, line, text)} of texts/LANGUAGE.toml and the files of its folder."""
    texts, faults = {}, []
    for path in ['texts/%s.toml' % language] + tree.under('texts/%s/' % language, '.toml'):
        more, bad = read_catalogue(tree, path)
        faults += bad
        faults += [(path, more[i][1], i + ' is in another file too') for i in more if i in texts]
        texts.update(more)
    return texts, faults


def call_around(bare, place):
    """Gives (name, text) of the call that holds the literal at `place`."""
    code = without(bare, strings=True)
    depth, start, end = 1, place, place
    while start > 0 and depth > 0:
        start -= 1
        depth += (code[start] == ')') - (code[start] == '(')
    depth = 1
    while end < len(code) and depth > 0:
        depth += (code[end] == '(') - (code[end] == ')')
        end += 1
    name = re.search(r'(\w*)\s*$', code[max(0, start - 60):start]).group(1)
    return name, bare[start:end]


def uses_of_messages(tree, families):
    """Gives (path, place, id, arguments); arguments is None where they cannot be told."""
    for path in (p for p in tree.under('src/', CPP) if not is_test(p)):
        bare = tree.bare[path]
        for match in ID.finditer(bare):
            identity = match.group(1)
            parts = identity.split('.')
            before = bare[max(0, match.start() - 120):match.start()]
            is_said = parts[0] in families or re.search(SPEAKERS + r'[^;"]*$', before)
            if not is_said or parts[-1] in FILE_ENDINGS:
                continue
            name, call = call_around(bare, match.start())
            given = set(re.findall(r'\{\s*"(\w+)"\s*,', call))
            yield path, match.start(), identity, given if given or name == 'error' else None


def check_messages(tree):
    if not tree.under('texts/', '.toml'):
        return
    french, faults = read_language(tree, 'fr')
    english, more = read_language(tree, 'en')
    yield from faults + more
    for one, other, missing in ((french, english, 'English'), (english, french, 'French')):
        for identity, (path, line, text) in one.items():
            if identity not in other:
                yield path, line, '%s has no %s text' % (identity, missing)
            else:
                for name in sorted(names_in(text) - names_in(other[identity][2])):
                    yield path, line, '%s: no {%s} in the %s text' % (identity, name, missing)
    said = set()
    for path, place, identity, given in uses_of_messages(tree, {i.split('.')[0] for i in french}):
        said.add(identity)
        if identity not in french:
            yield path, line_at(tree.texts[path], place), identity + ' has no text in texts/'
        elif given is not None:
            for name in sorted(names_in(french[identity][2]) - given):
                yield path, line_at(tree.texts[path], place), '%s wants {%s}' % (identity, name)
    prefixes = tuple(p for text in tree.bare.values() for p in PREFIX.findall(text))
    for identity, (path, line, text) in french.items():
        if identity not in said and not identity.startswith(prefixes):
            yield path, line, identity + ' is said nowhere in src'


# ---- dead files, clock and chance, words that do not belong, documents ---------------------------

def check_dead_files(tree):
    living = set()
    for path in (p for p in tree.texts if is_cmake(p)):
        for word in re.findall(r'[^\s()"]+', re.sub(r'#[^\n]*', '', tree.texts[path])):
            from_root = re.sub(r'^\$\{(?:PROJECT|CMAKE)_SOURCE_DIR\}/', '', word)
            beside = posixpath.normpath(posixpath.join(posixpath.dirname(path), word))
            living.add(beside if from_root == word else from_root)
    for path, text in tree.bare.items():
        for included in INCLUDE.findall(text):
            beside = posixpath.normpath(posixpath.join(posixpath.dirname(path), included))
            living |= {'src/' + included, beside} - {path}
    for path in tree.under('src/', CPP) + tree.under('tests/', CPP):
        if path not in living:
            yield path, 1, 'no CMakeLists.txt names this file and no file includes it'


# What a file declares for itself alone: types, constants, functions, at the left margin.
PRIVATE_PART = re.compile(r'^namespace \{\n(.*?)^\}  // namespace$', re.S | re.M)
PRIVATE_NAME = re.compile(
    r'^(?=\S)(?:(?:struct|class|enum class|enum) (\w+)|(?:inline |static )*const(?:expr|init)? '
    r'[\w:<>,&*\[\] ]*?[ *&](k[A-Z]\w*)|(?!using|template|namespace|static_assert|extern)'
    r'[\w:<>,&*\[\] ]*?[&* ](\w+)\()', re.M)


def sections_of_module(text):
    """The words of licet_module(...), by section: {'SOURCES': [...], ...}."""
    call = re.search(r'licet_module\(\w+([^)]*)\)', re.sub(r'#[^\n]*', '', text))
    sections, words = {}, None
    for word in call.group(1).split() if call else []:
        if word.isupper():
            words = sections.setdefault(word, [])
        elif words is not None:
            words.append(word)
    return sections


def private_names(tree, path):
    """(name, line, is a function) of all that a file declares for itself."""
    text = tree.texts.get(path, '') if path.endswith('.cpp') else ''
    for part in PRIVATE_PART.finditer(text):
        for match in PRIVATE_NAME.finditer(part.group(1)):
            name = next(filter(None, match.groups()))
            yield name, line_at(text, part.start(1) + match.start()), match.group(3) is not None


def functions_called(tree, path):
    """Names that a file calls without declaring them at its margin."""
    bare = without(tree.bare.get(path, ''), strings=True)
    called = set(re.findall(r'(?<![\w.>:~])(\w+)\(', bare))
    return called - set(re.findall(r'^(?=\S)[\w:<>,&*\[\] ]*[&* ](\w+)\(', bare, re.M))


def check_private_names(tree):
    """Files that are compiled as one (LICET_UNITY) must not mean two things by one name."""
    for path in (p for p in tree.under('src/', ('CMakeLists.txt',))):
        sections = sections_of_module(tree.texts[path])
        for kind in ('SOURCES', 'TESTS'):
            files = [posixpath.dirname(path) + '/' + file for file in sections.get(kind, ())
                     if file not in sections.get('ALONE', ())]
            first = {}
            for file in files:
                for name, line, is_function in private_names(tree, file):
                    other, _, _ = first.setdefault(name, (file, line, is_function))
                    if other != file:
                        yield file, line, '%s is private to %s too: another name, or ALONE' % (
                            name, other)
            for file in files:
                for name in sorted(functions_called(tree, file) & set(first)):
                    other, line, is_function = first[name]
                    if other != file and is_function:
                        yield other, line, '%s is private, and called in %s: ' \
                            'another name, or ALONE' % (name, file)


def check_clock_and_chance(tree):
    for path in (p for p in tree.under('src/', CPP) if not is_test(p) and '/main/' not in p):
        for match in CLOCK_AND_CHANCE.finditer(without(tree.bare[path], strings=True)):
            message = match.group() + ': clock and chance only in src/main; take a value'
            yield path, line_at(tree.bare[path], match.start()), message


def check_foreign_words(tree):
    for path, text in ((p, tree.texts[p]) for p in tree.texts if p != SELF):
        for match in MACHINE_PATH.finditer(text):
            if not (match.group() == '/tmp/' and is_test(path)):
                yield path, line_at(text, match.start()), 'path of one machine: ' + match.group()
        # Documents and packs cite the law where it stands; the program talks to nobody.
        if path.endswith(CODE) or path.startswith('texts/'):
            for match in ADDRESS.finditer(text):
                yield path, line_at(text, match.start()), 'web address outside documents'


def check_architecture(tree):
    text = tree.texts.get('ARCHITECTURE.md')
    modules = {path.split('/')[1] for path in tree.under('src/', CPP + ('CMakeLists.txt',))}
    for module in sorted(modules):
        if text is not None and not re.search(r'^### `?%s\b' % re.escape(module), text, re.M):
            yield 'ARCHITECTURE.md', 1, 'no heading "### %s"' % module


CHECKS = (check_layers, check_heads, check_limits, check_todo, check_messages, check_dead_files,
          check_private_names, check_clock_and_chance, check_foreign_words, check_architecture)


def findings(tree):
    return sorted('%s:%d: %s' % finding for check in CHECKS for finding in check(tree))


# ---- self-test: a clean tree, then one fault at a time -------------------------------------------

LICENCE = '// %s\n' % LICENCE_LINE
LAW, GATE, FR, EN = 'src/law/l.cpp', 'src/gate/g.cpp', 'texts/fr.toml', 'texts/en.toml'
ESSAY = LICENCE + '//\n// One.\n// Two.\n// Three.\n'
CLEAN = {
    'src/LAYERS': 'base # words\nlaw\ngate law\n',
    'src/base/CMakeLists.txt': 'licet_module(base HEADERS a.h)',
    'src/base/a.h': ESSAY,
    'src/law/CMakeLists.txt': 'licet_module(law SOURCES l.cpp m.cpp)',
    'src/law/m.cpp': LICENCE + 'namespace {\nint own() {}\n}  // namespace\n',
    LAW: LICENCE + '#include "base/a.h"\n#include "law/internal/p.h"\n'
         'auto x = error(k, "law.no", {{"name", n}});\n',
    'src/law/internal/p.h': ESSAY,
    'src/gate/CMakeLists.txt': 'licet_module(gate SOURCES g.cpp)',
    GATE: LICENCE + 'auto r = "role." + name;  // system_clock::now: not called\n',
    FR: '"law.no" = "non\u202f: {name}"\n"role.email" = "courriel"\n',
    EN: '"law.no" = "no: {name}"\n"role.email" = "e-mail"\n',
    'ARCHITECTURE.md': '### base\n### law\n### gate\n',
}
# (file, text to put there or to add after '+', what must be found)
FAULTS = (
    ('src/LAYERS', 'base\nlaw gate\ngate law\n', 'src/LAYERS:2: law names gate'),
    (LAW, '+#include "gate/g.cpp"\n', LAW + ':5: law may not know gate'),
    (GATE, '+#include "law/internal/p.h"\n', GATE + ':3: law/internal/p.h is private'),
    (LAW, '+#include "p.h"\n', LAW + ':5: write the include with its path'),
    (LAW, '+#include "law/q.h"\n', LAW + ':5: no file src/law/q.h'),
    ('src/new/n.cpp', LICENCE, 'src/new/n.cpp:1: module new has no line'),
    ('tools/a.py', 'pass\n', 'tools/a.py:1: begin with SPDX'),
    ('src/base/a.h', LICENCE + '// One.\n', 'src/base/a.h:2: say in 3 lines'),
    (GATE, '+//' + 'é' * 99 + '\n', GATE + ':3: 101 columns'),
    (GATE, '+' + '\n' * 600, GATE + ':601: 602 lines'),
    (GATE, '+// TODO later\n', GATE + ':3: write TODO #n'),
    (GATE, '+auto y = fault("law.none");\n', GATE + ':3: law.none has no text'),
    (GATE, '+auto y = Message("new.one");\n', GATE + ':3: new.one has no text'),
    (EN, '"law.no" = "no: {name}"\n', FR + ':2: role.email has no English'),
    (EN, '"law.no" = "no"\n"role.email" = "e"\n', FR + ':1: law.no: no {name} in the English'),
    (EN, '+"law.old" = "o"\n', EN + ':3: law.old is not in the order'),
    (FR, '"law.no" = "non : {name}"\n"role.email" = "c"\n', FR + ':1: put no-break'),
    (LAW, LICENCE, FR + ':1: law.no is said nowhere'),
    (LAW, LICENCE + 'auto x = error(k, "law.no");\n', LAW + ':2: law.no wants {name}'),
    ('src/gate/h.cpp', LICENCE, 'src/gate/h.cpp:1: no CMakeLists.txt names'),
    (LAW, '+namespace {\nint own() {}\n}  // namespace\n',
     'src/law/m.cpp:3: own is private to src/law/l.cpp too'),
    (LAW, '+auto z = own();\n', 'src/law/m.cpp:3: own is private, and called in src/law/l.cpp'),
    (GATE, '+auto t = system_clock::now();\n', GATE + ':3: system_clock::now'),
    (GATE, '+// see /work/x\n', GATE + ':3: path of one machine'),
    (GATE, '+// https://pypi.org/x\n', GATE + ':3: web address'),
    ('ARCHITECTURE.md', '### base\n### law\n', 'ARCHITECTURE.md:1: no heading "### gate"'),
)


def self_test():
    assert findings(Tree(dict(CLEAN))) == [], findings(Tree(dict(CLEAN)))
    for path, text, expected in FAULTS:
        new = CLEAN.get(path, '') + text[1:] if text.startswith('+') else text
        found = findings(Tree({**CLEAN, path: new}))
        assert any(line.startswith(expected) for line in found), (expected, found)
    print('tidy: %d faults seen' % len(FAULTS))


def main():
    parser = argparse.ArgumentParser(description='Checks the rules of the house.')
    parser.add_argument('--root', default='.', help='root of the repository')
    parser.add_argument('--self-test', action='store_true', help='check the checks')
    arguments = parser.parse_args()
    if arguments.self_test:
        return self_test()
    found = findings(read_tree(arguments.root))
    print('\n'.join(found) if found else 'tidy: nothing to say')
    return 1 if found else 0


if __name__ == '__main__':
    sys.exit(main())
