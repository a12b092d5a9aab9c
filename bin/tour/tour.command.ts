/** `stoa tour`: the mall's story on a mall of its own, told in requests and answers, every claim checked. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Command } from "commander";
import { adminToken } from "../client/locate";
import type { Parts } from "../parts";
import { chapters } from "./chapters";
import { createGuide } from "./guide";
import { createScene, startTourMall } from "./scene";

const READY_WITHIN_MS = 120_000;

const print = (line: string): void => console.log(line);

async function tour(parts: Parts): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), "stoa-tour-"));
  const dataDir = path.join(folder, "data");
  const mall = startTourMall(dataDir);
  try {
    const url = await mall.ready(READY_WITHIN_MS);
    const guide = createGuide(url, print);
    guide.name("MALL", url);
    guide.name("DATA", dataDir);
    guide.name("FOLDER", folder);
    print('MALL is the address that the start prints; JSON="Content-Type: application/json".');
    print("A token is the accessToken of the answer to POST /v1/sessions; OWNER's is printed by the start.");
    print('Where an answer shows "$NAME", NAME is what stands there. A code stands in the newest mail of $DATA/mail;');
    print("TOKEN is the header stoa-token of what was written, VISITOR any UUID.");
    guide.visitor("OWNER", await adminToken(dataDir, parts));
    const scene = createScene({ guide, folder, dataDir, mall });
    try {
      for (const chapter of chapters) await chapter(scene);
    } finally {
      await scene.stop();
    }
    print(`\nThe tour is over: ${guide.claims()} claims, and all of them held.`);
  } finally {
    mall.signal("SIGTERM");
    await mall.ended;
    await rm(folder, { recursive: true, force: true });
  }
}

export function tourCommand(program: Command, parts: Parts): void {
  program
    .command("tour")
    .description("walk through the mall's story on a mall of its own, and check every claim")
    .action(() => tour(parts));
}
