// SPDX-License-Identifier: Apache-2.0
//
// Short notes of what was done. They are read out, stay until they are closed or ten seconds have
// passed without anybody on them, and never carry the only word of an error.

export interface Toast {
    id: number;
    text: string;
    kind: 'done' | 'failed';
}

const shown = $state<Toast[]>([]);
let last = 0;

export function toasts(): Toast[] {
    return shown;
}

export function toast(text: string, kind: Toast['kind'] = 'done'): void {
    shown.push({ id: ++last, text, kind });
    if (shown.length > 4) shown.shift();
}

export function close(id: number): void {
    const place = shown.findIndex((one) => one.id === id);
    if (place >= 0) shown.splice(place, 1);
}
