import type { ActionContract } from "../../../../models/kernel/contract";
import type { Disclosure } from "../../../../models/kernel/disclosure.contract";
import type { Principal } from "../../../../services/kernel/call";
import { createDisclosures, type Answered } from "../../../../services/kernel/disclosures";
import { witnessed } from "../../../../services/gateway/witnessed";
import { memoryFacts } from "../../../support/memory-facts";

const NOW = "2026-01-01T00:00:00.000Z";
const roles = { permits: (role: string, permission: string) => `${role} ${permission}` === "support order.read" };
const staff: Principal = { id: "ada", permissions: [], grants: [{ role: "support", party: null }] };

interface Order {
  readonly id: string;
  readonly buyer: string;
}
const order: Order = { id: "o-1", buyer: "sam" };
const action: Pick<ActionContract, "permission" | "discloses"> = {
  permission: "order.read",
  discloses: { of: (result) => [(result as Order).buyer] },
};
const asked = (more: Partial<Answered> = {}): Answered => ({
  ...{ name: "order.get", action, principal: staff, trace: "t-1", result: order },
  ...more,
});

const made = () => {
  const store = memoryFacts<Disclosure>();
  return { store, disclosures: createDisclosures({ store, roles, now: () => NOW }) };
};

describe("looking at another's personal data", () => {
  it("is kept before it is answered: who, whose, what, by which action, when", async () => {
    const { store, disclosures } = made();
    await disclosures.answered(asked());
    expect(store.all).toEqual([
      {
        _id: expect.stringMatching(/^2026-01-01T00:00:00.000Z\//) as string,
        at: NOW,
        principal: "ada",
        subject: "sam",
        action: "order.get",
        thing: "o-1",
        trace: "t-1",
      },
    ]);
    await disclosures.stop();
  });

  const ofSeller: Principal = { id: "mia", permissions: [], grants: [{ role: "support", party: "seller-1" }] };
  const inChannel: Principal = { ...staff, grants: [{ role: "support", party: null, channels: ["main"] }] };
  const open = { permission: "public", discloses: { of: () => ["sam"], by: "order.read" } };
  it.each<[string, Partial<Answered>, number]>([
    ["whose it is", { principal: { id: "sam", permissions: ["*"] } }, 0],
    ["a seller's staff", { principal: ofSeller }, 0],
    ["the mall's staff in one channel", { principal: inChannel }, 1],
    ["a program with the permission", { principal: { id: "till", permissions: ["order.read"] } }, 1],
    ["somebody at an open action", { action: open, principal: ofSeller }, 0],
    ["staff at an open action", { action: open }, 1],
    ["nobody that is known", { action: open, principal: undefined }, 0],
  ])("by %s is kept as often as it should: %#", async (_who, more, kept) => {
    const { store, disclosures } = made();
    await disclosures.answered(asked(more));
    expect(store.all).toHaveLength(kept);
    await disclosures.stop();
  });

  it("is kept for each person of a page, once, and never sampled", async () => {
    const { store, disclosures } = made();
    const people = Array.from({ length: 200 }, (_, n) => `p-${n}`);
    const list = { ...action, discloses: { of: () => [...people, ...people, "ada"] } };
    await Promise.all(Array.from({ length: 20 }, () => disclosures.answered(asked({ action: list }))));
    expect(store.all).toHaveLength(20 * 200);
    expect(new Set(store.all.map(({ subject }) => subject))).toEqual(new Set(people));
    await disclosures.stop();
  });

  it("that cannot be written down is not answered", async () => {
    const { store, disclosures } = made();
    await disclosures.stop();
    const contracts = [{ aggregate: "order", actions: { "order.get": action as ActionContract } }];
    const call = witnessed(() => Promise.resolve(order), contracts, disclosures);
    const meta = { principal: staff, trace: "t-1" };
    await expect(call("order.get", {}, { meta })).rejects.toMatchObject({ type: "STORE_UNAVAILABLE", code: 503 });
    await expect(call("order.peek", {}, { meta })).resolves.toBe(order);
    expect(store.all).toEqual([]);
  });
});
