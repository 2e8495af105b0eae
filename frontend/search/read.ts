/** Read a file of data. */
export async function read(url: URL, signal: AbortSignal | null = null): Promise<unknown> {
  const response = await fetch(url, { signal });
  if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
  return response.json();
}
