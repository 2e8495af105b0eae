// The data embedded in the file; on the site, it is in separate files.

/** The data of a name. */
export function dataOf(name: "search" | "places" | "practice"): unknown {
  return JSON.parse(document.getElementById(`data-${name}`)?.textContent ?? "null");
}
