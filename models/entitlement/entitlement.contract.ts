/**
 * The right to a file that was bought: granted when the order is paid, used by signed links that expire, counted, and
 * taken back with the money. Every download is a version, so the history tells who got what and when.
 */
import Joi from "../kernel/schema";
import { PUBLIC, type Contract, type Receipt } from "../kernel/contract";
import { derivedId } from "../kernel/ids";
import { idSchema, plainText, versionSchema } from "../kernel/text";
import { fileName } from "../goods/goods.contract";
import { orderQuantity } from "../order/order.place.contract";

export interface EntitlementId {
  readonly id: string;
}

export interface GrantEntitlement extends EntitlementId {
  readonly orderId: string;
  readonly lineId: string;
  readonly offerId: string;
  readonly sellerId: string;
  /** Null for a guest. */
  readonly customerId: string | null;
  readonly title: string;
  readonly quantity: number;
}

/** So many units were paid back. `step` names the refund: telling it twice is once. */
export interface RevokeEntitlement extends EntitlementId {
  readonly step: string;
  readonly quantity: number;
}

export type EntitlementStatus = "granted" | "revoked";

export interface EntitlementView extends GrantEntitlement {
  readonly version: number;
  readonly status: EntitlementStatus;
  readonly downloads: number;
  readonly downloadsMax: number;
  /** When it was downloaded last, newest first, bounded; all of it stands in the history. */
  readonly recent: readonly string[];
}

/** What a buyer gets: a link that works until its time is over. */
export interface DownloadLink {
  readonly id: string;
  readonly lineId: string;
  readonly title: string;
  readonly status: EntitlementStatus;
  readonly downloads: number;
  readonly downloadsMax: number;
  /** Null where nothing can be downloaded any more. */
  readonly url: string | null;
  readonly until: string | null;
}

/** `key`: the one that came by mail, for who is not signed in. */
export interface AskDownloads {
  readonly orderId: string;
  readonly key?: string;
}

export interface Downloads {
  readonly orderId: string;
  readonly items: readonly DownloadLink[];
}

/** As it stands in a link. */
export interface OpenDownload extends EntitlementId {
  /** Milliseconds since 1970. */
  readonly until: number;
  readonly mac: string;
}

export interface OpenedDownload {
  readonly hash: string;
  readonly name: string;
}

export interface EntitlementCalls {
  "entitlement.grant": { params: GrantEntitlement; result: Receipt };
  "entitlement.take": { params: EntitlementId; result: Receipt };
  "entitlement.revoke": { params: RevokeEntitlement; result: Receipt };
  "entitlement.get": { params: EntitlementId; result: EntitlementView };
  "entitlement.downloads": { params: AskDownloads; result: Downloads };
  "entitlement.open": { params: OpenDownload; result: OpenedDownload };
}

/** Known beforehand: one per line of an order. */
export const entitlementIdOf = ({ orderId, lineId }: Pick<GrantEntitlement, "orderId" | "lineId">): string =>
  derivedId("entitlement", orderId, lineId);

/** A file that was bought may be fetched so often, for each unit: devices change, and disks break. */
export const DOWNLOADS_PER_UNIT = 5;
export const RECENT_MAX = 20;
/** As many as an order has lines. */
const ITEMS_MAX = 200;
const URL_MAX = 2_000;

const id = idSchema.required();
const count = Joi.number().integer().min(0).required();
const status = Joi.string<EntitlementStatus>().valid("granted", "revoked").required();
const title = plainText(500).allow("").required();
const granted = {
  id,
  ...{ orderId: id, lineId: id, offerId: id, sellerId: id },
  customerId: idSchema.allow(null).required(),
  title,
  quantity: orderQuantity.required(),
};
const mall = { kind: "command", key: "id", permission: "entitlement.serve", owner: "platform" } as const;

// views are not strict: Joi has no word for read-only lists
const view = Joi.object<EntitlementView>({
  ...granted,
  quantity: count,
  version: versionSchema.required(),
  status,
  downloads: count,
  downloadsMax: count,
  recent: Joi.array().items(Joi.string().isoDate()).max(RECENT_MAX).required(),
});

const link = Joi.object<DownloadLink, true>({
  ...{ id, lineId: id, title, status, downloads: count, downloadsMax: count },
  url: plainText(URL_MAX).allow(null).required(),
  until: Joi.string().isoDate().allow(null).required(),
});

export const entitlementContract: Contract<EntitlementCalls> = {
  aggregate: "entitlement",
  actions: {
    "entitlement.grant": {
      ...mall,
      summary: "Give who bought a file the right to download it",
      params: Joi.object<GrantEntitlement, true>(granted),
    },
    "entitlement.take": {
      ...mall,
      summary: "Count a download, while there are some left",
      params: Joi.object<EntitlementId, true>({ id }),
    },
    "entitlement.revoke": {
      ...mall,
      summary: "Take the right to units back that were paid back",
      params: Joi.object<RevokeEntitlement, true>({
        id,
        step: plainText(12).min(1).required(),
        quantity: orderQuantity.required(),
      }),
    },
    "entitlement.get": {
      kind: "query",
      key: "id",
      summary: "The right to a file: what it is of, how often it was used, and when",
      params: Joi.object<EntitlementId, true>({ id }),
      result: view,
      permission: "order.read",
      owner: { field: "customerId" },
      http: { method: "GET", path: "/v1/entitlements/{id}" },
    },
    "entitlement.downloads": {
      kind: "procedure",
      summary: "Links to the files of an order, for who bought it or has the key that came by mail",
      params: Joi.object<AskDownloads, true>({ orderId: id, key: plainText(64).min(1) }),
      result: Joi.object<Downloads>({ orderId: id, items: Joi.array().items(link).max(ITEMS_MAX).required() }),
      permission: PUBLIC,
      owner: "caller",
      http: { method: "POST", path: "/v1/orders/{orderId}/downloads" },
    },
    // reached over GET /downloads/{id}, the link itself
    "entitlement.open": {
      kind: "procedure",
      summary: "Follow a link to a file: it is counted, and given out",
      params: Joi.object<OpenDownload, true>({
        id,
        until: Joi.number().integer().min(0).required(),
        mac: plainText(64).min(1).required(),
      }),
      result: Joi.object<OpenedDownload, true>({ hash: plainText(64).required(), name: fileName }),
      permission: "entitlement.serve",
      owner: "platform",
    },
  },
};
