// SPDX-License-Identifier: Apache-2.0
//
// All screens, in the order of the navigation. A screen is one line here and one component; a
// group without a screen is a planned place and is not shown until there is something in it.
// Screens with `load` are fetched when somebody goes there, so that the first one comes soon.
import type { Component } from 'svelte';

import type { Permission } from './api';
import Check from './screens/Check.svelte';
import Help from './screens/Help.svelte';
import Keys from './screens/Keys.svelte';
import Law from './screens/Law.svelte';
import LawDiff from './screens/LawDiff.svelte';
import ListOne from './screens/ListOne.svelte';
import Lists from './screens/Lists.svelte';
import Person from './screens/Person.svelte';
import Tenants from './screens/Tenants.svelte';
import Tokens from './screens/Tokens.svelte';
import Users from './screens/Users.svelte';
import type { TextId } from './texts.svelte';

export interface Screen {
    path: string; // `/lists/:id` is any path with one part more (router: lastPart)
    title: TextId;
    group: Group;
    icon: string;
    show?: Component;
    load?: () => Promise<{ default: Component }>; // instead of show
    wants?: Permission; // without it, whoever is signed in may use it
    isForMany?: boolean; // only for whoever serves more than one tenant
    key?: string; // second letter of its shortcut, after g
    isInside?: string; // path of the screen that leads to it; not in the navigation itself
}

export const groups = [
    'portfolio',
    'contact',
    'audit',
    'documents',
    'registers',
    'law',
    'settings',
] as const;
export type Group = (typeof groups)[number];

export const screens: Screen[] = [
    {
        path: '/portfolio',
        title: 'portfolio.title',
        group: 'portfolio',
        icon: 'users',
        load: () => import('./screens/Portfolio.svelte'),
        wants: 'papers',
        isForMany: true,
        key: 'f',
    },
    {
        path: '/overview',
        title: 'overview.title',
        group: 'audit',
        icon: 'house',
        load: () => import('./screens/Overview.svelte'),
        wants: 'papers',
        key: 'k',
    },
    {
        path: '/audit',
        title: 'audit.title',
        group: 'audit',
        icon: 'list',
        load: () => import('./screens/Audit.svelte'),
        wants: 'papers',
        key: 'a',
    },
    {
        path: '/score',
        title: 'score.title',
        group: 'audit',
        icon: 'gauge',
        load: () => import('./screens/Score.svelte'),
        wants: 'papers',
        key: 's',
    },
    {
        path: '/plan',
        title: 'plan.title',
        group: 'audit',
        icon: 'check',
        load: () => import('./screens/Plan.svelte'),
        wants: 'papers',
        key: 'n',
    },
    {
        path: '/sites',
        title: 'sites.title',
        group: 'audit',
        icon: 'page',
        load: () => import('./screens/Sites.svelte'),
        wants: 'papers',
        key: 'w',
    },
    {
        path: '/label',
        title: 'label.title',
        group: 'audit',
        icon: 'seal',
        load: () => import('./screens/Label.svelte'),
        wants: 'papers',
        key: 'b',
    },
    {
        path: '/authority',
        title: 'authority.title',
        group: 'audit',
        icon: 'down',
        load: () => import('./screens/Authority.svelte'),
        wants: 'persons',
        key: 'j',
    },
    {
        path: '/organisation',
        title: 'organisation.title',
        group: 'documents',
        icon: 'house',
        load: () => import('./screens/Organisation.svelte'),
        wants: 'papers',
        key: 'o',
    },
    {
        path: '/documents',
        title: 'documents.title',
        group: 'documents',
        icon: 'page',
        load: () => import('./screens/Documents.svelte'),
        wants: 'papers',
        key: 'y',
    },
    {
        path: '/documents/:id',
        title: 'document.title',
        group: 'documents',
        icon: 'page',
        load: () => import('./screens/PaperOne.svelte'),
        wants: 'papers',
        isInside: '/documents',
    },
    {
        path: '/banner',
        title: 'banner.title',
        group: 'documents',
        icon: 'choice',
        load: () => import('./screens/Banner.svelte'),
        wants: 'papers',
        key: 'e',
    },
    {
        path: '/snippets',
        title: 'snippets.title',
        group: 'documents',
        icon: 'copy',
        load: () => import('./screens/Snippets.svelte'),
        wants: 'papers',
        key: 'x',
    },
    {
        path: '/processors',
        title: 'processors.title',
        group: 'registers',
        icon: 'link',
        load: () => import('./screens/Processors.svelte'),
        wants: 'papers',
        key: 'v',
    },
    {
        path: '/requests',
        title: 'requests.title',
        group: 'registers',
        icon: 'clock',
        load: () => import('./screens/Requests.svelte'),
        wants: 'persons',
        key: 'q',
    },
    {
        path: '/incidents',
        title: 'incidents.title',
        group: 'registers',
        icon: 'stop',
        load: () => import('./screens/Incidents.svelte'),
        wants: 'papers',
        key: 'i',
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
        path: '/settings/keys',
        title: 'keys.title',
        group: 'settings',
        icon: 'key',
        show: Keys,
        wants: 'papers',
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
