import { createVeil, SEALED } from "../../../../models/kernel/veil";
import type { Model } from "../../../../models/kernel/model";
import { changedFields } from "../../../../models/kernel/difference";

const MARKER = "Zaphod-Beeblebrox-4711";
const model: Model = {
  aggregate: "customer",
  personal: {
    subject: (holder) => (typeof holder["customerId"] === "string" ? holder["customerId"] : null),
    fields: ["name", "address"],
  },
  secret: ["passwordHash"],
};
const row = {
  state: {
    customerId: "c1",
    tier: "gold",
    name: MARKER,
    address: { street: MARKER },
    logins: [{ passwordHash: "argon", device: "phone" }],
  },
  events: [
    { type: "customer.renamed", data: { name: MARKER } },
    { type: "customer.invited", data: { customerId: "c2", name: MARKER } },
  ],
};
const nobody = () => false;
const only = (id: string) => (subject: string | null) => subject === id;

describe("a veil", () => {
  it("shows personal fields to whom they belong, and secrets to nobody", () => {
    const veil = createVeil(model, only("c1"));
    const { state, events } = veil.shown(veil.cover(row));
    expect(state).toEqual({ ...row.state, logins: [{ passwordHash: SEALED, device: "phone" }] });
    expect(events).toEqual([row.events[0], { type: "customer.invited", data: { customerId: "c2", name: SEALED } }]);
  });

  it("shows others that there is something, and nothing of it", () => {
    const veil = createVeil(model, nobody);
    const covered = veil.cover(row);
    const shown = veil.shown(covered);
    expect(shown.state).toMatchObject({ customerId: "c1", tier: "gold", name: SEALED, address: SEALED });
    expect(shown.events[0]).toEqual({ type: "customer.renamed", data: { name: SEALED } });
    for (const text of [JSON.stringify(covered), JSON.stringify(shown)]) expect(text).not.toContain(MARKER);
  });

  it("lets a comparison know that a covered field has changed, or has not", () => {
    const veil = createVeil(model, nobody);
    const covered = (name: string) => veil.cover({ state: { ...row.state, name }, events: [] }).state;
    expect(changedFields(covered("a"), covered("a"))).toEqual([]);
    const [change, ...more] = veil.shown(changedFields(covered("a"), covered("b")));
    expect([change, more]).toEqual([{ field: "name", was: SEALED, is: SEALED }, []]);
  });

  it("gives marks that tell nothing elsewhere: another look has others", () => {
    const marks = [createVeil(model, nobody), createVeil(model, nobody)].map((veil) => veil.cover(row).state.name);
    expect(marks[0]).not.toBe(marks[1]);
  });

  it("leaves alone what is not known any more, and what has nothing to hide", () => {
    const veil = createVeil(model, nobody);
    const erased = { state: { customerId: "c1", name: null }, events: [] };
    expect(veil.shown(veil.cover(erased))).toEqual(erased);
    expect(createVeil({ aggregate: "stock" }, nobody).cover(row)).toBe(row);
  });
});
