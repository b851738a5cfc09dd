// SPDX-License-Identifier: Apache-2.0
//
// Says with a form that is sent whether the notice on the page was the one that the form names: its
// SHA-256 is taken of what the page holds. Forms work without it; a classic script, to self-host.
(function () {
    async function look(form, field) {
        const notice = form.querySelector('.licet-notice');
        if (!notice || !crypto.subtle) return;
        const held = notice.outerHTML.replaceAll('&nbsp;', '\u00a0') + '\n';
        const bytes = new TextEncoder().encode(held);
        const digest = await crypto.subtle.digest('SHA-256', bytes);
        const hex = Array.from(new Uint8Array(digest),
            (byte) => byte.toString(16).padStart(2, '0')).join('');
        const shown = document.createElement('input');
        shown.type = 'hidden';
        shown.name = 'licet_shown';
        shown.value = hex === field.value ? 'yes' : 'no';
        form.append(shown);
    }
    const start = () => {
        for (const field of document.querySelectorAll('form input[name=licet_notice]'))
            look(field.form, field);
    };
    if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', start);
    else start();
})();
