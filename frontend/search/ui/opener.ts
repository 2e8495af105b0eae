// The part of the search that every page loads: it opens the dialog and loads the rest.

import { copyLink } from "../../dom/clipboard";
import { button, element } from "../../dom/element";
import { siteUrl } from "../../dom/site-url";
import { assetUrl } from "../../dom/urls";
import { parts } from "../../dom/wording";
import { buildShell, type Shell, show } from "./dialog";
import { repeat, repeatOnce } from "./fresh-page";
import type { Panel } from "./panel";
import { queryInAddress } from "./query-in-address";

let shell: Shell | undefined;
let panel: Panel | undefined;

/** Open the search with a query, or with what was typed last. */
export function openSearch(query?: string): void {
  if (!shell) {
    shell = buildShell();
    void complete(shell);
  }
  if (query !== undefined) shell.input.value = query;
  show(shell);
  panel?.refresh();
}

/** Open the search in the address, or, if there is none after going back, close the dialog. */
export function followAddress(): void {
  const query = queryInAddress();
  if (query) openSearch(query);
  else if (panel) panel.leave();
  else shell?.dialog.close();
}

/** Open the search in the address, unless the reader has opened the dialog already. */
export function openLinkedSearch(): void {
  const query = queryInAddress();
  if (query && !shell?.dialog.open) openSearch(query);
}

async function complete(opened: Shell): Promise<void> {
  const style = element("link", { rel: "stylesheet", href: assetUrl("search-dialog.css") });
  try {
    const script = import(assetUrl("search-dialog.js")) as Promise<typeof import("./panel")>;
    document.head.append(style);
    const [{ Panel }] = await Promise.all([script, loaded(style)]);
    panel = new Panel(opened, { repeat: () => repeatOnce(opened.input), copyLink });
  } catch {
    if (!(await repeatOnce(opened.input))) fail(opened);
  }
}

/** Say that the search did not load, until it does on a fresh page. */
function fail({ dialog, form, input }: Shell): void {
  const all = element("a", { href: siteUrl("q/").href }, WORDS.search_questions);
  const note = element("p", { class: "search__note", role: "alert" });
  const tell = (): void => {
    const again = button(WORDS.search_retry, retry);
    note.replaceChildren(...parts(WORDS.search_no_script, { retry: again, questions: all }));
  };
  const retry = async (): Promise<void> => {
    if (!(await repeat(input))) tell();
  };
  form.addEventListener("submit", retry);
  dialog.append(note);
  tell();
}

function loaded(link: HTMLLinkElement): Promise<unknown> {
  return new Promise((resolve, reject) => {
    link.addEventListener("load", resolve);
    link.addEventListener("error", reject);
  });
}
