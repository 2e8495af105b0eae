// Find what a template asks for that the oldest browsers lack: elements, attributes, inline scripts.

import { attribute, feature } from "./compatibility.mjs";
import { inScript } from "./scripts.mjs";

const TEMPLATING = /\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}/gs;
const TAG = /<([a-z]\w*)((?:"[^"]*"|[^>"])*)>/g;
const ATTRIBUTE = /([a-z][\w-]*)(?:="([^"]*)")?/g;
const SCRIPT = /<script>(.*?)<\/script>/gs;

/** The features that are missing at the floor, each with the tag that asks for it. */
export const inTemplate = (text) => {
  const html = text.replace(TEMPLATING, "");
  const tags = [...html.matchAll(TAG)].flatMap(([tag, element, attributes]) => {
    const given = [...attributes.matchAll(ATTRIBUTE)];
    const asked = given.map(([, name, value]) => attribute(element, name, value));
    return [feature("html", "elements", element), ...asked]
      .filter((one) => one?.missing.length > 0)
      .map((one) => ({ ...one, at: tag }));
  });
  return [...tags, ...[...html.matchAll(SCRIPT)].flatMap(([, code]) => inScript(code))];
};
