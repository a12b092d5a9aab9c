/**
 * Links to files that were bought. A link names the entitlement and a time, and is signed: whoever has it may fetch the
 * file until then, as often as was bought. Links are made for who may read the order, each time anew.
 */
import type { ServiceSchema } from "moleculer";
import type { Calls } from "../../models/contracts";
import {
  entitlementContract,
  entitlementIdOf,
  type AskDownloads,
  type DownloadLink,
  type Downloads,
  type EntitlementView,
  type OpenDownload,
  type OpenedDownload,
} from "../../models/entitlement/entitlement.contract";
import { anyContract } from "../../models/kernel/contract";
import { isRefusal } from "../../models/kernel/refusal";
import { refuse } from "../../models/refusals";
import { asMall, typed } from "../kernel/call";
import type { Node } from "../kernel/node";
import { holdsMallWide } from "../kernel/permission";
import { procedureService, type CallSite } from "../kernel/service";

const LINK_MS = 15 * 60_000;
const USE = "download";

const linkOf = ({ identity, clock }: Node, found: EntitlementView): DownloadLink => {
  const { id, lineId, title, status, downloads, downloadsMax } = found;
  const until = Date.parse(clock.now()) + LINK_MS;
  const url = `${identity.publicUrl}/downloads/${id}?until=${until}&mac=${identity.pepper.mac(USE, id, String(until))}`;
  const usable = status === "granted" && downloads < downloadsMax;
  const way = usable ? { url, until: new Date(until).toISOString() } : { url: null, until: null };
  return { id, lineId, title, status, downloads, downloadsMax, ...way };
};

/** For who has its key, is its customer, or may read every order. @throws NOT_FOUND */
async function orderOf({ orderId: id, key }: AskDownloads, { caller, meta }: CallSite, { roles }: Node) {
  const call = typed<Calls>(caller, asMall(meta, "order"));
  if (key !== undefined) return call("order.track", { id, key });
  const found = await call("order.get", { id });
  const theirs = found.customerId === meta.principal.id || holdsMallWide(roles, meta.principal, "order.read");
  return theirs ? found : refuse("NOT_FOUND", `There is no order "${id}" of yours.`, { id });
}

/** Null as long as it is not granted: the order is not paid yet. */
async function grantedOf(orderId: string, lineId: string, { caller, meta }: CallSite): Promise<EntitlementView | null> {
  const call = typed<Calls>(caller, asMall(meta, "entitlement"));
  try {
    return await call("entitlement.get", { id: entitlementIdOf({ orderId, lineId }) });
  } catch (error) {
    if (isRefusal(error, "NOT_FOUND")) return null;
    throw error;
  }
}

export const downloadsSaga = (node: Node): ServiceSchema => {
  async function downloads(params: AskDownloads, site: CallSite): Promise<Downloads> {
    const { id: orderId, lines } = await orderOf(params, site, node);
    const items: DownloadLink[] = [];
    for (const { lineId } of lines.filter(({ delivery }) => delivery === "digital")) {
      const found = await grantedOf(orderId, lineId, site);
      if (found) items.push(linkOf(node, found));
    }
    return { orderId, items };
  }

  /** Counted before it is given out: a file that is not there costs nothing. */
  async function open({ id, until, mac }: OpenDownload, { caller, meta }: CallSite): Promise<OpenedDownload> {
    const genuine = node.identity.pepper.isMac(mac, USE, id, String(until));
    if (!genuine || Date.parse(node.clock.now()) > until) {
      refuse("DOWNLOAD_EXPIRED", "The link holds no more: ask for a new one where the order is shown.");
    }
    const { offerId } = await typed<Calls>(caller, asMall(meta, "entitlement"))("entitlement.get", { id });
    const { hash, name } = await typed<Calls>(caller, asMall(meta, "goods"))("goods.fetch", { offerId });
    await typed<Calls>(caller, asMall(meta, "take"))("entitlement.take", { id });
    return { hash, name };
  }
  return procedureService({
    name: "entitlement.downloads",
    contract: anyContract(entitlementContract),
    roles: node.roles,
    procedures: { "entitlement.downloads": downloads, "entitlement.open": open },
  });
};
