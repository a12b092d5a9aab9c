import type { ServiceSchema } from "moleculer";
import { erased } from "../../models/kernel/aggregate";
import { anyContract } from "../../models/kernel/contract";
import { derivedId } from "../../models/kernel/ids";
import { seller, type SellerCommands, type SellerState } from "../../models/seller/seller.aggregate";
import {
  sellerContract,
  type SaveApplication,
  type SellerGlance,
  type SellerId,
  type SellerProfile,
} from "../../models/seller/seller.contract";
import { refuse } from "../../models/refusals";
import type { QueryContext } from "../kernel/call";
import { historyReader, newestOrRefuse, remembering } from "../kernel/history-reader";
import type { Node } from "../kernel/node";
import { aggregateService } from "../kernel/service";

/** `de 136.695.976` and `DE136695976` are the same number. */
const plain = (number: string): string => number.replace(/[^A-Za-z0-9]/g, "").toUpperCase();

/** Two applications with the same tax number meet at this key, which does not tell the number. */
function withTaxKey(params: SaveApplication): Promise<SellerCommands["seller.save"]> {
  const { vatId, taxNumber } = params.tax ?? {};
  const number = vatId ?? taxNumber;
  return Promise.resolve(number === undefined ? params : { ...params, taxKey: derivedId("tax", plain(number)) });
}

const seesAll = ({ meta }: QueryContext): boolean =>
  meta.principal.permissions.some((permission) => permission === "*" || permission === "seller.read");

export const sellerService = (node: Node): ServiceSchema => {
  const reader = historyReader(node, "seller");
  return aggregateService(node, {
    contract: anyContract(sellerContract),
    aggregate: erased(seller),
    prepare: { "seller.save": withTaxKey },
    queries: {
      "seller.peek": async ({ id }: SellerId, context): Promise<SellerGlance> => {
        const { state } = await newestOrRefuse<SellerState>(remembering(reader, context), id, "seller");
        return { status: state.status, name: state.name };
      },
      "seller.get": async ({ id }: SellerId, context): Promise<SellerProfile> => {
        const { version, state } = await newestOrRefuse<SellerState>(reader, id, "seller");
        const { status, name, about = {}, country } = state;
        const activeSince = "activeSince" in state ? state.activeSince : null;
        // who was never let in is nobody's business
        if (activeSince === null && !seesAll(context)) refuse("NOT_FOUND", `There is no seller "${id}".`, { id });
        return { id, version, status, name, about, country, activeSince };
      },
    },
  });
};
