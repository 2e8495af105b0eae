import { table } from "../../testing/table";
import { Column, ColumnWriter, lengthened, shortened } from "./columns";

const NUMBERS = [0, 1, 44, 45, 46, 89, 90, 2069, 2070, 2071, 98_000, 4_000_000_000];

function written(numbers: readonly number[]): string {
  const column = new ColumnWriter();
  for (const number of numbers) column.number(number);
  return column.text;
}

function read(text: string, count: number): number[] {
  const column = new Column(text);
  return Array.from({ length: count }, () => column.number());
}

table("numbers that are written and read", (numbers) => read(written(numbers), numbers.length), [
  [NUMBERS, NUMBERS],
  [[], []],
]);

table("characters that a number takes", (number: number) => written([number]).length, [
  [0, 1],
  [44, 1],
  [45, 2],
  [2069, 2],
  [2070, 3],
]);

table(
  "digits that JSON escapes",
  (digits: readonly number[]) => {
    const column = new ColumnWriter();
    for (const digit of digits) column.digit(digit);
    return JSON.stringify(column.text).length - column.text.length;
  },
  [[Array.from({ length: 90 }, (_, digit) => digit), 2]],
);

table("words that are shortened and lengthened", (words) => lengthened(shortened(words)), [
  [
    ["batch", "batches", "bath", "学", "学习"],
    ["batch", "batches", "bath", "学", "学习"],
  ],
  [
    ["a".repeat(200), "a".repeat(201)],
    ["a".repeat(200), "a".repeat(201)],
  ],
  [[], []],
] as readonly (readonly [string[], string[]])[]);
