/** What a person is told when the mall runs: where everything is, and three things to try. Pure. */

import type { Entrance } from "../demo/people";

export interface Ready {
  readonly url: string;
  /** Of the administrator. */
  readonly token: string;
  /** Absolute. */
  readonly dataDir: string;
  /** Of some product of the demo market; null in a mall that is not filled with it. */
  readonly productId: string | null;
  /** Ways in, as one of the demo market's people. */
  readonly entrances: readonly Entrance[];
}

const PRODUCT = '{"title":{"en":"Reading lamp"},"brand":"Lumora","channels":[],"publish":true}';

/** Each line works as it stands when pasted into a shell. */
export function linesToTry({ url, token, productId }: Ready): string[] {
  const write = [
    `curl -X POST '${url}/v1/products' -H 'Authorization: Bearer ${token}'`,
    `-H 'Content-Type: application/json' -H 'Idempotency-Key: my-first-lamp' -d '${PRODUCT}'`,
  ].join(" ");
  const search = `curl '${url}/v1/products?q=lamp&limit=3'`;
  return productId === null ? [search, write] : [search, `curl '${url}/v1/products/${productId}'`, write];
}

const ROOMS: Readonly<Record<Entrance["room"], string>> = {
  shop: "shop, as Sam   ",
  sell: "sell, as Mara  ",
  run: "run it, as Ada ",
};

/** Each opens the console, signed in. */
const entrancesOf = ({ entrances }: Ready): string[] =>
  entrances.length === 0
    ? []
    : ["  Come in, to", ...entrances.map(({ room, link }) => `    ${ROOMS[room]} ${link}`), ""];

export function welcome(ready: Ready): string {
  const { url, token, dataDir } = ready;
  return [
    "",
    `  Stoa is open         ${url}`,
    `  API, to try          ${url}/docs`,
    `  OpenAPI document     ${url}/openapi.json`,
    `  Health               ${url}/health/ready`,
    `  Metrics              ${url}/metrics`,
    `  Data                 ${dataDir}`,
    "",
    ...entrancesOf(ready),
    "  Administrator's token (`npm run stoa -- token` prints one again):",
    `  ${token}`,
    "",
    "  Try:",
    ...linesToTry(ready).map((line) => `  ${line}`),
    "",
    "  Ctrl-C stops everything.",
    "",
  ].join("\n");
}
