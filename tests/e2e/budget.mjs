// What an attendee's browser transfers from the address to the first step that can be read.
// The measurement is in budget/, in TypeScript; this is the command.
import { register } from 'tsx/esm/api';

register();
const { main } = await import('./budget/main.ts');
process.exitCode = await main(process.argv.slice(2));
