/** `npm run fuzz -- --requests 20000 --seed 1`: a mall of its own is asked whatever its OpenAPI document allows. */
import path from "node:path";
import { Command } from "commander";
import { readSecret } from "../../../bin/folder/folder";
import { showProgress } from "../../../bin/terminal/painter";
import { whole } from "../../../bin/terminal/whole";
import type { RunningMall } from "../../support/mall";
import { startOpenIdProvider, type OpenIdProvider } from "../../support/openid";
import { keep } from "../report";
import { benchMall, endMall } from "../whole-mall";
import type { Document } from "./conforms";
import { fuzz, type FuzzReport } from "./fuzz";
import { plantModels } from "./plant-models";
import { MARKERS, peopleOf, plant, plantedAreThere } from "./people";
import { answersOf, brokenPromises, isWhole, leastFor, tableOf } from "./promises";
import { HAS_NETWORKS } from "./transport";

interface Asked {
  readonly requests: number;
  readonly seed: number;
}

async function ofMall(mall: RunningMall, provider: OpenIdProvider, { requests, seed }: Asked): Promise<FuzzReport> {
  try {
    const { url, dataDir } = mall;
    const secret = (await readSecret(dataDir)) ?? "";
    const people = peopleOf(secret);
    const known = await plant(url, people);
    await plantModels(dataDir, secret);
    if (!(await plantedAreThere(url, people, known["seller"] ?? []))) throw new Error("the markers were not planted");
    const document = (await (await fetch(`${url}/openapi.json`)).json()) as Document;
    const progress = showProgress("fuzz", process.stderr);
    const report = await fuzz({
      ...{ url, document, people, known, markers: MARKERS, secret, seed, requests, least: leastFor(requests) },
      mails: path.join(dataDir, "mail"),
      throughProvider: provider.through,
      told: (asked, fraction) => progress.update({ done: asked, failed: 0, fraction }),
    });
    progress.end();
    return report;
  } finally {
    await endMall(mall);
  }
}

async function played({ requests, seed }: Asked): Promise<FuzzReport> {
  const provider = await startOpenIdProvider();
  try {
    return await ofMall(await benchMall({ args: ["--empty"], env: provider.env }), provider, { requests, seed });
  } finally {
    await provider.stop();
  }
}

async function main(): Promise<void> {
  const program = new Command("fuzz")
    .description("requests made from the OpenAPI document, against a mall of its own; 1 when a promise does not hold")
    .option("--requests <n>", "how many", whole(1, 10_000_000), 20_000)
    .option("--seed <n>", "of what is drawn", whole(0, 2 ** 31), 1);
  const asked = program.parse().opts<Asked>();
  if (!HAS_NETWORKS) console.error("Only 127.0.0.1 is here: limits on mails will leave some routes short.");
  const report = await played(asked);
  const least = leastFor(asked.requests);
  const broken = brokenPromises(report, least);
  console.log(tableOf(report));
  const share = ((report.valid / report.asked) * 100).toFixed(1);
  const fewest = Math.min(...[...report.routes.values()].map(({ valid }) => valid));
  console.log(`${report.asked} requests (seed ${asked.seed}), ${share} % of them valid; every route of`);
  console.log(`${report.routes.size} answered well at least ${fewest} times (wanted: ${least}).`);
  for (const [route, why] of report.stuck) console.log(`story halted at least once: ${route}: ${why}`);
  for (const line of broken) console.log(`BROKEN  ${line}`);
  if (isWhole(asked.requests)) console.log(`kept in ${await keep("fuzz", answersOf(report))}`);
  process.exitCode = broken.length === 0 ? 0 : 1;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
