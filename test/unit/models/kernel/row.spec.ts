import * as fc from "fast-check";
import { evolveOne, fold, type AnyAggregate } from "../../../../models/kernel/aggregate";
import { upcast, type Model } from "../../../../models/kernel/model";
import {
  commitRef,
  followsChain,
  hashWritten,
  rowHash,
  rowId,
  rowText,
  writeRow,
  type Row,
} from "../../../../models/kernel/row";
import { chainOf, rowAfter } from "../../../support/rows";

describe("a row", () => {
  it("is named so that pages come aggregate by aggregate, version by version", () => {
    const ids = [rowId("a", 1), rowId("a", 9), rowId("a", 10), rowId("a", 100_000_000), rowId("b", 2)];
    expect([...ids].sort()).toEqual(ids);
    expect(commitRef("offer", "o1", 7)).toBe("offer/o1@7");
  });

  it("follows the one before it, and no other", () => {
    const [first, second, third] = chainOf("a", [1, 2, 3]) as [Row, Row, Row];
    expect(followsChain("", first)).toBe(true);
    expect(followsChain(first.hash, second)).toBe(true);
    expect(followsChain(second.hash, third)).toBe(true);
    expect(followsChain(first.hash, third)).toBe(false);
  });

  it.each(Object.keys(rowAfter(null, { id: "a", state: {} })).filter((key) => !["hash", "published"].includes(key)))(
    "has a hash that covers %s",
    (field) => {
      const row = rowAfter(null, { id: "a", state: { n: 1 } });
      expect(rowHash("", { ...row, [field]: "something else" })).not.toBe(row.hash);
      const { [field as "by"]: _left, ...rest } = row;
      expect(rowHash("", rest as Row)).not.toBe(row.hash);
    },
  );

  it("is written as its canonical text is, with the state where it says", () => {
    const json = fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)) as object);
    fc.assert(
      fc.property(
        fc.string(),
        json,
        json,
        fc.option(fc.option(fc.string()), { nil: undefined }),
        (id, state, data, trace) => {
          const events = [{ type: "thing.made", data }];
          const row = {
            ...rowAfter(null, { id, state: {} }),
            state,
            events,
            trace: trace as string | null,
            by: `${id}"\\\u2028`,
          };
          const written = writeRow(row);
          expect(written.text).toBe(rowText(row));
          expect(JSON.parse(written.text.slice(written.stateFrom, written.stateTo))).toEqual(state);
          expect(hashWritten("before", written)).toEqual({ ...written, hash: rowHash("before", row) });
        },
      ),
    );
  });

  it("has a hash that does not cover whether it was published", () => {
    const row = rowAfter(null, { id: "a", state: {} });
    expect(followsChain("", { ...row, published: true })).toBe(true);
  });
});

describe("folding", () => {
  const counter: AnyAggregate = {
    name: "counter",
    schema: 1,
    initial: 0,
    decide: {},
    evolve: { "counter.grown": (state, data) => (state as number) + (data as { by: number }).by },
  };
  const grown = (by: number) => ({ type: "counter.grown", data: { by } });

  it("applies events in order; a fence changes nothing", () => {
    expect(fold(counter, 0, [grown(1), { type: "claim.fenced", data: {} }, grown(2)])).toBe(3);
  });

  it("says what is missing for an event that it does not know", () => {
    expect(() => evolveOne(counter, 0, { type: "counter.shrunk", data: {} })).toThrow('no evolve for "counter.shrunk"');
  });
});

describe("upcasting", () => {
  const step = (from: number) => ({
    from,
    event: ({ type, data }: { type: string; data: object }) => ({ type, data: { ...data, [`e${from}`]: true } }),
    state: (state: unknown) => ({ ...(state as object), [`s${from}`]: true }),
  });
  const model: Model = { aggregate: "thing", upcasts: [step(2), step(1)] };
  const old = rowAfter(null, { id: "a", state: {}, events: [{ type: "thing.made", data: {} }] });

  it("reads an old row step by step, and leaves the row alone", () => {
    const before = JSON.stringify(old);
    const read = upcast(model, 3, old);
    expect(read).toMatchObject({
      schema: 3,
      state: { s1: true, s2: true },
      events: [{ data: { e1: true, e2: true } }],
    });
    expect(read.hash).toBe(old.hash);
    expect(JSON.stringify(old)).toBe(before);
  });

  it("leaves a row of today as it is", () => expect(upcast(model, 1, old)).toBe(old));

  it("says which step is missing", () => {
    expect(() => upcast(model, 4, old)).toThrow("thing: no upcaster from schema 3");
  });
});
