/**
 * The HTTP interface, typed by the server's own description (`npm run generate` makes schema.d.ts).
 * Cookies travel by themselves: the page comes from the same address.
 *
 * Only the types are openapi-fetch's. Its code can do much that this server never asks for, and
 * everybody in the room would download it before the first step.
 */
import type { Client } from 'openapi-fetch';

import type { paths } from './schema';

/** What of a request's description this server uses. */
interface Init {
  params?: {
    path?: Record<string, string | number>;
    query?: Record<string, string | number | boolean | null | undefined>;
  };
  body?: unknown;
  parseAs?: 'text';
}

/** What a request resolves to that was answered. */
interface Answered {
  data?: unknown;
  error?: unknown;
  response: Response;
}

const GAP = /\{(\w+)\}/g;

function address(path: string, { path: parts = {}, query = {} }: Init['params'] = {}): string {
  const filled = path.replace(GAP, (_, name: string) => encodeURIComponent(parts[name] ?? ''));
  const asked = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null) asked.append(name, String(value));
  }
  return asked.size === 0 ? filled : `${filled}?${asked.toString()}`;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const requests =
  (method: string) =>
  async (path: string, { params, body, parseAs }: Init = {}): Promise<Answered> => {
    const response = await fetch(address(path, params), {
      method,
      ...(body === undefined
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) return { error: json(text), response };
    return { data: parseAs === 'text' ? text : json(text), response };
  };

const methods = {
  GET: requests('GET'),
  POST: requests('POST'),
  PUT: requests('PUT'),
  DELETE: requests('DELETE'),
};

export const client = methods as unknown as Pick<Client<paths>, keyof typeof methods>;
