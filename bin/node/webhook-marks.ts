/** What telling remembers beside its deliveries: how far replays are, and up to when deliveries are forgotten. */
import type { Connection } from "mongoose";
import type { Iso } from "../../models/kernel/row";
import { collectionIn, MAJORITY } from "../../services/kernel/mongo-collection";
import type { ReplayMark } from "../../services/webhook/replay.service";

const FORGOTTEN = "forgotten";
const LONG_AGO = new Date(0).toISOString();

type Mark = { readonly _id: string } & Partial<ReplayMark> & { readonly at?: Iso };

export interface Marks {
  forgottenTo: Iso;
  replay(endpoint: string): Promise<ReplayMark | undefined>;
  setReplay(endpoint: string, mark: ReplayMark): Promise<void>;
  setForgotten(at: Iso): Promise<void>;
}

export async function openMarks(connection: Connection): Promise<Marks> {
  const rows = collectionIn<Mark>(connection, "webhook.marks");
  const set = (mark: Mark) => rows.replaceOne({ _id: mark._id }, mark, { upsert: true, ...MAJORITY });
  const marks: Marks = {
    forgottenTo: (await rows.findOne({ _id: FORGOTTEN }))?.at ?? LONG_AGO,
    async replay(endpoint) {
      return ((await rows.findOne({ _id: `replay/${endpoint}` })) ?? undefined) as ReplayMark | undefined;
    },
    async setReplay(endpoint, mark) {
      await set({ _id: `replay/${endpoint}`, ...mark });
    },
    async setForgotten(at) {
      await set({ _id: FORGOTTEN, at });
      marks.forgottenTo = at;
    },
  };
  return marks;
}
