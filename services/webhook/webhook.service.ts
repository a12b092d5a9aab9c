/** Endpoints that are told what happens, and the secrets that sign what they are told. */
import type { ServiceSchema } from "moleculer";
import type { Calls } from "../../models/contracts";
import { contracts } from "../../models/contracts";
import { erased } from "../../models/kernel/aggregate";
import { anyContract, type Receipt } from "../../models/kernel/contract";
import { randomId } from "../../models/kernel/ids";
import type { Row } from "../../models/kernel/row";
import { refuse } from "../../models/refusals";
import { toldKinds } from "../../models/webhook/webhook.catalogue.contract";
import {
  webhook,
  type LiveWebhook,
  type SealedSecret,
  type WebhookState,
} from "../../models/webhook/webhook.aggregate";
import { webhookContract } from "../../models/webhook/webhook.contract";
import {
  WEBHOOKS_MAX,
  type AddWebhook,
  type EventType,
  type ListedWebhooks,
  type ListWebhooks,
  type NewSecret,
  type ReviseWebhook,
  type RotateSecret,
  type WebhookId,
  type WebhookView,
} from "../../models/webhook/webhook.words.contract";
import { asMall, typed, type TypedCall } from "../kernel/call";
import { createHeadsBook, type HeadsBook } from "../kernel/heads-book";
import { historyReader, newestOrRefuse } from "../kernel/history-reader";
import type { KeySeal } from "../kernel/key-seal";
import type { Node } from "../kernel/node";
import { aggregateService, procedureService, type CallSite } from "../kernel/service";
import { newSigningKey, secretText } from "../kernel/standard-webhooks";

const contract = anyContract(webhookContract);

export const isLive = (state: WebhookState): state is LiveWebhook =>
  state.status !== "absent" && state.status !== "removed";

export function openSecret(seal: KeySeal, { name, sealed }: SealedSecret): Buffer {
  return seal.open(`webhook ${name}`, sealed);
}

function newSecret({ seal }: Pick<Node["identity"], "seal">): SealedSecret {
  const name = randomId();
  return { name, sealed: seal.seal(`webhook ${name}`, newSigningKey()) };
}

const viewOf = (id: string, version: number, state: LiveWebhook): WebhookView => {
  const { stoppedAt: _at, secrets, replay, ...rest } = state;
  return {
    ...rest,
    id,
    version,
    secrets: secrets.map(({ madeAt, until }) => ({ madeAt, until })),
    replay: replay ? { from: replay.from, until: replay.until } : null,
  };
};

/** @throws NOT_FOUND, also for one that was removed */
export async function liveOne(
  node: Node,
  id: string,
): Promise<{ readonly version: number; readonly state: LiveWebhook }> {
  const { version, state } = await newestOrRefuse<WebhookState>(historyReader(node, "webhook"), id, "endpoint");
  if (isLive(state)) return { version, state };
  return refuse("NOT_FOUND", "There is no such endpoint.");
}

/** Of procedures the guard knows only what is asked: an endpoint of another owner is as one that is not there. */
export async function ownOne(node: Node, { id, sellerId }: { readonly id: string; readonly sellerId?: string }) {
  const found = await liveOne(node, id);
  if (found.state.sellerId !== (sellerId ?? null)) refuse("NOT_FOUND", "There is no such endpoint.");
  return found;
}

const eventTypes: readonly EventType[] = Object.entries(toldKinds).flatMap(([aggregate, { events, seller, view }]) => {
  const read = contracts.map(({ actions }) => actions[view]?.http?.path).find((path) => path !== undefined) ?? null;
  return events.map((event) => ({ type: `${aggregate}.${event}`, aggregate, sellers: seller !== undefined, read }));
});

/** In clear only where the mall's operator said so; which address it is, is judged when it is told. */
function refuseInClear({ identity }: Node, url: string | undefined): void {
  if (url === undefined || url.startsWith("https:") || identity.webhookNetworks.length > 0) return;
  refuse("WEBHOOK_URL", "The address must begin with https.");
}

type Book = HeadsBook<WebhookState>;

async function ofOwner(book: Book, sellerId: string | null, after: CallSite["meta"]["after"]): Promise<WebhookView[]> {
  const views = [...(await book({ after }))].flatMap(([id, { version, state }]) =>
    isLive(state) && state.sellerId === sellerId ? [viewOf(id, version, state)] : [],
  );
  return views.sort((a, b) => (a.since === b.since ? (a.id < b.id ? -1 : 1) : a.since < b.since ? -1 : 1));
}

const steps = ({ caller, meta }: CallSite, step: string): TypedCall<Calls> => typed<Calls>(caller, asMall(meta, step));

export const webhookService = (node: Node): ServiceSchema => {
  const book = createHeadsBook<WebhookState>(node, { aggregate: "webhook" });
  const list = async ({ sellerId = null }: { sellerId?: string | null }, { meta }: Pick<CallSite, "meta">) => ({
    sellerId,
    items: (await ofOwner(book, sellerId, meta.after)).slice(0, WEBHOOKS_MAX),
  });
  return aggregateService(node, {
    contract,
    aggregate: erased(webhook),
    prepare: {
      "webhook.open": async (params: AddWebhook, site: CallSite) => {
        refuseInClear(node, params.url);
        if (params.sellerId !== undefined) await steps(site, "admit")("seller.admit", { id: params.sellerId });
        const { items } = await list(params, site);
        if (items.length >= WEBHOOKS_MAX) refuse("WEBHOOK_LIMIT", `There are ${WEBHOOKS_MAX} endpoints already.`);
        return { ...params, addedBy: site.meta.principal.id, secret: newSecret(node.identity) };
      },
      "webhook.revise": (params: ReviseWebhook) => {
        refuseInClear(node, params.url);
        return Promise.resolve(params);
      },
      "webhook.renew": (params: object) => Promise.resolve({ ...params, secret: newSecret(node.identity) }),
    },
    queries: {
      "webhook.get": async ({ id }: WebhookId): Promise<WebhookView> => {
        const { version, state } = await liveOne(node, id);
        return viewOf(id, version, state);
      },
      "webhook.list": (params: ListWebhooks, site): Promise<ListedWebhooks> => list(params, site),
      "webhook.events": () => Promise.resolve({ items: eventTypes }),
    },
  });
};

/** The secret that a version brought: told to who asked for it, also when the asking is repeated. */
async function broughtBy(node: Node, { id, version, wrote }: Receipt): Promise<NewSecret> {
  const row = (await node.histories("webhook").asOf(id, { version })) as Row<WebhookState> | null;
  const [secret] = row && isLive(row.state) ? row.state.secrets : [];
  if (!secret) return refuse("NOT_FOUND", "There is no such endpoint.");
  return { id, version, secret: secretText(openSecret(node.identity.seal, secret)), wrote: [wrote] };
}

export const webhookSecrets = (node: Node): ServiceSchema =>
  procedureService({
    name: "webhook-secrets",
    contract,
    roles: node.roles,
    procedures: {
      "webhook.add": async (params: AddWebhook, site) =>
        broughtBy(node, await steps(site, "open")("webhook.open", params)),
      "webhook.rotate": async ({ sellerId, id, overlapHours = 24 }: RotateSecret, site) => {
        await ownOne(node, { id, ...(sellerId !== undefined && { sellerId }) });
        return broughtBy(node, await steps(site, "renew")("webhook.renew", { id, overlapHours }));
      },
    },
  });
