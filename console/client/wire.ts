/** Params as they travel: into the path, the query string or the body. Pure. */

export type Params = Readonly<Record<string, unknown>>;

export interface Wired {
  readonly method: string;
  /** With the query string. */
  readonly url: string;
  readonly body: string | null;
}

/** Lists travel as the same name several times; what is undefined or null stays at home. */
function queryOf(params: Params): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null) query.append(name, String(one as string | number | boolean));
    }
  }
  const text = query.toString();
  return text === "" ? "" : `?${text}`;
}

/** @param address `PUT /v1/offers/{id}/price` */
export function wire(address: string, params: Params): Wired {
  const [method = "GET", pattern = "/"] = address.split(" ");
  const rest = new Map(Object.entries(params));
  const path = pattern.replace(/\{(\w+)\}/g, (_all, name: string) => {
    const value = rest.get(name);
    rest.delete(name);
    return encodeURIComponent(String(value));
  });
  const others = Object.fromEntries(rest);
  if (method === "GET") return { method, url: path + queryOf(others), body: null };
  return { method, url: path, body: JSON.stringify(others) };
}
