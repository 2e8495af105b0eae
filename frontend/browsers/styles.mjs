// Find what a style sheet asks for that the oldest browsers lack, and that has no fallback there.

import { generate, parse, walk } from "css-tree";
import { feature, styleFunction } from "./compatibility.mjs";

/** Units that the data describes together. */
const VIEWPORT_UNITS = { d: "dynamic", l: "large", s: "small" };

/** What a message shows of a style sheet. */
const PLACES = ["Declaration", "SelectorList"];

/** The features that are missing at the floor, each with the piece of the style sheet that needs it. */
export const inStyles = (css) => {
  const found = [];
  const path = [];
  walk(parse(css, { parseCustomProperty: true, parseAtrulePrelude: true }), {
    enter(node) {
      path.push(node);
      for (const asked of featuresOf(path))
        if (asked.missing.length > 0 && !hasFallback(path, asked.name))
          found.push({
            ...asked,
            at: generate(path.find(({ type }) => PLACES.includes(type)) ?? node),
          });
    },
    leave: () => path.pop(),
  });
  return found;
};

const innermost = (path, ...types) => path.findLast(({ type }) => types.includes(type));

/** The features that the last node of a path asks for by itself, without its children. */
const featuresOf = (path) => [...asked(path.at(-1), path)].filter(Boolean);

function* asked(node, path) {
  const declaration = innermost(path, "Declaration");
  const property = declaration && bare(declaration.property);
  const atrule = innermost(path.slice(0, -1), "Atrule")?.name;
  switch (node.type) {
    case "Declaration":
      yield atrule === "font-face"
        ? feature("css", "at-rules", "font-face", property)
        : feature("css", "properties", property);
      break;
    case "Identifier":
      if (property) yield feature("css", "properties", property, node.name);
      break;
    case "Function":
      if (property) yield feature("css", "properties", property, node.name);
      yield styleFunction(node.name);
      break;
    case "Dimension": {
      const kind = VIEWPORT_UNITS[/^([dls])v/.exec(node.unit)?.[1]];
      const unit = kind ? `viewport_percentage_units_${kind}` : node.unit;
      yield feature("css", "types", "length", unit);
      break;
    }
    case "Operator":
      if (property === "content" && node.value === "/")
        yield feature("css", "properties", "content", "alt_text");
      break;
    case "PseudoClassSelector":
    case "PseudoElementSelector":
      yield feature("css", "selectors", bare(node.name));
      break;
    case "NestingSelector":
      yield feature("css", "selectors", "nesting");
      break;
    case "Atrule":
      yield feature("css", "at-rules", bare(node.name));
      break;
    case "Feature":
      yield feature("css", "at-rules", atrule, node.name.replace(/^(?:min|max)-/, ""));
      break;
    case "FeatureRange":
      yield feature("css", "at-rules", "media", "range_syntax");
  }
}

/** A name without the prefix of a browser. */
const bare = (name) => name.replace(/^-(?:webkit|moz)-/, "");

/** Whether a browser without a feature of the last node has something else instead. */
const hasFallback = (path, name) =>
  isInCondition(path) || isAskedFor(path, name) || hasEarlierValue(path) || isOneOfSeveral(path);

/** Whether the node is part of the condition of an `@supports`. */
const isInCondition = (path) =>
  path.some((node, at) => isSupports(node) && path[at + 1] === node.prelude);

/** Whether the rule is within an `@supports` that asks for the feature. */
const isAskedFor = (path, name) =>
  path.some((node) => isSupports(node) && allIn(node.prelude).some((one) => one.name === name));

const isSupports = ({ type, name }) => type === "Atrule" && name === "supports";

/** Whether the property has a value before this one that all browsers know. */
const hasEarlierValue = (path) => {
  const declaration = innermost(path, "Declaration");
  const block = declaration && innermost(path, "Block");
  const all = block?.children.toArray() ?? [];
  return all
    .slice(0, all.indexOf(declaration))
    .some(
      (other) =>
        other.type === "Declaration" && other.property === declaration.property && isKnown(other),
    );
};

/** Whether the selector is in `:is` or `:where`, which ignore the unknown ones among several. */
const isOneOfSeveral = (path) =>
  path.some((node, at) => {
    if (node.type !== "PseudoClassSelector" || !["is", "where"].includes(node.name)) return false;
    const others = path[at + 1]?.children?.toArray() ?? [];
    return others.some((other) => other !== path[at + 2] && isKnown(other));
  });

const isKnown = (node) => allIn(node).every(({ missing }) => missing.length === 0);

const allIn = (node) => {
  const path = [];
  const found = [];
  walk(node, {
    enter(child) {
      path.push(child);
      found.push(...featuresOf(path));
    },
    leave: () => path.pop(),
  });
  return found;
};
