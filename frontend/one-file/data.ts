// The data in the file, which the site has in files of their own.

/** The data of a name. */
export function dataOf(name: "search" | "places" | "practice"): unknown {
  return JSON.parse(document.getElementById(`data-${name}`)?.textContent ?? "null");
}
