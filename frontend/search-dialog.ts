// What the search dialog does, loaded when a reader first opens it.

import type { Shell } from "./search/ui/opener";
import { Panel } from "./search/ui/panel";

/** Bring the dialog to life, with what was typed into it meanwhile. */
export function fill(shell: Shell): Panel {
  return new Panel(shell);
}
