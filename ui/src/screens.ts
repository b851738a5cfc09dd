// SPDX-License-Identifier: Apache-2.0
//
// All screens, in the order of the navigation. A screen is one line here and one component; the
// groups without a screen are planned places (portfolio, audit, plan, documents, processors,
// requests, label) and are not shown until there is something in them.
import type { Component } from 'svelte';

import type { Role } from './api';
import Check from './screens/Check.svelte';
import Help from './screens/Help.svelte';
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
    show: Component;
    roles: Role[]; // who may use it; the server decides in any case
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

const everybody: Role[] = ['dpo_lead', 'dpo', 'referent', 'reader', 'sender'];
const office: Role[] = ['dpo_lead', 'dpo', 'referent', 'reader'];
const officers: Role[] = ['dpo_lead', 'dpo'];
const lead: Role[] = ['dpo_lead'];

export const screens: Screen[] = [
    {
        path: '/check',
        title: 'check.title',
        group: 'contact',
        icon: 'check',
        show: Check,
        roles: everybody,
        key: 'c',
    },
    {
        path: '/lists',
        title: 'lists.title',
        group: 'contact',
        icon: 'list',
        show: Lists,
        roles: everybody,
        key: 'l',
    },
    {
        path: '/lists/:id',
        title: 'list.title',
        group: 'contact',
        icon: 'list',
        show: ListOne,
        roles: everybody,
        isInside: '/lists',
    },
    {
        path: '/person',
        title: 'person.title',
        group: 'contact',
        icon: 'person',
        show: Person,
        roles: officers,
        key: 'p',
    },
    {
        path: '/law',
        title: 'law.title',
        group: 'law',
        icon: 'book',
        show: Law,
        roles: everybody,
        key: 'r',
    },
    {
        path: '/law/diff',
        title: 'diff.title',
        group: 'law',
        icon: 'diff',
        show: LawDiff,
        roles: everybody,
        key: 'd',
    },
    {
        path: '/settings/users',
        title: 'users.title',
        group: 'settings',
        icon: 'users',
        show: Users,
        roles: lead,
        key: 'u',
    },
    {
        path: '/settings/tokens',
        title: 'tokens.title',
        group: 'settings',
        icon: 'key',
        show: Tokens,
        roles: lead,
        key: 't',
    },
    {
        path: '/settings/tenants',
        title: 'tenants.title',
        group: 'settings',
        icon: 'house',
        show: Tenants,
        roles: lead,
        key: 'm',
    },
    {
        path: '/help',
        title: 'help.title',
        group: 'settings',
        icon: 'help',
        show: Help,
        roles: office.concat('sender'),
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
