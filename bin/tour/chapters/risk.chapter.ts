/** What models decide, and how it is asked why: what to show to a visitor, and the risk of a payment. */
import type { Guide } from "../guide";
import { until, type Scene } from "../scene";

const WITHIN_MS = 15_000;
/** So soon a policy that was set is known to whoever judges. */
const POLICY_HOLDS_MS = 500;
const ADDRESS = { name: "Sam Berg", street: "Lindenweg 4", postalCode: "10119", city: "Berlin", country: "DE" };

interface Shown {
  readonly items: readonly {
    readonly productId: string;
    readonly title: { readonly en?: string };
    readonly reason: { readonly kind: string; readonly productId?: string; readonly text: { readonly en?: string } };
  }[];
}

export async function recommends({ guide }: Scene): Promise<void> {
  guide.step("What is shown to that visitor, and because of what");
  const request = {
    method: "GET",
    path: `/v1/recommendations?visitorId=${guide.named("VISITOR")}&soldOutToo=true&limit=5`,
  } as const;
  const looked = [guide.named("DESK_LAMP"), guide.named("WALL_LAMP")];
  const led = ({ reason }: Shown["items"][number]): boolean => looked.includes(reason.productId ?? "");
  await until("something like what was looked at", WITHIN_MS, async () => {
    const { items = [] } = (await guide.quietly(request)).body as Partial<Shown>;
    return items.some(led) ? true : null;
  });
  // what many buy stands among it as soon as it is counted, which may be now or in a minute: it is not shown here
  const because = ({ items }: Shown): object[] =>
    items
      .filter(led)
      .slice(0, 1)
      .map(({ title, reason }) => ({ title: title.en, because: reason.text.en }));
  const { body } = await guide.ask(request, { show: because });
  const { items } = body as Shown;
  guide.holds("something is shown because of what was looked at", items.some(led), body);
  guide.holds("and not what was looked at itself", !items.some(({ productId }) => looked.includes(productId)), body);
}

const rules = [{ name: "large-order", feature: "TX_AMOUNT", atLeast: 100, outcome: "block" }];
const POLICY = { thresholds: { challenge: 0.2, review: 0.5, block: 0.9 }, rules };

interface Refused {
  readonly status: string;
  readonly failure: {
    readonly type: string;
    readonly detail: string;
    readonly data?: { readonly decisionId?: string };
  };
}

const refusal = ({ status, failure }: Refused): object => ({ status, failure });

interface Decided {
  readonly taken: { readonly verdict?: string; readonly rules?: readonly string[] } | null;
  readonly explanation: { readonly en?: string } | null;
}

const verdict = ({ taken, explanation }: Decided): object => ({
  ...{ verdict: taken?.verdict, rules: taken?.rules, explanation: explanation?.en },
});

async function fillsAgain(guide: Guide): Promise<string> {
  const ask = (method: "POST" | "PUT" | "PATCH", path: string, body: object, names = {}) =>
    guide.ask({ method, path, as: "SAM", body }, { show: ({ id }: { id: string }) => ({ id }), names });
  guide.tell("Sam puts a lamp for 109.00 into a cart");
  await ask("POST", "/v1/carts", { channelId: guide.named("CHANNEL") }, { CART_AGAIN: "id" });
  const cart = `/v1/carts/${guide.named("CART_AGAIN")}`;
  await ask("POST", `${cart}/lines`, { offerId: guide.named("OFFER_BLACK"), quantity: 1 });
  await ask("PATCH", cart, { contact: { email: "sam@example.com" }, shippingAddress: ADDRESS });
  await ask("PUT", `${cart}/shipping/${guide.named("SELLER")}`, { methodId: guide.named("PARCEL") });
  return cart;
}

export async function judges({ guide }: Scene): Promise<void> {
  guide.step(
    "What if payments over 100.00 were refused? Asked of the past, set, and met by Sam; staff see the reasons",
  );
  const tried = await guide.ask({ method: "POST", path: "/v1/fraud/policy/simulate", as: "OWNER", body: POLICY });
  const { moved } = tried.body as { moved: Readonly<Record<string, number>> };
  guide.holds("it would have refused what Sam bought", (moved["allow>block"] ?? 0) >= 1, tried.body);
  const cart = await fillsAgain(guide);
  const body = { ...POLICY, releaseAloneMaxMinor: 50_000 };
  await guide.ask({ method: "PUT", path: "/v1/fraud/policy", as: "OWNER", body });
  const set = performance.now();
  await until("the policy holds", WITHIN_MS, () =>
    Promise.resolve(performance.now() - set > POLICY_HOLDS_MS ? true : null),
  );
  const payment = { payment: { provider: "test", method: "tok_ok" } };
  const ask = { method: "POST", path: `${cart}/checkout`, as: "SAM", body: payment } as const;
  const { failure } = (await guide.ask(ask, { show: refusal, names: { JUDGED: "failure.data.decisionId" } }))
    .body as Refused;
  const silent = failure.type === "CHECKOUT_BLOCKED" && !/large|100|rule/i.test(failure.detail);
  guide.holds("it is refused, and the rule is not told to who may want to get around it", silent, failure);
  const path = `/v1/decisions/${guide.named("JUDGED")}`;
  const seen = await guide.ask({ method: "GET", path, as: "OWNER" }, { show: verdict });
  guide.holds("staff see the rule", (seen.body as Decided).taken?.rules?.includes("large-order") === true, seen.body);
  const again = await guide.ask({ method: "GET", path: `${path}/replay`, as: "OWNER" }, { show: equal });
  guide.holds("judged again from what was kept, it comes out the same", (again.body as Again).equal, again.body);
}

interface Again {
  readonly equal: boolean;
  readonly difference: number;
}

const equal = ({ equal: same, difference }: Again): object => ({ equal: same, difference });
