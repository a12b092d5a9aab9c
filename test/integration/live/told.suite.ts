/** What is told: what was, what changes, what somebody missed; and to whom. */
import { taken, type Held } from "../../../models/live/live.contract";
import { issueToken } from "../../../services/gateway/tokens";
import { eventually } from "../../support/eventually";
import { connected, follow, refusal, sumOf, type Stage } from "./stage";

export function whatIsTold(stage: () => Stage): void {
  describe("a seller", () => {
    test("gets a snapshot of what was, and what changes from then on", async () => {
      const { order, tokenOf, client } = stage();
      await order("seller-1", 2);
      const made = await connected(client("/seller", tokenOf("seller-1")));
      const held = await follow(made, { board: "seller", id: "seller-1" });
      expect(sumOf(held.get("sales"), "units")).toBe(2);
      await order("seller-1", 3);
      await order("seller-2", 7);
      await eventually("the sale is told", () => sumOf(held.get("sales"), "units") === 5);
      await eventually("and that it waits", () => sumOf(held.get("waiting"), "orders") === 2);
    });

    test("comes back with its last number and gets what it missed, nothing twice", async () => {
      const { order, tokenOf, client } = stage();
      const first = await connected(client("/seller", tokenOf("seller-3")));
      const held = await follow(first, { board: "seller", id: "seller-3", widgets: ["sales"] });
      await order("seller-3");
      await eventually("the sale is told", () => sumOf(held.get("sales"), "orders") === 1);
      first.disconnect();
      const before = held.get("sales");
      if (!before) throw new Error("nothing is held");
      await order("seller-3");
      const second = await connected(client("/seller", tokenOf("seller-3")));
      const { stream, number, since } = before;
      const again = await eventually("the gap holds the missed sale", async () => {
        const ask = {
          board: "seller",
          id: "seller-3",
          widgets: ["sales"],
          known: { sales: { stream, number, since } },
        } as const;
        const answer = await second.emitWithAck("watch", ask);
        const [told] = answer.ok ? answer.told : [];
        return told && Object.keys(told.cells).length > 0 && told;
      });
      expect(again).toMatchObject({ kind: "delta", from: number });
      expect(sumOf(taken(before, again) as Held, "orders")).toBe(2);
    });

    test("sees no board of another, nor the mall's", async () => {
      const { channelId, tokenOf, client } = stage();
      const made = await connected(client("/seller", tokenOf("seller-1")));
      expect(await refusal(made.emitWithAck("watch", { board: "seller", id: "seller-2" }))).toBe("FORBIDDEN");
      expect(await refusal(made.emitWithAck("watch", { board: "channel", id: channelId }))).toBe("FORBIDDEN");
      expect(made.connected).toBe(true);
    });
  });

  describe("a shopper", () => {
    test("sees an own order change, and no other's; a guest needs the key of the mail", async () => {
      const { people, call, order, tokenOf, client } = stage();
      const { id } = await order("seller-5");
      const token = issueToken(people.config.secret, {
        id: "mia",
        permissions: [],
        grants: [{ role: "shopper", party: "mia" }],
      });
      const mia = await connected(client("/shopper", token));
      const held = await follow(mia, { board: "order", id });
      expect(held.get("order")?.cells).toMatchObject({ order: { status: "placed" } });
      await call("order.ship", { id, carrier: "dhl", tracking: "77" });
      await eventually("the parcel is on its way", () => held.get("order")?.cells["order"]?.["status"] === "shipped");
      const guest = await connected(client("/shopper"));
      expect(await refusal(guest.emitWithAck("watch", { board: "order", id }))).toBe("UNAUTHENTICATED");
      expect(await refusal(guest.emitWithAck("watch", { board: "order", id, key: "guessed" }))).not.toBe("no refusal");
      const eve = await connected(client("/shopper", tokenOf("seller-1")));
      expect(await refusal(eve.emitWithAck("watch", { board: "order", id }))).toBe("FORBIDDEN");
    });
  });

  describe("whose role does not permit a widget", () => {
    test("gets the others, and is refused when it is named", async () => {
      const { tokenOf, client } = stage();
      const staff = await connected(client("/seller", tokenOf("seller-1", "seller-staff")));
      const held = await follow(staff, { board: "seller", id: "seller-1" });
      expect([...held.keys()]).toEqual([
        "sales",
        "waiting",
        "products",
        "stock",
        "returns",
        "alerts",
        "reviews",
        "suggestions",
        "funnel",
      ]);
      const named = { board: "seller", id: "seller-1", widgets: ["balance"] } as const;
      expect(await refusal(staff.emitWithAck("watch", named))).toBe("FORBIDDEN");
    });
  });
}
