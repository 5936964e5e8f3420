/** Which of several networks is shown big in the lobby. */
import type { LobbyAddress } from '$lib/api/wire';

/** Where the interface that is shown big is remembered. */
export const NETWORK = 'lobby.network';

/**
 * The address to show big: the one at the interface chosen last, else the first, which the server
 * finds the most likely. An interface keeps its name when its address changes.
 */
export function chooseNetwork(
  addresses: readonly LobbyAddress[],
  chosenInterface: string | null,
): LobbyAddress | null {
  const chosen = addresses.find((address) => address.interface === chosenInterface);
  return chosen ?? addresses[0] ?? null;
}
