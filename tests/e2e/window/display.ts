/** A connection to the X server that the window is drawn on, by way of its own client. */
import x11, { type Client, type Display } from 'x11';

/** Connects, does something, and disconnects when all of it was delivered. */
export async function onDisplay<T>(act: (display: Display) => Promise<T>): Promise<T> {
  const display = await new Promise<Display>((connected, failed) => {
    x11.createClient((error, found) => {
      if (error) failed(new Error('the display cannot be reached'));
      else connected(found);
    });
  });
  const { client } = display;
  try {
    return await act(display);
  } finally {
    // What is asked last is answered after everything before it was done.
    await atom(client, 'WM_PROTOCOLS');
    const ended = new Promise<void>((done) => {
      client.on('end', done);
    });
    client.terminate();
    await ended;
  }
}

/** The number of a name. */
export function atom(client: Client, name: string): Promise<number> {
  return new Promise((found, failed) => {
    client.InternAtom(false, name, (error, number) => {
      if (error) failed(new Error(`no atom ${name}`));
      else found(number);
    });
  });
}
