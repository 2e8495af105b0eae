import formulas from "../../tests/formulas.json";
import { table } from "../testing/table";
import { formulaText, type Part } from "./formula";

const ENTITIES: Readonly<Record<string, string>> = { "&lt;": "<", "&gt;": ">", "&amp;": "&" };

/** The tree of a formula; Node has no parser for XML. */
function tree(mathml: string): Part {
  const root = { localName: "", textContent: "", children: [] as Part[] };
  const open = [root];
  for (const [, close, name = "", empty, text] of mathml.matchAll(
    /<(\/?)([\w]+)[^>]*?(\/?)>|([^<]+)/g,
  )) {
    if (text)
      for (const each of open)
        each.textContent += text.replace(/&\w+;/g, (at) => ENTITIES[at] ?? at);
    else if (close) open.pop();
    else {
      const made = { localName: name, textContent: "", children: [] };
      open.at(-1)?.children.push(made);
      if (!empty) open.push(made);
    }
  }
  return root.children[0] ?? root;
}

table(
  "a formula as text",
  (mathml: string) => formulaText(tree(mathml)),
  formulas.map(({ mathml, line }) => [mathml, line]),
);
