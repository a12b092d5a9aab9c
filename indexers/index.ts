/** Every projection of the mall: one line each. Indexers, rebuilds and tokens are driven by this list. */
import type { Client } from "@elastic/elasticsearch";
import type { Target } from "../models/kernel/contract";
import type { Commit } from "../models/kernel/row";
import { assessments } from "./assessment/assessments.projection";
import { assessmentQueries } from "./assessment/assessments.query";
import { approvals } from "./approval/approvals.projection";
import { approvalQueries } from "./approval/approvals.query";
import { carts } from "./cart/carts.projection";
import { cartQueries } from "./cart/carts.query";
import { categories } from "./category/categories.projection";
import { categoryQueries, createCategories } from "./category/categories.query";
import { desks } from "./desk/desks.projection";
import { channels } from "./channel/channels.projection";
import { channelQueries } from "./channel/channels.query";
import { collections } from "./collection/collections.projection";
import { collectionQueries, createFindCollection } from "./collection/collections.query";
import { checkDrift, type Drift, type DriftOptions } from "./kernel/drift";
import type { HistoryReader } from "./kernel/histories";
import { createIndexers, readerNameOf } from "./kernel/indexer";
import { aliasOf, ensureIndex } from "./kernel/indices";
import { targetsIn, type Projection } from "./kernel/projection";
import type { QueryDeps } from "./kernel/query";
import { createWait } from "./kernel/read-your-writes";
import { rebuild, type Progress, type Rebuilt } from "./kernel/rebuild";
import { listingQueries } from "./listing/listing.query";
import { locations } from "./location/locations.projection";
import { locationQueries } from "./location/locations.query";
import { offers } from "./offer/offers.projection";
import { offerQueries } from "./offer/offers.query";
import { orders } from "./order/orders.projection";
import { orderQueries } from "./order/orders.query";
import { ledgers } from "./ledger/ledgers.projection";
import { ledgerQueries } from "./ledger/ledgers.query";
import { payouts } from "./payout/payouts.projection";
import { payoutQueries } from "./payout/payouts.query";
import { reviews } from "./review/reviews.projection";
import { reviewQueries } from "./review/reviews.query";
import { returns } from "./return/returns.projection";
import { returnQueries } from "./return/returns.query";
import { memberships } from "./membership/memberships.projection";
import { membershipQueries } from "./membership/memberships.query";
import { createMerchandising } from "./merchandising/merchandising.book.query";
import { merchandising } from "./merchandising/merchandising.projection";
import { merchandisingQueries } from "./merchandising/merchandising.query";
import { messages } from "./message/messages.projection";
import { messageQueries } from "./message/messages.query";
import { analyticsTallies } from "./analytics/analytics.projection";
import { analyticsQueries } from "./analytics/analytics.query";
import { panelQueries } from "./analytics/panels.query";
import { asked } from "./product/products.asked.projection";
import { createExperiments, experimentQueries, type Experiments } from "./experiment/experiments.query";
import { errands } from "./errand/errands.projection";
import { errandQueries } from "./errand/errands.query";
import { experiments as experimentsShown } from "./experiment/experiments.projection";
import { experimentFacts } from "./experiment/experiments.facts.projection";
import { products } from "./product/products.projection";
import { productQueries } from "./product/products.query";
import type { Shop } from "./product/products.search.query";
import { buyboxes } from "./buybox/buyboxes.projection";
import { buyBoxQueries, createBuyBoxes } from "./buybox/buyboxes.query";
import { sections } from "./section/sections.projection";
import { createSections, sectionQueries } from "./section/sections.query";
import { recommendationQueries } from "./recommendation/shelf.query";
import { createSellers } from "./seller/sellers.directory.query";
import { sellers } from "./seller/sellers.projection";
import { sellerQueries } from "./seller/sellers.query";

export const projections: readonly Projection[] = [
  channels,
  products,
  offers,
  sellers,
  memberships,
  locations,
  orders,
  returns,
  reviews,
  ledgers,
  payouts,
  messages,
  approvals,
  assessments,
  errands,
  categories,
  collections,
  sections,
  buyboxes,
  merchandising,
  experimentsShown,
  carts,
  desks,
];

/** How soon the engine shows by itself what somebody asks for. */
export const REFRESH_MS = 1_000;

/** Where a commit will be seen on the read side: what a consistency token carries. */
export const targetsOf = (commit: Commit): Target[] =>
  projections.flatMap((projection) => targetsIn(projection, commit));

export interface ReadSideOptions {
  readonly client: Client;
  readonly namespace: string;
  readonly warn?: (message: string) => void;
  /** Told which reader somebody waits for, time and again while they do. */
  readonly hurry?: (reader: string) => void;
}

export interface RebuildAsk {
  readonly projection: string;
  readonly histories: readonly HistoryReader[];
  /** Sources per aggregate compared before the switch; all of them when left out. */
  readonly sample?: number;
  readonly onProgress?: (progress: Progress) => void;
}

export interface DriftAsk extends Pick<DriftOptions, "histories" | "sample" | "stillReading"> {
  readonly projection: string;
}

export function projectionNamed(name: string): Projection {
  const found = projections.find((projection) => projection.name === name);
  if (found) return found;
  const known = projections.map((projection) => projection.name).join(", ");
  throw new Error(`There is no projection "${name}"; there are ${known}`);
}

/** Name of the durable consumer that fills a projection. */
export const readerOf = (projection: string): string => readerNameOf(projectionNamed(projection));

/** What is kept in memory beside the products, as new as a caller's token. */
const createShop = (deps: QueryDeps): Shop => ({
  sellers: createSellers(deps),
  categories: createCategories(deps),
  findCollection: createFindCollection(deps),
  sections: createSections(deps),
  buyBoxes: createBuyBoxes(deps),
  merchandising: createMerchandising(deps),
});

/** What merchandisers make of searches. */
const rankingQueries = (deps: QueryDeps, shop: Shop, experiments: Experiments) => ({
  ...sectionQueries(shop.sections),
  ...buyBoxQueries(shop.buyBoxes),
  ...merchandisingQueries(shop.merchandising),
  ...experimentQueries(deps, experiments),
});

/** All of the read side of one process. */
export function createReadSide({ client, namespace, warn, hurry }: ReadSideOptions) {
  const indexers = createIndexers({ client, namespace, ...(warn && { warn }) }, projections);
  const deps = { client, namespace, wait: createWait({ client, namespace, projections, ...(hurry && { hurry }) }) };
  const [shop, experiments] = [createShop(deps), createExperiments(deps)];
  return {
    /** One durable consumer each. */
    indexers,
    wait: deps.wait,
    queries: {
      ...productQueries(deps, shop),
      ...rankingQueries(deps, shop, experiments),
      ...offerQueries(deps),
      ...analyticsQueries(deps),
      ...panelQueries(deps, shop.sellers),
      ...cartQueries(deps),
      ...channelQueries(deps),
      ...approvalQueries(deps),
      ...assessmentQueries(deps),
      ...errandQueries(deps),
      ...recommendationQueries({ ...deps, ...shop }),
      ...listingQueries(deps),
      ...sellerQueries(deps),
      ...categoryQueries(shop.categories),
      ...collectionQueries(deps, shop.findCollection),
      ...membershipQueries(deps),
      ...locationQueries(deps),
      ...orderQueries(deps),
      ...returnQueries(deps),
      ...reviewQueries(deps),
      ...ledgerQueries(deps),
      ...payoutQueries(deps),
      ...messageQueries(deps),
    },
    /** Those that run, for searches that take part. */
    experiments,
    /** Names of sellers, and whose offers are not shown, for queries that show offers. */
    sellers: shop.sellers,
    /** Makes missing indices; names the projections whose live index is of another revision and wants a rebuild. */
    async ensure(): Promise<readonly string[]> {
      const tallies = [asked, experimentFacts, ...analyticsTallies];
      const ensured = [...tallies, ...projections].map((one) => ensureIndex(client, namespace, one));
      const needed = (await Promise.all(ensured)).slice(tallies.length).map(({ rebuildNeeded }) => rebuildNeeded);
      return projections.filter((_, n) => needed[n]).map(({ name }) => name);
    },
    rebuild: ({ projection, ...more }: RebuildAsk): Promise<Rebuilt> =>
      rebuild({ client, namespace, projection: projectionNamed(projection), ...more }),
    drift: ({ projection, ...more }: DriftAsk): Promise<Drift> =>
      checkDrift({ client, index: aliasOf(namespace, projection), projection: projectionNamed(projection), ...more }),
  };
}
