import type { ServiceSchema } from "moleculer";
import { erased } from "../../models/kernel/aggregate";
import { anyContract } from "../../models/kernel/contract";
import type { Row } from "../../models/kernel/row";
import type { Beginning, Tax } from "../../models/seller/application.contract";
import { openSteps, stepsOf } from "../../models/seller/guide.contract";
import { seller, type Applied, type SellerCommands, type SellerState } from "../../models/seller/seller.aggregate";
import {
  sellerContract,
  type Admitted,
  type AmendSeller,
  type ApplicationView,
  type SaveApplication,
  type SellerGlance,
  type SellerImprint,
  type SellerProfile,
} from "../../models/seller/seller.contract";
import type { SellerId } from "../../models/seller/seller.review.contract";
import { plainNumber } from "../../models/seller/tax-number.contract";
import { refuse } from "../../models/refusals";
import { historyReader, newestOrRefuse, remembering } from "../kernel/history-reader";
import type { Identity } from "../kernel/identity";
import type { Node } from "../kernel/node";
import { holdsMallWide } from "../kernel/permission";
import { aggregateService, type CallSite } from "../kernel/service";

const byCaller = (params: Beginning, { meta }: CallSite): Promise<Applied> =>
  Promise.resolve({ ...params, accountId: meta.principal.id });

/** Two applications with the same tax number meet at its key, which does not tell the number. */
const keysOf = ({ pepper }: Pick<Identity, "pepper">, { vatId, taxNumber }: Tax): string[] =>
  [vatId, taxNumber].flatMap((number) => (number === undefined ? [] : [pepper.mac("seller.tax", plainNumber(number))]));

const NOT_ACTIVE = "Only an active seller can offer, stock and change what it sells; this one is";

type Known = Exclude<SellerState, { readonly status: "absent" }>;

function viewOf(id: string, version: number, state: Known): ApplicationView {
  const { status, accountId, name, country, form, about, business, contact, tax, bank, papers } = state;
  const parts = { about, business, contact, tax, bank, papers };
  const said = Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== undefined));
  const reasons = state.status === "draft" ? state.reasons : [];
  const next = status === "draft" ? (openSteps(state)[0] ?? null) : null;
  return { id, version, status, accountId, name, country, form, ...said, reasons, steps: stepsOf(state), next };
}

export const sellerService = (node: Node): ServiceSchema => {
  const reader = historyReader(node, "seller");
  type Taxed = Pick<SaveApplication, "tax">;
  /** With what stands for the tax numbers in claims. */
  const keyed = <P extends Taxed>(params: P): Promise<P & { taxKeys?: string[] }> =>
    Promise.resolve(params.tax === undefined ? params : { ...params, taxKeys: keysOf(node.identity, params.tax) });
  return aggregateService(node, {
    contract: anyContract(sellerContract),
    aggregate: erased(seller),
    prepare: {
      "seller.apply": byCaller,
      "seller.save": (params: SaveApplication): Promise<SellerCommands["seller.save"]> => keyed(params),
      "seller.amend": (params: AmendSeller): Promise<SellerCommands["seller.amend"]> => keyed(params),
    },
    queries: {
      "seller.admit": async ({ id }: SellerId, context): Promise<Admitted> => {
        const row = (await remembering(reader, context).newest(id)) as Row<SellerState> | null;
        const status = row?.state.status ?? "absent";
        if (status === "absent") return { known: false };
        if (status !== "active") refuse("SELLER_NOT_ACTIVE", `${NOT_ACTIVE} ${status}.`, { sellerId: id, status });
        return { known: true };
      },
      "seller.peek": async ({ id }: SellerId, context): Promise<SellerGlance> => {
        const { state } = await newestOrRefuse<SellerState>(remembering(reader, context), id, "seller");
        return { status: state.status, name: state.name };
      },
      "seller.imprint": async ({ id }: SellerId): Promise<SellerImprint> => {
        const { version, state } = await newestOrRefuse<SellerState>(reader, id, "seller");
        const { name, country, business = null, tax = null } = state;
        return { id, version, name, country, business, tax };
      },
      "seller.application": async ({ id }: SellerId): Promise<ApplicationView> => {
        const { version, state } = await newestOrRefuse<SellerState>(reader, id, "seller");
        return viewOf(id, version, state);
      },
      "seller.get": async ({ id }: SellerId, { meta }): Promise<SellerProfile> => {
        const { version, state } = await newestOrRefuse<SellerState>(reader, id, "seller");
        const { status, name, about = {}, country } = state;
        const activeSince = "activeSince" in state ? state.activeSince : null;
        // who was never let in is nobody's business
        const shown = activeSince !== null || holdsMallWide(node.roles, meta.principal, "seller.read");
        if (!shown) refuse("NOT_FOUND", `There is no seller "${id}".`, { id });
        return { id, version, status, name, about, country, activeSince };
      },
    },
  });
};
