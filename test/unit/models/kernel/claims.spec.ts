import type { AnyAggregate } from "../../../../models/kernel/aggregate";
import { memoryClaimRows, type ClaimRows } from "../../../../models/kernel/claim-rows";
import { createClaims, type ClaimingDeps } from "../../../../models/kernel/claiming";
import type { Claim, Claims } from "../../../../models/kernel/claims";
import { createClock } from "../../../../models/kernel/clock";
import { createHolders } from "../../../../models/kernel/fence";
import { coalescing } from "../../../../models/kernel/mongo-claims";
import type { Refusal } from "../../../../models/kernel/refusal";
import { followsChain } from "../../../../models/kernel/row";
import { memoryHistories, type MemoryHistories } from "../../../support/memory-histories";
import { rowAfter } from "../../../support/rows";

const thing: AnyAggregate = {
  name: "thing",
  schema: 3,
  initial: { keys: [] },
  decide: {},
  evolve: {},
  claims: (state) => (state as { keys: string[] }).keys,
};

interface World {
  readonly rows: ReturnType<typeof memoryClaimRows>;
  readonly histories: MemoryHistories;
  readonly claims: Claims;
  /** The insert of an actor that read `previous` before it claimed. */
  readonly commit: (id: string, keys: readonly string[], previous?: string) => Promise<string | undefined>;
}

function world(twist: Partial<ClaimingDeps> = {}): World {
  const histories = memoryHistories("thing");
  const clock = createClock(() => Date.UTC(2026, 0, 1));
  const rows = memoryClaimRows();
  const holders = createHolders({ clock, fenced: () => ({ aggregate: thing, histories }) });
  const claims = createClaims({ ...holders, rows, grace: () => Promise.resolve(), ...twist });
  return {
    rows,
    histories,
    claims,
    async commit(id, keys, previous) {
      const { newest } = await histories.standing(id, []);
      const basis = previous === undefined ? newest : (histories.rows.get(previous) ?? null);
      const [outcome] = await histories.insert(
        [rowAfter(basis, { id, state: { keys }, commandId: `c${histories.rows.size}` })],
        true,
      );
      return outcome;
    },
  };
}

const taken = { type: "CLAIM_TAKEN", code: 409, data: { key: "k/1" } };

describe("a claim", () => {
  it("is refused, by name, to a second aggregate while the first one's state holds it", async () => {
    const { claims, commit } = world();
    await claims.take("thing/a", ["k/1"]);
    await commit("a", ["k/1"]);
    await expect(claims.take("thing/b", ["k/1"])).rejects.toMatchObject(taken);
  });

  it("is taken with all others or with none", async () => {
    const { claims, commit, rows } = world();
    await claims.take("thing/a", ["k/1"]);
    await commit("a", ["k/1"]);
    await expect(claims.take("thing/b", ["k/0", "k/1", "k/2"])).rejects.toMatchObject(taken);
    expect(rows.all().map(({ _id }) => _id)).toEqual(["k/1"]);
  });

  it("counts as taken when its holder takes it again, under a later epoch", async () => {
    const { claims, rows } = world();
    await claims.take("thing/a", ["k/1"]);
    const [first] = rows.all();
    await claims.take("thing/a", ["k/1", "k/1"]);
    expect(rows.all()).toEqual([{ ...first, epoch: (first as Claim).epoch + 1 }]);
  });

  it("whose holder died before it committed is taken over, and the holder's late insert conflicts", async () => {
    const { claims, commit, histories } = world();
    await commit("a", []);
    const basis = [...histories.rows.keys()].at(-1) as string;
    await claims.take("thing/a", ["k/1"]); // and here the process hangs
    await claims.take("thing/b", ["k/1"]);
    expect(await commit("a", ["k/1"], basis)).toBe("conflict");
    expect(await commit("b", ["k/1"])).toBe("inserted");
    await expect(claims.take("thing/a", ["k/1"])).rejects.toMatchObject(taken);
  });

  it("left over by a crash after the commit and before the release is stale, and is taken over", async () => {
    const { claims, commit } = world();
    await claims.take("thing/a", ["k/1"]);
    await commit("a", ["k/1"]);
    await commit("a", []); // and here the process dies
    await claims.take("thing/b", ["k/1"]);
    expect(await commit("b", ["k/1"])).toBe("inserted");
  });

  it("that was given back is free without a fence", async () => {
    const { claims, commit, histories } = world();
    await claims.take("thing/a", ["k/1"]);
    await commit("a", ["k/1"]);
    await commit("a", []);
    await claims.release("thing/a", ["k/1"]);
    await claims.take("thing/b", ["k/1"]);
    expect([...histories.rows.values()].filter(({ command }) => command.name === "claim.fence")).toEqual([]);
  });

  it("survives a release that comes after it was taken again", async () => {
    let open = (): void => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    const rows = memoryClaimRows();
    const late: ClaimRows = { ...rows, remove: (claims) => gate.then(() => rows.remove(claims)) };
    const { claims } = world({ rows: late });
    await claims.take("thing/a", ["k/1"]);
    const released = claims.release("thing/a", ["k/1"]);
    await claims.take("thing/a", ["k/1"]);
    open();
    await released;
    expect(rows.all()).toHaveLength(1);
  });

  it("is released without a throw when the store is gone", async () => {
    const rows = { ...memoryClaimRows(), remove: () => Promise.reject(new Error("no store")) };
    const { claims } = world({ rows });
    await claims.take("thing/a", ["k/1"]);
    await expect(claims.release("thing/a", ["k/1"])).resolves.toBeUndefined();
  });

  /** B has fenced A and is about to swap; A gives its key back, takes it anew and commits; then B swaps. */
  async function takenAnewBehindTheBack(firstEpoch?: () => number): Promise<{ a: string | undefined; b: unknown }> {
    const rows = memoryClaimRows();
    const { claims, commit } = world({ ...(firstEpoch && { firstEpoch }), rows: { ...rows, swap: late } });
    let a: string | undefined;
    async function late(was: Claim, next: Claim): Promise<boolean> {
      if (next.holder === "thing/b" && a === undefined) {
        a = "under way";
        await claims.release("thing/a", ["k/1"]);
        await claims.take("thing/a", ["k/1"]);
        a = await commit("a", ["k/1"]);
      }
      return rows.swap(was, next);
    }
    await claims.take("thing/a", ["k/1"]);
    const b = await claims.take("thing/b", ["k/1"]).then(
      () => "taken",
      (error: unknown) => (error as Refusal).type,
    );
    return { a, b };
  }

  it("that was given back and taken anew is not mistaken for the one that was fenced", async () => {
    expect(await takenAnewBehindTheBack()).toEqual({ a: "inserted", b: "CLAIM_TAKEN" });
  });

  it("would be mistaken if first epochs repeated: that is why they are random", async () => {
    expect(await takenAnewBehindTheBack(() => 1)).toEqual({ a: "inserted", b: "taken" });
  });

  it("that changes hands without end is given up with WRITES_CONTENDED", async () => {
    const { claims } = world({ rows: { ...memoryClaimRows(), insert: () => Promise.resolve(false) } });
    await expect(claims.take("thing/a", ["k/1"])).rejects.toMatchObject({ type: "WRITES_CONTENDED", code: 409 });
  });
});

describe("a fence", () => {
  it("is one row in the holder's chain, without a change of state, however many fence", async () => {
    const { claims, commit, histories } = world();
    await commit("a", ["k/9"]);
    await claims.take("thing/a", ["k/1"]);
    await Promise.allSettled(["b", "c", "d"].map((id) => claims.take(`thing/${id}`, ["k/1"])));
    const [first, fence, ...more] = await histories.page("a", 0, 10);
    expect(more).toEqual([]);
    expect(fence).toMatchObject({ version: 2, state: { keys: ["k/9"] }, events: [{ type: "claim.fenced" }] });
    expect(followsChain(first?.hash ?? "", fence as never)).toBe(true);
    expect((fence?.hlc ?? "") > (first?.hlc ?? "~")).toBe(true);
  });

  it("of a holder without a history is its first version, in the initial state", async () => {
    const { claims, histories } = world();
    await claims.take("thing/a", ["k/1"]);
    await claims.take("thing/b", ["k/1"]);
    const [fence] = await histories.page("a", 0, 10);
    expect(fence).toMatchObject({ version: 1, schema: 3, state: { keys: [] } });
    expect(followsChain("", fence as never)).toBe(true);
  });

  it("tells when the holder has committed the key meanwhile", async () => {
    const histories = memoryHistories("thing");
    const clock = createClock(() => Date.UTC(2026, 0, 1));
    const { fence, holdersClaims } = createHolders({ clock, fenced: () => ({ aggregate: thing, histories }) });
    await histories.insert([rowAfter(null, { id: "a", state: { keys: ["k/1"] } })], true);
    expect(await fence("thing/a", { _id: "k/1", holder: "thing/a", epoch: 7 })).toBe("now-held");
    expect(await holdersClaims("thing/a")).toEqual({ claims: ["k/1"], hasRow: true });
    expect(await holdersClaims("thing/nobody")).toEqual({ claims: [], hasRow: false });
    await expect(holdersClaims("nobody")).rejects.toThrow("<aggregate>/<id>");
  });
});

describe("inserts of claims", () => {
  const claim = (n: number): Claim => ({ _id: `k/${n}`, holder: "thing/a", epoch: n });

  it("of one turn, and of the time that a write takes, go together", async () => {
    const sizes: number[] = [];
    const insert = coalescing((batch) => {
      sizes.push(batch.length);
      return Promise.resolve(batch.map(({ epoch }) => epoch % 2 === 0));
    });
    const answers = await Promise.all(Array.from({ length: 2_500 }, (_, n) => insert(claim(n))));
    expect(sizes).toEqual([1_000, 1_000, 500]);
    expect(answers.map((yes, n) => yes === (n % 2 === 0))).not.toContain(false);
    expect(await insert(claim(4))).toBe(true);
    expect(sizes).toHaveLength(4);
  });

  it("are refused when 20,000 wait", () => {
    const insert = coalescing(() => new Promise(() => undefined));
    for (let n = 0; n < 20_000; n++) void insert(claim(n));
    expect(() => insert(claim(0))).toThrow("20000 claims wait");
  });
});
