/** A command in somebody's name, behind the back of their page: for what a test is not about. */
import type { Page } from '@playwright/test';

/** Gives it over a connection of its own, and is done when the server has acknowledged it. */
export async function give(page: Page, workshop: string, body: object): Promise<void> {
  const problem = await page.evaluate(
    ([id, command]) =>
      new Promise<string | null>((resolve) => {
        const socket = new WebSocket(`ws://${location.host}/api/v1/workshops/${id}/live`);
        socket.onopen = () => {
          socket.send(JSON.stringify({ type: 'hello', protocol: 2 }));
          const digits = Array.from(crypto.getRandomValues(new Uint8Array(6)), (byte) =>
            byte.toString(16).padStart(2, '0'),
          );
          const uuid = `00000000-0000-4000-8000-${digits.join('')}`;
          socket.send(JSON.stringify({ ...command, id: uuid }));
        };
        socket.onmessage = ({ data }) => {
          const message = JSON.parse(String(data)) as { type: string; problem?: { code: string } };
          if (message.type !== 'ack' && message.type !== 'rejected') return;
          socket.close();
          resolve(message.problem?.code ?? null);
        };
        socket.onclose = ({ code }) => {
          resolve(`closed with ${String(code)}`);
        };
      }),
    [workshop, body] as const,
  );
  if (problem !== null) throw new Error(`the command was refused: ${problem}`);
}
