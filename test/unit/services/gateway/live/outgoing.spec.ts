/** What goes to a connection in one turn goes in one write, and who does not take it is noticed. */
import { EventEmitter } from "node:events";
import { createGather, createOutgoing, type Connection } from "../../../../../services/gateway/live/outgoing";

function connection() {
  const heard: string[] = [];
  return { heard, cork: () => heard.push("cork"), uncork: () => heard.push("uncork") };
}

function opened() {
  const events = Object.assign(new EventEmitter(), { request: { socket: connection() } });
  const give = (packets: number): void => {
    for (let n = 0; n < packets; n++) events.emit("packetCreate");
  };
  return { made: events as unknown as Connection, give, flush: () => events.emit("flush", []) };
}

describe("what goes out within a turn", () => {
  it("is held back once for each connection, and let go at its end", () => {
    const later: (() => void)[] = [];
    const gather = createGather((work) => later.push(work));
    const [a, b] = [connection(), connection()];
    for (const one of [a, b, a, a]) gather(one);
    expect([a.heard, b.heard, later.length]).toEqual([["cork"], ["cork"], 1]);
    later[0]?.();
    expect([a.heard, b.heard]).toEqual([
      ["cork", "uncork"],
      ["cork", "uncork"],
    ]);
    gather(a);
    expect([a.heard.at(-1), later.length]).toEqual(["cork", 2]);
  });
});

describe("who does not take what it is given", () => {
  it("is told of once, above a hundred packets, and not when it took them", () => {
    const outgoing = createOutgoing();
    const [slow, quick] = [opened(), opened()];
    for (const { made } of [slow, quick]) outgoing.open(made);
    slow.give(100);
    expect(outgoing.crowded().size).toBe(0);
    slow.give(5);
    quick.give(150);
    quick.flush();
    expect([...outgoing.crowded()]).toEqual([slow.made, quick.made]);
    expect([slow, quick].map(({ made }) => outgoing.isCrowded(made))).toEqual([true, false]);
    expect(outgoing.crowded().size).toBe(0);
    expect(outgoing.packets(slow.made)).toBe(105);
    slow.flush();
    expect(outgoing.packets(slow.made)).toBe(0);
  });
});
