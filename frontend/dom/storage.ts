import { siteUrl } from "./urls";

/** What storage refused, as in a private window: what is chosen holds as long as the page. */
const refused = new Map<string, string>();

/** What this device remembers under a name. Never to be trusted. */
export function stored(name: string): string {
  try {
    return refused.get(name) ?? localStorage.getItem(key(name)) ?? "";
  } catch {
    return "";
  }
}

/** Remember a text under a name, or, if it is empty, nothing any more. */
export function store(name: string, text: string): void {
  try {
    if (text) localStorage.setItem(key(name), text);
    else localStorage.removeItem(key(name));
    refused.delete(name);
  } catch {
    refused.set(name, text);
  }
}

/** Act when a reader may have chosen anew: in another tab, or before coming back to this page. */
export function whenChosenElsewhere(act: () => void): void {
  addEventListener("storage", act);
  // A page from the back-forward cache is as it was left.
  addEventListener("pageshow", (event) => event.persisted && act());
}

/** Sites under one host share its storage. */
function key(name: string): string {
  return siteUrl(name).pathname;
}
