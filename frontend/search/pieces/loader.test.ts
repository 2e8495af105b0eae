import { deepEqual } from "node:assert/strict";
import { test } from "node:test";
import { Loader } from "./loader";

/** A loader, and what it does; files arrive when they are sent. */
function watched() {
  const events: string[] = [];
  const waiting = new Map<string, (file: unknown) => void>();
  const loader = new Loader((name, signal) => {
    events.push(`read ${name}`);
    return new Promise((resolve, reject) => {
      waiting.set(name, resolve);
      signal.addEventListener("abort", () => {
        events.push(`stop ${name}`);
        reject(signal.reason);
      });
    });
  });
  const wanted = (names: string) =>
    new Map([...names].map((name) => [name, () => void events.push(`use ${name}`)]));
  const load = (names: string) => loader.load(wanted(names));
  return { events, load, send: (name: string) => waiting.get(name)?.(name) };
}

test("files are read at the same time, once each", async () => {
  const { events, load, send } = watched();
  const loading = load("ab");
  const same = load("ab");
  send("b");
  send("a");
  await Promise.all([loading, same, load("ab")]);
  await load("ab");
  deepEqual(events, ["read a", "read b", "use b", "use a"]);
});

test("what is no longer wanted is stopped, and read again if it is wanted again", async () => {
  const { events, load, send } = watched();
  const first = load("ab").catch(() => events.push("first ends"));
  const second = load("bc");
  for (const name of "bc") send(name);
  await Promise.all([first, second]);
  const third = load("a");
  send("a");
  await third;
  deepEqual(events.slice(0, 4), ["read a", "read b", "stop a", "read c"]);
  deepEqual(events.slice(4).sort(), ["first ends", "read a", "use a", "use b", "use c"]);
});

test("a file that fails is told, and read again", async () => {
  let isBroken = true;
  const loader = new Loader(async (name) => {
    if (isBroken) throw new Error(`no ${name}`);
    return name;
  });
  const used: unknown[] = [];
  const wanted = new Map([["a", (file: unknown) => void used.push(file)]]);
  await loader.load(wanted).catch((error: Error) => used.push(error.message));
  isBroken = false;
  await loader.load(wanted);
  deepEqual(used, ["no a", "a"]);
});
