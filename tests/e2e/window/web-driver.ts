/** The few calls of the W3C WebDriver protocol that the window's tests need. */

/** https://www.w3.org/TR/webdriver2/#elements */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

/** How long something may take to appear in the window, in milliseconds. */
const PATIENCE_MS = 60_000;

export class WebDriverError extends Error {}

/** Waits for the next drawn frame or so between two looks. */
const nextLook = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 50));

/** Asks again until there is an answer; says what it waited for when there is none. */
export async function eventually<T>(
  what: string,
  ask: () => Promise<T | null | undefined | false>,
): Promise<T> {
  const until = performance.now() + PATIENCE_MS;
  let last: unknown;
  while (performance.now() < until) {
    try {
      const answer = await ask();
      if (answer !== null && answer !== undefined && answer !== false) return answer;
    } catch (error) {
      last = error;
    }
    await nextLook();
  }
  const cause = last instanceof Error ? `: ${last.message}` : '';
  throw new Error(`waited in vain for ${what}${cause}`);
}

export class Session {
  private constructor(readonly url: string) {}

  /** Starts the app behind a driver. */
  static async start(driver: string, capabilities: unknown): Promise<Session> {
    const answer = await call<{ sessionId: string }>(`${driver}/session`, 'POST', {
      capabilities: { alwaysMatch: capabilities },
    });
    return new Session(`${driver}/session/${answer.sessionId}`);
  }

  async close(): Promise<void> {
    await call(this.url, 'DELETE');
  }

  get address(): Promise<string> {
    return call<string>(`${this.url}/url`, 'GET');
  }

  go(url: string): Promise<unknown> {
    return call(`${this.url}/url`, 'POST', { url });
  }

  /** Runs a function body in the page. */
  run<T>(script: string, ...args: unknown[]): Promise<T> {
    return call<T>(`${this.url}/execute/sync`, 'POST', { script, args });
  }

  /** All elements that match an XPath. */
  async all(xpath: string): Promise<Element[]> {
    const found = await call<Record<string, string>[]>(`${this.url}/elements`, 'POST', {
      using: 'xpath',
      value: xpath,
    });
    return found.map((reference) => new Element(this, reference[ELEMENT] ?? ''));
  }

  /** The first element that matches and is drawn; waits for it. */
  find(xpath: string): Promise<Element> {
    return eventually(xpath, async () => {
      for (const element of await this.all(xpath)) if (await element.isShown()) return element;
      return null;
    });
  }

  /**
   * Presses the first element that matches, as soon as it can be pressed: not while it moves,
   * is covered, or is about to be drawn anew.
   */
  async press(xpath: string): Promise<void> {
    await eventually(`${xpath} to be pressed`, async () => {
      await (await this.find(xpath)).click();
      return true;
    });
  }

  /** Waits until nothing that matches is drawn. */
  async isGone(xpath: string): Promise<void> {
    await eventually(`the end of ${xpath}`, async () => {
      for (const element of await this.all(xpath)) if (await element.isShown()) return false;
      return true;
    });
  }

  /** Waits until the element that matches says this. */
  async reads(xpath: string, text: string): Promise<void> {
    await eventually(`“${text}” in ${xpath}`, async () =>
      (await (await this.find(xpath)).text()).includes(text),
    );
  }

  /** What the window shows, as a PNG. */
  async screenshot(): Promise<Buffer> {
    return Buffer.from(await call<string>(`${this.url}/screenshot`, 'GET'), 'base64');
  }
}

export class Element {
  constructor(
    private readonly session: Session,
    private readonly id: string,
  ) {}

  get #url(): string {
    return `${this.session.url}/element/${this.id}`;
  }

  isShown(): Promise<boolean> {
    return call<boolean>(`${this.#url}/displayed`, 'GET');
  }

  /** Presses it, brought to the middle of the window first: its edges may be covered by bars. */
  async click(): Promise<void> {
    const script = 'arguments[0].scrollIntoView({ block: "center", behavior: "instant" })';
    await this.session.run(script, { [ELEMENT]: this.id });
    await call(`${this.#url}/click`, 'POST', {});
  }

  async type(text: string): Promise<void> {
    await call(`${this.#url}/value`, 'POST', { text });
  }

  text(): Promise<string> {
    const script = 'return arguments[0].textContent.replace(/\\s+/g, " ").trim()';
    return this.session.run<string>(script, { [ELEMENT]: this.id });
  }
}

async function call<T>(url: string, method: string, body?: unknown): Promise<T> {
  const response = await fetch(url, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const { value } = (await response.json()) as { value: unknown };
  if (response.ok) return value as T;
  const { error, message } = value as { error: string; message: string };
  throw new WebDriverError(`${error}: ${message}`);
}
