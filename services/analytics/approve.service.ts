/** What visitors reworded becomes a rule of merchandising when a person says so, in that person's name. */
import type { ServiceSchema } from "moleculer";
import { analyticsContract, type ApproveSynonym } from "../../models/analytics/analytics.contract";
import type { Calls } from "../../models/contracts";
import type { SynonymsRule } from "../../models/merchandising/merchandising.rule.contract";
import { typed } from "../kernel/call";
import type { Node } from "../kernel/node";
import { procedureService, type CallSite } from "../kernel/service";

function ruleOf({ from, to, language, twoWay = false }: ApproveSynonym): SynonymsRule {
  const words = twoWay ? { words: [from, to] } : { words: [to], from: [from] };
  return { kind: "synonyms", ...(language !== undefined && { language }), ...words };
}

async function approve(params: ApproveSynonym, { caller, meta }: CallSite) {
  const name = `${params.from} → ${params.to}`.slice(0, 100);
  const call = typed<Calls>(caller, meta);
  const { id, wrote } = await call("merchandising.create", { name, rule: ruleOf(params) });
  return { ruleId: id, wrote: [wrote] };
}

export const analyticsService = (node: Node): ServiceSchema =>
  procedureService({
    name: "analytics",
    contract: analyticsContract,
    roles: node.roles,
    procedures: { "analytics.approve": approve },
  });
