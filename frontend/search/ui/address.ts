// A search stands in the address of the page as `?q=words`, to be linked, reloaded and returned to.

const NAME = "q";
// Browsers limit how often the address may change, and a change costs as much as a paint.
const REST = 300; // milliseconds without typing

export const LONGEST = 200;

/** What the address asks for; empty if nothing. */
export function asked(): string {
  const query = new URLSearchParams(location.search).get(NAME) ?? "";
  return query.trim().slice(0, LONGEST);
}

let wanted = "";
let timer: ReturnType<typeof setTimeout> | undefined;

/** Have the address say what is searched, once typing rests; nothing if the query is empty. */
export function say(query: string): void {
  wanted = query;
  clearTimeout(timer);
  timer = setTimeout(sayNow, REST);
}

/** Have the address say at once what it was about to say. */
export function sayNow(): void {
  if (timer === undefined) return;
  clearTimeout(timer);
  timer = undefined;
  const url = new URL(location.href);
  if (wanted) url.searchParams.set(NAME, wanted);
  else url.searchParams.delete(NAME);
  if (url.href !== location.href) history.replaceState(history.state, "", url);
}
