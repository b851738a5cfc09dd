// SPDX-License-Identifier: Apache-2.0
//
// How the console is built: three files with names that stay, since the program carries them
// (cmake/ui.cmake) and says itself, by their digest, when they have changed. Nothing is inlined:
// the policy of the page allows no script, style or picture but those of its own server.
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
                entryFileNames: 'console.js',
                chunkFileNames: '[name].js',
                assetFileNames: 'console[extname]',
            },
        },
    },
});
