/** What of an import is to be taken; everything that is not here yet, to begin with. */
import type { ImportOffer, TakenCodelab } from '$lib/api/wire';

export class ImportChoice {
  readonly offers: readonly ImportOffer[];
  /** The codelabs that are taken, by their numbers. */
  codelabs = $state.raw<ReadonlySet<number>>(new Set());
  /** The past workshops that are taken, by the numbers of their codelabs. */
  pasts = $state.raw<ReadonlySet<number>>(new Set());

  readonly taken = $derived.by((): TakenCodelab[] =>
    this.possible
      .map(({ index }) => ({
        index,
        past: this.pasts.has(index),
        pastOnly: !this.codelabs.has(index),
      }))
      .filter(({ past, pastOnly }) => past || !pastOnly),
  );

  constructor(offers: readonly ImportOffer[]) {
    this.offers = offers;
    const isNew = ({ codelab }: ImportOffer) => codelab?.onShelf === 'no';
    this.codelabs = numbers(offers.filter(isNew));
    this.pasts = numbers(
      offers.filter((offer) => (isNew(offer) || isSame(offer)) && isNews(offer)),
    );
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
    this.pasts = new Set([...this.pasts, ...numbers(this.withPast.filter(isNews))]);
  }

  none(): void {
    this.codelabs = new Set();
    this.pasts = new Set();
  }

  /** A past workshop comes and goes with its codelab, unless the library has the same one. */
  setCodelab(index: number, taken: boolean): void {
    this.codelabs = changed(this.codelabs, index, taken);
    const offer = this.#offer(index);
    if (offer?.past === undefined || isSame(offer)) return;
    this.pasts = changed(this.pasts, index, taken && isNews(offer));
  }

  setPast(index: number, taken: boolean): void {
    this.pasts = changed(this.pasts, index, taken);
    const offer = this.#offer(index);
    if (taken && offer && !isSame(offer)) this.codelabs = changed(this.codelabs, index, true);
  }

  /** The past workshops of all codelabs that are taken, and those that are new to codelabs here. */
  setPasts(taken: boolean): void {
    this.pasts = taken
      ? numbers(this.withPast.filter((offer) => this.#mayBring(offer)))
      : new Set();
  }

  /** Whether all that {@link setPasts} takes are taken. */
  get hasAllPasts(): boolean {
    const may = this.withPast.filter((offer) => this.#mayBring(offer));
    return may.length > 0 && may.every(({ index }) => this.pasts.has(index));
  }

  #mayBring(offer: ImportOffer): boolean {
    return this.codelabs.has(offer.index) || (isSame(offer) && isNews(offer));
  }

  #offer(index: number): ImportOffer | undefined {
    return this.offers.find((offer) => offer.index === index);
  }
}

/** Its past workshop is not in the history. */
const isNews = ({ past }: ImportOffer): boolean => past?.inHistory === false;
/** The library has the same text. */
const isSame = ({ codelab }: ImportOffer): boolean => codelab?.onShelf === 'same';

const numbers = (offers: readonly ImportOffer[]): ReadonlySet<number> =>
  new Set(offers.map(({ index }) => index));

function changed(set: ReadonlySet<number>, index: number, on: boolean): ReadonlySet<number> {
  const next = new Set(set);
  if (on) next.add(index);
  else next.delete(index);
  return next;
}
