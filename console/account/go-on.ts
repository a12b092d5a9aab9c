/** Where somebody goes who has just come in. */
import { takeCartAlong } from "../app/basket";
import { takeWishesAlong } from "../app/wishes";
import { homeOf } from "../app/rooms";
import { go } from "../app/router";
import { person } from "../client/session";

/** Only addresses of this very mall. */
export const nextIn = (next: string | null): string | null =>
  next !== null && /^\/(?![/\\])/.test(next) ? next : null;

export async function goOn(next: string | null): Promise<void> {
  const who = person.get();
  if (!who) return;
  // a cart that cannot be taken along is no reason to stay outside
  await Promise.all([takeCartAlong().catch(() => null), takeWishesAlong().catch(() => null)]);
  go(next ?? homeOf(who), { replace: true });
}
