// SPDX-License-Identifier: Apache-2.0
//
// How the console is built: a page, and files whose names change with them, so that a browser may
// keep them for ever. Nothing is inlined: the policy of the page allows no script, style or picture
// but those of its own server.
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

export default defineConfig({
    root: import.meta.dirname,
    base: './',
    plugins: [svelte({ compilerOptions: { runes: true } })],
    build: {
        target: 'es2022',
        assetsInlineLimit: 0,
        modulePreload: false,
        cssCodeSplit: false,
        emptyOutDir: true,
        rollupOptions: {
            output: {
                entryFileNames: 'assets/console-[hash].js',
                // A chunk may be named after `toasts.svelte.ts`: one dot is enough for a file.
                chunkFileNames: ({ name }) => `assets/${name.replaceAll('.', '-')}-[hash].js`,
                assetFileNames: 'assets/console-[hash][extname]',
            },
        },
    },
});
