/** Uploads are searched for malware before anything of them is kept, where the mall has a scanner. */
import type { Logger } from "pino";
import { reasonOf } from "../kernel/wait";
import type { Scan } from "../kernel/clamd";
import { refuseHere } from "./problem";

/** @throws FILE_INFECTED, or SERVICE_UNAVAILABLE when the scanner does not answer: nothing is kept unsearched */
export type Searched = (bytes: Buffer) => Promise<void>;

/** @param scan null: the mall has no scanner */
export const createSearched =
  (scan: Scan | null, log: Pick<Logger, "warn">): Searched =>
  async (bytes) => {
    if (scan === null) return;
    const found = await scan(bytes).catch((error: unknown) => {
      log.warn({ reason: reasonOf(error) }, "A file could not be searched for malware, and was not taken");
      return refuseHere("SERVICE_UNAVAILABLE", "The file cannot be searched for malware now; try again in a minute.");
    });
    if (found !== null) refuseHere("FILE_INFECTED", `The file was not kept: malware was found in it (${found}).`);
  };
