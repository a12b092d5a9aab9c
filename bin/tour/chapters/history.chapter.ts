/** Every version of everything: looked at, compared, brought back; and nothing twice, nothing lost. */
import type { Guide } from "../guide";
import { glance, tokenOf, type Found } from "./selling.chapter";

interface Entry {
  readonly version: number;
  readonly command: string;
  readonly committedAt: string;
}

const entriesOf = (body: unknown): Entry[] => (body as { items: Entry[] }).items;
const versions = ({ items }: { items: Entry[] }): object =>
  items.map(({ version, command, committedAt }) => ({ version, command, committedAt }));
const amountOf = (state: unknown): number => (state as { price: { amountMinor: number } }).price.amountMinor;

interface Things {
  readonly product: string;
  readonly offer: string;
}

export async function reprices({ guide }: { readonly guide: Guide }, { offer }: Things): Promise<void> {
  guide.step("The price changes: search shows the new one, the history shows both");
  const price = { amountMinor: 9_900, currency: "EUR" };
  const path = `/v1/offers/${offer}/price`;
  const changed = await guide.ask({ method: "PUT", path, as: "MIA", body: { price } });
  guide.holds("it is version 2 of the offer", (changed.body as Entry).version === 2, changed.body);
  guide.name("TOKEN", tokenOf(changed));
  const headers = { "stoa-token": tokenOf(changed) };
  const found = await guide.ask({ method: "GET", path: "/v1/products?q=arc+lamp", headers }, { show: glance });
  guide.holds("search shows 99.00", (found.body as Found).items[0]?.price?.amountMinor === 9_900, found.body);
  const history = `/v1/history/offer/${offer}`;
  const names = { BEFORE: "items.0.committedAt" };
  const told = await guide.ask({ method: "GET", path: history, as: "MIA" }, { show: versions, names });
  const [made, repriced] = entriesOf(told.body);
  guide.holds("the history has both versions", repriced?.command === "offer.reprice", told.body);

  guide.step("The offer as it was before, and what differs: the price, and what the offer remembers of its prices");
  const at = made?.committedAt ?? "";
  const then = await guide.ask(
    { method: "GET", path: `${history}?at=${at}`, as: "MIA" },
    { show: ({ state }: { state: { price: object } }) => ({ state: { price: state.price } }) },
  );
  guide.holds("it cost 119.00 then", amountOf((then.body as { state: unknown }).state) === 11_900, then.body);
  const diff = await guide.ask(
    { method: "GET", path: `${history}/diff?from=1&to=2`, as: "MIA" },
    { show: ({ patch }: { patch: object[] }) => ({ patch }) },
  );
  const paths = (diff.body as { patch: { path: string }[] }).patch.map((change) => change.path);
  guide.holds("nothing else differs", paths.join(" ") === "/price/amountMinor /prices/-", paths);
}

export async function restores({ guide }: { readonly guide: Guide }, { product }: Things): Promise<void> {
  guide.step("A title is spoilt, and the old one is brought back: as a new version");
  const path = `/v1/products/${product}`;
  await guide.ask({ method: "PATCH", path, as: "MIA", body: { title: { en: "Ark lamp Meridain" } } });
  const restore = `/v1/history/product/${product}/restore`;
  const restored = await guide.ask({ method: "POST", path: restore, as: "MIA", body: { version: 1 } });
  guide.holds("it is version 3", (restored.body as Entry).version === 3, restored.body);
  guide.name("TOKEN", tokenOf(restored));
  const headers = { "stoa-token": tokenOf(restored) };
  const shown = await guide.ask(
    { method: "GET", path, headers },
    {
      show: ({ title, version }: { title: object; version: number }) => ({
        version,
        title,
      }),
    },
  );
  const { title } = shown.body as { title: { en: string } };
  guide.holds("the lamp has its title back", title.en === "Arc lamp Meridian", title);
}

export async function repeats({ guide }: { readonly guide: Guide }, { product }: Things): Promise<void> {
  guide.step("The same command twice is one version");
  const send = () =>
    guide.ask({
      method: "PATCH",
      path: `/v1/products/${product}`,
      as: "MIA",
      headers: { "Idempotency-Key": "brand-1" },
      body: { brand: "Lumora Studio" },
    });
  const [first, second] = [await send(), await send()];
  const same = JSON.stringify(first.body) === JSON.stringify(second.body);
  guide.holds("both get the same answer", first.status < 300 && same, [first.body, second.body]);

  guide.step("Two write at once, and nothing is lost");
  const path = `/v1/products/${product}`;
  const version = (first.body as Entry).version;
  const headers = { "If-Match": `"${version}"` };
  const bodies = [{ brand: "Lumora Nord" }, { description: { en: "It reaches over a sofa." } }];
  const asked = bodies.map((body) => ({ method: "PATCH", path, as: "MIA", headers, body }) as const);
  const answers = await Promise.all(asked.map((request) => guide.quietly(request)));
  const late = answers.findIndex(({ status }) => status === 412);
  asked.forEach((request) => guide.line(request));
  guide.holds(
    "one of them is refused: VERSION_MISMATCH",
    late !== -1,
    answers.map(({ body }) => body),
  );
  guide.tell("that one is sent again, without If-Match");
  const again = await guide.quietly({ method: "PATCH", path, as: "MIA", body: bodies[late] ?? {} });
  guide.name("TOKEN", tokenOf(again));
  const shown = await guide.ask(
    { method: "GET", path, headers: { "stoa-token": tokenOf(again) } },
    { show: ({ brand, description }: { brand: string; description: object }) => ({ brand, description }) },
  );
  const { brand, description } = shown.body as { brand: string; description: { en?: string } };
  guide.holds("sent again, both changes stand", brand === "Lumora Nord" && description.en !== undefined, shown.body);
}
