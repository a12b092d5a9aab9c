/**
 * A seller's day in a terminal: `node today.example.js https://mall.example you@example.com SELLER`, with the password
 * in STOA_PASSWORD. What is printed is what was sold today so far, what waits to be sent, and what to look at.
 */
import { cellsOf, follow, type Live } from "./index";

interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
}

export interface Shop {
  readonly url: string;
  readonly sellerId: string;
  readonly tokens: Tokens;
  readonly print: (line: string) => void;
}

const post = async (url: string, body: object): Promise<Tokens | null> => {
  const headers = { "content-type": "application/json" };
  const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
  return response.ok ? ((await response.json()) as Tokens) : null;
};

export const signIn = (url: string, email: string, password: string): Promise<Tokens | null> =>
  post(`${url}/v1/sessions`, { email, password });

/** One line of what is pushed. */
export function lineOf({ connected, board }: Live<"seller">): string {
  let [orders, units, totalMinor, waiting] = [0, 0, 0, 0];
  for (const sale of cellsOf("sales", board.sales, "").values()) {
    orders += sale.orders;
    units += sale.units;
    totalMinor += sale.totalMinor;
  }
  for (const order of cellsOf("waiting", board.waiting, "").values()) waiting += order.orders;
  const alerts = Object.keys(board.alerts?.cells ?? {}).length;
  const sold = `${orders} orders, ${units} units, ${(totalMinor / 100).toFixed(2)} sold`;
  return `${connected ? "live" : "away"}: ${sold}; ${waiting} waiting; ${alerts} alerts`;
}

/** Prints a line whenever anything has changed. @returns what ends it */
export function watchToday({ url, sellerId, tokens, print }: Shop): () => void {
  let { accessToken, refreshToken } = tokens;
  const following = follow({
    ...{ url, board: "seller", id: sellerId, token: () => accessToken },
    async renew() {
      const next = await post(`${url}/v1/sessions/refresh`, { refreshToken });
      if (!next) return null;
      ({ accessToken, refreshToken } = next);
      return accessToken;
    },
    heard: (live) => print(lineOf(live)),
    refused: ({ detail }) => print(`refused: ${detail}`),
  });
  return () => following.stop();
}

async function main([url = "", email = "", sellerId = ""]: readonly string[]): Promise<void> {
  const print = (line: string): void => void process.stdout.write(`${line}\n`);
  const tokens = await signIn(url, email, process.env["STOA_PASSWORD"] ?? "");
  if (tokens) watchToday({ url, sellerId, tokens, print });
  else print("The mall does not know this address with this password; is the mall's own address right?");
}

if (require.main === module) void main(process.argv.slice(2));
