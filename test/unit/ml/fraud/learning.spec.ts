/** Learning from the mall's own payments: point-in-time features, a model that beats what ships, the same each time. */
import { createAttempts, type Finding, type Kept } from "../../../../ml/fraud/attempts";
import { checkoutFeatures, type Attempt } from "../../../../ml/fraud/checkout-features";
import { foldAttempts, run, type Learnt } from "../../../../ml/fraud/learning";
import { chance } from "../../../../ml/kernel/random";
import { CHECKOUT_FEATURES } from "../../../../models/fraud/fraud.features.contract";

const DAY = 86_400;
const START = 1_767_225_600;
const DAYS = 36;
const CUSTOMERS = 40;

/** Everybody buys once a day; of some the card is stolen for a while: then amounts are five times as high. */
function market(): { attempts: Attempt[]; findings: Finding[] } {
  const random = chance(7);
  const attempts: Attempt[] = [];
  const findings: Finding[] = [];
  for (let day = 0; day < DAYS; day++) {
    for (let n = 0; n < CUSTOMERS; n++) {
      const stolen = n % 4 === 0 && day > 5 && (day + n) % 9 < 2;
      const seconds = START + day * DAY + n * 600;
      const id = `a${day}-${n}`;
      const amount = (20 + n) * (0.8 + 0.4 * random.next()) * (stolen ? 5 : 1);
      const who = { customer: `c${n}`, card: `k${n}`, device: null, address: null, seller: `s${n % 5}` };
      attempts.push({ id, seconds, amount, ...who, ratio: 1, stopped: false });
      if (stolen) findings.push({ id, seconds: seconds + DAY, fraud: true });
    }
  }
  return { attempts, findings };
}

const { attempts, findings } = market();
const now = START + DAYS * DAY;

it("knows at each moment what was known then, and nothing of later", () => {
  const rows = foldAttempts({ attempts, findings, now });
  // with what came after taken away, what is left does not change
  const cut = attempts.findIndex(({ seconds }) => seconds >= START + 20 * DAY);
  const bySeconds = (attempts[cut] as Attempt).seconds;
  const then = { attempts: attempts.slice(0, cut), findings: findings.filter(({ seconds }) => seconds < bySeconds) };
  const earlier = foldAttempts({ ...then, now: bySeconds });
  expect(earlier.map(({ values }) => [...values])).toEqual(rows.slice(0, cut).map(({ values }) => [...values]));
  // and what was found out does count, once it was
  const known = CHECKOUT_FEATURES.indexOf("customer_known_frauds");
  expect(rows.some(({ values }) => (values[known] as number) > 0)).toBe(true);
  expect(rows.slice(0, CUSTOMERS).every(({ values }) => values[known] === 0)).toBe(true);
});

it("is served the very features that it learns from", async () => {
  const seen: Attempt[] = [];
  const kept: Kept = {
    of: (who, code, limit) =>
      Promise.resolve(
        [...seen]
          .filter((one) => one[who] === code)
          .reverse()
          .slice(0, limit),
      ),
    since: () => Promise.resolve({ looked: 0, found: [] }),
    all: () => Promise.resolve([...seen].reverse()),
    findings: (since) => Promise.resolve([...findings].reverse().filter(({ seconds }) => seconds >= since)),
  };
  const book = createAttempts(kept);
  const rows = foldAttempts({ attempts, findings, now });
  for (const [n, attempt] of attempts.entries()) {
    const { values } = checkoutFeatures(attempt, await book.before(attempt), book.known);
    expect([...values]).toEqual([...(rows[n]?.values ?? [])]);
    seen.push(attempt);
    book.add(attempt);
  }
});

it("beats what ships, gives the same model each time, and says when it cannot learn", async () => {
  const order = { attempts, findings, now, seed: 3 };
  const learnt = (await run(order)) as Exclude<Learnt, { skipped: string }>;
  expect(learnt.metrics.AP).toBeGreaterThan(learnt.baseline.AP);
  expect(learnt.champion).toBeNull();
  const again = (await run({ ...order, champion: learnt.model })) as typeof learnt;
  expect(JSON.stringify(again.model)).toBe(JSON.stringify(learnt.model));
  // held against itself it is not better: it must not take its own place
  expect(again.champion).toEqual(again.metrics);
  expect(await run({ ...order, findings: findings.slice(0, 12) })).toHaveProperty("skipped");
}, 60_000);
