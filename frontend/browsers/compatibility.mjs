// What the oldest browsers support, by MDN's compatibility data.

import { createRequire } from "node:module";
import { floor } from "./floor.mjs";

const data = createRequire(import.meta.url)("@mdn/browser-compat-data");

/** A feature's name, and the browsers at the floor that lack it. */
const described = (name, { support }) => ({
  name,
  missing: floor.filter(({ browser, version }) => !isIn(support[browser], version)),
});

const isIn = (support, version) =>
  [support].flat().some((range) => {
    const { version_added: from, version_removed: to, flags } = range ?? {};
    return from && !flags && !isLater(from, version) && !(to && !isLater(to, version));
  });

/** Whether a version in the data, such as "16.4", "≤13.1" or "preview", is later than another. */
const isLater = (one, other) => {
  if (one === "preview") return true;
  const [first, second] = [one, other].map((text) => text.replace("≤", "").split(".").map(Number));
  const at = first.findIndex((part, place) => part !== (second[place] ?? 0));
  return at >= 0 && first[at] > (second[at] ?? 0);
};

/** The feature at a place in the data, such as css, selectors, has; undefined if there is none. */
export const feature = (...path) => {
  const compat = path.reduce((node, key) => node?.[key], data)?.__compat;
  return compat && described(path.join("."), compat);
};

/** All features below a place in the data, by the key that `keyOf` gives their path. */
const indexed = (root, keyOf) => {
  const index = new Map();
  const add = (node, path) => {
    for (const [name, child] of Object.entries(node)) {
      if (name === "__compat") continue;
      const place = [...path, name];
      const key = child.__compat && keyOf(place);
      if (key)
        index.set(key, [...(index.get(key) ?? []), described(place.join("."), child.__compat)]);
      add(child, place);
    }
  };
  const path = root.split(".");
  add(
    path.reduce((node, name) => node[name], data),
    path,
  );
  return index;
};

const types = indexed("css.types", (path) => path.at(-1));
const builtins = indexed("javascript.builtins", ([, , , member]) => member);
const members = indexed("api", ([, , member = ""]) => member.replace(/_static$/, ""));
const options = indexed(
  "api",
  (path) => /^(?:init|options)_(\w+)_parameter$/.exec(path.at(-1))?.[1],
);
const attributes = indexed("html", ([, kind, one, name, ...deeper]) =>
  deeper.length > 0 ? undefined : kind === "global_attributes" ? one : name,
);

/** Many classes and elements may share a name; it is missing only if all that have it are too new. */
const shared = (name, ...indexes) => {
  const all = indexes.flatMap((index) => index.get(name) ?? []);
  return all.every(({ missing }) => missing.length > 0) ? all[0] : undefined;
};

/** A function in a style sheet, such as `light-dark`. */
export const styleFunction = (name) => shared(name, types);

/** A property or method, such as `groupBy`; `owner` is its class or object, if that is known. */
export const member = (name, owner) =>
  (owner &&
    (feature("javascript", "builtins", owner, name) ??
      feature("api", owner, `${name}_static`) ??
      feature("api", owner, name))) ||
  shared(name, builtins, members);

/** A global name, such as `CloseWatcher`. */
export const globalName = (name) =>
  feature("javascript", "builtins", name) ?? feature("api", name) ?? feature("api", "Window", name);

/** A key of an object: an option of a method, or an attribute to set. */
export const key = (name) => shared(name, options, attributes);

/** An event, by the name that listeners use. */
export const eventName = (name) => shared(`${name}_event`, members);

/** An attribute of an element in HTML, with its value if that matters. */
export const attribute = (element, name, value) =>
  feature("html", "elements", element, name, value) ??
  feature("html", "elements", element, name) ??
  feature("html", "global_attributes", name);
