import { announce } from "./announce";
import { element } from "./element";
import { questionUrl } from "./urls";
import { filled } from "./wording";

/** How long a text stays that must be copied by hand. */
const BY_HAND = 60_000; // milliseconds

/**
 * Copy text and confirm it with a message; if copying is refused, show the text instead.
 * Programs that take rich text, such as mail and chat, paste `html`.
 */
export async function copy(text: string, done = WORDS.sharing_link_done, html = ""): Promise<void> {
  try {
    await write(text, html);
    announce(done);
  } catch {
    // No permission, or no clipboard outside a secure context.
    announce(filled(WORDS.sharing_by_hand, { text }), BY_HAND);
  }
}

/** Copy the permanent link of a question: its address, and as rich text its title. */
export function copyLink(id: string, title: string): Promise<void> {
  const { href } = questionUrl(id);
  return copy(href, undefined, element("a", { href }, title).outerHTML);
}

/** Write plain text, and then rich text over it where the browser can. */
async function write(text: string, html: string): Promise<void> {
  // Both at once: after an `await`, Safari no longer takes them for what the reader asked for.
  await Promise.all([navigator.clipboard.writeText(text), html && writeRich(text, html)]);
}

async function writeRich(text: string, html: string): Promise<void> {
  const typed = (kind: string, data: string) => ({ [kind]: new Blob([data], { type: kind }) });
  const both = { ...typed("text/plain", text), ...typed("text/html", html) };
  try {
    await navigator.clipboard.write([new ClipboardItem(both)]);
  } catch {
    // Firefox 115 has plain text only.
  }
}
