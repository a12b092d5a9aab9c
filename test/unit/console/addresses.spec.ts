/** What the console is told of the mall is what the contracts say. */
import { addresses } from "../../../console/client/addresses";
import { pages } from "../../../console/app/pages";
import { contracts } from "../../../models/contracts";
import { CONSOLE_ADDRESSES } from "../../../services/gateway/console";

const actions = Object.assign({}, ...contracts.map((contract) => contract.actions)) as Record<
  string,
  { http?: { method: string; path: string } }
>;

it.each(Object.entries(addresses))("%s is asked for where its contract says", (name, address) => {
  const http = actions[name]?.http;
  expect(address).toBe(`${http?.method ?? "none"} ${http?.path ?? "none"}`);
});

describe("the addresses of pages", () => {
  const served = (pattern: string): boolean => {
    const url = pattern.replace(/\{\w+\}/g, "x");
    return CONSOLE_ADDRESSES.some((one) => {
      const form = one.replace(/:\w+/g, "[^/]+").replace("*", ".+");
      return new RegExp(`^${form}$`).test(url);
    });
  };

  it.each(pages.map(({ pattern }) => [pattern]))("%s is served by the gateway", (pattern) => {
    expect(served(pattern)).toBe(true);
  });

  it("would miss one that is not", () => expect(served("/nowhere")).toBe(false));
});
