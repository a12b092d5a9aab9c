import { chosenWith, groupsOf, momentIn } from "../../../console/webhook/chosen";

const of = (type: string, sellers: boolean) => ({ type, aggregate: type.split(".")[0] ?? "", sellers, read: null });
const types = [of("offer.made", true), of("offer.repriced", true), of("tax.set", false)];

describe("events of an endpoint, as they are chosen", () => {
  it("stand together by aggregate, those that were looked for, and for sellers those that sellers are told", () => {
    const names = (typed: string, ofSeller: boolean) =>
      groupsOf(types, typed, ofSeller).map(([aggregate, members]) => [aggregate, members.map(({ type }) => type)]);
    expect(names("", false)).toEqual([
      ["offer", ["offer.made", "offer.repriced"]],
      ["tax", ["tax.set"]],
    ]);
    expect(names(" Re", false)).toEqual([["offer", ["offer.repriced"]]]);
    expect(names("", true).map(([aggregate]) => aggregate)).toEqual(["offer"]);
    expect(names("nothing", false)).toEqual([]);
  });

  it.each([
    ["all of an aggregate holds its parts", ["offer.made", "tax.set"], "offer.*", ["tax.set", "offer.*"]],
    ["everything holds all", ["offer.*", "tax.set"], "*", ["*"]],
    ["a part means the part alone", ["*"], "offer.made", ["offer.made"]],
    ["a part of an aggregate too", ["offer.*", "tax.*"], "offer.made", ["tax.*", "offer.made"]],
  ])("%s", (_name, before, one, after) => {
    expect([...chosenWith(new Set(before), one, true)]).toEqual(after);
  });

  it("are gone when they are let go", () => {
    expect([...chosenWith(new Set(["offer.made", "tax.set"]), "offer.made", false)]).toEqual(["tax.set"]);
  });

  it("are told again from a moment, where one was typed", () => {
    expect(momentIn("2026-01-31T12:00")).toBe(new Date("2026-01-31T12:00").toISOString());
    expect(momentIn("")).toBeNull();
  });
});
