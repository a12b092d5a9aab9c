/**
 * A command on its way to its actor: who may is asked, what waits for a second person is kept, what it must know of
 * others is looked up; its answer is made from the row that it became.
 */
import type { Receipt } from "../../models/kernel/contract";
import { canonical } from "../../models/kernel/canonical";
import { paramsHash } from "../../models/kernel/ids";
import { refuseKernel } from "../../models/kernel/refusal";
import type { Commit } from "../../models/kernel/row";
import type { Actors } from "./actor";
import type { Command } from "./command";
import { aggregateIdOf } from "./command-id";
import { needsSecond, requestApproval, wantsSecond } from "./four-eyes";
import type { Called, Declared, Handler, Meta, Prepare } from "./handler";
import { historyReader } from "./history-reader";
import type { Node } from "./node";
import { oldContent } from "./old-content";
import { holdsMallWide, OPEN, pass, type Guard, type Roles } from "./permission";

function occurredAt(roles: Roles, { occurredAt: at, principal }: Meta): string | null {
  if (at === undefined) return null;
  return holdsMallWide(roles, principal, "time.backdate")
    ? at
    : refuseKernel("FORBIDDEN", "Setting the business time needs the permission time.backdate.");
}

type Hash = (params: object) => string;

/** A plain hash of an address tells the address to whoever tries enough of them. */
const hashFor = ({ identity }: Node, confidential: boolean | undefined): Hash =>
  confidential ? (params) => identity.pepper.mac("params", canonical(params)) : paramsHash;

type Asked = Omit<Command, "params" | "guard" | "occurredAt">;

function commandOf({ name, action }: Declared, ctx: Called, hashOf: Hash): Asked {
  const { meta, params } = ctx;
  return {
    id: meta.commandId,
    name,
    paramsHash: hashOf(params),
    aggregateId: aggregateIdOf(name, action, params, meta.commandId),
    creates: action.kind === "create" || action.first === true,
    by: meta.principal.id,
    onBehalfOf: meta.onBehalfOf ?? null,
    causedBy: meta.causedBy ?? null,
    trace: meta.trace,
    expectedVersion: meta.expectedVersion ?? null,
    after: meta.hlc ?? "",
  };
}

function receiptOf(node: Node, commit: Commit): Receipt {
  const { aggregate, aggregateId: id, version, committedAt } = commit;
  return {
    id,
    version,
    committedAt,
    wrote: { source: `${aggregate}/${id}`, version, targets: node.targetsOf(commit) },
  };
}

export interface Handled extends Declared {
  readonly aggregate: string;
  readonly prepare: Prepare | undefined;
  readonly confidential: boolean | undefined;
}

export function commandHandler(node: Node, actors: Actors, handled: Handled): Handler {
  const { name, action, aggregate, prepare } = handled;
  const hashOf = hashFor(node, handled.confidential);
  const reader = historyReader(node, aggregate);
  const { restores } = action;
  const old = restores && oldContent(node, aggregate, restores);

  /** What is looked up for a command is nobody's business who may not give it: asks the state before the actor does. */
  const early = async (guard: Guard, id: string, params: object): Promise<void> => {
    if (guard === OPEN || action.kind === "create") return;
    const row = actors.newest(id) ?? (await reader.newest(id));
    // a thing that is not there yet may become the caller's by what is looked up
    pass(guard, [row?.state, params], row ? undefined : "partly");
  };
  const prepared = async (ctx: Called): Promise<object> => {
    const asked = old ? await old(ctx.params) : ctx.params;
    return prepare ? prepare(asked as never, { caller: ctx, meta: { ...ctx.meta } }) : asked;
  };
  return async (ctx, guard) => {
    if (ctx.meta.hlc !== undefined) node.clock.observe(ctx.meta.hlc);
    const command = { ...commandOf(handled, ctx, hashOf), guard, occurredAt: occurredAt(node.roles, ctx.meta) };
    const second = needsSecond(action, ctx.meta, ctx.params);
    if (second || old || prepare) await early(guard, command.aggregateId, ctx.params);
    const ask = () => requestApproval(ctx, { name, params: ctx.params, meta: ctx.meta });
    if (second) return ask();
    const params = await prepared(ctx);
    const sent = actors.send({ ...command, params }).then((row) => receiptOf(node, { ...row, aggregate }));
    return sent.catch((error: unknown) => {
      if (wantsSecond(action, error)) return ask();
      throw error;
    });
  };
}
