/** An element with attributes and content; text stays text. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string>> = {},
  ...content: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...content);
  return made;
}

export function button(label: string, pressed: () => void, name = ""): HTMLButtonElement {
  const made = element("button", { type: "button", class: name }, label);
  made.addEventListener("click", pressed);
  return made;
}

/** Whether a click is for a new tab, a new window or a download, which are the browser's. */
export function isModified(event: MouseEvent): boolean {
  return event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
}
