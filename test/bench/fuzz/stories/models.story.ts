/** Learnt models: those that were planted, of which one at a time decides. */
import { PLANTED_MODELS } from "../hints";
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

export const modelStories: Readonly<Record<string, Story>> = {
  "model.promote": toPromote,
  "model.shadow": ofOthers,
  "model.retire": ofOthers,
  "model.rollback": async (stage) => {
    const { params } = await toPromote(stage);
    await stage.ask("model.promote", { params: params ?? {} });
    return { as: stage.one, params: { id: params?.["id"] } };
  },
};
