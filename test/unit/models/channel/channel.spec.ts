import { channel, type ChannelEvent } from "../../../../models/channel/channel.aggregate";
import { given } from "../../../support/given";

const shop = { code: "main", name: { en: "Mall" }, currency: "EUR", languages: ["en"], taxInclusive: true };
const id = "c1";
const opened: ChannelEvent = { type: "channel.opened", data: shop };
const closed: ChannelEvent = { type: "channel.closed", data: {} };
const reopened: ChannelEvent = { type: "channel.reopened", data: {} };
const history = given(channel);

describe("channel", () => {
  it("opens", () => {
    history()
      .when("channel.open", shop)
      .then(opened)
      .andState({ status: "open", ...shop });
  });

  it("opens once", () => history(opened).when("channel.open", shop).refused("ALREADY_EXISTS"));

  it("revises what is named and leaves the rest", () => {
    history(opened)
      .when("channel.revise", { id, name: { en: "Arcade" } })
      .then({ type: "channel.revised", data: { name: { en: "Arcade" } } })
      .andState({ status: "open", ...shop, name: { en: "Arcade" } });
    history(opened, closed)
      .when("channel.revise", { id, languages: ["de", "en"] })
      .then({ type: "channel.revised", data: { languages: ["de", "en"] } })
      .andState({ status: "closed", ...shop, languages: ["de", "en"] });
  });

  it("closes, once", () => {
    history(opened)
      .when("channel.close", { id })
      .then(closed)
      .andState({ status: "closed", ...shop });
    history(opened, closed).when("channel.close", { id }).then();
  });

  it("opens again, once", () => {
    history(opened, closed)
      .when("channel.reopen", { id })
      .then(reopened)
      .andState({ status: "open", ...shop });
    history(opened).when("channel.reopen", { id }).then();
  });

  it.each(["channel.revise", "channel.close", "channel.reopen"] as const)("%s needs a channel", (command) => {
    history().when(command, { id }).refused("NOT_FOUND");
  });

  it("holds its code and what its orders are numbered by, also while it is closed", () => {
    const both = ["channel.code/main", "channel.prefix/MAIN-"];
    expect(channel.claims?.(history().state)).toEqual([]);
    expect(channel.claims?.(history(opened).state)).toEqual(both);
    expect(channel.claims?.(history(opened, closed).state)).toEqual(both);
    const own = { type: "channel.revised", data: { orderPrefix: "DE-" } } as const;
    expect(channel.claims?.(history(opened, own).state)).toEqual(["channel.code/main", "channel.prefix/DE-"]);
  });
});
