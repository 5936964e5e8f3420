/** A room that looks like one: a dozen people at various steps, some waiting, some talking. */
import type { Attendee } from '../support/attendee.ts';
import type { Room } from '../support/room.ts';

/** How far each has come (a step, counted from 1), and who needs help with what. */
const PEOPLE: { name: string; at: number; help?: string }[] = [
  { name: 'Ada', at: 4 },
  { name: 'Bea', at: 3 },
  { name: 'Chidi', at: 5 },
  {
    name: 'Diego',
    at: 2,
    help: 'git says “not a git repository”. I think I am in the wrong folder.',
  },
  { name: 'Elif', at: 3 },
  { name: 'Grace', at: 6 },
  { name: 'Hana', at: 3, help: 'My diff is empty, but I changed the file.' },
  { name: 'Jonas', at: 1 },
  { name: 'Linus', at: 7 },
  { name: '민아', at: 4 },
  { name: 'Oluwaseun', at: 3 },
  { name: 'Zoë', at: 2 },
];

/** What is said, by whom. */
const TALK: [string, string][] = [
  ['Bea', 'Does git add also see files in subfolders?'],
  ['Linus', 'Yes, “git add .” takes everything below the folder you are in.'],
  ['Bea', 'Thanks!'],
];

/** Everybody joins and goes where they belong; answers the people by name. */
export async function fill(room: Room): Promise<Map<string, Attendee>> {
  const people = new Map<string, Attendee>();
  for (const { name, at, help } of PEOPLE) {
    const person = await room.join(name);
    people.set(name, person);
    for (let step = 2; step <= at; step += 1) {
      await person.next();
      await person.isAt(room.step(step));
    }
    if (help !== undefined) {
      await person.askForHelp(help);
      await person.closeSheet();
    }
  }
  for (const [name, text] of TALK) {
    await people.get(name)?.say(text);
    await people.get('Ada')?.hears(text);
  }
  return people;
}
