/** What of an import is to be taken; everything that is not here yet, to begin with. */
import type { ImportOffer, TakenCodelab } from '$lib/api/wire';

export class ImportChoice {
  readonly offers: readonly ImportOffer[];
  /** The codelabs that are taken, by their numbers. */
  codelabs = $state.raw<ReadonlySet<number>>(new Set());
  /** The past workshops that are taken, by the numbers of their codelabs. */
  pasts = $state.raw<ReadonlySet<number>>(new Set());

  readonly taken = $derived.by((): TakenCodelab[] =>
    [...this.codelabs].map((index) => ({ index, past: this.pasts.has(index) })),
  );

  constructor(offers: readonly ImportOffer[]) {
    this.offers = offers;
    const isNew = ({ codelab }: ImportOffer) => codelab?.onShelf === 'no';
    this.codelabs = numbers(offers.filter(isNew));
    this.pasts = numbers(offers.filter((offer) => isNew(offer) && offer.past?.inHistory === false));
  }

  /** All that can be taken. */
  get possible(): readonly ImportOffer[] {
    return this.offers.filter(({ codelab }) => codelab !== undefined);
  }

  /** Those with a past workshop. */
  get withPast(): readonly ImportOffer[] {
    return this.offers.filter(({ past }) => past !== undefined);
  }

  all(): void {
    this.codelabs = numbers(this.possible);
  }

  none(): void {
    this.codelabs = new Set();
  }

  setCodelab(index: number, taken: boolean): void {
    this.codelabs = changed(this.codelabs, index, taken);
  }

  setPast(index: number, taken: boolean): void {
    this.pasts = changed(this.pasts, index, taken);
  }

  /** All past workshops at once. */
  setPasts(taken: boolean): void {
    this.pasts = taken ? numbers(this.withPast) : new Set();
  }
}

const numbers = (offers: readonly ImportOffer[]): ReadonlySet<number> =>
  new Set(offers.map(({ index }) => index));

function changed(set: ReadonlySet<number>, index: number, on: boolean): ReadonlySet<number> {
  const next = new Set(set);
  if (on) next.add(index);
  else next.delete(index);
  return next;
}
