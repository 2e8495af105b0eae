// Days as words.

import { counted, filled } from "../../dom/wording";
import { daysBetween, noon } from "../dates";

/** A day, such as "3 December". */
export function shownDay(day: string, options?: Intl.DateTimeFormatOptions): string {
  const form = options ?? { day: "numeric", month: "long" };
  return noon(day).toLocaleDateString(WORDS.language, { ...form, timeZone: "UTC" });
}

/** How far a day is from another one: "tomorrow", "in 3 days", "in 2 months". */
export function distance(from: string, to: string): string {
  const days = daysBetween(from, to);
  if (days < 2) return days < 1 ? WORDS.practice_today : WORDS.practice_tomorrow;
  if (days < 60) return counted(WORDS.practice_in_days, days);
  if (days < 730) return counted(WORDS.practice_in_months, Math.round(days / 30.4));
  return counted(WORDS.practice_in_years, Math.round(days / 365));
}

/** A number of seconds on a clock, such as 1:05. */
export function clock(seconds: number): string {
  const left = Math.max(0, Math.ceil(seconds));
  return `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
}

export { counted, filled };
