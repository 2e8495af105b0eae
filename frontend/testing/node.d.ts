// The parts of Node that tests use. With @types/node, modules for the browser could use Node, too.

declare module "node:assert/strict" {
  export function deepEqual(actual: unknown, expected: unknown): void;
}

declare module "node:test" {
  export function test(name: string, body: () => void | Promise<void>): void;
}

declare module "node:util" {
  export function isDeepStrictEqual(one: unknown, other: unknown): boolean;
}
