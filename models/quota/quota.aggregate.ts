import type { Aggregate } from "../kernel/aggregate";
import { refuse } from "../refusals";
import { MALL, type Room, type SetQuota, type TakeRoom } from "./quota.contract";

type Own = Omit<SetQuota, "id">;

interface Counted extends Own {
  readonly files: number;
  readonly bytes: number;
}

export type QuotaState = { readonly status: "absent" } | ({ readonly status: "counting" } & Counted);

export type QuotaEvent =
  | { readonly type: "quota.taken"; readonly data: Pick<TakeRoom, "bytes"> }
  | { readonly type: "quota.set"; readonly data: Own };

export interface QuotaCommands {
  /** The service says how much the mall gives everybody. */
  readonly "quota.take": TakeRoom & { readonly everybody: Room };
  readonly "quota.set": SetQuota;
}

const EMPTY: Counted = { files: 0, bytes: 0, filesMax: null, bytesMax: null };
export const countedIn = (state: QuotaState): Counted => (state.status === "absent" ? EMPTY : state);

export const roomOf = ({ filesMax, bytesMax }: Own, everybody: Room): Room => ({
  filesMax: filesMax ?? everybody.filesMax,
  bytesMax: bytesMax ?? everybody.bytesMax,
});

const MIB = 1 << 20;
const mib = (bytes: number): string => `${(bytes / MIB).toFixed(1)} MiB`;

export const quota: Aggregate<QuotaState, QuotaCommands, QuotaEvent> = {
  name: "quota",
  schema: 1,
  initial: { status: "absent" },
  decide: {
    "quota.take": (state, { bytes, everybody, sellerId = MALL }) => {
      const counted = countedIn(state);
      const { filesMax, bytesMax } = roomOf(counted, everybody);
      const [files, sum] = [counted.files + 1, counted.bytes + bytes];
      if (files > filesMax || sum > bytesMax) {
        const share = `${counted.files} of ${filesMax} files and ${mib(counted.bytes)} of ${mib(bytesMax)}`;
        const todo = `use a file that is here already, or ask the mall for more room (PUT /v1/quotas/${sellerId})`;
        const data = { files: counted.files, bytes: counted.bytes, filesMax, bytesMax, wanted: bytes };
        refuse(
          "FILE_QUOTA",
          `There is no room for this file of ${mib(bytes)}: ${sellerId} keeps ${share}. To go on, ${todo}.`,
          data,
        );
      }
      return [{ type: "quota.taken", data: { bytes } }];
    },
    "quota.set": (state, { filesMax, bytesMax }) => {
      const counted = countedIn(state);
      // also of who never uploaded anything it is kept that somebody said so
      const same = state.status !== "absent" && counted.filesMax === filesMax && counted.bytesMax === bytesMax;
      return same ? [] : [{ type: "quota.set", data: { filesMax, bytesMax } }];
    },
  },
  evolve: {
    "quota.taken": (state, { bytes }) => {
      const counted = countedIn(state);
      return { ...counted, status: "counting", files: counted.files + 1, bytes: counted.bytes + bytes };
    },
    "quota.set": (state, own) => ({ ...countedIn(state), ...own, status: "counting" }),
  },
};
