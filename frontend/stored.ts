import { siteRoot } from "./root";

/** What this device remembers under a name; nothing if storage is refused. Never to be trusted. */
export function stored(name: string): string {
  try {
    return localStorage.getItem(key(name)) ?? "";
  } catch {
    return "";
  }
}

/** Remember a text under a name, or, if it is empty, nothing any more. */
export function store(name: string, text: string): void {
  try {
    if (text) localStorage.setItem(key(name), text);
    else localStorage.removeItem(key(name));
  } catch {
    // A private window: it lasts as long as the page.
  }
}

/** Sites under one host share its storage. */
function key(name: string): string {
  return `${siteRoot.pathname}${name}`;
}
