/** What is sold: things that first have to be made, or brought into the state that a command wants. */
import sharp from "sharp";
import { KEEPER, word } from "../hints";
import type { Stage, Story } from "../stage";
import { kept } from "./kept";

type Ids = Readonly<Record<string, unknown>>;

const USES_MAX = 15;

/** What is asked leaves the thing as it was: so several are asked of one. */
const on =
  (name: string, make: (stage: Stage) => Promise<Ids>): Story =>
  async (stage) => ({ params: await kept(stage, name, USES_MAX, () => make(stage)) });

const made =
  (first: string, ...steps: readonly string[]) =>
  async (stage: Stage): Promise<Ids> => {
    // in no channel: one that is drawn may be closed
    const { id } = await stage.ask(first, { params: { channels: [] } });
    for (const step of steps) await stage.ask(step, { params: { id } });
    return { id };
  };

/** One command after the other on the same thing. */
const after =
  (first: string, ...steps: readonly string[]): Story =>
  async (stage) => ({ params: await made(first, ...steps)(stage) });

const onOne = (first: string): Story => on(first, made(first));

function picture({ random }: Stage): Promise<Buffer> {
  const background = { r: random.whole(0, 255), g: random.whole(0, 255), b: random.whole(0, 255) };
  return sharp({ create: { width: 4, height: 3, channels: 3, background } })
    .png()
    .toBuffer();
}

async function asset(stage: Stage): Promise<Ids> {
  const { id } = await stage.ask("asset.upload", { file: await picture(stage) });
  return { id };
}

const ofPicture = on("asset", asset);

async function listed(stage: Stage): Promise<Ids> {
  const { id: channelId } = await stage.ask("channel.open");
  const { id } = await stage.ask("product.create", { params: { channels: [] } });
  return { id, channelId };
}

async function defined(stage: Stage): Promise<Ids> {
  const { id } = await stage.ask("category.create", { params: { parentId: undefined } });
  const attribute = { id, name: word(stage.random), type: "number" };
  await stage.ask("category.define", { params: attribute });
  return { id, name: attribute.name };
}

async function stocked(stage: Stage): Promise<Ids> {
  const { id: offerId } = await stage.ask("offer.make");
  await stage.ask("stock.receive", { params: { offerId, location: "main" } });
  return { offerId, location: "main" };
}

const received = on("stock", stocked);

/** Sent to another location, and not there before long. */
const sent: Story = async (stage) => {
  const at = await stocked(stage);
  const arrivesAt = new Date(Date.now() + 86_400_000).toISOString();
  await stage.ask("stock.transfer", { params: { ...at, to: "berlin", quantity: 1, arrivesAt } });
  const { underway } = await stage.ask("stock.get", { params: at });
  const [one] = underway as readonly { transferId: string }[];
  return { params: { ...at, transferId: one?.transferId, arrivesAt: undefined } };
};

async function priced(stage: Stage): Promise<Ids> {
  const { id: offerId } = await stage.ask("offer.make");
  const prices = { offerId, name: word(stage.random), tiers: [{ quantity: 1, amountMinor: 900 }] };
  await stage.ask("pricelist.set", { params: prices });
  return { offerId, name: prices.name };
}

/** Filled by hand: what a rule finds cannot be put in or taken out. */
async function collected(stage: Stage): Promise<Ids> {
  const { id: productId } = await stage.ask("product.create", { params: { channels: [] } });
  const filled = { products: [productId], rule: undefined, channels: [], publish: true };
  const { id } = await stage.ask("collection.create", { params: filled });
  return { id, productId };
}

const ofCollection = on("collection", async (stage) => ({ id: (await collected(stage)).id }));

async function unpublished(stage: Stage): Promise<Ids> {
  const { id } = await collected(stage);
  await stage.ask("collection.unpublish", { params: { id } });
  return { id };
}

/** A location of a seller without offers: those of the others could lie only at open ones. */
const locatedBy =
  (...steps: readonly string[]) =>
  async (stage: Stage): Promise<Ids> => {
    const params = { sellerId: KEEPER, code: word(stage.random) };
    for (const step of steps) await stage.ask(step, { params });
    return params;
  };

const located =
  (...steps: readonly string[]): Story =>
  async (stage) => ({ params: await locatedBy(...steps)(stage) });

const ofLocation = on("location", locatedBy("location.open"));

const LINES = Buffer.from(`${JSON.stringify({ title: { en: "Imported by the fuzz" } })}\n`);

const imported: Story = async (stage) => {
  const { file } = await stage.ask("job.upload", { file: LINES });
  return { params: { format: "jsonl", file, channel: undefined } };
};

/** Two versions, of which the first is to come back. */
const revised: Story = async (stage) => {
  const { id } = await stage.ask("product.create", { params: { channels: [] } });
  await stage.ask("product.revise", { params: { id, title: { en: "Another title" } } });
  return { params: { aggregate: "product", id, version: 1 } };
};

export const goodsStories: Readonly<Record<string, Story>> = {
  "channel.close": after("channel.open"),
  "channel.reopen": after("channel.open", "channel.close"),
  "category.revise": onOne("category.create"),
  "category.define": onOne("category.create"),
  "category.undefine": async (stage) => ({ params: await defined(stage) }),
  "category.move": async (stage) => {
    const [{ id }, { id: parentId }] = [await stage.ask("category.create"), await stage.ask("category.create")];
    return { params: { id, parentId } };
  },
  "category.retire": after("category.create"),
  "category.reinstate": after("category.create", "category.retire"),
  "category.get": onOne("category.create"),
  "collection.get": ofCollection,
  "collection.revise": ofCollection,
  "collection.unpublish": async (stage) => ({ params: { id: (await collected(stage)).id } }),
  "collection.publish": async (stage) => ({ params: await unpublished(stage) }),
  "collection.include": on("collection included", async (stage) => ({
    id: (await collected(stage)).id,
    position: undefined,
  })),
  "collection.exclude": async (stage) => ({ params: await collected(stage) }),
  "section.revise": onOne("section.open"),
  "section.close": after("section.open"),
  "section.reopen": after("section.open", "section.close"),
  "section.get": onOne("section.open"),
  "experiment.revise": onOne("experiment.create"),
  "experiment.schedule": after("experiment.create"),
  "experiment.start": after("experiment.create"),
  "experiment.stop": after("experiment.create", "experiment.start"),
  "experiment.get": onOne("experiment.create"),
  "experiment.report": onOne("experiment.create"),
  "merchandising.revise": onOne("merchandising.create"),
  "merchandising.enable": after("merchandising.create"),
  "merchandising.disable": after("merchandising.create", "merchandising.enable"),
  "merchandising.get": onOne("merchandising.create"),
  "merchandising.preview": onOne("merchandising.create"),
  "location.revise": ofLocation,
  "location.close": located("location.open"),
  "location.reopen": located("location.open", "location.close"),
  "location.get": ofLocation,
  "asset.upload": async (stage) => ({ file: await picture(stage) }),
  "asset.replace": async (stage) => ({ ...(await ofPicture(stage)), file: await picture(stage) }),
  "asset.describe": ofPicture,
  "asset.retire": async (stage) => ({ params: await asset(stage) }),
  "asset.get": ofPicture,
  "product.publish": after("product.create"),
  "product.schedule": after("product.create"),
  "product.withdraw": after("product.create", "product.publish"),
  "product.restore": after("product.create", "product.publish", "product.withdraw"),
  "product.list": async (stage) => ({ params: await listed(stage) }),
  "product.unlist": async (stage) => {
    const params = await listed(stage);
    await stage.ask("product.list", { params });
    return { params };
  },
  "offer.withdraw": after("offer.make"),
  "offer.restore": after("offer.make", "offer.withdraw"),
  "stock.get": received,
  "stock.adjust": received,
  "stock.limit": received,
  "stock.count": received,
  "stock.transfer": async (stage) => ({
    params: { ...(await stocked(stage)), to: "berlin", quantity: 1, arrivesAt: undefined },
  }),
  "stock.expect": sent,
  "pricelist.end": async (stage) => ({ params: await priced(stage) }),
  "pricelist.get": on("pricelist", priced),
  "job.upload": () => Promise.resolve({ file: LINES }),
  "job.import": imported,
  "job.cancel": after("job.export"),
  "history.restore": revised,
  "history.asOf": () => Promise.resolve({ params: { version: 1 } }),
};
