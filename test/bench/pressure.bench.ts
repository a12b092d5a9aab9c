/** What becomes of commands while the search engine is away, and how soon is everything found again? */
import { playPressure } from "./pressure";
import type { Answer } from "./report";
import { sized, type Ask } from "./scale";

const OFFERS = 1_000;
const IN_FLIGHT = 64;

export async function pressureBench(ask: Ask): Promise<Answer[]> {
  const seconds = sized(ask, 120, 3);
  const found = await playPressure({ offers: sized(ask, OFFERS, 50), seconds, inFlight: IN_FLIGHT });
  const { withEngine, withoutEngine } = found;
  return [
    {
      question: `commands/s while the search engine is away, ${seconds} s / before`,
      value: Number((withoutEngine.perSecond / withEngine.perSecond).toFixed(3)),
      unit: "×",
      goal: { atLeast: 0.95 },
      detail: found,
    },
    {
      question: "memory that the mall takes more at the end of the outage than at its beginning",
      value: found.grownMb,
      unit: "MB",
      goal: { atMost: 30 },
    },
    {
      question: "seconds until everything is found after the engine's return, its start not counted",
      value: found.caughtUpSeconds,
      unit: "s",
      detail: { caughtUpPerSecond: found.caughtUpPerSecond, waited: withoutEngine.calls },
    },
    {
      question: "indexes that show the last acknowledged price",
      value: found.exact ? 1 : 0,
      unit: "",
      goal: { atLeast: 1 },
    },
  ];
}
