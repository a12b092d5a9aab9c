/**
 * Fencing: a row without a change, appended to the history of an aggregate that claims a key but never came to
 * commit it. Whatever that aggregate still has under way was decided on an older version, so its insert conflicts;
 * it reads again, decides again and claims again. A fence of a history that is empty makes version 1 with the
 * initial state: readers meet an aggregate to which nothing has happened yet.
 */
import { CLAIM_FENCED, type AnyAggregate } from "./aggregate";
import type { Claim } from "./claims";
import { stampTime, type Clock } from "./clock";
import type { Histories } from "./histories";
import { derivedId, paramsHash } from "./ids";
import { refuseKernel } from "./refusal";
import { rowHash, rowId, type Commit, type Row } from "./row";

/** What is fenced: one aggregate, and how its rows are read and written. */
export interface Fenced {
  readonly aggregate: AnyAggregate;
  /** Rows as they are stored: personal fields stay sealed, for the fence copies the state. */
  readonly histories: Histories;
  /** The claims of a row's state; reveals personal fields first where claims depend on them. Default: as stored. */
  readonly claimsOf?: (row: Row) => Promise<readonly string[]> | readonly string[];
}

export interface FenceDeps {
  readonly clock: Clock;
  /** @throws for a name that is no aggregate of the mall */
  fenced(aggregate: string): Fenced;
  /** Told of each fence, so that the relay need not wait for the sweeper. */
  readonly committed?: (commit: Commit) => void;
}

/** The two things that claims must know of their holders. */
export interface Holders {
  readonly holdersClaims: (holder: string) => Promise<{ readonly claims: readonly string[]; readonly hasRow: boolean }>;
  readonly fence: (holder: string, claim: Claim) => Promise<"fenced" | "now-held">;
}

const ATTEMPTS_MAX = 8;
const FENCER = "kernel";

export function createHolders(deps: FenceDeps): Holders {
  return {
    async holdersClaims(holder) {
      const { kept, id } = locate(deps, holder);
      const row = (await kept.histories.newest([id])).get(id) ?? null;
      return { claims: await claimsOf(kept, row), hasRow: row !== null };
    },
    fence: (holder, claim) => fence(deps, holder, claim),
  };
}

function locate(deps: FenceDeps, holder: string): { kept: Fenced; id: string } {
  const cut = holder.indexOf("/");
  if (cut < 1) throw new Error(`"${holder}" is no holder of a claim: it must be <aggregate>/<id>`);
  return { kept: deps.fenced(holder.slice(0, cut)), id: holder.slice(cut + 1) };
}

async function claimsOf({ aggregate, claimsOf: own }: Fenced, row: Row | null): Promise<readonly string[]> {
  if (!row) return [];
  return own ? own(row) : (aggregate.claims?.(row.state) ?? []);
}

/** The command id of a fence: fencing the same claim twice makes one row. */
const fenceId = ({ _id, epoch }: Claim): string => derivedId(CLAIM_FENCED, _id, String(epoch));

async function fence(deps: FenceDeps, holder: string, claim: Claim): Promise<"fenced" | "now-held"> {
  const { kept, id } = locate(deps, holder);
  const commandId = fenceId(claim);
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
    const { newest, byCommand } = await kept.histories.standing(id, [commandId]);
    if ((await claimsOf(kept, newest)).includes(claim._id)) return "now-held";
    // somebody else fenced this very claim: what was under way under its epoch is dead for us too
    if (byCommand.has(commandId)) return "fenced";
    const row = fenceRow({ aggregate: kept.aggregate, id, newest, claim, clock: deps.clock });
    const [outcome] = await kept.histories.insert([row], true);
    if (outcome === "inserted") {
      deps.committed?.({ ...row, aggregate: kept.aggregate.name });
      return "fenced";
    }
  }
  return refuseKernel("WRITES_CONTENDED", `"${claim._id}" is in dispute; ask again in a moment.`, { key: claim._id });
}

export interface FenceRowOf {
  readonly aggregate: Pick<AnyAggregate, "schema" | "initial">;
  readonly id: string;
  readonly newest: Row | null;
  readonly claim: Claim;
  readonly clock: Clock;
}

const START = { version: 0, hash: "", hlc: "" };

/** The row that follows `newest` and changes nothing. */
export function fenceRow({ aggregate, id, newest, claim, clock }: FenceRowOf): Row {
  const { state, schema } = newest ?? { state: aggregate.initial, schema: aggregate.schema };
  const previous = newest ?? START;
  const hlc = clock.next(previous.hlc);
  const committedAt = stampTime(hlc);
  const version = previous.version + 1;
  const data = { key: claim._id, epoch: claim.epoch };
  const row = {
    _id: rowId(id, version),
    aggregateId: id,
    version,
    schema,
    events: [{ type: CLAIM_FENCED, data }],
    state,
    command: { id: fenceId(claim), name: "claim.fence", paramsHash: paramsHash(data) },
    by: FENCER,
    onBehalfOf: null,
    causedBy: null,
    trace: null,
    occurredAt: committedAt,
    committedAt,
    hlc,
    hashFormat: 1,
  } as const;
  return { ...row, hash: rowHash(previous.hash, row), published: false };
}
