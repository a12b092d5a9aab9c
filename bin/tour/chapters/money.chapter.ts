/** After the purchase: a parcel, a return of a part, and where the money went. */
import type { Answer } from "../guide";
import { until, type Scene } from "../scene";

const DONE_WITHIN_MS = 30_000;

interface Order {
  readonly status: string;
  readonly money: { readonly status: string; readonly capturedMinor: number; readonly refundedMinor: number };
  readonly lines: readonly { readonly lineId: string; readonly progress: object }[];
  readonly fulfilments: readonly { readonly id: string }[];
  readonly papers: readonly object[];
}

const glanceAt = ({ status, lines, money, papers }: Order): object => {
  const { capturedMinor, refundedMinor } = money;
  return {
    status,
    lines: lines.map(({ progress }) => ({ progress })),
    money: { capturedMinor, refundedMinor },
    papers,
  };
};

const post = (path: string, as: string, body: object) => ({ method: "POST", path, as, body }) as const;
const get = (path: string, as: string) => ({ method: "GET", path, as }) as const;
/** Without the version: how many steps lie between depends on how fast the mall is. */
const receipt = ({ id }: { id: string }): object => ({ id });

/** Asks again until it is so: what follows from a step follows on its own. */
async function reached(scene: Scene, path: string, as: string, what: (body: never) => boolean): Promise<void> {
  await until(`${path} is as it should be`, DONE_WITHIN_MS, async () => {
    const { status, body } = await scene.guide.quietly(get(path, as));
    return status === 200 && what(body as never) ? true : null;
  });
}

const went = (scene: Scene, what: string, { status, body }: Answer): void =>
  scene.guide.holds(what, status < 300, body);

export async function ships(scene: Scene): Promise<void> {
  const { guide } = scene;
  guide.step("Mia sends the lamps, and they arrive");
  const order = guide.named("ORDER_LAMPS");
  const sent = { carrier: "DHL", tracking: "00340434161094042557" };
  went(
    scene,
    "the parcel is on its way",
    await guide.ask(post(`/v1/orders/${order}/ship`, "MIA", sent), { show: receipt }),
  );
  const sold = await guide.ask(get(`/v1/sellers/${guide.named("SELLER")}/orders/${order}`, "MIA"), {
    show: ({ fulfilments }: Order) => ({ fulfilments: fulfilments.map(({ id }) => ({ id })) }),
  });
  const [parcel] = (sold.body as Order).fulfilments;
  const arrived = post(`/v1/orders/${order}/deliver`, "MIA", { fulfilmentId: parcel?.id });
  went(scene, "it has arrived", await guide.ask(arrived, { show: receipt }));
  // invoice and ledger follow from the payment on their own
  await reached(scene, `/v1/orders/${order}`, "SAM", ({ papers }: Order) => papers.length === 1);
  const seen = await guide.ask(get(`/v1/orders/${order}`, "SAM"), { show: glanceAt });
  const { status, money, lines } = seen.body as Order;
  guide.holds("Sam sees it delivered and paid", status === "delivered" && money.status === "captured", seen.body);
  guide.name("LINE", lines[0]?.lineId ?? "");
}

export async function returns(scene: Scene): Promise<void> {
  const { guide } = scene;
  guide.step("One of the two lamps comes back, and is paid back: less the tenth that the coupon took off");
  const [order, line] = [guide.named("ORDER_LAMPS"), guide.named("LINE")];
  const units = [{ lineId: line, quantity: 1 }];
  const asked = { orderId: order, kind: "return", lines: units, reason: "too bright for the hall" };
  went(scene, "Sam may", await guide.ask(post("/v1/me/returns", "SAM", asked), { names: { RETURN: "id" } }));
  const path = `/v1/returns/${guide.named("RETURN")}`;
  went(scene, "Mia lets it come", await guide.ask(post(`${path}/approve`, "MIA", {}), { show: receipt }));
  const inspected = { lines: [{ lineId: line, quantity: 1, restock: true }] };
  went(
    scene,
    "and finds it as good as new",
    await guide.ask(post(`${path}/inspect`, "MIA", inspected), { show: receipt }),
  );
  const refunded = ({ money, papers }: Order): boolean => money.refundedMinor > 0 && papers.length === 2;
  await reached(scene, `/v1/orders/${order}`, "SAM", refunded);
  const seen = await guide.ask(get(`/v1/orders/${order}`, "SAM"), { show: glanceAt });
  guide.holds("99.00 less 9.90 are paid back", (seen.body as Order).money.refundedMinor === 8_910, seen.body);
}

interface Book {
  readonly payableMinor: number;
  readonly heldMinor: number;
  readonly balances: Readonly<Record<string, number>>;
}

interface Payouts {
  readonly items: readonly { readonly id: string; readonly status: string; readonly amountMinor: number }[];
}

const inShort = ({ status, amountMinor }: Payouts["items"][number]): object => ({ status, amountMinor });

interface Entries {
  readonly items: readonly {
    readonly kind: string;
    readonly postings: readonly { readonly account: string; readonly amountMinor: number }[];
  }[];
}

const book = ({ payableMinor, heldMinor }: Book): object => ({ payableMinor, heldMinor });

const entries = ({ items }: Entries): object =>
  items.map(({ kind, postings }) => ({
    kind,
    ...Object.fromEntries(postings.map(({ account, amountMinor }) => [account, amountMinor])),
  }));

interface Trial {
  readonly balanced: boolean;
  readonly currencies: readonly { readonly currency: string; readonly sumMinor: number }[];
}

const trial = ({ balanced, currencies }: Trial): object => ({
  balanced,
  currencies: currencies.map(({ currency, sumMinor }) => ({ currency, sumMinor })),
});

export async function paysOut(scene: Scene): Promise<void> {
  const { guide } = scene;
  guide.step("Mia's book: what was sold, what was given back, what the mall took; and she is paid");
  const ledger = `/v1/sellers/${guide.named("SELLER")}/ledger/EUR`;
  await reached(scene, `${ledger}/entries`, "MIA", ({ items }: Entries) => items.some(({ kind }) => kind === "refund"));
  const seen = await guide.ask(get(`${ledger}/entries`, "MIA"), { show: entries });
  const sums = (seen.body as Entries).items.map(({ postings }) =>
    postings.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
  );
  guide.holds("each entry comes to zero", sums.length > 0 && sums.every((sum) => sum === 0), seen.body);
  const paid = await guide.ask(post(`${ledger}/payout`, "OWNER", {}), { show: receipt });
  went(scene, "the mall pays her", paid);
  const payouts = `/v1/sellers/${guide.named("SELLER")}/payouts`;
  await reached(scene, payouts, "MIA", ({ items }: { items: object[] }) => items.length === 1);
  const open = { show: ({ items }: Payouts) => items.map(({ id }) => ({ id })), names: { PAYOUT: "items.0.id" } };
  await guide.ask(get(payouts, "MIA"), open);
  const id = guide.named("PAYOUT");
  const confirmed = post(`/v1/payouts/${id}/confirm`, "OWNER", { reference: "SEPA-4711" });
  went(scene, "the bank has done it", await guide.ask(confirmed, { show: receipt }));
  await reached(scene, payouts, "MIA", ({ items }: Payouts) => items.every(({ status }) => status === "paid"));
  const listed = await guide.ask(get(payouts, "MIA"), { show: ({ items }: Payouts) => items.map(inShort) });
  const [payout] = (listed.body as Payouts).items;
  const left = await guide.ask(get(ledger, "MIA"), { show: book });
  guide.holds("nothing is left to be paid", (left.body as Book).payableMinor === 0, left.body);
  // 99.00 less a tenth for the mall, and the parcel of 4.90: the coupon is the mall's own gift
  guide.holds("it is what the one lamp and its parcel came to", payout?.amountMinor === 8_910 + 490, listed.body);
  const balance = await guide.ask(get("/v1/ledger/trial", "OWNER"), { show: trial });
  const { balanced, currencies } = balance.body as Trial;
  guide.holds(
    "the trial balance is zero",
    balanced && currencies.every(({ sumMinor }) => sumMinor === 0),
    balance.body,
  );
}
