import type { ServiceSchema } from "moleculer";
import type { Calls } from "../../models/contracts";
import { erased } from "../../models/kernel/aggregate";
import { anyContract } from "../../models/kernel/contract";
import type { Histories } from "../../models/kernel/histories";
import type { Row } from "../../models/kernel/row";
import { location, type LocationState } from "../../models/location/location.aggregate";
import {
  locationContract,
  locationIdOf,
  locationPrefixOf,
  type LocationGlance,
  type LocationKey,
  type LocationView,
  type OpenLocation,
  type ReviseLocation,
} from "../../models/location/location.contract";
import { refuse } from "../../models/refusals";
import { typed } from "../kernel/call";
import { historyReader, newestOrRefuse, remembering } from "../kernel/history-reader";
import type { Node } from "../kernel/node";
import { holdsMallWide } from "../kernel/permission";
import { aggregateService, type CallSite } from "../kernel/service";

/**
 * A seller that is not active opens and changes no location; those who may change every location of the mall may
 * change its, too. Nobody is kept from closing one.
 */
function admission(node: Node) {
  const admitted = async <P extends LocationKey>(params: P, { caller, meta }: CallSite): Promise<P> => {
    if (holdsMallWide(node.roles, meta.principal, "location.write")) return params;
    const { sellerId } = params;
    const { known } = await typed<Calls>(caller, meta)("seller.admit", { id: sellerId });
    if (!known) refuse("NOT_FOUND", `There is no seller "${sellerId}"; apply to sell first.`, { sellerId });
    return params;
  };
  return {
    "location.open": (params: OpenLocation, site: CallSite) => admitted(params, site),
    "location.revise": (params: ReviseLocation, site: CallSite) => admitted(params, site),
    "location.reopen": (params: LocationKey, site: CallSite) => admitted(params, site),
  };
}

/** Always asks the store: rows of one seller's locations lie side by side. */
async function hasAny(histories: Pick<Histories, "scan">, sellerId: string): Promise<boolean> {
  const prefix = locationPrefixOf(sellerId);
  const [next] = await histories.scan(prefix, 1);
  return next?.aggregateId.startsWith(prefix) ?? false;
}

export const locationService = (node: Node): ServiceSchema => {
  const reader = historyReader(node, "location");
  return aggregateService(node, {
    contract: anyContract(locationContract),
    aggregate: erased(location),
    prepare: admission(node),
    queries: {
      "location.peek": async (key: LocationKey, context): Promise<LocationGlance> => {
        const row = (await remembering(reader, context).newest(locationIdOf(key))) as Row<LocationState> | null;
        const status = row?.state.status ?? "absent";
        return { status, any: status !== "absent" || (await hasAny(node.histories("location"), key.sellerId)) };
      },
      "location.get": async (key: LocationKey): Promise<LocationView> => {
        const id = locationIdOf(key);
        const { version, state } = await newestOrRefuse<LocationState>(reader, id, "location");
        return { ...state, id, version };
      },
    },
  });
};
