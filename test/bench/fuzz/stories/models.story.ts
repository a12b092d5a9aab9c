/** Learnt models: those that were planted, of which one at a time decides. */
import { PLANTED_MODELS, word } from "../hints";
import { Stuck, type Scene, type Stage, type Story } from "../stage";

interface Version {
  readonly hash: string;
  readonly standing: string;
}

interface Standing {
  readonly id: string;
  readonly champion: Version | undefined;
  readonly others: readonly Version[];
}

async function standing(stage: Stage): Promise<Standing> {
  const id = stage.random.pick(PLANTED_MODELS);
  const { versions } = await stage.ask("model.get", { params: { id } });
  const known = versions as readonly Version[];
  const champion = known.find((one) => one.standing === "champion");
  return { id, champion, others: known.filter((one) => one !== champion) };
}

function of({ random, one }: Stage, id: string, versions: readonly Version[]): Scene {
  if (versions.length === 0) throw new Stuck(`there are no versions of ${id}`);
  return { as: one, params: { id, hash: random.pick(versions).hash } };
}

/** While one decides, another one was not measured beside it: then that one is promoted again. */
async function toPromote(stage: Stage): Promise<Scene> {
  const { id, champion, others } = await standing(stage);
  return of(stage, id, champion ? [champion] : others);
}

const ofOthers: Story = async (stage) => {
  const { id, others } = await standing(stage);
  return of(stage, id, others);
};

/** Somebody drafts what is in the mall already, and says that the category fits. */
async function drafted(stage: Stage): Promise<Scene> {
  // of the mall itself, in a place, and shown at once
  const title = { en: `Lamp ${word(stage.random)} ${word(stage.random)}` };
  const thing = { title, categoryPath: ["Home", "Lamps"], categoryId: undefined, sellerId: undefined, channels: [] };
  await stage.ask("product.create", { params: { ...thing, publish: true, attributes: undefined } });
  // a search that waits for what was written: then everybody finds it
  await stage.ask("product.search", { params: { q: title.en } });
  const { categoryDecisionId: id } = await stage.ask("listing.suggest", { params: { title, sellerId: undefined } });
  if (typeof id !== "string") throw new Stuck("nothing was said of a draft");
  const where = { path: ["Home", "Lamps"], categoryId: undefined };
  return { as: stage.one, params: { id, sellerId: undefined, answer: "taken", ...where } };
}

export const modelStories: Readonly<Record<string, Story>> = {
  "listing.answer": drafted,
  "model.promote": toPromote,
  "model.shadow": ofOthers,
  "model.retire": ofOthers,
  "model.rollback": async (stage) => {
    const { params } = await toPromote(stage);
    await stage.ask("model.promote", { params: params ?? {} });
    return { as: stage.one, params: { id: params?.["id"] } };
  },
};
