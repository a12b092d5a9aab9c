/**
 * From a record to the commands that bring it into the mall. Pure. Keys are made of the record's names alone, so the
 * same record sent again is the same command; when its content has changed since, the mall says that the key was used
 * for something else, and the step's `changed` commands follow, whose keys contain a hash of the content.
 */
import { paramsHash } from "../../models/kernel/ids";
import type { MakeOffer } from "../../models/offer/offer.contract";
import { idMadeBy, keyOf } from "../client/keys";
import type { Command } from "../client/mall";
import type { ImportOffer, ImportRecord } from "./record";

export interface ImportCommand extends Command {
  /** Refusals that mean that there is nothing to do. */
  readonly fine?: readonly string[];
}

export interface Step extends ImportCommand {
  /** `create`, `offer shop-1/A-17`: how the report calls it. */
  readonly name: string;
  /** Instead, when the record was imported before with other content. */
  readonly changed: readonly ImportCommand[];
}

export interface StepOptions {
  /** Name of the format: what the record's id is unique in. */
  readonly source: string;
  readonly principalId: string;
  readonly channelId: string;
}

const HASH_CHARS = 20;
const contentKey = (params: object): string => paramsHash(params).slice(0, HASH_CHARS);

/** The commands are worked out only when they are needed: hashing every record costs more than sending it. */
const lazily = (step: Omit<Step, "changed">, changed: () => readonly ImportCommand[]): Step => ({
  ...step,
  get changed() {
    return changed();
  },
});

function productStep({ id, product }: ImportRecord, options: StepOptions, productId: string): Step {
  const { source, channelId } = options;
  const base = [source, id];
  const step = {
    name: "create",
    action: "product.create",
    params: { ...product, channels: [channelId] },
    idempotencyKey: keyOf(...base, "create"),
  };
  return lazily(step, () => {
    const { publish, ...content } = product;
    const hash = contentKey(step.params);
    const again: ImportCommand[] = [
      {
        action: "product.revise",
        params: { id: productId, ...content },
        idempotencyKey: keyOf(...base, "revise", hash),
      },
      {
        action: "product.list",
        params: { id: productId, channelId },
        idempotencyKey: keyOf(...base, "list", channelId),
      },
    ];
    if (publish !== true) return again;
    const key = keyOf(...base, "publish", hash);
    const published = { action: "product.publish", params: { id: productId }, idempotencyKey: key };
    return [...again, { ...published, fine: ["PRODUCT_NOT_DRAFT"] }];
  });
}

function offerStep(name: string, params: MakeOffer, base: readonly string[], offerId: string): Step {
  const step = { name, action: "offer.make", params, idempotencyKey: keyOf(...base) };
  return lazily(step, () => {
    const { price, condition } = params;
    const hash = contentKey({ price, condition });
    return [
      { action: "offer.reprice", params: { id: offerId, price }, idempotencyKey: keyOf(...base, "reprice", hash) },
      { action: "offer.revise", params: { id: offerId, condition }, idempotencyKey: keyOf(...base, "revise", hash) },
    ];
  });
}

/** Nothing is on hand of what was never received, so counting nothing there is no news. */
function stockStep(
  name: string,
  place: { offerId: string; location: string },
  quantity: number,
  base: readonly string[],
): Step {
  const counted: ImportCommand = {
    action: "stock.count",
    params: { ...place, counted: quantity },
    idempotencyKey: keyOf(...base, "count", String(quantity)),
    fine: quantity === 0 ? ["NOT_FOUND"] : [],
  };
  if (quantity === 0) return { ...counted, name, changed: [] };
  const params = { ...place, quantity };
  return { name, action: "stock.receive", params, idempotencyKey: keyOf(...base), changed: [counted] };
}

function offerSteps(record: ImportRecord, offer: ImportOffer, options: StepOptions, productId: string): Step[] {
  const { stock, withdrawn, ...terms } = offer;
  const named = [offer.sellerId, offer.sku, ...(offer.variantId === undefined ? [] : [offer.variantId])];
  const base = [options.source, record.id, "offer", ...named];
  const offerId = idMadeBy(options.principalId, "offer.make", keyOf(...base));
  const name = `offer ${named.join("/")}`;
  return [
    offerStep(name, { productId, ...terms }, base, offerId),
    ...Object.entries(stock).map(([location, quantity]) =>
      stockStep(`${name} stock ${location}`, { offerId, location }, quantity, [...base, "stock", location]),
    ),
    ...(withdrawn === true ? [once("offer.withdraw", offerId, [...base, "withdraw"])] : []),
  ];
}

const once = (action: string, id: string, key: readonly string[]): Step => ({
  name: key.slice(1).join(" "),
  action,
  params: { id },
  idempotencyKey: keyOf(...key),
  changed: [],
});

/** In the order in which they must be sent. */
export function stepsOf(record: ImportRecord, options: StepOptions): Step[] {
  const productId = idMadeBy(options.principalId, "product.create", keyOf(options.source, record.id, "create"));
  const offers = record.offers.flatMap((offer) => offerSteps(record, offer, options, productId));
  const product = productStep(record, options, productId);
  if (record.withdrawn !== true) return [product, ...offers];
  return [product, ...offers, once("product.withdraw", productId, [options.source, record.id, "withdraw"])];
}
