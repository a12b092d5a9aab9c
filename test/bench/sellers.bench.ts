/**
 * Does it matter how many sellers there are? The same offers of 10,000 sellers and of 10 (`-- sellers [offers]`, else
 * 100,000): search with its facets and a tenth of the sellers suspended, one seller's list, and
 * whether a principal may change an offer. Asked in turn, call by call, so that the machine's mood cancels out.
 */
import { showProgress } from "../../bin/terminal/painter";
import { createIndexer } from "../../indexers/kernel/indexer";
import { aliasOf, ensureIndex } from "../../indexers/kernel/indices";
import { offers } from "../../indexers/offer/offers.projection";
import { offerQueries } from "../../indexers/offer/offers.query";
import { products } from "../../indexers/product/products.projection";
import { productQueries } from "../../indexers/product/products.query";
import { directoryOf } from "../../indexers/seller/sellers.directory.query";
import type { Commit } from "../../models/kernel/row";
import { offerContract } from "../../models/offer/offer.contract";
import { builtinRoles } from "../../models/role/role.builtin.contract";
import type { SearchProducts } from "../../models/product/product.search.contract";
import { permitted } from "../../services/kernel/permission";
import { createRoleBook } from "../../services/kernel/role-book";
import { searchUnderTest, type SearchUnderTest } from "../support/elasticsearch";
import { createMall } from "../support/memory-mall";
import { inTurn, rate, ratio } from "./measure";
import type { Answer } from "./report";
import type { Ask } from "./scale";

const OFFERS = 100_000;
const MANY = 10_000;
const FEW = 10;
const OFFERS_PER_PRODUCT = 5;
/** Offers that are written at a time. A multiple of what a product has. */
const BATCH = 1_000;
const ROUNDS = 5;
const CALLS = 60;
const LIST_LIMIT = 24;
/** One permission check takes less than a clock can tell. */
const CHECKS = 2_000;
const WORDS = ["lamp", "chair", "kettle", "jacket", "drill", "piano", "tent", "watch"];

/** Above every price: leaves nothing out. */
const DEAREST = 100_000_000;

const sellerOf = (n: number, sellers: number): string => `seller-${n % sellers}`;
const meta = { meta: {} };

/** Products with their offers and stocks, a batch at a time: each batch forgets the one before. */
async function* market(count: number, sellers: number): AsyncGenerator<Commit[]> {
  for (let from = 0; from < count; from += BATCH) {
    const mall = createMall();
    const commits: Commit[] = [];
    for (let n = from; n < Math.min(count, from + BATCH); n++) {
      const productId = `p${Math.floor(n / OFFERS_PER_PRODUCT)}`;
      if (n % OFFERS_PER_PRODUCT === 0) {
        const p = n / OFFERS_PER_PRODUCT;
        const title = { en: `${WORDS[p % WORDS.length] ?? ""} number ${p}` };
        commits.push(await mall.product(productId, { title, brand: `Brand ${p % 40}`, attributes: { size: p % 12 } }));
      }
      const sellerId = sellerOf(n, sellers);
      const condition = n % 7 === 0 ? "used" : "new";
      commits.push(await mall.offer(`o${n}`, productId, 500 + ((n * 37) % 9_000), { sellerId, condition }));
      commits.push(await mall.stock(`s${n}`, { productId, offerId: `o${n}` }, 1 + (n % 5)));
    }
    yield commits;
  }
}

type Asking = (n: number) => Promise<unknown>;

type Filled = Readonly<Record<"search" | "filtered" | "list" | "check", Asking>>;

type Under = Pick<SearchUnderTest, "client" | "namespace">;

async function fill({ client, namespace }: Under, count: number, sellers: number): Promise<void> {
  const projections = [products, offers];
  for (const projection of projections) await ensureIndex(client, namespace, projection);
  const indexers = projections.map((projection) => createIndexer({ client, namespace, projection }));
  const progress = showProgress(`${count} offers of ${sellers} sellers`, process.stderr);
  let done = 0;
  for await (const commits of market(count, sellers)) {
    await Promise.all(indexers.map((indexer) => indexer.read(commits)));
    done = Math.min(count, done + BATCH);
    progress.update({ done, failed: 0, fraction: done / count });
  }
  progress.end();
  for (const { name } of projections) {
    const index = aliasOf(namespace, name);
    await client.indices.refresh({ index });
    await client.indices.forcemerge({ index, max_num_segments: 1 });
  }
}

/** Every tenth seller is suspended: the same share of the offers in both malls. */
const directory = (sellers: number) =>
  directoryOf(
    new Map(Array.from({ length: sellers }, (_, n) => [`seller-${n}`, { name: `Shop ${n}`, hidden: n % 10 === 9 }])),
  );

/** What is asked of a mall with so many sellers. */
function asked(under: Under, sellers: number): Filled {
  const deps = { client: under.client, namespace: under.namespace, wait: () => Promise.resolve() };
  const known = directory(sellers);
  const { "product.search": search } = productQueries(deps, { sellers: () => Promise.resolve(known) });
  const { "offer.list": list } = offerQueries(deps);
  // no question is asked twice: what is measured is the engine's work, not its memory of answers
  let dearest = DEAREST;
  const question = (n: number): SearchProducts => ({
    q: WORDS[n % WORDS.length] ?? "",
    sort: "relevance",
    limit: 24,
    currency: "EUR",
    priceMax: dearest++,
  });
  const roles = createRoleBook(builtinRoles);
  const action = offerContract.actions["offer.reprice"];
  return {
    search: (n) => search(question(n), meta),
    filtered: (n) => search({ ...question(n), seller: [sellerOf(n, sellers)], inStock: true, sort: "price-asc" }, meta),
    list: (n) => list({ sellerId: sellerOf(n, sellers), limit: LIST_LIMIT }, meta),
    check: (n) => {
      for (let i = 0; i < CHECKS; i++) {
        const party = sellerOf(n + i, sellers);
        const principal = { id: `a${n}`, permissions: [], grants: [{ role: "seller-staff", party }] };
        const refusal = permitted(roles, { name: "offer.reprice", action }, principal)([{ sellerId: party }]);
        if (refusal) throw refusal;
      }
      return Promise.resolve();
    },
  };
}

const QUESTIONS: Readonly<Record<keyof Filled, string>> = {
  search: "search with all facets, a tenth of the sellers suspended",
  filtered: "search by seller, in stock, sorted by price",
  list: "a seller's list of its offers",
  check: "may this principal change this offer",
};

async function compared(many: Filled, few: Filled, name: keyof Filled): Promise<Omit<Answer, "question">> {
  const rounds: Awaited<ReturnType<typeof inTurn>>[] = [];
  for (let i = 0; i < ROUNDS; i++) rounds.push(await inTurn(CALLS, many[name], few[name]));
  const found = ratio(
    rounds.map(({ oursP95Ms }) => oursP95Ms),
    rounds.map(({ theirsP95Ms }) => theirsP95Ms),
  );
  return { value: found.median, unit: "×", goal: { atMost: 1.3 }, detail: { ...found, rounds } };
}

export async function sellersBench({ args: [text] }: Ask): Promise<Answer[]> {
  const count = text === undefined ? OFFERS : Number(text);
  if (!Number.isSafeInteger(count) || count < FEW) throw new Error(`"${text ?? ""}" is no number of offers`);
  // in a small run, too, a seller has ten offers
  const manySellers = Math.max(FEW, Math.min(MANY, Math.floor(count / 10)));
  const engine = await searchUnderTest();
  const { client, namespace } = engine;
  const [many, few] = [
    { client, namespace: `${namespace}-many` },
    { client, namespace: `${namespace}-few` },
  ];
  try {
    await fill(many, count, manySellers);
    await fill(few, count, FEW);
    const [ofMany, ofFew] = [asked(many, manySellers), asked(few, FEW)];
    const answers: Answer[] = [];
    for (const name of Object.keys(QUESTIONS) as (keyof Filled)[]) {
      await rate(1, 1, ofMany[name]);
      await rate(1, 1, ofFew[name]);
      const question = `${QUESTIONS[name]}: ${count} offers of ${manySellers} sellers / of ${FEW}, p95`;
      answers.push({ question, ...(await compared(ofMany, ofFew, name)) });
    }
    return answers;
  } finally {
    await engine.stop();
  }
}
