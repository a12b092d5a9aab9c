/** What became of telling an endpoint, for people: to look at, and to tell again. */
import type { ServiceSchema } from "moleculer";
import { anyContract } from "../../models/kernel/contract";
import { derivedId, randomId } from "../../models/kernel/ids";
import { refuse } from "../../models/refusals";
import { TEST_EVENT } from "../../models/webhook/webhook.catalogue.contract";
import { webhookContract } from "../../models/webhook/webhook.contract";
import type {
  DeliveryView,
  ListDeliveries,
  ListedDeliveries,
  Redeliver,
  Sending,
} from "../../models/webhook/webhook.delivery.contract";
import { anew, awaiting, type Delivery, type DeliveryStore } from "../kernel/deliveries";
import type { Node } from "../kernel/node";
import { procedureService } from "../kernel/service";
import { liveOne, ownOne } from "./webhook.service";

export interface DeliveriesDeps {
  readonly store: DeliveryStore;
  /** Something waits for an endpoint. */
  readonly ring: (endpoint: string) => void;
}

function viewOf({
  _id: id,
  endpoint: _e,
  seq: _s,
  turn: _t,
  n: _n,
  begunAt: _b,
  nextAt,
  ...rest
}: Delivery): DeliveryView {
  return { id, ...rest, nextAt: nextAt === "" ? null : nextAt };
}

async function list(node: Node, { store }: DeliveriesDeps, ask: ListDeliveries): Promise<ListedDeliveries> {
  const { id: endpoint, status, limit, cursor: before } = ask;
  const { sellerId } = (await liveOne(node, endpoint)).state;
  const rows = await store.page({ endpoint, status, before, limit });
  const next = rows.length === limit ? (rows.at(-1)?.seq ?? null) : null;
  return { sellerId, items: rows.map(viewOf), next };
}

const ATTEMPTS_MAX = 3;

async function redeliver(node: Node, { store, ring }: DeliveriesDeps, params: Redeliver): Promise<Sending> {
  const { deliveryId } = params;
  await ownOne(node, params);
  for (let attempt = 1; ; attempt++) {
    const found = await store.find(deliveryId);
    if (found?.endpoint !== params.id) return refuse("NOT_FOUND", "There is no such delivery.");
    // one that is being told at this moment changed under us
    if (await store.swap(found, anew(found, node.clock.now()))) break;
    if (attempt === ATTEMPTS_MAX) return refuse("WRITES_CONTENDED", "It is being told at this moment; ask again.");
  }
  ring(params.id);
  return { deliveryId };
}

async function test(node: Node, { store, ring }: DeliveriesDeps, asked: { id: string; sellerId?: string }, of: string) {
  const { state } = await ownOne(node, asked);
  if (state.status === "disabled") refuse("WEBHOOK_DISABLED", "Enable the endpoint before it is tried.");
  const { id } = asked;
  const now = node.clock.now();
  const deliveryId = derivedId("webhook test", id, of);
  const what = { type: TEST_EVENT, aggregate: "webhook", aggregateId: id, version: null, n: 0, happenedAt: now };
  await store.put([awaiting(id, deliveryId, { ...what, eventId: derivedId("event", deliveryId) }, now)]);
  ring(id);
  return { deliveryId };
}

export const webhookDeliveriesService = (node: Node, deps: DeliveriesDeps): ServiceSchema =>
  procedureService({
    name: "webhook-deliveries",
    contract: anyContract(webhookContract),
    roles: node.roles,
    procedures: {
      "webhook.deliveries": (ask: ListDeliveries) => list(node, deps, ask),
      "webhook.redeliver": (params: Redeliver) => redeliver(node, deps, params),
      "webhook.test": (params: { id: string; sellerId?: string }, { meta }) =>
        test(node, deps, params, meta.commandId ?? randomId()),
    },
  });
