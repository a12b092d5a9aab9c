import { buybox, type BuyBoxEvent } from "../../../../models/buybox/buybox.aggregate";
import { BUY_BOX_WEIGHTS as weights, buyBoxIdOf } from "../../../../models/buybox/buybox.contract";
import { given } from "../../../support/given";
import { buyBoxBookOf } from "../../../../indexers/buybox/buyboxes.query";

const id = "b1";
const history = given(buybox);
const other = { ...weights, usedBp: 10 };
const set: BuyBoxEvent = { type: "buybox.set", data: { channel: "web", weights } };
const dropped: BuyBoxEvent = { type: "buybox.dropped", data: {} };

describe("weights of the buy box", () => {
  it("are set, and nothing happens when they are what they were", () => {
    history()
      .when("buybox.set", { channel: "web", weights })
      .then(set)
      .andState({ status: "set", channel: "web", weights });
    history(set).when("buybox.set", { channel: "web", weights }).then();
    history(set, dropped).when("buybox.set", { channel: "web", weights }).then(set);
  });

  it("are dropped, once", () => {
    history(set).when("buybox.drop", { id }).then(dropped).andState({ status: "dropped", channel: "web", weights });
    history(set, dropped).when("buybox.drop", { id }).then();
    history().when("buybox.drop", { id }).refused("NOT_FOUND");
  });

  it("come back as they were", () => {
    const old = { id, version: 1, content: { weights: other }, gone: [] };
    history(set)
      .when("buybox.revert", old)
      .then({ type: "buybox.reverted", data: { toVersion: 1, content: { weights: other }, gone: [] } })
      .andState({ status: "set", channel: "web", weights: other });
    history().when("buybox.revert", old).refused("NOT_FOUND");
  });

  it("hold in their channel, else the mall's do, else the default ones", () => {
    const own = { ...weights, usedBp: 1 };
    const all = { ...weights, usedBp: 2 };
    const kept = (name: string | null, said: typeof weights, status: "set" | "dropped" = "set") =>
      ({ id: "x", version: 1, status, channel: name, weights: said }) as const;
    const book = buyBoxBookOf(
      new Map([
        [buyBoxIdOf({ channel: "web" }), kept("web", own)],
        [buyBoxIdOf({ channel: "app" }), kept("app", own, "dropped")],
        [buyBoxIdOf({}), kept(null, all)],
      ]),
    );
    expect([book("web"), book("app"), book()].map(({ weights: held, from }) => [held.usedBp, from])).toEqual([
      [1, "channel"],
      [2, "mall"],
      [2, "mall"],
    ]);
    expect(buyBoxBookOf(new Map())("web")).toMatchObject({ from: "default", id: null, weights });
  });
});
