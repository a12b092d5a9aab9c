import type { Row } from "../../../../models/kernel/row";
import { lately } from "../../../../services/kernel/lately";

const rowOf = (aggregateId: string, version: number): Row => ({ aggregateId, version }) as Row;

describe("how another thing stood a moment ago", () => {
  let stored: Map<string, Row>;
  let here: Map<string, number>;
  let reads: number;
  let clock: number;
  beforeEach(() => {
    [stored, here] = [new Map([["a", rowOf("a", 1)]]), new Map<string, number>()];
    [reads, clock] = [0, 0];
  });

  const reader = { newest: (id: string) => Promise.resolve((reads++, stored.get(id) ?? null)) };
  const looking = () => {
    const memory = { version: (_of: string, id: string) => here.get(id) };
    return lately({ memory }, { aggregate: "offer", reader, now: () => clock });
  };

  it("is read once within a second, also that there is none", async () => {
    const offers = looking();
    for (const id of ["a", "a", "b", "b"]) await offers.newest(id);
    expect(reads).toBe(2);
    expect((await offers.newest("a"))?.version).toBe(1);
    expect(await offers.newest("b")).toBeNull();
    expect(reads).toBe(2);
  });

  it("is read anew after a second", async () => {
    const offers = looking();
    await offers.newest("a");
    stored.set("a", rowOf("a", 2));
    clock = 1_000;
    expect((await offers.newest("a"))?.version).toBe(1);
    clock = 1_001;
    expect((await offers.newest("a"))?.version).toBe(2);
  });

  it("is never older than what this process knows", async () => {
    const offers = looking();
    for (const id of ["a", "b"]) await offers.newest(id);
    for (const id of ["a", "b"]) {
      stored.set(id, rowOf(id, 2));
      here.set(id, 2);
      expect((await offers.newest(id))?.version).toBe(2);
    }
  });

  it("is as new as what the caller wrote", async () => {
    const offers = looking();
    await offers.newest("a");
    stored.set("a", rowOf("a", 2));
    const wrote = (source: string) => [{ source, version: 2, targets: [] }];
    expect((await offers.newest("a", wrote("offer/b")))?.version).toBe(1);
    expect((await offers.newest("a", wrote("offer/a")))?.version).toBe(2);
  });
});
