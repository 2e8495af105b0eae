// What was searched on this device. Storage may be refused, and hold anything.

import { siteRoot } from "../../root";
import { LONGEST } from "./address";

const KEPT = 8;
/** Sites under one host share its storage. */
const KEY = `${siteRoot.pathname}recent-searches`;

/** Searches that led to an answer, the latest first. */
export function recent(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    if (!Array.isArray(kept)) return [];
    const texts = kept.filter((text): text is string => typeof text === "string");
    return texts
      .map((text) => text.trim().slice(0, LONGEST))
      .filter(Boolean)
      .slice(0, KEPT);
  } catch {
    return [];
  }
}

export function remember(query: string): void {
  if (query) keep([query, ...without(query)]);
}

export function forget(query: string): void {
  keep(without(query));
}

export function forgetAll(): void {
  keep([]);
}

function without(query: string): string[] {
  const same = query.toLowerCase();
  return recent().filter((text) => text.toLowerCase() !== same);
}

function keep(texts: readonly string[]): void {
  try {
    if (texts.length) localStorage.setItem(KEY, JSON.stringify(texts.slice(0, KEPT)));
    else localStorage.removeItem(KEY);
  } catch {
    // Refused, or full: nothing is remembered.
  }
}
