// Find what a script asks for that the oldest browsers lack. Without types, a name is new only if it
// is new everywhere. Syntax and the methods of the language are checked by esbuild and tsc.

import { parse } from "acorn";
import { eventName, feature, globalName, key, member } from "./compatibility.mjs";

/**
 * The features that are missing at the floor, each with the name in the script that asks for it.
 * `ownMembers` are names that the project gives to properties and methods.
 */
export const inScript = (code, ownMembers = new Set()) => {
  const tree = parse(code, { ecmaVersion: "latest", sourceType: "module" });
  const ownNames = new Set();
  visit(tree, (node) => {
    for (const name of declared(node)) ownNames.add(name);
  });
  const found = [];
  visit(tree, (node) => {
    for (const [at, asked] of featuresOf(node, ownNames, ownMembers))
      if (asked?.missing.length > 0) found.push({ ...asked, at });
  });
  return found;
};

/** The names that a script in TypeScript gives to properties and methods, in types too. */
export const membersIn = (source) =>
  [...source.matchAll(/\b(\w+)\??:|^ {2}(?:static |async |get )*(\w+)\(/gm)].map(
    ([, property, method]) => property ?? method,
  );

const visit = (node, act) => {
  act(node);
  for (const child of Object.values(node).flat())
    if (typeof child?.type === "string") visit(child, act);
};

/** The names that a node declares. */
function* declared(node) {
  const patterns = {
    VariableDeclarator: [node.id],
    FunctionDeclaration: [node.id, ...(node.params ?? [])],
    FunctionExpression: node.params,
    ArrowFunctionExpression: node.params,
    ClassDeclaration: [node.id],
    CatchClause: [node.param],
    ImportSpecifier: [node.local],
    ImportDefaultSpecifier: [node.local],
    ImportNamespaceSpecifier: [node.local],
  }[node.type];
  for (const pattern of patterns ?? []) if (pattern) yield* bound(pattern);
}

function* bound(pattern) {
  if (pattern.type === "Identifier") yield pattern.name;
  const parts = pattern.properties ?? pattern.elements ?? [];
  for (const part of [...parts, pattern.left, pattern.argument, pattern.value])
    if (part) yield* bound(part);
}

/** Each name that a node asks for, with what is known about it. */
function* featuresOf(node, ownNames, ownMembers) {
  const isForeign = ({ type, name }) => type === "Identifier" && !ownNames.has(name);
  switch (node.type) {
    case "MemberExpression": {
      const owner = isForeign(node.object) ? node.object.name : undefined;
      const { type, name } = node.property;
      if (owner) yield [owner, globalName(owner)];
      if (type === "Identifier" && !node.computed && (owner || !ownMembers.has(name)))
        yield [name, member(name, owner)];
      break;
    }
    case "NewExpression":
    case "CallExpression": {
      const [first, second] = node.arguments;
      const called = node.callee.property?.name ?? node.callee.name;
      if (isForeign(node.callee)) yield [called, globalName(called)];
      if (called === "addEventListener") yield [first.value, eventName(first.value)];
      // esbuild writes literals with flags that are too new this way.
      if (called === "RegExp" && second?.value?.includes("v"))
        yield [second.value, feature("javascript", "builtins", "RegExp", "unicodeSets")];
      if (called === "setAttribute") yield [first.value, key(first.value)];
      break;
    }
    case "ObjectExpression":
      for (const { type, key: named } of node.properties)
        if (type === "Property") yield [named.name ?? named.value, key(named.name ?? named.value)];
      break;
  }
}
