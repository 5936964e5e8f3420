/** Closing the window, going to another page, losing the network: nothing typed is lost by it. */
import type { DraftKeeper } from './draft-keeper.svelte';

/** Watches until the returned function is called. */
export function leavingSafely(keeper: DraftKeeper): () => void {
  const leave = (): void => {
    keeper.leave();
  };
  const hidden = (): void => {
    // A phone may never come back to a page that it hides.
    if (document.visibilityState === 'hidden') void keeper.flush();
  };
  const ask = (event: BeforeUnloadEvent): void => {
    if (!keeper.isDurable) event.preventDefault();
  };
  const back = (): void => {
    keeper.hurry();
  };
  addEventListener('pagehide', leave);
  addEventListener('beforeunload', ask);
  addEventListener('online', back);
  document.addEventListener('visibilitychange', hidden);
  return () => {
    removeEventListener('pagehide', leave);
    removeEventListener('beforeunload', ask);
    removeEventListener('online', back);
    document.removeEventListener('visibilitychange', hidden);
  };
}
