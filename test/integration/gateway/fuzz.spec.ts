/** A few hundred requests of the fuzz; all of it runs by hand: `npm run bench -- fuzz --requests 20000`. */
import type { Document } from "../../bench/fuzz/conforms";
import { fuzz } from "../../bench/fuzz/fuzz";
import { peopleOf, plant, plantedAreThere } from "../../bench/fuzz/people";
import { START_WITHIN_MS } from "../../support/elasticsearch";
import { openNodeOverHttp, type NodeOverHttp } from "../../support/node-over-http";

const REQUESTS = 400;
let mall: NodeOverHttp;

beforeAll(async () => {
  mall = await openNodeOverHttp();
}, START_WITHIN_MS);

afterAll(() => mall.stop(), START_WITHIN_MS);

test("whatever is asked, nothing breaks, nothing hangs, every answer is as declared, and nobody sees another's", async () => {
  const { url, secret } = mall;
  const people = peopleOf(secret);
  const known = await plant(url, people);
  expect(await plantedAreThere(url, people, known["stock"] ?? [])).toBe(true);
  const document = (await (await fetch(`${url}/openapi.json`)).json()) as Document;
  const report = await fuzz({ url, document, people, known, seed: 4, requests: REQUESTS });
  expect(report.findings).toEqual([]);
  expect(report.asked).toBeGreaterThanOrEqual(REQUESTS);
  expect(report.valid / report.asked).toBeGreaterThan(0.3);
});
