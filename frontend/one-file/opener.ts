// Replaces search/ui/opener.ts in the one file, which has the whole dialog already.

import { copyLink } from "../dom/clipboard";
import { buildShell, type Shell, show } from "../search/ui/dialog";
import { Panel } from "../search/ui/panel";
import { queryInAddress } from "../search/ui/query-in-address";

let opened: { shell: Shell; panel: Panel } | undefined;

/** Open the search with a query, or with what was typed last. */
export function openSearch(query?: string): void {
  const { shell, panel } = dialog();
  if (query !== undefined) shell.input.value = query;
  show(shell);
  panel.refresh();
}

/** Open the search in the address, or, if there is none after going back, close the dialog. */
export function followAddress(): void {
  const query = queryInAddress();
  if (query) openSearch(query);
  else opened?.panel.leave();
}

/** Open the search in the address, unless the reader has opened the dialog already. */
export function openLinkedSearch(): void {
  const query = queryInAddress();
  if (query && !opened?.shell.dialog.open) openSearch(query);
}

function dialog(): { shell: Shell; panel: Panel } {
  if (!opened) {
    const shell = buildShell();
    // There is no fresher page to search on.
    opened = { shell, panel: new Panel(shell, { repeat: async () => false, copyLink }) };
  }
  return opened;
}
