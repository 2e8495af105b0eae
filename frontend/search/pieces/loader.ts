/** Reads a file by its name; a signal may stop it. */
export type Read = (name: string, signal: AbortSignal) => Promise<unknown>;

interface Loading {
  done: Promise<void>;
  controller: AbortController;
}

/** Loads files once each, all at the same time, and stops when they are not wanted any more. */
export class Loader {
  readonly #read: Read;
  readonly #loaded = new Set<string>();
  readonly #loading = new Map<string, Loading>();

  constructor(read: Read) {
    this.#read = read;
  }

  has(name: string): boolean {
    return this.#loaded.has(name);
  }

  /** Load wanted files, and no others; what is given for each is called with it. */
  async load(wanted: ReadonlyMap<string, (file: unknown) => void>): Promise<void> {
    for (const [name, { controller }] of this.#loading)
      if (!wanted.has(name)) {
        this.#loading.delete(name);
        controller.abort();
      }
    for (const [name, use] of wanted)
      if (!this.#loaded.has(name) && !this.#loading.has(name)) this.#start(name, use);
    await Promise.all([...wanted.keys()].map((name) => this.#loading.get(name)?.done));
  }

  #start(name: string, use: (file: unknown) => void): void {
    const controller = new AbortController();
    const done = this.#load(name, use, controller.signal);
    done.catch(() => undefined); // whoever waits for it is told
    this.#loading.set(name, { controller, done });
  }

  async #load(name: string, use: (file: unknown) => void, signal: AbortSignal): Promise<void> {
    try {
      const file = await this.#read(name, signal);
      if (signal.aborted) return;
      use(file);
      this.#loaded.add(name);
    } finally {
      if (!signal.aborted) this.#loading.delete(name);
    }
  }
}
