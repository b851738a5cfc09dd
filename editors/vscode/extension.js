// SPDX-License-Identifier: Apache-2.0
//
// Starts `licet law lsp` for the folder that is open and connects the editor with it.
'use strict';
const vscode = require('vscode');
const { LanguageClient } = require('vscode-languageclient/node');

let client;

function activate() {
    const settings = vscode.workspace.getConfiguration('licet');
    const packs = settings.get('packs');
    const server = {
        command: settings.get('command'),
        args: [...(packs ? ['--packs', packs] : []), '--lang',
            vscode.env.language.startsWith('fr') ? 'fr' : 'en', 'law', 'lsp'],
    };
    client = new LanguageClient('licet', 'licet packs', server, {
        documentSelector: [{ scheme: 'file', language: 'markdown' },
            { scheme: 'file', pattern: '**/pack.toml' }],
        synchronize: { fileEvents: vscode.workspace.createFileSystemWatcher('**/*.{md,toml}') },
    });
    return client.start();
}

function deactivate() {
    return client?.stop();
}

module.exports = { activate, deactivate };
