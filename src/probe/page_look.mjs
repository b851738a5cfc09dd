// SPDX-License-Identifier: Apache-2.0
// What a visitor sees of a page, gathered within it; `words` are those of audit/site-words.toml.
// Nothing is sent, nothing is changed; texts of people are not looked at. With `refuses` it presses
// the button that refuses trackers instead, and says whether there was one.
(words, refuses) => {
    const plain = (text) =>
        (text ?? '').normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/\s+/g, ' ')
            .replace(/[\u2019]/g, "'").trim().toLowerCase();
    const says = (text, list) => {
        const said = plain(text);
        return said.length > 0 && said.length < 80 &&
            list.some((word) => said === word || said.startsWith(word + ' ') ||
                said.includes(' ' + word) || said.startsWith(word + ',') || said === word + '.');
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
            font: Math.round(parseFloat(getComputedStyle(one).fontSize)) };
    };
    const refuse = buttons.find((one) => says(textOf(one), words.refuse));
    if (refuses) {
        refuse?.click();
        return Boolean(refuse);
    }
    const accept = buttons.find((one) => one !== refuse && says(textOf(one), words.accept) &&
        !says(textOf(one), words.refuse));
    const links = all('a[href]');
    const leadsTo = (list) => links.some((one) => says(textOf(one), list));
    const isPersonal = (field) => field.type === 'email' || field.type === 'tel' ||
        /e-?mail|courriel|phone|telephone|mobile/i.test(`${field.name} ${field.id}`);
    const forms = all('form').filter((form) =>
        [...form.elements].some((field) => field.tagName === 'INPUT' && isPersonal(field)));
    const near = (form) => [form, form.nextElementSibling,
        form.nextElementSibling?.nextElementSibling].filter(Boolean);
    return {
        title: document.title.slice(0, 200),
        accept: accept ? size(accept) : null,
        refuse: refuse ? size(refuse) : null,
        hasPolicy: leadsTo(words.policy),
        hasLegal: leadsTo(words.legal),
        hasChoice: buttons.some((one) => says(textOf(one), words.choose)),
        forms: forms.slice(0, 50).map((form) => ({
            hasPolicy: near(form).some((part) =>
                [...part.querySelectorAll('a[href]')].some((one) =>
                    says(textOf(one), words.policy))),
            ticked: [...form.elements].filter((field) => field.type === 'checkbox' &&
                field.defaultChecked).length,
            method: (form.getAttribute('method') || 'get').toLowerCase(),
            hasScript: !form.hasAttribute('action'),
            target: new URL(form.getAttribute('action') || location.href, location.href).origin,
        })),
        stored: (() => {
            try {
                return [...Object.keys(localStorage), ...Object.keys(sessionStorage)].slice(0, 500);
            } catch {
                return [];
            }
        })(),
    };
}
