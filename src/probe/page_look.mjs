// SPDX-License-Identifier: Apache-2.0
// What a visitor sees of a page, gathered within it; `words` are those of audit/site-words.toml.
// Nothing is sent, nothing is changed; texts of people are not looked at. With `refuses` it presses
// the button that refuses trackers instead, and says whether there was one: never one that sends a
// form of somebody's data, nor a link to another page. A page may give its parts names that hide
// the browser's own, so those are asked of the browser.
(words, refuses) => {
    const plain = (text) =>
        (text ?? '').normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/\s+/g, ' ')
            .replace(/[\u2019]/g, "'").trim().toLowerCase();
    const isShort = (said) => said.length > 0 && said.length < 80;
    // Of a deed the first words count ("accept all"), of a link any ("our privacy policy").
    const begins = (text, list) => {
        const said = plain(text);
        return isShort(said) &&
            list.some((word) => said.startsWith(word) && !/[a-z0-9]/.test(said[word.length] ?? ''));
    };
    const says = (text, list) => {
        const said = ` ${plain(text).replace(/[.,;:!?()]/g, ' ')} `;
        return isShort(said) && list.some((word) => said.includes(` ${word} `));
    };
    // Shadow trees that are open are looked into: banners often stand in one.
    const all = (selector, root = document, out = []) => {
        out.push(...root.querySelectorAll(selector));
        for (const one of root.querySelectorAll('*'))
            if (one.shadowRoot) all(selector, one.shadowRoot, out);
        return out;
    };
    const isSeen = (one) => {
        const box = one.getBoundingClientRect();
        const style = getComputedStyle(one);
        return box.width > 1 && box.height > 1 && style.visibility !== 'hidden' &&
            style.display !== 'none' && Number(style.opacity) > 0.1;
    };
    const textOf = (one) => one.innerText || one.getAttribute('aria-label') || one.value || '';
    const buttons = all('button, [role=button], a, input[type=button], input[type=submit]')
        .filter(isSeen);
    const size = (one) => {
        const box = one.getBoundingClientRect();
        return { area: Math.round(box.width * box.height),
            x: Math.round(box.x), y: Math.round(box.y),
            width: Math.round(box.width), height: Math.round(box.height),
            font: Math.round(parseFloat(getComputedStyle(one).fontSize)) };
    };
    const elementsOf = (form) =>
        [...Object.getOwnPropertyDescriptor(HTMLFormElement.prototype, 'elements').get.call(form)];
    const isPersonal = (field) => field.type === 'email' || field.type === 'tel' ||
        /e-?mail|courriel|phone|telephone|mobile/i.test(`${field.name} ${field.id}`);
    const asksPersons = (form) =>
        elementsOf(form).some((field) => field.tagName === 'INPUT' && isPersonal(field));
    const staysHere = (one) => {
        if (one.tagName !== 'A')
            return !(one.form instanceof HTMLFormElement && asksPersons(one.form));
        const goal = one.getAttribute('href') ?? '';
        return goal === '' || goal.startsWith('#') || /^javascript:/i.test(goal);
    };
    const deeds = buttons.filter(staysHere);
    const refuse = deeds.find((one) => begins(textOf(one), words.refuse));
    if (refuses) {
        refuse?.click();
        return Boolean(refuse);
    }
    const accept = deeds.find((one) => one !== refuse && begins(textOf(one), words.accept));
    const links = all('a[href]');
    const leadsTo = (list) => links.some((one) => says(textOf(one), list));
    const forms = all('form').filter(asksPersons);
    const near = (form) => [form, form.nextElementSibling,
        form.nextElementSibling?.nextElementSibling].filter(Boolean);
    // Where a form goes, unless a script takes it.
    const goalOf = (form) => {
        const action = form.getAttribute('action') ?? '';
        const goal = URL.canParse(action || '.', location.href)
            ? new URL(action || '.', location.href)
            : undefined;
        const isSent = goal !== undefined && /^https?:$/.test(goal.protocol) &&
            form.hasAttribute('action') && !action.startsWith('#');
        return { hasScript: !isSent, target: isSent ? goal.origin : location.origin };
    };
    return {
        title: [...(document.querySelector('title')?.textContent ?? '')].slice(0, 200).join('')
            .toWellFormed(),
        accept: accept ? size(accept) : null,
        refuse: refuse ? size(refuse) : null,
        hasPolicy: leadsTo(words.policy),
        hasLegal: leadsTo(words.legal),
        hasChoice: buttons.some((one) => says(textOf(one), words.choose)),
        forms: forms.slice(0, 50).map((form) => ({
            hasPolicy: near(form).some((part) =>
                [...part.querySelectorAll('a[href]')].some((one) =>
                    says(textOf(one), words.policy))),
            ticked: elementsOf(form).filter((field) => field.type === 'checkbox' &&
                field.defaultChecked).length,
            method: /^post$/i.test(form.getAttribute('method') ?? '') ? 'post' : 'get',
            ...goalOf(form),
        })),
        stored: (() => {
            try {
                return [...Object.keys(localStorage), ...Object.keys(sessionStorage)].slice(0, 500)
                    .map((name) => name.slice(0, 200).toWellFormed());
            } catch {
                return [];
            }
        })(),
    };
}
