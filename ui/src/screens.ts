// SPDX-License-Identifier: Apache-2.0
//
// All screens, in the order of the navigation. A screen is one line here and one component; the
// groups without a screen are planned places (portfolio, audit, plan, documents, processors,
// requests, label) and are not shown until there is something in them.
import type { Component } from 'svelte';

import type { Permission } from './api';
import Banner from './screens/Banner.svelte';
import Check from './screens/Check.svelte';
import Documents from './screens/Documents.svelte';
import Help from './screens/Help.svelte';
import Law from './screens/Law.svelte';
import LawDiff from './screens/LawDiff.svelte';
import ListOne from './screens/ListOne.svelte';
import Lists from './screens/Lists.svelte';
import Organisation from './screens/Organisation.svelte';
import PaperOne from './screens/PaperOne.svelte';
import Person from './screens/Person.svelte';
import Snippets from './screens/Snippets.svelte';
import Tenants from './screens/Tenants.svelte';
import Tokens from './screens/Tokens.svelte';
import Users from './screens/Users.svelte';
import type { TextId } from './texts.svelte';

export interface Screen {
    path: string; // `/lists/:id` is any path with one part more (router: lastPart)
    title: TextId;
    group: Group;
    icon: string;
    show: Component;
    wants?: Permission; // without it, whoever is signed in may use it
    key?: string; // second letter of its shortcut, after g
    isInside?: string; // path of the screen that leads to it; not in the navigation itself
}

export const groups = [
    'portfolio',
    'audit',
    'plan',
    'documents',
    'processors',
    'requests',
    'label',
    'contact',
    'law',
    'settings',
] as const;
export type Group = (typeof groups)[number];

export const screens: Screen[] = [
    {
        path: '/organisation',
        title: 'organisation.title',
        group: 'documents',
        icon: 'house',
        show: Organisation,
        wants: 'papers',
        key: 'o',
    },
    {
        path: '/documents',
        title: 'documents.title',
        group: 'documents',
        icon: 'page',
        show: Documents,
        wants: 'papers',
        key: 'y',
    },
    {
        path: '/documents/:id',
        title: 'document.title',
        group: 'documents',
        icon: 'page',
        show: PaperOne,
        wants: 'papers',
        isInside: '/documents',
    },
    {
        path: '/banner',
        title: 'banner.title',
        group: 'documents',
        icon: 'choice',
        show: Banner,
        wants: 'papers',
        key: 'b',
    },
    {
        path: '/snippets',
        title: 'snippets.title',
        group: 'documents',
        icon: 'copy',
        show: Snippets,
        wants: 'papers',
        key: 's',
    },
    {
        path: '/check',
        title: 'check.title',
        group: 'contact',
        icon: 'check',
        show: Check,
        wants: 'check',
        key: 'c',
    },
    {
        path: '/lists',
        title: 'lists.title',
        group: 'contact',
        icon: 'list',
        show: Lists,
        wants: 'lists',
        key: 'l',
    },
    {
        path: '/lists/:id',
        title: 'list.title',
        group: 'contact',
        icon: 'list',
        show: ListOne,
        wants: 'lists',
        isInside: '/lists',
    },
    {
        path: '/person',
        title: 'person.title',
        group: 'contact',
        icon: 'person',
        show: Person,
        wants: 'persons',
        key: 'p',
    },
    {
        path: '/law',
        title: 'law.title',
        group: 'law',
        icon: 'book',
        show: Law,
        wants: 'law',
        key: 'r',
    },
    {
        path: '/law/diff',
        title: 'diff.title',
        group: 'law',
        icon: 'diff',
        show: LawDiff,
        wants: 'law',
        key: 'd',
    },
    {
        path: '/settings/users',
        title: 'users.title',
        group: 'settings',
        icon: 'users',
        show: Users,
        wants: 'admin',
        key: 'u',
    },
    {
        path: '/settings/tokens',
        title: 'tokens.title',
        group: 'settings',
        icon: 'key',
        show: Tokens,
        wants: 'tokens',
        key: 't',
    },
    {
        path: '/settings/tenants',
        title: 'tenants.title',
        group: 'settings',
        icon: 'house',
        show: Tenants,
        wants: 'admin',
        key: 'm',
    },
    {
        path: '/help',
        title: 'help.title',
        group: 'settings',
        icon: 'help',
        show: Help,
        key: 'h',
    },
];

/** Gives the screen of a path, if there is one. */
export function screenOf(path: string): Screen | undefined {
    return (
        screens.find((one) => one.path === path) ??
        screens.find((one) => one.path === path.replace(/[^/]+$/, ':id'))
    );
}
