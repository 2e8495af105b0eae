// The list of keyboard shortcuts, which can turn them off; loaded when a reader asks for it.

import { announce } from "../dom/announce";
import { closeFromOutside } from "../dom/dialog";
import { button, element } from "../dom/element";
import { keysAreOff, switchKeys } from "./key-choice";

const KEYS: readonly (readonly [keys: string, does: string])[] = [
  ["/", WORDS.shortcuts_search],
  ["j k", WORDS.shortcuts_move],
  [`o ${WORDS.shortcuts_enter}`, WORDS.shortcuts_toggle],
  ["c", WORDS.shortcuts_link],
  ["r", WORDS.shortcuts_random],
  ["?", WORDS.shortcuts_list],
];

export function showList(): void {
  const dialog = document.querySelector<HTMLDialogElement>("dialog.notice") ?? build();
  if (!dialog.open) dialog.showModal();
}

function build(): HTMLDialogElement {
  const title = element("h2", { id: "keys-title" }, WORDS.shortcuts_title);
  const rows = KEYS.flatMap(([keys, does]) => [
    element("dt", {}, ...keys.split(" ").map((key) => element("kbd", {}, key))),
    element("dd", {}, does),
  ]);
  const label = (): string => (keysAreOff() ? WORDS.shortcuts_turn_on : WORDS.shortcuts_turn_off);
  const onOff = button(label(), () => {
    switchKeys();
    onOff.textContent = label();
    announce(keysAreOff() ? WORDS.shortcuts_are_off : WORDS.shortcuts_are_on);
  });
  const dialog = element(
    "dialog",
    { class: "notice", "aria-labelledby": title.id },
    title,
    element("dl", {}, ...rows),
    element(
      "form",
      { method: "dialog" },
      onOff,
      element("button", { autofocus: "" }, WORDS.shortcuts_close),
    ),
  );
  closeFromOutside(dialog);
  document.body.append(dialog);
  return dialog;
}
