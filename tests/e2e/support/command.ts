/** Commands in somebody's name, behind the back of their page: for what a test is not about. */
import type { Page } from '@playwright/test';

/** Gives one, and is done when the server has acknowledged it. */
export function give(page: Page, workshop: string, body: object): Promise<void> {
  return giveAll(page, workshop, [body]);
}

/**
 * Gives some, one after the other over a connection of their own. One that the server puts off is
 * sent again when it says; one that it refuses is an error.
 */
export async function giveAll(
  page: Page,
  workshop: string,
  bodies: readonly object[],
): Promise<void> {
  const problem = await page.evaluate(
    ([id, commands]) =>
      new Promise<string | null>((resolve) => {
        const socket = new WebSocket(`ws://${location.host}/api/v1/workshops/${id}/live`);
        const waiting = commands.map((command) => {
          const digits = Array.from(crypto.getRandomValues(new Uint8Array(6)), (byte) =>
            byte.toString(16).padStart(2, '0'),
          );
          return JSON.stringify({ ...command, id: `00000000-0000-4000-8000-${digits.join('')}` });
        });
        const sendNext = (): void => {
          const next = waiting[0];
          if (next !== undefined) {
            socket.send(next);
            return;
          }
          socket.close();
          resolve(null);
        };
        socket.onopen = () => {
          socket.send(JSON.stringify({ type: 'hello', protocol: 3 }));
          sendNext();
        };
        socket.onmessage = ({ data }) => {
          const message = JSON.parse(String(data)) as {
            type: string;
            problem?: { code: string };
            retryAfterMs?: number;
          };
          if (message.type === 'ack') {
            waiting.shift();
            sendNext();
          } else if (message.type === 'deferred') {
            setTimeout(sendNext, message.retryAfterMs);
          } else if (message.type === 'rejected') {
            socket.close();
            resolve(message.problem?.code ?? 'rejected');
          }
        };
        socket.onclose = ({ code }) => {
          resolve(`closed with ${String(code)}`);
        };
      }),
    [workshop, bodies] as const,
  );
  if (problem !== null) throw new Error(`the command was refused: ${problem}`);
}
