// SPDX-License-Identifier: Apache-2.0
// How a request is sent and an answer is read: what all methods of the client share. Needs fetch
// and nothing else, so it runs in Node.js from 18 on, in Deno and in browsers.

/** Where the server is, and who asks. */
export interface Settings {
    /** Such as https://licet.example */
    base: string;
    /** A token of POST /api/v1/tokens; without one, the cookie of the browser's session. */
    token?: string;
    /** X-CSRF-Token of a session. */
    csrf?: string;
    /** The organisation that is meant, for whoever is let in at several. */
    tenant?: string;
    /** The language of what is for people. */
    language?: 'fr' | 'en';
    /** Instead of the global one. */
    fetch?: typeof fetch;
    /** How often a request is sent again that can be: 429, 503. Twice if it is not given. */
    retries?: number;
}

/** Of one request. */
export interface Options {
    /** A repeat with the same key adds nothing. */
    idempotencyKey?: string;
    tenant?: string;
    language?: 'fr' | 'en';
    signal?: AbortSignal;
}

/** What is sent. */
export interface Asked {
    method: string;
    path: string;
    query?: Record<string, string | undefined>;
    body?: unknown;
    media?: string;
}

/** A request that was refused (RFC 9457). Nothing may be taken as allowed. */
export class LicetProblem extends Error {
    readonly status: number;
    /** What is wrong, for programs: it does not change. */
    readonly code: string;
    readonly where: string | undefined;
    readonly problems: { where: string; detail: string }[];

    constructor(
        status: number,
        told: { code?: string; detail?: string; where?: string;
                problems?: { where: string; detail: string }[] },
    ) {
        super(told.detail ?? `HTTP ${status}`);
        this.name = 'LicetProblem';
        this.status = status;
        this.code = told.code ?? 'http.status';
        this.where = told.where;
        this.problems = told.problems ?? [];
    }
}

const mostWaitSeconds = 30;

export class Transport {
    protected readonly settings: Settings;

    constructor(settings: Settings) {
        this.settings = { ...settings, base: settings.base.replace(/\/+$/, '') };
    }

    protected async json<T>(asked: Asked, options: Options): Promise<T> {
        return (await (await this.send(asked, options)).json()) as T;
    }

    protected async text(asked: Asked, options: Options): Promise<string> {
        return (await this.send(asked, options)).text();
    }

    protected async blob(asked: Asked, options: Options): Promise<Blob> {
        return (await this.send(asked, options)).blob();
    }

    protected async nothing(asked: Asked, options: Options): Promise<void> {
        await (await this.send(asked, options)).body?.cancel();
    }

    /** One value a line, as they come. */
    protected async *lines<T>(asked: Asked, options: Options): AsyncGenerator<T> {
        for await (const line of this.split(asked, options, '\n'))
            if (line.trim() !== '') yield JSON.parse(line) as T;
    }

    /** Server-sent events, as they come. */
    protected async *events<T>(asked: Asked, options: Options): AsyncGenerator<T> {
        for await (const block of this.split(asked, options, '\n\n')) {
            const fields = new Map<string, string>();
            for (const line of block.split('\n')) {
                const colon = line.indexOf(':');
                if (colon > 0) fields.set(line.slice(0, colon), line.slice(colon + 1).trim());
            }
            const text = fields.get('data');
            if (text !== undefined)
                yield { event: fields.get('event') ?? 'message', data: JSON.parse(text) } as T;
        }
    }

    private async *split(asked: Asked, options: Options, mark: string): AsyncGenerator<string> {
        const body = (await this.send(asked, options)).body;
        if (body === null) return;
        const reader = body.getReader();
        const decoder = new TextDecoder();
        let rest = '';
        try {
            for (;;) {
                const { done, value } = await reader.read();
                rest += done ? decoder.decode() : decoder.decode(value, { stream: true });
                const parts = rest.split(mark);
                rest = parts.pop() ?? '';
                yield* parts;
                if (done) break;
            }
            if (rest !== '') yield rest;
        } finally {
            await reader.cancel();
        }
    }

    private headers(asked: Asked, options: Options): Headers {
        const out = new Headers();
        const put = (name: string, value: string | undefined) => {
            if (value !== undefined && value !== '') out.set(name, value);
        };
        put('Content-Type', asked.media);
        if (this.settings.token) put('Authorization', `Bearer ${this.settings.token}`);
        put('X-CSRF-Token', this.settings.csrf);
        put('Licet-Tenant', options.tenant ?? this.settings.tenant);
        put('Accept-Language', options.language ?? this.settings.language);
        put('Idempotency-Key', options.idempotencyKey);
        return out;
    }

    private address(asked: Asked): string {
        const query = new URLSearchParams();
        for (const [name, value] of Object.entries(asked.query ?? {}))
            if (value !== undefined) query.set(name, value);
        const text = query.toString();
        return this.settings.base + asked.path + (text === '' ? '' : `?${text}`);
    }

    private static written(asked: Asked): string | Blob | undefined {
        if (asked.body === undefined) return undefined;
        if (asked.media === 'application/json') return JSON.stringify(asked.body);
        if (asked.media === 'application/x-ndjson')
            return Array.from(asked.body as Iterable<unknown>, (one) => JSON.stringify(one) + '\n')
                .join('');
        return asked.body as string | Blob;
    }

    private async send(asked: Asked, options: Options): Promise<Response> {
        const body = Transport.written(asked);
        const headers = this.headers(asked, options);
        const request: RequestInit = { method: asked.method, headers };
        if (body !== undefined) request.body = body;
        if (options.signal) request.signal = options.signal;
        const ask = this.settings.fetch ?? fetch;
        for (let left = this.settings.retries ?? 2; ; --left) {
            const answer = await ask(this.address(asked), request);
            if (answer.ok) return answer;
            const wait = Number(answer.headers.get('Retry-After') ?? 'NaN');
            if (left <= 0 || !Transport.mayAgain(asked, options, answer.status, wait))
                throw await Transport.problem(answer);
            await answer.body?.cancel();
            await new Promise((done) => setTimeout(done, wait * 1000));
        }
    }

    // What was perhaps done must not be done twice: only what changes nothing, or has a key.
    private static mayAgain(asked: Asked, options: Options, status: number, wait: number): boolean {
        if (!(wait >= 0 && wait <= mostWaitSeconds)) return false;
        if (status === 429) return true;
        return status === 503 && (asked.method === 'GET' || options.idempotencyKey !== undefined);
    }

    private static async problem(answer: Response): Promise<LicetProblem> {
        const text = await answer.text();
        const isProblem = (answer.headers.get('Content-Type') ?? '').includes('json');
        try {
            return new LicetProblem(answer.status, isProblem ? JSON.parse(text) : {});
        } catch {
            return new LicetProblem(answer.status, {});
        }
    }
}
