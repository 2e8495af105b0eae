// Whether the reader turned the shortcuts off (WCAG 2.1.4); `/` is one of them.

import { store, stored } from "../dom/storage";

const CHOICE = "keys-off";

export function keysAreOff(): boolean {
  return stored(CHOICE) !== "";
}

/** Turn the shortcuts off if they are on, and on if they are off. */
export function switchKeys(): void {
  store(CHOICE, keysAreOff() ? "" : "off");
}
