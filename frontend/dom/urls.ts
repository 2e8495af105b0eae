import { siteUrl } from "./site-url";

/** A part of an address without percent escapes; "" if they are broken. */
export function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return "";
  }
}

/** The permanent URL of a question. */
export function questionUrl(id: string): URL {
  return siteUrl(`q/${encodeURIComponent(id)}/`);
}

/** The URL of a script or style that loads on demand. */
export function assetUrl(name: string): string {
  return siteUrl(`assets/${name}`).href;
}
