/** How the mall asks for the risk of a payment: the actions of `models/fraud`, and what a policy would have done. */
import type { ServiceSchema } from "moleculer";
import type { Calls } from "../../models/contracts";
import type { DecideAgain } from "../../models/decision/decision.contract";
import { fraudContract, type AssessPayment } from "../../models/fraud/fraud.contract";
import { fraudPolicyContract, type Simulate } from "../../models/fraudpolicy/fraudpolicy.contract";
import type { RiskWarnings } from "../../models/fraud/fraud.warnings.contract";
import { asMall, typed } from "../../services/kernel/call";
import type { Node } from "../../services/kernel/node";
import { allOf } from "../../services/kernel/fact-pages";
import { procedureService, type CallSite } from "../../services/kernel/service";
import { artefactOf } from "../kernel/card";
import { lentChampions, type Champions } from "../kernel/champion";
import { again, simulate } from "./again.service";
import { createAssess } from "./assess.service";
import { isoOf, secondsOf, watchedIn } from "./facts.service";
import { FIRST_MODEL } from "./first";
import { learn } from "./learn.service";
import type { AssessDeps } from "./judge.service";
import type { FraudModel } from "./model";
import { SECONDS_A_DAY } from "./transactions";
import { warningsOf } from "./warnings";

const WARNING_DAYS = 30;
const WARNING_FACTS_MAX = 20_000;

const championsOf = (node: Node): ((site: CallSite) => Champions<FraudModel>) =>
  lentChampions<FraudModel, CallSite>({
    first: artefactOf(FIRST_MODEL),
    appointed: async ({ caller, meta }) =>
      (await typed<Calls>(caller, asMall(meta, "champion"))("model.appointed", { id: "fraud" })).champion,
    keep: (artefact) => node.blobs.put(artefact),
    read: (hash) => node.blobs.get(hash),
    parse: (text) => JSON.parse(text) as FraudModel,
    clock: () => performance.now(),
    warn: (error) => node.log.warn({ err: error }, "The model for fraud could not be changed; the old one goes on"),
  });

export function fraudServices(node: Node): ServiceSchema[] {
  const deps: AssessDeps = {
    node,
    champions: championsOf(node),
    decisions: node.facts("decisions"),
    attemptFacts: node.facts("fraud.attempts"),
    outcomes: node.facts("decision.outcomes"),
  };
  const assess = createAssess(deps);
  const made = { roles: node.roles };
  return [
    procedureService({
      ...made,
      name: "fraud",
      contract: fraudContract,
      procedures: {
        "fraud.assess": (params: AssessPayment, site: CallSite) => assess(params, site),
        "fraud.again": (params: DecideAgain, site: CallSite) => again(deps, params, site),
        "fraud.warnings": async (): Promise<RiskWarnings> => {
          const now = secondsOf(node.clock.now());
          const facts = await allOf(
            deps.attemptFacts,
            { where: {}, from: isoOf(now - WARNING_DAYS * SECONDS_A_DAY) },
            WARNING_FACTS_MAX,
          );
          return { items: warningsOf(facts.flatMap(watchedIn), now) };
        },
        "fraud.train": (_params: object, site: CallSite) => learn(deps, site),
      },
    }),
    procedureService({
      ...made,
      name: "fraudpolicy.simulator",
      contract: fraudPolicyContract,
      procedures: { "fraudpolicy.simulate": (params: Simulate) => simulate(deps, params) },
    }),
  ];
}
