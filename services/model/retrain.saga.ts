/**
 * From "train anew" to a version that decides, or does not: that a training has begun is committed first, so that the
 * model's timer begins it again if this process dies on the way. Who trains puts what was learnt into the store of
 * files; whether it may decide is the aggregate's to say, and its no is kept with its reason.
 */
import type { ServiceSchema } from "moleculer";
import type { Calls } from "../../models/contracts";
import { isRefusal } from "../../models/kernel/refusal";
import {
  modelContract,
  TRAINED_BY,
  type ModelName,
  type ModelView,
  type Trained,
} from "../../models/model/model.contract";
import type { TrainModel } from "../../models/model/model.lessons.contract";
import { refuse } from "../../models/refusals";
import { asMall, typed } from "../kernel/call";
import { historyReader } from "../kernel/history-reader";
import type { Node } from "../kernel/node";
import { procedureService, type CallSite } from "../kernel/service";
import { reasonOf } from "../kernel/wait";
import { modelView } from "./model.service";

const WHY_MAX = 500;
/** Models that texts of elsewhere can teach. */
const TAUGHT: readonly ModelName[] = ["moderation", "sentiment", "category", "duplicate"];

type Step = (step: string) => ReturnType<typeof typed<Calls>>;

async function appoint(call: Step, id: ModelName, trained: Extract<Trained, { hash: string }>): Promise<void> {
  const { hash, card } = trained;
  await call("register")("model.register", { id, hash, card });
  try {
    await call("promote")("model.promote", { id, hash });
  } catch (error) {
    if (!isRefusal(error, "MODEL_WORSE")) throw error;
    const why = (error as Error).message.slice(0, WHY_MAX);
    await call("decline")("model.decline", { id, hash, why });
  }
}

async function train({ caller, meta }: CallSite, action: string, asked: TrainModel): Promise<void> {
  const { id } = asked;
  const call: Step = (step) => typed<Calls>(caller, asMall(meta, step));
  const skip = async (why: string): Promise<void> => {
    await call("skip")("model.skip", { id, why: why.slice(0, WHY_MAX) });
  };
  let trained: Trained;
  try {
    trained = (await caller.call(action, asked, { meta: asMall(meta, "train") })) as Trained;
  } catch (error) {
    return skip(`The training failed: ${reasonOf(error)}`);
  }
  return "skipped" in trained ? skip(trained.skipped) : appoint(call, id, trained);
}

export const retrainSaga = (node: Node): ServiceSchema => {
  const reader = historyReader(node, "model");
  /** One training of a kind at a time; when this process stops on the way, its timer begins another. */
  const running = new Map<ModelName, Promise<void>>();

  async function retrain(asked: TrainModel, site: CallSite): Promise<ModelView> {
    const { id } = asked;
    const action = TRAINED_BY[id];
    if (action === undefined) return refuse("MODEL_STATUS", `The mall does not train ${id} by itself.`, { id });
    if (asked.lessons !== undefined && !TAUGHT.includes(id)) {
      return refuse("MODEL_STATUS", `${id} learns from what happens in the mall alone: leave the lessons out.`, { id });
    }
    const before = await modelView(reader, id);
    await typed<Calls>(site.caller, asMall(site.meta, "begin"))("model.begin", { id });
    const begun = await modelView(reader, id);
    // nothing new was committed: somebody is at it
    if (begun.version > before.version && !running.has(id)) {
      const trained = train(site, action, asked)
        .catch((error: unknown) => node.log.warn({ err: error, model: id }, "A training could not be concluded"))
        .finally(() => running.delete(id));
      running.set(id, trained);
    }
    return begun;
  }
  return procedureService({
    name: "model.retrain",
    contract: modelContract,
    roles: node.roles,
    procedures: { "model.retrain": retrain },
  });
};
