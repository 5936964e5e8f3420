/** What is used of the X11 client (https://github.com/sidorares/node-x11), which has no types. */
declare module 'x11' {
  interface SelectionRequest {
    name: 'SelectionRequest';
    time: number;
    requestor: number;
    selection: number;
    target: number;
    property: number;
  }
  interface ClientMessage {
    name: 'ClientMessage';
    message_type: number;
    data: number[];
  }
  export type Event = SelectionRequest | ClientMessage | { name: 'other' };
  export interface Client {
    AllocID(): number;
    InternAtom(
      onlyIfExists: boolean,
      name: string,
      done: (error: unknown, atom: number) => void,
    ): void;
    CreateWindow(
      id: number,
      parent: number,
      x: number,
      y: number,
      width: number,
      height: number,
    ): void;
    DestroyWindow(id: number): void;
    ChangeProperty(
      mode: number,
      window: number,
      property: number,
      type: number,
      format: number,
      data: Buffer,
    ): void;
    SetSelectionOwner(owner: number, selection: number): void;
    SendEvent(destination: number, propagate: number, mask: number, event: object): void;
    SendClientMessage(
      destination: number,
      window: number,
      type: number,
      format: number,
      data: number[],
      mask: number,
    ): void;
    terminate(): void;
    on(event: 'end', done: () => void): void;
    on(event: 'event', heard: (event: Event) => void): void;
  }
  export interface Display {
    client: Client;
    screen: { root: number }[];
  }
  const x11: {
    createClient(ready: (error: unknown, display: Display) => void): Client;
  };
  export default x11;
}
