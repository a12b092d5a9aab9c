/** A few hundred requests of the fuzz; the whole of it is `npm run fuzz`. */
import path from "node:path";
import type { Document } from "../../bench/fuzz/conforms";
import { fuzz } from "../../bench/fuzz/fuzz";
import { MARKERS, peopleOf, plant, plantedAreThere } from "../../bench/fuzz/people";
import { brokenPromises } from "../../bench/fuzz/promises";
import { START_WITHIN_MS } from "../../support/elasticsearch";
import { openNodeOverHttp, type NodeOverHttp } from "../../support/node-over-http";
import { startOpenIdProvider, type OpenIdProvider } from "../../support/openid";

const FEW = 400;
const WITHIN_MS = 240_000;
let mall: NodeOverHttp;
let provider: OpenIdProvider;

beforeAll(async () => {
  provider = await startOpenIdProvider();
  mall = await openNodeOverHttp(provider.env);
}, START_WITHIN_MS);

afterAll(async () => {
  await mall.stop();
  await provider.stop();
}, START_WITHIN_MS);

test(
  "whatever is asked, nothing breaks, nothing hangs, every answer is as declared, and nobody sees another's",
  async () => {
    const { url, secret, dataDir } = mall;
    const people = peopleOf(secret);
    const known = await plant(url, people);
    expect(await plantedAreThere(url, people, known["seller"] ?? [])).toBe(true);
    const document = (await (await fetch(`${url}/openapi.json`)).json()) as Document;
    const report = await fuzz({
      ...{ url, document, people, known, markers: MARKERS, secret, seed: 4, requests: FEW, least: 0 },
      mails: path.join(dataDir, "mail"),
      throughProvider: provider.through,
    });
    expect(brokenPromises(report, 0)).toEqual([]);
    expect(report.asked).toBeGreaterThanOrEqual(FEW);
  },
  WITHIN_MS,
);
