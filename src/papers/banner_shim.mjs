// SPDX-License-Identifier: Apache-2.0
//
// What stands around orejime in a banner: it remembers a choice, tells it to the ledger as proof,
// and tells Google's consent mode. A classic script, put before the library in one file; SETTINGS
// is written in by banner.cpp. Comment lines do not reach visitors.
//
// Three laws: nothing is stored and nobody is asked for anything before a choice; what cannot be
// read for certain counts as no; a yes given before the browser's signal (GPC) was on is a no.
(function () {
    const k = SETTINGS;
    const cookie = 'licet_choices';
    const queueKey = 'licet_unsent';
    const hasSignal = navigator.globalPrivacyControl === true;

    function chances() {
        const bytes = crypto.getRandomValues(new Uint8Array(16));
        return Array.from(bytes, (byte) => (256 + byte).toString(16).slice(1)).join('');
    }

    // ---- the choice, as the cookie keeps it: t when, g with the signal, c {id: [0 or 1, scope]}
    function parse(text) {
        const out = {};
        try {
            const kept = JSON.parse(text);
            const isFresh = kept.t <= Date.now() && kept.t > Date.now() - k.days * 864e5;
            if (!isFresh) return out;
            for (const { id, scope } of k.purposes) {
                const [yes, of] = kept.c[id] || [];
                // A no stays one. A yes is to what was shown; the signal undoes an older one.
                if (yes === 0 || (yes === 1 && hasSignal && !kept.g)) out[id] = false;
                else if (yes === 1 && of === scope) out[id] = true;
            }
        } catch {
            return {};
        }
        return out;
    }
    function stringify(choices) {
        const c = {};
        for (const { id, scope } of k.purposes)
            if (id in choices) c[id] = [choices[id] ? 1 : 0, scope];
        return JSON.stringify({ t: Date.now(), g: hasSignal, c });
    }

    // ---- proof: sent in order, kept until it is answered
    let unsent = [];
    function keep(list) {
        unsent = list;
        try {
            if (list.length) localStorage.setItem(queueKey, JSON.stringify(list));
            else localStorage.removeItem(queueKey);
        } catch {
            // Storage is closed: what is in memory is sent as long as the page is open.
        }
    }
    function load() {
        try {
            const list = JSON.parse(localStorage.getItem(queueKey));
            if (Array.isArray(list)) unsent = list;
        } catch {
            unsent = [];
        }
    }
    let isSending = false;
    async function send() {
        if (isSending || !k.post) return;
        isSending = true;
        try {
            while (unsent.length) {
                const one = unsent[0];
                const answer = await fetch(k.post, {
                    method: 'POST',
                    headers: { 'Content-Type': 'application/json' },
                    body: JSON.stringify(one),
                    credentials: 'omit',
                    keepalive: true,
                });
                const { status } = answer;
                if (status === 408 || status === 429 || status > 499) break;
                load();
                keep(unsent.filter(({ id }) => id !== one.id));
            }
        } catch {
            // Offline: at the next page, or when the browser is online again.
        }
        isSending = false;
    }
    function record(choices, prefix) {
        if (!k.post) return null;
        load();
        const one = {
            version: k.version,
            site: k.site,
            choices: { ...choices },
            at: new Date().toISOString(),
            id: prefix + chances(),
        };
        keep([...unsent, one].slice(-20));
        return send();
    }

    // ---- Google's consent mode, for sites whose trackers name its signals
    const modes = new Set(k.purposes.flatMap((one) => one.modes || []));
    function mode(act, choices) {
        if (!modes.size) return;
        const signals = {};
        for (const name of modes) signals[name] = 'denied';
        for (const one of k.purposes)
            if (choices[one.id]) for (const name of one.modes || []) signals[name] = 'granted';
        window.dataLayer = window.dataLayer || [];
        (function () {
            window.dataLayer.push(arguments);
        })('consent', act, signals);
    }
    mode('default', {});

    // ---- the browser's signal is a refusal of whatever was not answered
    const stored = document.cookie.split('; ').find((one) => one.startsWith(cookie + '='));
    if (hasSignal && !stored) {
        const refused = {};
        for (const { id } of k.purposes) refused[id] = false;
        document.cookie = cookie + '=' + encodeURIComponent(stringify(refused)) +
            ';path=/;samesite=strict;max-age=' + k.days * 86400;
        record(refused, 'gpc-');
    }

    window.orejimeConfig = {
        privacyPolicyUrl: k.policy,
        purposes: k.purposes,
        translations: k.texts,
        cookie: { name: cookie, duration: k.days, sameSite: 'strict', parse, stringify },
    };
    document.addEventListener('orejime.loaded', ({ detail }) => {
        const { manager } = detail;
        let before = manager.getAllConsents();
        mode('update', before);
        manager.on('update', async (_, choices) => {
            const isWithdrawn = Object.keys(before).some((id) => before[id] && !choices[id]);
            before = choices;
            mode('update', choices);
            const sent = record(choices, '');
            // Scripts that run cannot be stopped, but the page can begin again without them: once
            // there is a network, or nothing would be left of it.
            if (isWithdrawn) {
                await Promise.race([sent, new Promise((done) => setTimeout(done, 500))]);
                if (navigator.onLine) location.reload();
                else addEventListener('online', () => location.reload());
            }
        });
        let links = document.querySelectorAll('[data-licet-choices]');
        if (!links.length) {
            const button = document.createElement('button');
            button.type = 'button';
            button.className = 'licet-Again';
            button.textContent = k.again;
            document.body.append(button);
            links = [button];
        }
        for (const link of links)
            link.addEventListener('click', (event) => {
                event.preventDefault();
                detail.prompt();
            });
        load();
        send();
    });
    addEventListener('online', send);
})();
