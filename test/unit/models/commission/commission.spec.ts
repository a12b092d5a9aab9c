import { commission } from "../../../../models/commission/commission.aggregate";
import { commissionIdOf, scopesFor } from "../../../../models/commission/commission.contract";
import { given } from "../../../support/given";

const history = given(commission);

describe("commission", () => {
  it("asks for the most specific rule first", () => {
    const scopes = scopesFor({ productId: "p", categoryId: "c2" }, ["c2", "c1"], { channelId: "ch", sellerId: "s" });
    expect(scopes).toHaveLength(24);
    expect(scopes[0]).toEqual({ productId: "p", categoryId: "c2", sellerId: "s", channelId: "ch" });
    expect(scopes.at(-1)).toEqual({});
    const place = (wanted: object): number => scopes.findIndex((one) => JSON.stringify(one) === JSON.stringify(wanted));
    expect(place({ productId: "p" })).toBeLessThan(place({ categoryId: "c2", sellerId: "s", channelId: "ch" }));
    expect(place({ categoryId: "c2" })).toBeLessThan(place({ categoryId: "c1" }));
    expect(place({ categoryId: "c1" })).toBeLessThan(place({ sellerId: "s" }));
    expect(place({ sellerId: "s" })).toBeLessThan(place({ channelId: "ch" }));
    expect(new Set(scopes.map(commissionIdOf)).size).toBe(24);
  });

  it("is set, set anew, and ended", () => {
    const set = { type: "commission.set", data: { sellerId: "s", rateBp: 500 } } as const;
    history().when("commission.set", { sellerId: "s", rateBp: 500 }).then(set);
    history(set).when("commission.set", { sellerId: "s", rateBp: 500 }).then();
    history(set).when("commission.end", { sellerId: "s" }).then({ type: "commission.ended", data: {} });
    history().when("commission.end", { sellerId: "s" }).refused("NOT_FOUND");
  });
});
