import type { ServiceSchema } from "moleculer";
import type { Calls } from "../../models/contracts";
import { erased } from "../../models/kernel/aggregate";
import { anyContract } from "../../models/kernel/contract";
import { refuse } from "../../models/refusals";
import { section } from "../../models/section/section.aggregate";
import { sectionContract, SECTIONS_MAX, type OpenSection } from "../../models/section/section.contract";
import { typed } from "../kernel/call";
import type { Node } from "../kernel/node";
import { aggregateService, type CallSite } from "../kernel/service";

/**
 * Every process keeps all of them in memory, so that there must not be any number: counted as search knows them, a few
 * more may be opened at the same moment. @throws NOT_FOUND, SECTION_LIMIT
 */
async function roomFor(params: OpenSection, { caller, meta }: CallSite): Promise<OpenSection> {
  const call = typed<Calls>(caller, meta);
  if (params.channel !== undefined) await call("channel.peek", { id: params.channel });
  const { items } = await call("section.list", { limit: SECTIONS_MAX });
  if (items.length >= SECTIONS_MAX) refuse("SECTION_LIMIT", `The mall has ${SECTIONS_MAX} sections; close one first.`);
  return params;
}

export const sectionService = (node: Node): ServiceSchema =>
  aggregateService(node, {
    contract: anyContract(sectionContract),
    aggregate: erased(section),
    prepare: { "section.open": roomFor },
  });
