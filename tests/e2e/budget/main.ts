/** `npm run budget [-- --json]`: prints the figures; fails above the limits. */
import { measure } from './measure.ts';
import { KINDS, type Meter } from './transfer.ts';

/** From the address to the first step that can be read, the codelab's own pictures left out. */
const LIMITS = { bytes: 75_000, requests: 12 };

function line(name: string, requests: number, bytes: number): string {
  const figure = bytes.toLocaleString('en-US');
  return `${name.padEnd(20)}${String(requests).padStart(10)}${figure.padStart(12)}`;
}

function table(meter: Meter): string {
  const { kinds, codelabImages } = meter.transfer;
  return [
    `${'kind'.padEnd(20)}${'requests'.padStart(10)}${'bytes'.padStart(12)}`,
    ...KINDS.filter((kind) => kinds[kind].requests > 0).map((kind) =>
      line(kind, kinds[kind].requests, kinds[kind].bytes),
    ),
    line('together', meter.requests, meter.bytes),
    line('limit', LIMITS.requests, LIMITS.bytes),
    line('(codelab’s images)', codelabImages.requests, codelabImages.bytes),
  ].join('\n');
}

/** Answers the exit code. */
export async function main(options: readonly string[]): Promise<number> {
  const meter = await measure();
  const holds = meter.bytes <= LIMITS.bytes && meter.requests <= LIMITS.requests;
  if (options.includes('--json')) {
    const { kinds, codelabImages } = meter.transfer;
    const together = { requests: meter.requests, bytes: meter.bytes };
    const figures = { limits: LIMITS, together, kinds, codelabImages, requests: meter.log, holds };
    console.log(JSON.stringify(figures, null, 2));
  } else {
    console.log('An attendee’s browser, from the address to the first readable step:\n');
    console.log(table(meter));
    if (!holds) console.log(`\nThis is above the limits. The requests:`);
    if (!holds)
      for (const { kind, bytes, path } of meter.log) console.log(line(kind, 1, bytes), path);
  }
  return holds ? 0 : 1;
}
