/** What is used of the X11 client (https://github.com/sidorares/node-x11), which has no types. */
declare module 'x11' {
  interface Client {
    InternAtom(onlyIfExists: boolean, name: string, done: (error: unknown, atom: number) => void): void;
    SendEvent(destination: number, propagate: boolean, mask: number, event: Buffer): void;
    terminate(): void;
    on(event: 'end', done: () => void): void;
  }
  const x11: {
    createClient(ready: (error: unknown, display: { client: Client }) => void): Client;
  };
  export default x11;
}
