/** Room for a file is taken before it is written: what is refused leaves nothing behind. */
import type { FastifyRequest } from "fastify";
import type { AssetView } from "../../models/asset/asset.contract";
import { derivedId } from "../../models/kernel/ids";
import { isRefusal } from "../../models/kernel/refusal";
import type { CallMeta } from "../kernel/call";
import { pass, permitted } from "../kernel/permission";
import type { Route } from "./call-meta";
import type { RouteDeps } from "./routes";
import { principalFor } from "./session";

export interface Wanted {
  /** Whose file it will be; left out: the mall's own. */
  readonly sellerId?: string | undefined;
  readonly bytes: number;
}

/** The same upload sent again under its key takes room once. @throws FILE_QUOTA */
export async function takeRoom({ call }: RouteDeps, { principal, trace, commandId }: CallMeta, wanted: Wanted) {
  const { sellerId, bytes } = wanted;
  const meta: CallMeta = {
    principal: { id: principal.id, permissions: ["quota.take"] },
    trace,
    ...(commandId !== undefined && { commandId: derivedId("room", commandId) }),
  };
  await call("quota.take", { bytes, ...(sellerId !== undefined && { sellerId }) }, { meta });
}

/** Whose asset takes another file. @throws FORBIDDEN to who may not, kept as a denial; NOT_FOUND to others */
export async function ownerOf(deps: RouteDeps, route: Route, request: FastifyRequest): Promise<string | undefined> {
  const principal = principalFor(request);
  const { id: trace } = request;
  const params = request.params as { readonly id: string };
  const guard = permitted(deps.roles, route, principal);
  try {
    const { sellerId } = (await deps.call("asset.get", { id: params.id }, { meta: { principal, trace } })) as AssetView;
    pass(guard, [{ sellerId }]);
    return sellerId;
  } catch (error) {
    try {
      if (isRefusal(error, "NOT_FOUND")) pass(guard, [params]);
    } catch (denial) {
      await deps.denied?.({ ...route, params, principal, trace, error: denial });
      throw denial;
    }
    if (isRefusal(error, "FORBIDDEN")) await deps.denied?.({ ...route, params, principal, trace, error });
    throw error;
  }
}
