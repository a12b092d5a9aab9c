/** The channel, as a page needs it: it asks for products when it is known whether there is one. */
import { useEffect } from "preact/hooks";
import { channel, findChannel } from "../app/market";
import { useStore } from "../app/store";

export interface Shopped {
  readonly known: boolean;
  readonly id: string | undefined;
  readonly currency: string;
}

export function useChannel(): Shopped {
  const found = useStore(channel);
  useEffect(() => {
    // a mall that does not answer is told by the question that follows
    findChannel().catch(() => channel.set(null));
  }, []);
  return { known: found !== undefined, id: found?.id, currency: found?.currency ?? "EUR" };
}
