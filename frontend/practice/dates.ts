// Days and times as a reader sees them. A day is written as in 2026-11-28, and a time as in
// 2026-11-28T18:14:52.123, without a time zone: a grade stays on its day wherever the reader goes.

const DAY = 86_400_000; // milliseconds
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}$/;

/** A time on the clock of this device. */
export function timeOf(date: Date): string {
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, -1);
}

/** Whether a text from outside has the form of a time. */
export function isTime(text: string): boolean {
  return TIME.test(text) && !Number.isNaN(Date.parse(`${text}Z`));
}

/** The day of a time, or today. */
export function dayOf(time: string): string {
  return time.slice(0, 10);
}

/** Noon of a day in universal time, by which days are counted. */
export function noon(day: string): Date {
  return new Date(`${day}T12:00:00Z`);
}

/** The day that a date is on in universal time. */
export function dayAt(date: Date): string {
  return date.toISOString().slice(0, 10);
}

/** The day some days after another one. */
export function later(day: string, days: number): string {
  return dayAt(new Date(noon(day).getTime() + days * DAY));
}

/** The number of days from one day to another. */
export function daysBetween(from: string, to: string): number {
  return Math.round((noon(to).getTime() - noon(from).getTime()) / DAY);
}
