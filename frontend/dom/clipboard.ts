import { announce } from "./announce";
import { questionUrl } from "./urls";

/** How long a text stays that must be copied by hand. */
const BY_HAND = 60_000; // milliseconds

/** Copy text and confirm it with a message; if copying is refused, show the text instead. */
export async function copy(text: string, done = "Link copied"): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    announce(done);
  } catch {
    // No permission, or no clipboard outside a secure context.
    announce(`Copy this: ${text}`, BY_HAND);
  }
}

/** Copy the permanent link of a question. */
export function copyLink(id: string): Promise<void> {
  return copy(questionUrl(id).href);
}
