import { location, type LocationEvent } from "../../../../models/location/location.aggregate";
import { locationIdOf, locationPrefixOf } from "../../../../models/location/location.contract";
import { ID_PATTERN } from "../../../../models/kernel/ids";
import { given } from "../../../support/given";

const key = { sellerId: "s1", code: "berlin" };
const store = { ...key, name: { en: "Store" }, address: { country: "DE", city: "Berlin", postalCode: "10115" } };
const moved = { address: { country: "DE", city: "Potsdam" } };
const opened: LocationEvent = { type: "location.opened", data: store };
const closed: LocationEvent = { type: "location.closed", data: {} };
const history = given(location);

describe("location", () => {
  it("opens, once, also when it was closed", () => {
    history()
      .when("location.open", store)
      .then(opened)
      .andState({ status: "open", ...store });
    history(opened).when("location.open", store).refused("ALREADY_EXISTS");
    history(opened, closed).when("location.open", store).refused("ALREADY_EXISTS");
  });

  it("revises what is named and leaves the rest", () => {
    history(opened)
      .when("location.revise", { ...key, ...moved })
      .then({ type: "location.revised", data: moved })
      .andState({ status: "open", ...store, ...moved });
  });

  it("gets the name and the address of an earlier version back, and stays as open as it is", () => {
    const { name, address } = store;
    const old = { id: "l1", version: 1, content: { name, address }, gone: [] };
    history(opened, { type: "location.revised", data: moved }, closed)
      .when("location.revert", old)
      .then({ type: "location.reverted", data: { toVersion: 1, content: { address }, gone: [] } })
      .andState({ status: "closed", ...store });
    history(opened).when("location.revert", old).then();
  });

  it("closes and opens again, each once", () => {
    history(opened)
      .when("location.close", key)
      .then(closed)
      .andState({ status: "closed", ...store });
    history(opened, closed).when("location.close", key).then();
    history(opened, closed)
      .when("location.reopen", key)
      .then({ type: "location.reopened", data: {} })
      .andState({ status: "open", ...store });
    history(opened).when("location.reopen", key).then();
  });

  it.each(["location.revise", "location.close", "location.reopen"] as const)("%s needs a location", (command) => {
    history().when(command, key).refused("NOT_FOUND");
  });

  it("has an id by seller and code, which begins as those of its seller do", () => {
    const id = locationIdOf(key);
    expect(id).toMatch(ID_PATTERN);
    expect(id.startsWith(locationPrefixOf("s1"))).toBe(true);
    expect(locationIdOf({ sellerId: "s2", code: "berlin" }).startsWith(locationPrefixOf("s1"))).toBe(false);
    expect(locationIdOf({ sellerId: "s1", code: "hamburg" })).not.toBe(id);
  });
});
