// The address has the search as `?q=words`, so that it can be linked, reloaded and returned to.

const NAME = "q";
// Browsers limit how often the address may change, and a change costs as much as a paint.
const PAUSE = 300; // milliseconds without typing

/** Longest query, in characters. */
export const MAX_LENGTH = 200;

/** The query in the address, or "". */
export function queryInAddress(): string {
  const query = new URLSearchParams(location.search).get(NAME) ?? "";
  return query.trim().slice(0, MAX_LENGTH);
}

let wanted = "";
let timer: ReturnType<typeof setTimeout> | undefined;

/** Write a query into the address once typing pauses; an empty query removes it. */
export function updateAddress(query: string): void {
  wanted = query;
  clearTimeout(timer);
  timer = setTimeout(updateAddressNow, PAUSE);
}

/** Write the latest query into the address now. */
export function updateAddressNow(): void {
  if (timer === undefined) return;
  clearTimeout(timer);
  timer = undefined;
  const url = addressOf(wanted);
  if (url.href !== location.href) history.replaceState(history.state, "", url);
}

/** The address of this page with a query, or without one. */
export function addressOf(query: string): URL {
  const url = new URL(location.href);
  if (query) url.searchParams.set(NAME, query);
  else url.searchParams.delete(NAME);
  return url;
}
