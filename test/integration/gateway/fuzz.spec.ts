/**
 * A few hundred requests of the fuzz. The whole of it runs by hand, and tells how often each route answered well:
 * `STOA_FUZZ_REQUESTS=20000 npx jest --selectProjects integration --testPathPatterns gateway/fuzz`
 */
import type { Document } from "../../bench/fuzz/conforms";
import { fuzz } from "../../bench/fuzz/fuzz";
import { peopleOf, plant, plantedAreThere } from "../../bench/fuzz/people";
import { START_WITHIN_MS } from "../../support/elasticsearch";
import { openNodeOverHttp, type NodeOverHttp } from "../../support/node-over-http";

const FEW = 400;
const REQUESTS = Number(process.env["STOA_FUZZ_REQUESTS"] ?? FEW);
/** Of those that a run of twenty thousand needs, with room to spare. */
const WITHIN_MS = 60_000 + REQUESTS * 100;
let mall: NodeOverHttp;

beforeAll(async () => {
  mall = await openNodeOverHttp();
}, START_WITHIN_MS);

afterAll(() => mall.stop(), START_WITHIN_MS);

test(
  "whatever is asked, nothing breaks, nothing hangs, every answer is as declared, and nobody sees another's",
  async () => {
    const { url, secret } = mall;
    const people = peopleOf(secret);
    const known = await plant(url, people);
    expect(await plantedAreThere(url, people, known["seller"] ?? [])).toBe(true);
    const document = (await (await fetch(`${url}/openapi.json`)).json()) as Document;
    // what is declared before anybody answers it is found by the whole run
    const { registry } = mall.node.broker;
    const answered = (operation: object) =>
      registry.actions.isAvailable((operation as { operationId: string }).operationId);
    const paths = Object.fromEntries(
      Object.entries(document.paths).map(([path, operations]) => [
        path,
        Object.fromEntries(Object.entries(operations).filter(([, operation]) => answered(operation))),
      ]),
    );
    const report = await fuzz({ url, document: { ...document, paths }, people, known, seed: 4, requests: REQUESTS });
    expect(report.findings).toEqual([]);
    expect(report.asked).toBeGreaterThanOrEqual(REQUESTS);
    expect(report.valid / report.asked).toBeGreaterThan(0.35);
    if (REQUESTS > FEW) console.log(JSON.stringify({ ...report, routes: Object.fromEntries(report.routes) }, null, 1));
  },
  WITHIN_MS,
);
