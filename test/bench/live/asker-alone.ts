/** Who asks over HTTP, in a process of its own: a shopper's browser does not share a thread with the mall. */
import { httpClient } from "../http-client";
import { rate, type Rate } from "../measure";
import { serve } from "./alone";

export interface AskerAsk {
  readonly url: string;
  readonly token: string;
  /** In turn. */
  readonly paths: readonly string[];
  readonly inFlight: number;
  readonly seconds: number;
}

serve({
  ask: async ({ url, token, paths, inFlight, seconds }: AskerAsk): Promise<Rate> => {
    const client = httpClient(url, { authorization: `Bearer ${token}` }, inFlight);
    try {
      return await rate(inFlight, seconds, async (n) => {
        const path = paths[n % paths.length] ?? "";
        const status = await client.send("GET", path);
        if (status !== 200) throw new Error(`GET ${path} answered ${status}`);
      });
    } finally {
      client.close();
    }
  },
});
