/** What sellers are paid: terms, an amount of the mall's given by two people, a payout, and what the bank says. */
import { eventually } from "../../../support/eventually";
import { word } from "../hints";
import { kept } from "./kept";
import { Stuck, type Stage, type Story } from "../stage";

const LATER_MS = 20_000;
const USES_MAX = 12;

/** A book of a seller of its own: a payout is to be recorded before the next one. */
async function payable(stage: Stage): Promise<{ readonly sellerId: string; readonly currency: string }> {
  const book = { sellerId: word(stage.random), currency: "EUR" };
  await stage.ask("ledger.terms", { params: { ...book, holdDays: 0 } });
  const given = { ...book, amountMinor: 5_000, account: "goodwill" };
  const { approval } = await stage.ask("ledger.adjust", { params: given });
  const { id } = approval as { readonly id: string };
  await stage.ask("approval.approve", { as: stage.two, params: { id } });
  return book;
}

const ofBook: Story = async (stage) => ({ as: stage.one, params: await payable(stage) });
const ofKeptBook: Story = async (stage) => ({
  as: stage.one,
  params: await kept(stage, "book", USES_MAX, () => payable(stage)),
});

const ofPayout: Story = async (stage) => {
  const book = await payable(stage);
  await stage.ask("ledger.payOut", { params: book });
  const { sellerId } = book;
  const open = async (): Promise<string | false> => {
    const { items } = await stage.ask("payout.list", { params: { sellerId } });
    return (items as readonly { readonly id: string }[])[0]?.id ?? false;
  };
  const id = await eventually("a payout", open, { timeoutMs: LATER_MS }).catch((error: unknown) => {
    throw new Stuck(error instanceof Error ? error.message : String(error));
  });
  return { as: stage.one, params: { id, from: undefined } };
};

const ofKeptPayout: Story = (stage) => kept(stage, "payout", USES_MAX, () => ofPayout(stage));

/** A rule for a product that nobody else has: no other request ends it. */
const ofRule: Story = async (stage) => {
  const scope = { productId: word(stage.random), channelId: undefined, categoryId: undefined, sellerId: undefined };
  await stage.ask("commission.set", { params: { ...scope, rateBp: 700 } });
  return { as: stage.one, params: scope };
};

export const moneyStories: Readonly<Record<string, Story>> = {
  "commission.end": ofRule,
  "commission.get": ofRule,
  "ledger.get": ofKeptBook,
  "ledger.entries": ofKeptBook,
  "ledger.payOut": ofBook,
  "payout.get": ofKeptPayout,
  "payout.statement": ofKeptPayout,
  "payout.confirm": ofPayout,
  "payout.fail": ofPayout,
};
