// SPDX-License-Identifier: Apache-2.0
//
// licet in a browser or in Node: the functions of licet/licet.h, compiled to WebAssembly.
//
//     const licet = await load(bytesOfLicetWasm);
//     const law = licet.read({ 'facts.md': '...', 'fr/pack.toml': '...', ... });
//     law.decide({ facts: { country: 'fr', channel: 'email', at: '2026-11-26' } }, 'en')
//         -> { verdict: 'undetermined', missing: [...], ... }       docs/verdict.md
//
// Nothing is fetched and nothing is kept. Whoever gets an exception has no answer, and contacts
// nobody. Objects hold memory of the module until free() is called.

const UNKNOWN_ZONE = 1 << 20;
/** The code of an unknown value in a column, and of an answer that is none. */
export const UNKNOWN = 65535;
export const UNDETERMINED = 255;

const LANGUAGES = { fr: 0, en: 1 };
const READINGS = { strict: 0, authority: 1, text: 2 };
const text = new TextDecoder();
const bytes = new TextEncoder();

// ---- the host's part ---------------------------------------------------------------------------
const clocks = new Map();

/** Gives the minutes east of UTC in a zone, or UNKNOWN_ZONE. */
function zoneOffset(zone, utcMinutes) {
  try {
    if (!clocks.has(zone)) {
      clocks.set(zone, new Intl.DateTimeFormat('en-US', {
        timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric',
        hour: 'numeric', minute: 'numeric',
      }));
    }
    const parts = {};
    for (const { type, value } of clocks.get(zone).formatToParts(utcMinutes * 60000))
      parts[type] = Number(value);
    const local = Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute);
    return local / 60000 - utcMinutes;
  } catch {
    return UNKNOWN_ZONE;
  }
}

// ---- memory ------------------------------------------------------------------------------------
class Memory {
  constructor(exports) {
    this.exports = exports;
  }

  get u8() { return new Uint8Array(this.exports.memory.buffer); }
  get u32() { return new Uint32Array(this.exports.memory.buffer); }

  take(size) {
    const place = this.exports.malloc(Math.max(size, 1));
    if (place === 0) throw new RangeError('licet: no memory');
    return place;
  }

  /** Writes bytes after each other and numbers as structures; frees all of it at the end. */
  scope(work) {
    const places = [];
    const take = (size) => {
      places.push(this.take(size));
      return places.at(-1);
    };
    const put = (string) => {
      const encoded = bytes.encode(string);
      const place = take(encoded.length);
      this.u8.set(encoded, place);
      return [place, encoded.length];
    };
    const words = (numbers) => {
      const place = take(numbers.length * 4);
      this.u32.set(numbers, place >> 2);
      return place;
    };
    try {
      return work({ take, put, words });
    } finally {
      for (const place of places) this.exports.free(place);
    }
  }

  string(place, size) {
    return text.decode(this.u8.slice(place, place + size));
  }

  textAt(place) {
    return this.string(this.u32[place >> 2], this.u32[(place >> 2) + 1]);
  }

  /** Runs a function that gives a status, a result and an error text; gives the result. */
  call(scope, run) {
    const out = scope.words([0, 0]);
    const status = run(out, out + 4);
    const [result, error] = this.u32.slice(out >> 2, (out >> 2) + 2);
    if (status === 0) return result;
    let told = `status ${status}`;
    if (error !== 0) {
      told = this.string(error, this.u8.indexOf(0, error) - error);
      this.exports.licet_error_free(error);
    }
    throw Object.assign(new Error(told), { status });
  }
}

function languageOf(language) {
  if (!(language in LANGUAGES)) throw new TypeError(`licet: language ${language}`);
  return LANGUAGES[language];
}

// ---- what programs use -------------------------------------------------------------------------
/** A question about many rows. */
class Batch {
  #memory;
  #batch;
  #columns;
  #buffers = new Set();

  constructor(memory, batch, columns) {
    this.#memory = memory;
    this.#batch = batch;
    this.#columns = columns;
  }

  /**
   * Makes room for rows inside the module. `codes(c)`, `answers()` and `situations()` give views of
   * it; `decide(n)` answers the first n rows. Take views anew after other calls: when the memory
   * grows, old ones are empty.
   */
  rows(count) {
    const memory = this.#memory;
    const batch = this.#batch;
    const width = count * 2 + 2 & ~3;
    const codes = memory.take(width * this.#columns);
    const answers = memory.take(count);
    const situations = memory.take(count * 4);
    const pointers = memory.take(this.#columns * 4);
    memory.u32.set(Array.from({ length: this.#columns }, (_, c) => codes + c * width),
      pointers >> 2);
    const decideRows = memory.exports.licet_batch_decide;
    const buffer = {
      codes: (c) => new Uint16Array(memory.exports.memory.buffer, codes + c * width, count),
      answers: () => new Uint8Array(memory.exports.memory.buffer, answers, count),
      situations: () => new Uint32Array(memory.exports.memory.buffer, situations, count),
      decide(rows = count) {
        if (rows > count) throw new RangeError(`licet: ${rows} rows in room for ${count}`);
        if (decideRows(batch, pointers, rows, answers, situations) !== 0)
          throw new RangeError('licet: a code is none of the values of its column');
      },
      free: () => {
        if (!this.#buffers.delete(buffer)) return;
        for (const place of [codes, answers, situations, pointers]) memory.exports.free(place);
      },
    };
    this.#buffers.add(buffer);
    return buffer;
  }

  /** Decides columns of codes, as long as each other; gives new arrays, one item a row. */
  decide(columns) {
    if (columns.length !== this.#columns) throw new TypeError('licet: another number of columns');
    const count = columns[0]?.length ?? 0;
    const rows = this.rows(count);
    try {
      columns.forEach((column, c) => {
        if (column.length !== count) throw new TypeError('licet: columns of different lengths');
        rows.codes(c).set(column);
      });
      rows.decide();
      return { answers: rows.answers().slice(), situations: rows.situations().slice() };
    } finally {
      rows.free();
    }
  }

  /** Gives the answer, the deciding rules and the duties of a situation; undefined for none. */
  situation(number) {
    const memory = this.#memory;
    const found = memory.exports.licet_batch_situation(this.#batch, number);
    if (found === 0) return undefined;
    // The layout of licet_verdict: five texts around two numbers, then three lists.
    const word = (index) => memory.u32[(found >> 2) + index];
    const list = (index, size, read) => Array.from({ length: word(index + 1) },
      (_, i) => read(word(index) + i * size));
    const named = (place) => ({ id: memory.textAt(place), tell: memory.textAt(place + 8) });
    return {
      verdict: memory.textAt(found),
      certainty: word(3) === 0 ? 'debatable' : 'settled',
      pack: memory.textAt(found + 48),
      reasons: list(14, 28, (place) => ({ rule: memory.textAt(place),
        tell: memory.textAt(place + 8) })),
      duties: list(16, 16, named),
      missing: list(18, 16, named),
    };
  }

  get situationCount() {
    return this.#memory.exports.licet_batch_situation_count(this.#batch);
  }

  free() {
    for (const buffer of [...this.#buffers]) buffer.free();
    this.#memory.exports.licet_batch_free(this.#batch);
    this.#batch = 0;
  }
}

/** Packs, read and compiled. */
class Law {
  #memory;
  #law;

  constructor(memory, law) {
    this.#memory = memory;
    this.#law = law;
  }

  /** Packs with their versions and digests. */
  get identity() {
    return this.#memory.scope(({ words }) => {
      const out = words([0, 0]);
      this.#memory.exports.licet_law_identity(out, this.#law);
      return this.#memory.textAt(out);
    });
  }

  /** Gives the name of an answer by its code. */
  answerName(question, code) {
    return this.#memory.scope(({ put, words }) => {
      const out = words([0, 0]);
      this.#memory.exports.licet_answer_name(out, this.#law, words(put(question)), code);
      return this.#memory.textAt(out) || 'undetermined';
    });
  }

  /** Decides on { question, facts, id }; gives the verdict of docs/verdict.md. */
  decide(situation, language = 'fr') {
    return JSON.parse(this.decideText(JSON.stringify(situation), language));
  }

  /** The same, JSON text in and out. */
  decideText(object, language = 'fr') {
    return this.#json('licet_decide_json', object, language);
  }

  /** As decide(), with `sufficient` and `next`. */
  explain(situation, language = 'fr') {
    return JSON.parse(this.#json('licet_explain_json', JSON.stringify(situation), language));
  }

  #json(name, object, language) {
    const memory = this.#memory;
    return memory.scope((scope) => {
      const given = scope.words(scope.put(object));
      const json = memory.call(scope, (out, error) =>
        memory.exports[name](this.#law, given, languageOf(language), out, error));
      try {
        return memory.textAt(json);
      } finally {
        memory.exports.licet_json_free(json);
      }
    });
  }

  /** Prepares a batch: `columns` is a list of { fact, values }; `shared` as in decide(). */
  batch(shared, columns, language = 'fr') {
    const memory = this.#memory;
    return memory.scope((scope) => {
      const { put, words } = scope;
      const pairs = [];
      for (const [name, value] of Object.entries(shared.facts ?? {}))
        for (const one of Array.isArray(value) ? value : [value])
          pairs.push(...put(name), ...put(typeof one === 'boolean' ? (one ? 'yes' : 'no')
            : String(one)));
      const facts = words(pairs);
      const situation = words([...put(shared.question ?? 'contact'), languageOf(language), facts,
        pairs.length / 4]);
      const given = columns.flatMap(({ fact, values }) =>
        [...put(fact), words(values.flatMap((value) => put(String(value)))), values.length]);
      const batch = memory.call(scope, (out, error) => memory.exports.licet_batch_new(
        this.#law, situation, words(given), columns.length, out, error));
      return new Batch(memory, batch, columns.length);
    });
  }

  free() {
    this.#memory.exports.licet_law_free(this.#law);
    this.#law = 0;
  }
}

/** Starts the module from the bytes of licet.wasm. */
export async function load(wasm) {
  const module = await WebAssembly.compile(wasm);
  const imports = { host: {} };
  // The C library names functions of a system that there is none of here. Others are a mistake.
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    const isOfSystem = from === 'wasi_snapshot_preview1' || from === 'host'
      || name === 'emscripten_notify_memory_growth';
    if (!isOfSystem) throw new Error(`licet: the module asks for ${from}.${name}`);
    (imports[from] ??= {})[name] = () => 0;
  }
  imports.host.zone_offset = (place, size, utcMinutes) =>
    zoneOffset(memory.string(place, size), utcMinutes);
  if (imports.wasi_snapshot_preview1?.proc_exit) {
    imports.wasi_snapshot_preview1.proc_exit = (code) => {
      throw new Error(`licet: stopped with ${code}`);
    };
  }
  const { exports } = await WebAssembly.instantiate(module, imports);
  const memory = new Memory(exports);
  exports._initialize?.();
  const version = exports.licet_version();
  return {
    version: [version / 1e6, version / 1e3 % 1e3, version % 1e3].map(Math.floor).join('.'),

    /** Reads packs: an object from path ("fr/email.md") to text. Throws with all faults. */
    read(files, { reading = 'strict', language = 'fr' } = {}) {
      if (!(reading in READINGS)) throw new TypeError(`licet: reading ${reading}`);
      return memory.scope((scope) => {
        const { put, words } = scope;
        const entries = Object.entries(files);
        const list = words(entries.flatMap(([path, content]) => [...put(path), ...put(content)]));
        const options = words([READINGS[reading], languageOf(language), 0, 0]);
        return new Law(memory, memory.call(scope, (out, error) =>
          exports.licet_law_read(list, entries.length, options, out, error)));
      });
    },
  };
}
