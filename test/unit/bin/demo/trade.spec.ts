import { collectionsOf } from "../../../../bin/demo/collections";
import { DEMO_COUPON, tradeOf } from "../../../../bin/demo/trade";
import { idMadeBy } from "../../../../bin/client/keys";
import { contracts } from "../../../../models/contracts";

const trading = {
  seed: 7,
  principalId: "owner",
  channelId: "channel-1",
  untilMs: Date.parse("2026-06-30T00:00:00.000Z"),
};
const commands = [...tradeOf(trading).flat(), ...collectionsOf(trading)];
const paramsOf = (action: string): Record<string, unknown>[] =>
  commands.filter((command) => command.action === action).map(({ params }) => params as Record<string, unknown>);

it("says the same each time, so that filling a mall twice makes everything once", () => {
  expect(tradeOf(trading)).toEqual(tradeOf(trading));
  expect(new Set(commands.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(commands.length);
});

it.each(commands)("sends what the contract of $action takes", ({ action, params }) => {
  const schema = contracts.map(({ actions }) => actions[action]?.params).find((found) => found !== undefined);
  expect(schema?.validate(params, { convert: false }).error).toBeUndefined();
});

it("lets the channel deliver to where there are taxes, by ways that are made", () => {
  const [channel] = paramsOf("channel.revise");
  expect(channel?.["countries"]).toEqual(paramsOf("tax.set").map(({ country }) => country));
  const made = commands.filter(({ action }) => action === "shipping.create");
  const ids = made.map(({ action, idempotencyKey }) => idMadeBy("owner", action, idempotencyKey));
  expect(channel?.["shippingMethods"]).toEqual(ids);
});

it("fills its collections by rules, and shows them in the channel", () => {
  const made = paramsOf("collection.create");
  expect(made.map(({ channels, publish }) => [channels, publish])).toEqual(made.map(() => [["channel-1"], true]));
  expect(new Set(made.map(({ slug }) => slug)).size).toBe(3);
});

it("issues its coupon for a promotion that is by coupon", () => {
  const [first] = commands.filter(({ action }) => action === "promotion.create");
  expect((first?.params as { byCoupon?: boolean }).byCoupon).toBe(true);
  const promotionId = idMadeBy("owner", "promotion.create", first?.idempotencyKey ?? "");
  expect(paramsOf("coupon.issue")).toEqual([{ code: DEMO_COUPON, promotionId }]);
});
