// Records that are stored as JSON, and read from texts that may be anything.

/** A stored text is "newer" than these scripts if a later version of the site wrote it. */
export type Parsed<Value> = Value | "newer" | undefined;

/** Two records as one; `both` is called for the keys that both have. */
export function combined<Value>(
  one: Readonly<Record<string, Value>>,
  other: Readonly<Record<string, Value>>,
  both: (one: Value, other: Value) => Value,
): Record<string, Value> {
  const found = new Map(Object.entries(one));
  for (const [key, value] of Object.entries(other)) {
    const own = found.get(key);
    found.set(key, own === undefined ? value : both(own, value));
  }
  return Object.fromEntries(found);
}

/** A record with its keys in order. */
export function sorted<Value>(
  record: Readonly<Record<string, Value>>,
  within: (value: Value & Record<string, never>) => unknown = (value) => value,
): Record<string, unknown> {
  const entries = Object.entries(record).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(
    entries.map(([key, value]) => [key, within(value as Value & Record<string, never>)]),
  );
}

/** The object that a text says; undefined if it says anything else. */
export function objectIn(text: string): Record<string, unknown> | undefined {
  try {
    const found: unknown = JSON.parse(text);
    return isObject(found) ? found : undefined;
  } catch {
    return undefined;
  }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
