import { deepEqual } from "node:assert/strict";
import { test } from "node:test";
import { isDeepStrictEqual } from "node:util";

/** Test a function by rows of an input and its expected output; a failure lists all wrong rows. */
export function table<Input, Output>(
  name: string,
  call: (input: Input) => Output,
  rows: readonly (readonly [input: Input, expected: Output])[],
): void {
  test(name, () => {
    const all = rows.map(([input, expected]) => ({ input, expected, actual: call(input) }));
    const wrong = all.filter(({ expected, actual }) => !isDeepStrictEqual(actual, expected));
    deepEqual(wrong, []);
  });
}
