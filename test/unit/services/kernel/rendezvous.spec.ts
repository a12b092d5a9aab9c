import { createdId, commandIdOf, routingKeyOf } from "../../../../services/kernel/command-id";
import { ownerOf } from "../../../../services/kernel/rendezvous";
import { contracts } from "../../../../models/contracts";
import type { ActionContract } from "../../../../models/kernel/contract";

const nodes = (n: number): string[] => Array.from({ length: n }, (_, i) => `node-${i}`);
const keys = Array.from({ length: 6_000 }, (_, i) => `key-${i}`);

function action(name: string): ActionContract {
  const found = contracts.map((contract) => contract.actions[name]).find((candidate) => candidate);
  if (!found) throw new Error(`no contract declares ${name}`);
  return found;
}

describe("rendezvous hashing", () => {
  it("shares the keys evenly", () => {
    const shares = nodes(3).map((node) => keys.filter((key) => ownerOf(key, nodes(3)) === node).length);
    for (const share of shares) expect(Math.abs(share - 2_000)).toBeLessThan(200);
  });

  it("does not depend on the order of the nodes", () => {
    for (const key of keys.slice(0, 100)) expect(ownerOf(key, nodes(5))).toBe(ownerOf(key, nodes(5).reverse()));
  });

  it("moves only the keys that the new node takes when one joins", () => {
    const moved = keys.filter((key) => ownerOf(key, nodes(3)) !== ownerOf(key, nodes(4)));
    expect(moved.every((key) => ownerOf(key, nodes(4)) === "node-3")).toBe(true);
    expect(Math.abs(moved.length - keys.length / 4)).toBeLessThan(200);
  });

  it("knows no owner where there are no nodes", () => expect(ownerOf("key", [])).toBeUndefined());
});

describe("the routing key", () => {
  it("is the id that a creating command will make", () => {
    const commandId = commandIdOf("admin", "product.create", "key-1");
    const key = routingKeyOf("product.create", action("product.create"), {}, commandId);
    expect(key).toBe(createdId("product", commandId));
  });

  it("is the param that names the aggregate, or what is derived from several", () => {
    expect(routingKeyOf("offer.reprice", action("offer.reprice"), { id: "o1" }, "c")).toBe("o1");
    const place = { offerId: "o1", location: "main" };
    const received = routingKeyOf("stock.receive", action("stock.receive"), place, "c");
    expect(received).toBe(routingKeyOf("stock.get", action("stock.get"), place, undefined));
  });

  it("is missing where any node will do, and where params are not what they should be", () => {
    expect(routingKeyOf("product.search", action("product.search"), {}, undefined)).toBeUndefined();
    expect(routingKeyOf("offer.reprice", action("offer.reprice"), { id: 7 }, "c")).toBeUndefined();
  });

  it("differs with principal, action and key", () => {
    const ids = [
      commandIdOf("a", "x.y", "k"),
      commandIdOf("b", "x.y", "k"),
      commandIdOf("a", "x.z", "k"),
      commandIdOf("a", "x.y", "l"),
    ];
    expect(new Set(ids).size).toBe(4);
  });
});
