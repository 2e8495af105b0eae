/** Read a file of data. */
export async function read(url: URL, options?: RequestInit): Promise<unknown> {
  const response = await fetch(url, options);
  if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
  return response.json();
}
