import { table } from "../testing/table";
import { keyOf } from "./keyboard";

type Press = Partial<
  Record<"ctrlKey" | "metaKey" | "altKey" | "shiftKey" | "isComposing" | "altGr", true>
> & { code?: string; keyCode?: number };

const press = (key: string | undefined, { altGr, ...rest }: Press = {}) =>
  keyOf({
    code: "",
    keyCode: 0,
    isComposing: false,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    shiftKey: false,
    getModifierState: (name: string) => name === "AltGraph" && altGr === true,
    ...rest,
    key: key as string,
  });
const of = ([key, rest]: [key: string | undefined, rest?: Press]) => press(key, rest);

const ctrlKey = true;
const metaKey = true;
const altKey = true;
const altGr = true;
const shiftKey = true;

table("an English layout", of, [
  [["k", { code: "KeyK" }], "k"],
  [["Enter", { code: "Enter" }], "Enter"],
  [["Enter", { shiftKey }], "Shift+Enter"],
  [["ArrowDown"], "ArrowDown"],
  [[" "], " "],
  [["k", { code: "KeyK", ctrlKey }], "Command+k"],
  [["k", { code: "KeyK", metaKey }], "Command+k"],
  [["K", { code: "KeyK", ctrlKey, shiftKey }], "Command+Shift+k"],
  [["k", { code: "KeyK", altKey }], "Alt+k"],
  [["k", { code: "KeyK", ctrlKey, altKey }], "Command+Alt+k"],
  [["Enter", { ctrlKey }], "Command+Enter"],
  [["/", { code: "Slash" }], "/"],
  [["?", { code: "Slash", shiftKey }], "?"],
  [["J", { code: "KeyJ", shiftKey }], "Shift+j"],
  [["J", { code: "KeyJ" }], "j"], // Caps Lock
  [["j", { code: "KeyJ", shiftKey }], "Shift+j"], // Caps Lock and Shift
  [["K", { code: "KeyK", ctrlKey }], "Command+k"], // Caps Lock
]);

table("other Latin layouts: the letter counts, not its place", of, [
  [["k", { code: "KeyV" }], "k"], // Dvorak
  [["k", { code: "KeyV", ctrlKey }], "Command+k"],
  [["t", { code: "KeyK", ctrlKey }], "Command+t"],
  [["ı", { code: "KeyR" }], "ı"], // Turkish F
  [["é", { code: "Digit2" }], "é"], // French
  [["/", { code: "Digit7", shiftKey }], "/"], // German
  [["?", { code: "Minus", shiftKey }], "?"],
  [["-", { code: "Slash" }], "-"],
  [["!", { code: "Slash" }], "!"], // French
  [["§", { code: "Slash", shiftKey }], "§"],
  [[".", { code: "Period" }], "."],
  [[",", { code: "Comma" }], ","],
]);

table("layouts of other scripts: a key counts as the English one at its place", of, [
  [["л", { code: "KeyK", keyCode: 75, ctrlKey }], "Command+k"], // Russian
  [["Л", { code: "KeyK", ctrlKey }], "Command+k"],
  [["λ", { code: "KeyL", metaKey }], "Command+l"],
  [["é", { code: "KeyW", ctrlKey }], "Command+w"],
  [["о", { code: "KeyJ" }], "j"],
  [["О", { code: "KeyJ" }], "j"],
  [["О", { code: "KeyJ", shiftKey }], "Shift+j"],
  [["κ", { code: "KeyK" }], "k"], // Greek
  [["ן", { code: "KeyI" }], "i"], // Hebrew
  [["ن", { code: "KeyK" }], "k"], // Arabic
  [["لا", { code: "KeyB" }], "b"], // two letters
  [["\u0e48", { code: "KeyJ" }], "j"], // a Thai tone mark
  [["क", { code: "KeyK" }], "k"], // Hindi
  [["ㅏ", { code: "KeyK" }], "k"], // Korean
  [["の", { code: "KeyK" }], "k"], // Japanese
  [[".", { code: "Slash" }], "/"], // Russian, Hebrew
  [[",", { code: "Slash", shiftKey }], "?"], // Russian
  [["ظ", { code: "Slash" }], "/"], // Arabic
  [["؟", { code: "Slash", shiftKey }], "?"],
  [["ฝ", { code: "Slash" }], "/"], // Thai
  [["ฦ", { code: "Slash", shiftKey }], "?"],
  [["?", { code: "Slash", shiftKey }], "?"], // Hebrew
  [["/", { code: "KeyQ" }], "/"],
  [[".", { code: "Slash", ctrlKey }], "Command+."],
  [["ж", { code: "Semicolon", ctrlKey }], "Command+ж"],
  [["л"], "л"], // from a remote control or an old browser, without a place
]);

table("AltGr: signs count as typed, letters are no shortcuts", of, [
  [["/", { code: "KeyQ", altGr }], "/"],
  [["/", { code: "KeyQ", altGr, ctrlKey, altKey }], "/"], // Windows
  [["?", { code: "KeyW", altGr, ctrlKey, altKey }], "?"],
  [["@", { code: "KeyQ", altGr }], "@"],
  [["ł", { code: "KeyL", altGr }], "Alt+ł"], // Polish
  [["k", { code: "KeyK", altGr, ctrlKey, altKey }], "Alt+k"],
  [["∆", { code: "KeyJ", altGr, altKey }], "∆"], // Option in Firefox
  [["/", { code: "Digit7", altKey }], "Alt+/"],
]);

table("input methods and dead keys: none of our keys", of, [
  [["Enter", { isComposing: true }], ""],
  [["Enter", { keyCode: 229 }], ""], // Safari, after the composition has ended
  [["Process", { code: "KeyK", keyCode: 229 }], ""], // Windows
  [["Unidentified", { keyCode: 229 }], ""], // Android
  [["k", { code: "KeyK", keyCode: 229, ctrlKey }], ""],
  [["Dead", { code: "Slash" }], ""],
  [["Dead", { code: "KeyE", altKey }], ""],
  [[undefined], ""], // a form that the browser fills in
]);
