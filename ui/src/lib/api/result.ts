/** Answers that are values: what went wrong is no exception. */
import type { Problem } from './wire';

export type Result<T> = { ok: true; value: T } | { ok: false; problem: Problem };

/** What a request resolves to that the server answered. */
interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** Turns an answer, or the lack of one, into a result. */
export async function result<T>(request: Promise<Answer<T>>): Promise<Result<NonNullable<T>>> {
  try {
    const { data, error, response } = await request;
    if (response.ok && data !== undefined && data !== null) return { ok: true, value: data };
    return { ok: false, problem: isProblem(error) ? error : unexpected(response.status) };
  } catch {
    return { ok: false, problem: unreachable() };
  }
}

/** Like {@link result} for answers without a body. */
export async function done(request: Promise<Answer<unknown>>): Promise<Result<true>> {
  try {
    const { error, response } = await request;
    if (response.ok) return { ok: true, value: true };
    return { ok: false, problem: isProblem(error) ? error : unexpected(response.status) };
  } catch {
    return { ok: false, problem: unreachable() };
  }
}

/** The server did not answer at all. */
export function unreachable(): Problem {
  return problem('unavailable', 503, 'Not available at the moment', 'the server does not answer');
}

/** Something between here and the server answered in its place. */
export function unexpected(status: number): Problem {
  return problem('internal', status, 'Something broke on the server', `status ${String(status)}`);
}

/** Whether an answer's body is a problem of our server. */
export function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'code' in value && 'detail' in value;
}

function problem(code: Problem['code'], status: number, title: string, detail: string): Problem {
  return { type: `/problems/${code}`, code, status, title, detail };
}
