import { inParallel } from "../../../../bin/client/in-parallel";
import { idMadeBy, keyOf } from "../../../../bin/client/keys";
import { principalIdOf } from "../../../../bin/client/locate";
import { askOf, heapsOf, outcomesOf, statusOf } from "../../../../bin/client/batch";
import { delayMs } from "../../../../bin/client/mall";
import { problemOf } from "../../../../bin/client/problem";
import { requestOf } from "../../../../bin/client/request";
import { createTokens } from "../../../../bin/client/settled";
import { issueToken } from "../../../../services/gateway/tokens";

describe("requestOf", () => {
  it("puts params where the contract's route has them", () => {
    expect(requestOf("offer.reprice", { id: "o1", price: { amountMinor: 1, currency: "EUR" } })).toEqual({
      method: "PUT",
      path: "/v1/offers/o1/price",
      body: '{"price":{"amountMinor":1,"currency":"EUR"}}',
    });
    expect(requestOf("product.publish", { id: "p1" })).toEqual({
      method: "POST",
      path: "/v1/products/p1/publish",
      body: null,
    });
    expect(requestOf("product.search", { q: "a&b", brand: ["x", "y"], limit: 3 }).path).toBe(
      "/v1/products?q=a%26b&brand=x&brand=y&limit=3",
    );
  });

  it("knows no action that the contracts do not", () =>
    expect(() => requestOf("product.fly", {})).toThrow("no action"));
});

describe("problemOf", () => {
  it.each([
    [{ type: "urn:stoa:refusal:NOT_FOUND", detail: "gone" }, "NOT_FOUND", "gone"],
    [{ type: "https://stoa.example/problems/CLAIM_TAKEN", title: "Taken" }, "CLAIM_TAKEN", "Taken"],
    [{}, "HTTP_500", "{}"],
  ])("reads %j", (body, type, detail) => {
    expect(problemOf({ status: 500, body: JSON.stringify(body) })).toEqual({ type, detail });
  });

  it("bears a body that is none of ours", () => {
    expect(problemOf({ status: 502, body: "<html>" })).toEqual({ type: "HTTP_502", detail: "<html>" });
    expect(problemOf({ status: 502, body: "" }).detail).toBe("The mall said 502.");
  });
});

describe("many commands in one request", () => {
  const command = (n: number, text = "") => ({ action: "a.b", params: { n, text }, idempotencyKey: `k${n}` });
  const answer = (results: object[], status = 200) => ({
    ...{ status, token: "", retryAfterMs: null },
    body: JSON.stringify({ results }),
  });
  const refused = { status: 409, problem: { type: "urn:stoa:refusal:CLAIM_TAKEN", detail: "Taken." } };

  it("keep their order, fifty at most together, and a large one has a request of its own", () => {
    const all = Array.from({ length: 120 }, (_, n) => command(n, n === 60 ? "x".repeat(400_000) : ""));
    const heaps = heapsOf(all);
    expect(heaps.flat()).toEqual(all);
    expect(heaps.map(({ length }) => length)).toEqual([50, 10, 1, 50, 9]);
    expect(heapsOf([])).toEqual([]);
    expect(heapsOf([command(1)])).toEqual([[command(1)]]);
  });

  it("say how each went, the last one as if it had been alone", () => {
    const ask = askOf([command(1), command(2)]);
    expect(JSON.parse(ask.body ?? "")).toEqual({ stopAtRefusal: true, commands: [command(1), command(2)] });
    const taken = answer([{ status: 201, token: "t" }, refused]);
    expect(statusOf(ask, taken)).toBe(409);
    expect(statusOf({ ...ask, path: "/v1/products" }, taken)).toBe(200);
    expect(outcomesOf(taken)).toEqual([
      { ok: true, token: "t" },
      { ok: false, type: "CLAIM_TAKEN", detail: "Taken." },
    ]);
    expect(outcomesOf({ ...taken, status: 400, body: "{}" })).toMatchObject([{ ok: false, type: "HTTP_400" }]);
  });
});

it("waits longer each time, up to the most", () => {
  const patience = { attemptsMax: 9, firstDelayMs: 100, delayMsMax: 1_000 };
  expect([0, 1, 2, 9].map((attempt) => delayMs(attempt, patience, 1))).toEqual([100, 200, 400, 1_000]);
  expect(delayMs(0, patience, 0)).toBe(50);
});

describe("keys", () => {
  it("are the names, where these fit", () => expect(keyOf("icecat", "12", "create")).toBe("icecat/12/create"));

  it("tell apart what a slash or a blank would not", () => {
    expect(keyOf("a/b")).not.toBe(keyOf("a", "b"));
    expect(keyOf("a b")).toMatch(/^[a-z0-9]+$/);
  });

  it("give another principal another thing", () => {
    expect(idMadeBy("a", "product.create", "k")).not.toBe(idMadeBy("b", "product.create", "k"));
  });
});

it("reads from a token whom it names", () => {
  const token = issueToken("a secret of at least thirty-two characters", { id: "ann", permissions: [] });
  expect(principalIdOf(token)).toBe("ann");
  expect(() => principalIdOf("a.b.c")).toThrow("That is no token");
});

describe("tokens", () => {
  it("keeps the newest and an even sample, within what a request may carry", () => {
    const tokens = createTokens();
    for (let i = 0; i < 10_000; i++) tokens.add(`${i}-${"x".repeat(200)}`);
    const batches = tokens.batches();
    const numbers = batches.flatMap((batch) => batch.split(",").map((token) => parseInt(token)));
    expect(numbers).toContain(9_999);
    expect(Math.min(...numbers)).toBe(0);
    expect(numbers.length).toBeLessThan(300);
    for (const batch of batches) {
      expect(batch.length).toBeLessThanOrEqual(12_288);
      expect(batch.split(",").length).toBeLessThanOrEqual(32);
    }
  });

  it("asks for nothing when nothing was written", () => {
    const tokens = createTokens();
    tokens.add("");
    expect(tokens.batches()).toEqual([]);
  });
});

describe("inParallel", () => {
  it("has no more in hand than it may, and does everything once", async () => {
    let [now, most] = [0, 0];
    const done: number[] = [];
    await inParallel([1, 2, 3, 4, 5, 6, 7], 3, async (n) => {
      most = Math.max(most, (now += 1));
      await new Promise(setImmediate);
      now -= 1;
      done.push(n);
    });
    expect(most).toBe(3);
    expect(done.sort()).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  it("begins nothing new after an error, and puts the sequence away", async () => {
    let [begun, away] = [0, false];
    function* numbers(): Generator<number> {
      try {
        for (let n = 1; n <= 1_000; n++) yield n;
      } finally {
        away = true;
      }
    }
    const work = async (n: number): Promise<void> => {
      begun += 1;
      await new Promise(setImmediate);
      if (n === 5) throw new Error("five");
    };
    await expect(inParallel(numbers(), 4, work)).rejects.toThrow("five");
    expect(begun).toBeLessThan(20);
    expect(away).toBe(true);
  });
});
