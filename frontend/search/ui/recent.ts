// Recent searches on this device. Storage may hold anything, so what is read is checked.

import { store, stored } from "../../dom/storage";
import { MAX_LENGTH } from "./query-in-address";

const KEPT = 8;
const KEY = "recent-searches";

/** Queries that led to an answer, the latest first. */
export function recent(): string[] {
  try {
    const kept: unknown = JSON.parse(stored(KEY));
    if (!Array.isArray(kept)) return [];
    const texts = kept.filter((text): text is string => typeof text === "string");
    return texts
      .map((text) => text.trim().slice(0, MAX_LENGTH))
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
  store(KEY, texts.length ? JSON.stringify(texts.slice(0, KEPT)) : "");
}
