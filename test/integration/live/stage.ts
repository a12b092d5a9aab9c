/** A whole node with people, sockets to it, and a board that is followed as the console does. */
import { io, type Socket } from "socket.io-client";
import type { Answer, LiveAsks, LiveProblem, LiveTells, Told, WatchAsk } from "../../../models/live/live.contract";
import { LIVE_PATH, taken, type Held } from "../../../models/live/live.contract";
import { issueToken } from "../../../services/gateway/tokens";
import { START_WITHIN_MS } from "../../support/elasticsearch";
import { eventually } from "../../support/eventually";
import { placeOrder, quoteLine } from "../../support/orders";
import { openPeople, type People } from "../../support/people";

export type Client = Socket<LiveTells, LiveAsks>;

export interface Stage {
  readonly people: People;
  readonly channelId: string;
  readonly call: <R = { id: string }>(action: string, params: object) => Promise<R>;
  readonly order: (sellerId: string, quantity?: number) => Promise<{ id: string }>;
  readonly tokenOf: (party: string, role?: string) => string;
  /** Is disconnected after the test. */
  readonly client: (namespace: string, token?: string) => Client;
}

const ROOT = { id: "root", permissions: ["*"] };

export const connected = async (made: Client): Promise<Client> => {
  let refused: LiveProblem | undefined;
  made.on("connect_error", (error) => (refused = (error as unknown as { data: LiveProblem }).data));
  await eventually("the socket is connected, or refused", () => made.connected || refused !== undefined);
  if (refused) throw new Error(refused.detail);
  return made;
};

export const typeOf = (problem: LiveProblem): string => problem.type.replace("urn:stoa:refusal:", "");

export async function refusal(answer: Promise<Answer<object>>): Promise<string> {
  const given = await answer;
  return given.ok ? "no refusal" : typeOf(given.problem);
}

/** Follows a board as the console does. */
export async function follow(made: Client, ask: WatchAsk): Promise<ReadonlyMap<string, Held>> {
  const held = new Map<string, Held>();
  const take = (told: Told): void => {
    const next = taken(held.get(told.widget) ?? null, told);
    if (next === "gap") throw new Error(`a gap in ${told.widget}`);
    held.set(told.widget, next);
  };
  made.on("delta", take);
  made.on("snapshot", take);
  const answer = await made.emitWithAck("watch", ask);
  if (!answer.ok) throw new Error(answer.problem.detail);
  answer.told.forEach(take);
  return held;
}

export const sumOf = (held: Held | undefined, field: string): number =>
  Object.values(held?.cells ?? {}).reduce((sum, cell) => sum + Number(cell[field]), 0);

function stageOf(people: People, channelId: string, clients: Client[]): Stage {
  let count = 0;
  const call: Stage["call"] = (action, params) => {
    const trace = `live-${channelId}-${(count += 1)}`;
    const meta = { principal: ROOT, trace, commandId: trace, exempt: "approved" };
    return people.node.broker.call(action, params, { meta });
  };
  return {
    ...{ people, channelId, call },
    order(sellerId, quantity = 1) {
      const checkoutId = `checkout-${(count += 1)}`;
      const placed = placeOrder([quoteLine("l1", quantity, 1_000)], { checkoutId, channelId, sellerId });
      // nobody pays here before it is sent
      return call("order.place", { ...placed, payment: { ...placed.payment, capture: "shipment" } });
    },
    tokenOf: (party, role = "seller-owner") =>
      issueToken(people.config.secret, { id: `owner-of-${party}`, permissions: [], grants: [{ role, party }] }),
    client(namespace, token) {
      const made: Client = io(`${people.node.url ?? ""}${namespace}`, {
        ...{ path: LIVE_PATH, transports: ["websocket"], reconnection: false, forceNew: true },
        ...(token !== undefined && { auth: { token } }),
      });
      clients.push(made);
      return made;
    },
  };
}

/** To be called once, at the top of the spec. @returns the stage, once the first test runs */
export function withStage(): () => Stage {
  const clients: Client[] = [];
  let stage: Stage | null = null;
  beforeAll(async () => {
    const people = await openPeople();
    const opened = stageOf(people, "", clients);
    const { id: channelId } = await opened.call("channel.open", {
      ...{ code: "main", name: { en: "Main" }, currency: "EUR", languages: ["en"], taxInclusive: true },
    });
    stage = stageOf(people, channelId, clients);
  }, START_WITHIN_MS);
  afterEach(() => clients.splice(0).forEach((client) => client.disconnect()));
  afterAll(() => stage?.people.stop());
  return () => {
    if (stage === null) throw new Error("the node has not been started");
    return stage;
  };
}
