#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Goal: each fault that a pack can have is told with its place, what was expected and what to do.

Method: `*.md` beside this file hold cases. A case is a heading, what it changes in the pack of the
folder `good`, and the lines that the program must say, in English and in order:

    ## A name for the case
    `xx/20-case.md`             the next fence is this whole file; a fence ```law without a path
    ````markdown                is xx/20-case.md, and begins on its line 1; `facts.md` + adds lines
    ...                         to the end of the file, `facts.md` - takes the file away
    ````
    ```text
    xx/20-case.md:3:13: the message
    ```

Cases that are too large to be read are made below. Every id `law.*` of texts/en.toml that a pack
can cause must be said by some case. With --promote the expected lines are written anew: read the
difference before you keep it.

usage: run.py [--promote] [WORD...]     LICET names the program; WORDs choose cases by their names
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
TEXTS = HERE.parents[1] / "texts" / "en.toml"
LICET = os.environ.get("LICET", "licet")
DEFAULT = "xx/20-case.md"
SLOWEST_S = 10
STATUSES = (11, 65, 66)  # a case fails; the input is wrong; something is missing

# Said by commands about good packs, or about the command line.
NO_FAULTS = re.compile(r"law\.(in_force(_from|_until)?|list_line|no_such_rule|not_usable|status_\w+"
                       r"|test_summary|(fmt|export)_\w+|evaluators_differ)$")


class Case:
    def __init__(self, name):
        self.name = name
        self.files = []     # (path, kind, text) with kind "=", "+" or "-"
        self.expected = []
        self.span = None    # of the expected lines in the file: (first, end)


def read_cases(path):
    """Gives the cases of one file, in order."""
    lines = path.read_text(encoding="utf-8").split("\n")
    cases, target, i = [], None, 0
    while i < len(lines):
        line = lines[i]
        named = re.fullmatch(r"`([^`]+)` ?([+-]?)", line)
        fence = re.match(r"(`{3,})(\w*)$", line)
        if line.startswith("## "):
            cases.append(Case(line[3:]))
        elif named and named[2] == "-":
            cases[-1].files.append((named[1], "-", ""))
        elif named:
            target = named.groups()
        elif fence:
            end = lines.index(fence[1], i + 1)
            body = lines[i + 1:end]
            if fence[2] == "text":
                cases[-1].expected, cases[-1].span = body, (i + 1, end)
            elif target:
                cases[-1].files.append((target[0], target[1] or "=", "\n".join(body) + "\n"))
            else:
                cases[-1].files.append((DEFAULT, "=", "\n".join(lines[i:end + 1]) + "\n"))
            target, i = None, end
        i += 1
    return cases


def rule(name, when="channel = post", more=""):
    """A rule that is complete."""
    return (f'rule {name}\n  answers contact = forbidden\n  when {when}\n  cites act:1\n{more}'
            '  tell fr "Non." en "No."\n')


def block(*statements):
    return "```law\n" + "\n".join(statements) + "```\n"


def date(number):
    return f"{1970 + number // 12}-{number % 12 + 1:02}-01"


def made_cases():
    """Gives cases that nobody would want to read: (name, {path: text}, expected)."""
    chain = ["define d0\n  when minor\n"]
    chain += [f"define d{i}\n  when d{i - 1}\n" for i in range(1, 2000)]
    doubled = ["define d0\n  when minor\n"]
    doubled += [f"define d{i}\n  when d{i - 1}, d{i - 1}\n" for i in range(1, 40)]
    deep = [rule("r0")]
    deep += [rule(f"r{i}", more=f"  except to r{i - 1}\n") for i in range(1, 200)]
    wide = [rule("a0"), rule("b0")]
    for i in range(1, 40):
        for name in "ab":
            wide.append(rule(f"{name}{i}", more=f"  except to a{i - 1}, b{i - 1}\n"))
    facts = "".join(f"| `f{i}` | bool | | request | open | us | un fait | a fact |\n"
                    for i in range(2500))
    prose = "A line of prose that says nothing at all, again and again.....\n" * 70_000
    too_deep = "rests on definitions more than 50 deep; write its conditions out"
    entangled = "the rules are too entangled to be compiled, from "
    return [
        ("definitions on definitions", {DEFAULT: block(*chain)},
         [f"{DEFAULT}:153:8: the definition \"d50\" {too_deep}"]),
        ("definitions that double", {DEFAULT: block(*doubled)}, [entangled]),
        ("exceptions to exceptions", {DEFAULT: block(*deep)},
         [f"{DEFAULT}:351:1: the rule r50 is an exception to an exception, more than 50 levels"]),
        ("exceptions to all above", {DEFAULT: block(*wide)}, [entangled]),
        ("braces in braces", {DEFAULT: block(rule("r", "channel in " + "{" * 100_000))},
         [f"{DEFAULT}:4:16: the values of the fact \"channel\" cannot be read"]),
        ("conditions without end", {DEFAULT: block(rule("r", "minor, not " * 100_000))},
         ["a fact or a definition was expected after not"]),
        ("a name of a megabyte", {"xx/pack.toml": "a" + ".a" * 500_000 + " = 1\n"},
         ["xx/pack.toml:1:1: this line has more than a thousand dots"]),
        ("arrays in arrays", {"xx/pack.toml": "a = " + "[" * 100_000 + "\n"},
         ["xx/pack.toml:1:261: "]),
        ("rules without end", {f"xx/{n}.md": block(*(rule(f"r{n}.{i}") for i in range(7000)))
                               for n in range(3)},
         ["xx/2.md:35990:1: there are more than 20000 rules"]),
        ("facts without end", {"more.md": "| fact | type | values | supplier | silence | "
                               "changed by | fr | en |\n|-|-|-|-|-|-|-|-|\n" + facts},
         ["more.md:1992:4: there are more than 2000 facts"]),
        ("thresholds without end", {DEFAULT: block(rule("r", ", ".join(
            f"calls >= {i}" for i in range(300))))},
         ["the rules tell too many values of the fact \"calls\" apart"]),
        ("dates without end", {DEFAULT: block(*(rule(f"r{i}", more=f"  in force from {date(i)}\n")
                                                for i in range(300)))},
         ["facts.md:1:1: the rules tell too many values of the fact \"at\" apart"]),
        ("countries without end", {"xx/pack.toml": 'id = "xx"\nversion = "1"\ntitle.fr = "X"\n'
                                   'title.en = "X"\ncountries = [' +
                                   ", ".join(f'"c{i}"' for i in range(300)) + "]\n"},
         ["facts.md:1:1: the rules tell too many values of the fact \"country\" apart"]),
        ("a file of five megabytes", {DEFAULT: prose},
         [f"{DEFAULT}: the file is larger than 4 MB"]),
        ("text in Latin 1", {DEFAULT: "# Pack\n\nRègle".encode("latin-1")},
         [f"{DEFAULT}:3:2: this character is not UTF-8"]),
        ("bytes at random", {DEFAULT: bytes(range(256)) * 100},
         [f"{DEFAULT}:2:118: this character is not UTF-8"]),
    ]


def said_by(folder):
    """Gives the exit status and the lines that the program says about a pack."""
    started = time.monotonic()
    done = subprocess.run([LICET, "--lang", "en", "--packs", str(folder), "law", "test"],
                          capture_output=True, check=False, timeout=60)
    took = time.monotonic() - started
    lines = [line.replace(str(folder), "FOLDER") for line in done.stderr.decode().splitlines()]
    lines = [line for line in lines if not line.startswith("The rules cannot be used")]
    return done.returncode, lines, took


def write(folder, path, text, kind="="):
    file = folder / path
    if kind == "-":
        return shutil.rmtree(file) if file.is_dir() else file.unlink()
    file.parent.mkdir(parents=True, exist_ok=True)
    if kind == "+":
        text = file.read_text(encoding="utf-8") + text
    return file.write_bytes(text if isinstance(text, bytes) else text.encode())


def run(files):
    with tempfile.TemporaryDirectory(prefix="licet-") as name:
        folder = pathlib.Path(name) / "packs"
        shutil.copytree(HERE / "good", folder)
        for path, kind, text in files:
            write(folder, path, text, kind)
        return said_by(folder)


def promote(path, cases, answers):
    lines = path.read_text(encoding="utf-8").split("\n")
    for case in reversed(cases):
        if case.name in answers:
            lines[case.span[0]:case.span[1]] = answers[case.name]
    path.write_text("\n".join(lines), encoding="utf-8")


def pattern_of(text):
    """Gives what matches a text of the catalogue with its names filled in."""
    text = text.replace('\\"', '"').replace("\\\\", "\\")
    return re.compile(re.sub(r"\\\{\w+\\\}", ".*", re.escape(text)))


def unsaid(lines):
    """Gives the ids that no line says."""
    said = "\n".join(lines)
    for identity, text in re.findall(r'^"(law\.\w+)" = "(.*)"$', TEXTS.read_text(), re.M):
        if not NO_FAULTS.match(identity) and not pattern_of(text).search(said):
            yield identity


def fault_of(case, status, lines, took):
    if took > SLOWEST_S:
        return f"{took:.1f} seconds"
    if status not in STATUSES:
        return f"status {status}\n    " + "\n    ".join(lines)
    if lines != case.expected:
        return "\n    expected:\n      " + "\n      ".join(case.expected) + \
               "\n    said:\n      " + "\n      ".join(lines)
    return None


def main(arguments):
    words = [word for word in arguments if not word.startswith("--")]
    is_chosen = lambda name: not words or any(word in name for word in words)
    faults, all_lines, count = [], [], 0
    status, lines, _ = run([])
    if status != 0 or lines:
        faults.append(f"the good pack is not good: {lines}")
    for path in sorted(HERE.glob("*.md")):
        cases, answers = read_cases(path), {}
        for case in filter(lambda one: is_chosen(one.name), cases):
            status, lines, took = run(case.files)
            all_lines += lines
            count += 1
            answers[case.name] = lines
            fault = fault_of(case, status, lines, took)
            if fault:
                faults.append(f"{path.name}: {case.name}: {fault}")
        if "--promote" in arguments:
            promote(path, cases, answers)
    for name, files, expected in filter(lambda one: is_chosen(one[0]), made_cases()):
        status, lines, took = run([(path, "=", text) for path, text in files.items()])
        all_lines += lines
        count += 1
        said = "\n".join(lines)
        if status not in STATUSES or took > SLOWEST_S or any(e not in said for e in expected):
            faults.append(f"made: {name}: status {status}, {took:.1f} s, said {said[:1000]}")
    if not words:
        faults += [f"no case says {identity}" for identity in unsaid(all_lines)]
    print("\n".join(faults))
    print(f"bad packs: {count}, faults: {len(faults)}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
