# SPDX-License-Identifier: Apache-2.0
"""Writes clients/typescript/src/client.ts from docs/openapi.json: a type for each schema, a method
for each operation. What all methods share is in clients/typescript/src/transport.ts, by hand.

run: tools/make_client.py [--check]   (--check: says whether the file is what it would write)
"""
import json
import pathlib
import re
import sys
import textwrap

ROOT = pathlib.Path(__file__).resolve().parents[1]
DOCUMENT = ROOT / 'docs' / 'openapi.json'
CLIENT = ROOT / 'clients' / 'typescript' / 'src' / 'client.ts'
METHODS = ('get', 'post', 'put', 'patch', 'delete')
COLUMNS = 100
HEAD = '''// SPDX-License-Identifier: Apache-2.0
// Made by tools/make_client.py from docs/openapi.json: change those, not this.
import { Transport, type Options } from './transport.js';

export { LicetProblem, type Options, type Settings } from './transport.js';
'''


def comment(text, indent=''):
    if not text:
        return []
    lines = textwrap.wrap(text, COLUMNS - len(indent) - 3, break_long_words=False)
    if len(lines) == 1 and len(indent) + len(lines[0]) + 7 <= COLUMNS:
        return [f'{indent}/** {lines[0]} */']
    return [f'{indent}/**', *(f'{indent} * {line}' for line in lines), f'{indent} */']


def name_of(reference):
    return reference.rsplit('/', 1)[1]


def wrapped(head, parts, indent, tail=';'):
    """A union on one line, or on as many as it needs."""
    line = head + ' | '.join(parts) + tail
    if len(line) <= COLUMNS:
        return line
    return head.rstrip() + ''.join(f'\n{indent}    | {one}' for one in parts) + tail


class Writer:
    def __init__(self, document):
        self.document = document

    def resolved(self, node):
        while '$ref' in node:
            kind, name = node['$ref'].split('/')[2:]
            node = self.document['components'][kind][name]
        return node

    def parts(self, schema, indent):
        """Gives the alternatives of a type."""
        if '$ref' in schema:
            return [name_of(schema['$ref'])]
        if 'enum' in schema:
            return [json.dumps(one).replace('"', "'") for one in schema['enum']]
        if 'oneOf' in schema:
            return [one for each in schema['oneOf'] for one in self.parts(each, indent)]
        kinds = schema.get('type')
        kinds = kinds if isinstance(kinds, list) else [kinds]
        return [self.one(kind, schema, indent) for kind in kinds]

    def one(self, kind, schema, indent):
        if kind == 'array':
            parts = self.parts(schema['items'], indent)
            return f'({" | ".join(parts)})[]' if len(parts) > 1 else parts[0] + '[]'
        if kind == 'object':
            return self.object(schema, indent)
        return {'string': 'string', 'integer': 'number', 'number': 'number', 'boolean': 'boolean',
                'null': 'null'}[kind]

    def object(self, schema, indent):
        rest = schema.get('additionalProperties')
        if 'properties' not in schema:
            value = 'unknown' if rest in (None, True) else \
                ' | '.join(self.parts(rest, indent + '    '))
            return f'Record<string, {value}>'
        return '{\n' + self.members(schema, indent + '    ') + indent + '}'

    def members(self, schema, indent):
        out = []
        for name, one in schema['properties'].items():
            mark = '' if name in schema.get('required', []) else '?'
            out += comment(one.get('description'), indent)
            out.append(wrapped(f'{indent}{name}{mark}: ', self.parts(one, indent), indent))
        if schema.get('additionalProperties') is True:
            out.append(f'{indent}[name: string]: unknown;')
        return '\n'.join(out) + '\n'

    def types(self):
        for name, schema in self.document['components']['schemas'].items():
            yield from comment(schema.get('description'))
            if 'properties' in schema:
                yield f'export interface {name} {{\n{self.members(schema, "    ")}}}\n'
            else:
                yield wrapped(f'export type {name} = ', self.parts(schema, ''), '') + '\n'

    # ---- operations ------------------------------------------------------------------------------
    def arguments(self, operation):
        """Gives (arguments of the method, names of the query)."""
        arguments, query = [], []
        for one in map(self.resolved, operation.get('parameters', [])):
            if one['in'] == 'path':
                kind = ' | '.join(self.parts(one['schema'], ''))
                arguments.append(f'{one["name"]}: {kind}')
            elif one['in'] == 'query':
                query.append(f'{one["name"]}{"" if one.get("required") else "?"}: string')
        body = operation.get('requestBody', {}).get('content', {})
        if body:
            media, content = next(iter(body.items()))
            arguments.append('body: ' + self.body(media, content))
        if query:
            is_needed = any('?' not in one for one in query)
            names = '; '.join(query)
            if len(names) > COLUMNS - 30:
                names = ';\n            '.join(['', *query])[1:] + ';\n       '
            arguments.append(f'query: {{ {names} }}' + ('' if is_needed else ' = {}'))
        return arguments, bool(query)

    @staticmethod
    def body(media, content):
        if 'x-licet-item' in content:
            return f'Iterable<{name_of(content["x-licet-item"]["$ref"])}>'
        if media == 'application/json':
            return name_of(content['schema']['$ref'])
        return 'string | Blob'

    def answer(self, operation):
        """Gives (type, way of reading) of what comes back if all goes well."""
        for status, response in operation['responses'].items():
            content = self.resolved(response).get('content', {})
            if not status.startswith('2') or not content:
                continue
            media, told = next(iter(content.items()))
            item = told.get('x-licet-item')
            if item:
                way = 'lines' if media == 'application/x-ndjson' else 'events'
                return f'AsyncGenerator<{name_of(item["$ref"])}>', way
            if media == 'application/json':
                return f'Promise<{" | ".join(self.parts(told["schema"], ""))}>', 'json'
            if media.startswith('text/') or media == 'application/toml':
                return 'Promise<string>', 'text'
            return 'Promise<Blob>', 'blob'
        return 'Promise<void>', 'nothing'

    @staticmethod
    def folded(line):
        """A path that is too long for a line goes on in the next one."""
        if len(line) < COLUMNS or '`' not in line:
            return line
        head, mark, tail = line.rpartition('/${')
        return f'{head}` +\n                    `{mark}{tail}'

    def method(self, path, method, operation):
        arguments, has_query = self.arguments(operation)
        kind, way = self.answer(operation)
        place = re.sub(r'\{(\w+)\}', r'${encodeURIComponent(\1)}', path)
        quote = '`' if '{' in path else "'"
        body = next(iter(operation.get('requestBody', {}).get('content', {})), None)
        given = []
        if has_query:
            given.append('query')
        if body:
            given.append(f"body, media: '{body}'")
        text = [operation['summary'], operation.get('description', ''),
                f'Right: {operation["x-licet-rights"]}.']
        sentences = (re.sub(r'(?<![.?!])$', '.', one) for one in text if one)
        yield from comment(' '.join(sentences), '    ')
        arguments.append('options: Options = {}')
        head = f'    {operation["operationId"]}({", ".join(arguments)}): {kind} {{'
        if len(head) > COLUMNS:
            inner = ',\n'.join(f'        {one}' for one in arguments)
            head = f'    {operation["operationId"]}(\n{inner},\n    ): {kind} {{'
        yield head
        asked = ', '.join([f"method: '{method.upper()}'", f'path: {quote}{place}{quote}', *given])
        line = f'        return this.{way}({{ {asked} }}, options);'
        if len(line) > COLUMNS:
            parts = ',\n'.join(self.folded(f'                {one}') for one in asked.split(', '))
            line = (f'        return this.{way}(\n            {{\n{parts},\n            }},\n'
                    '            options,\n        );')
        yield line
        yield '    }\n'

    def text(self):
        out = [HEAD, *self.types()]
        out += ['/** One method for each operation of the API. */',
                'export class LicetClient extends Transport {']
        for path, item in self.document['paths'].items():
            for method in (one for one in METHODS if one in item):
                out += self.method(path, method, item[method])
        return re.sub(r' +$', '', '\n'.join(out), flags=re.M).rstrip() + '\n}\n'


def main():
    text = Writer(json.loads(DOCUMENT.read_text(encoding='utf-8'))).text()
    if '--check' not in sys.argv[1:]:
        CLIENT.write_text(text, encoding='utf-8')
        return 0
    if CLIENT.is_file() and CLIENT.read_text(encoding='utf-8') == text:
        return 0
    print(f'{CLIENT.relative_to(ROOT)} is not what docs/openapi.json says; '
          'run tools/make_client.py', file=sys.stderr)
    return 1


if __name__ == '__main__':
    sys.exit(main())
