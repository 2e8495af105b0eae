// How many questions come on each of the next days.

import { element } from "../../dom/element";
import type { Standing } from "../schedule";
import { calendar as days } from "../selection";
import { counted, shownDay } from "./phrases";

const WEEKS = 5;

/** A table of weeks that begin on today's day of the week. */
export function calendar(standings: ReadonlyMap<string, Standing>, today: string): HTMLElement {
  const all = days(standings, today, WEEKS * 7);
  const most = Math.max(1, ...all.map(({ due }) => due));
  const heads = all
    .slice(0, 7)
    .map(({ day }) => element("th", { scope: "col" }, shownDay(day, { weekday: "short" })));
  const cell = ({ day, due }: { day: string; due: number }, at: number): HTMLElement => {
    const isFirst = at === 0 || day.endsWith("-01");
    const date = shownDay(day, isFirst ? { day: "numeric", month: "short" } : { day: "numeric" });
    const level = due ? Math.ceil((4 * due) / most) : 0;
    const number = due
      ? element(
          "b",
          { "aria-label": counted(WORDS.practice_due_count, due) },
          due.toLocaleString(WORDS.language),
        )
      : "";
    return element(
      "td",
      { class: `level-${level}`, ...(at === 0 && { "aria-current": "date" }) },
      element("time", { datetime: day }, date),
      number,
    );
  };
  const rows = Array.from({ length: WEEKS }, (_, week) =>
    element(
      "tr",
      {},
      ...all.slice(week * 7, week * 7 + 7).map((one, at) => cell(one, week * 7 + at)),
    ),
  );
  return element(
    "table",
    { class: "practice__calendar" },
    element("caption", {}, WORDS.practice_calendar),
    element("thead", {}, element("tr", {}, ...heads)),
    element("tbody", {}, ...rows),
  );
}
