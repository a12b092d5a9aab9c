/**
 * Which methods an address has: told to OPTIONS, and with 405 to whoever asks in another way, before a body is read,
 * for what is wrong is the method, whatever the body holds. Asked only where the router has found nothing: as routes of
 * their own, all that is not possible was four fifths of what a start had to add.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { refuseHere } from "./problem";

/** By pattern, as the router writes them, in the order in which they were added. */
type Taken = ReadonlyMap<string, readonly string[]>;

const IMPLIED = ["HEAD", "OPTIONS"];

/** `/v1/products/:id` as an expression over the path of a URL. */
export function expressionOf(pattern: string): RegExp {
  const parts = pattern.split("/").map((part) => {
    if (part === "*") return ".*";
    return part.startsWith(":") ? "[^/]+" : part.replace(/[^\w-]/g, "\\$&");
  });
  return new RegExp(`^${parts.join("/")}$`);
}

/** As the header `Allow` has them. */
export const allowOf = (methods: readonly string[]): string => {
  const named = methods.filter((method) => !IMPLIED.includes(method));
  return [...named, ...(named.includes("GET") ? IMPLIED : IMPLIED.slice(1))].join(", ");
};

/** Addresses that are also what another pattern's name could be, whose methods would answer in their place. */
export function shadowed(taken: Taken): string[] {
  const named = [...taken].filter(([url]) => url.includes(":"));
  const others = named.map(([url, methods]) => ({ url, methods, expression: expressionOf(url) }));
  return [...taken].flatMap(([url, own]) => {
    const found = others.some(
      (other) => other.url !== url && other.expression.test(url) && other.methods.some((one) => !own.includes(one)),
    );
    return found ? [url] : [];
  });
}

/** @throws METHOD_NOT_ALLOWED for every method but OPTIONS */
export function tellAllowed(request: FastifyRequest, reply: FastifyReply, allow: string): FastifyReply {
  reply.header("allow", allow);
  if (request.method === "OPTIONS") return reply.code(204).send();
  return refuseHere("METHOD_NOT_ALLOWED", `${request.method} is not possible here, but ${allow} is.`);
}

/** To be called before anything is added, and after the limit of requests. */
export function tellMethods(app: FastifyInstance): void {
  const taken = new Map<string, string[]>();
  let places: { expression: RegExp; methods: readonly string[] }[] | null = null;
  app.addHook("onRoute", ({ url, method }) => {
    taken.set(url, [...new Set([...(taken.get(url) ?? []), ...[method].flat()])]);
  });
  const limited = app.rateLimit();
  app.addHook("onRequest", async (request, reply) => {
    if (!request.is404) return;
    const [path = "/"] = request.url.split("?");
    places ??= [...taken].map(([url, methods]) => ({ expression: expressionOf(url), methods }));
    const methods = places.filter(({ expression }) => expression.test(path)).flatMap((place) => place.methods);
    if (methods.length === 0) return;
    await limited.call(app, request, reply);
    return tellAllowed(request, reply, allowOf([...new Set(methods)]));
  });
}
