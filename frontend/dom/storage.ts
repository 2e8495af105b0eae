import { siteUrl } from "./site-url";

/** Texts that storage refused, as in a private window. They last as long as the page. */
const refused = new Map<string, string>();

/** The text stored on this device under a name, or "". It may be anything, so check it. */
export function stored(name: string): string {
  return refused.get(name) ?? onDevice(name);
}

/** The same, but never a text that storage refused. */
export function onDevice(name: string): string {
  try {
    return localStorage.getItem(key(name)) ?? "";
  } catch {
    return "";
  }
}

/** Store a text on this device; an empty one removes what was stored. */
export function store(name: string, text: string): void {
  try {
    if (text) localStorage.setItem(key(name), text);
    else localStorage.removeItem(key(name));
    refused.delete(name);
  } catch {
    refused.set(name, text);
  }
}

/** Call `act` when stored texts may have changed: in another tab, or before a return to this page. */
export function whenStorageMayDiffer(act: () => void): void {
  addEventListener("storage", act);
  // The back-forward cache restores a page as the reader left it.
  addEventListener("pageshow", (event) => event.persisted && act());
}

/** Sites on one host share its storage, so each key begins with the site's path. */
export function key(name: string): string {
  return siteUrl(name).pathname;
}
