// The key that a reader means, whatever the keyboard layout and the input method.

type KeyPress = Pick<
  KeyboardEvent,
  "key" | "code" | "keyCode" | "isComposing" | "getModifierState"
> &
  Pick<KeyboardEvent, "ctrlKey" | "metaKey" | "altKey" | "shiftKey">;

const FIELDS = "input, textarea, select, [contenteditable]:not([contenteditable=false])";
/** The key code of a key that an input method handles; Safari sends it without `isComposing`. */
const INPUT_METHOD = 229;
const LETTER = /^[\p{L}\p{M}]/u;
const LATIN = /^\p{Script=Latin}/u;
const A_TO_Z = /^[a-z]/i;
/** Signs of the key that has `/` and `?` in English, on Russian, Hebrew and Arabic keyboards. */
const SLASH: Readonly<Record<string, string>> = { ".": "/", ",": "?", "؟": "?" };

/** Call `act` for each key that is pressed within `target` and not meant for an input method. */
export function onKey(target: EventTarget, act: (key: string, event: KeyboardEvent) => void): void {
  target.addEventListener("keydown", (event) => {
    const key = keyOf(event as KeyboardEvent);
    if (key) act(key, event as KeyboardEvent);
  });
}

/**
 * The key of an event, such as "k", "Enter" or "Command+Shift+k"; "" if it belongs to an input
 * method. Letters are lowercase, as without Caps Lock. Ctrl counts as Command. Signs have neither
 * Shift nor AltGr in their names, because layouts differ in what they need.
 */
export function keyOf(event: KeyPress): string {
  if (event.isComposing || event.keyCode === INPUT_METHOD || event.key === "Dead") return "";
  const { key = "", shiftKey } = event; // a browser that fills in a form sends no key
  const altGr = event.getModifierState("AltGraph"); // on Windows, together with Ctrl and Alt
  const command = (event.ctrlKey || event.metaKey) && !altGr;
  const meant = altGr ? key : meantOnLayout(event, key, command);
  const isSign = meant.length === 1 && !LETTER.test(meant);
  const modifiers = { Command: command, Alt: event.altKey || altGr, Shift: shiftKey };
  if (isSign) Object.assign(modifiers, { Alt: event.altKey && !altGr, Shift: false });
  const held = Object.entries(modifiers).filter(([, isHeld]) => isHeld);
  return [...held.map(([name]) => name), meant].join("+");
}

/** Whether an event happened in a field, where keys are text. */
export function isInField(event: Event): boolean {
  return isWithin(event, FIELDS);
}

/** Whether an event happened within an element that matches a selector and is shown. */
export function isWithin(event: Event, selector: string): boolean {
  const [target] = event.composedPath();
  // A field that was just hidden keeps the focus, and gets the keys, until the next paint.
  const isShown = target instanceof Element && target.getClientRects().length > 0;
  return isShown && target.closest(selector) !== null;
}

/** On a layout for another script, a key counts as the English one at its place. */
function meantOnLayout({ code = "", shiftKey }: KeyPress, key: string, command: boolean): string {
  const isOther = LETTER.test(key) && !(command ? A_TO_Z : LATIN).test(key);
  if (isOther && code.startsWith("Key")) return code.slice(3).toLowerCase();
  if (isOther && code === "Slash") return shiftKey ? "?" : "/";
  if (code === "Slash" && !command) return SLASH[key] ?? key;
  return key.length === 1 ? key.toLowerCase() : key;
}
