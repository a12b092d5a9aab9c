/** A seller by name; asked for once per page. */
import { useEffect, useState } from "preact/hooks";
import { ask } from "../client/ask";

const names = new Map<string, Promise<string>>();
const NAMES_MAX = 500;

/** The id where the name cannot be had. */
export function sellerName(id: string): Promise<string> {
  if (names.size > NAMES_MAX) names.clear();
  const known = names.get(id);
  if (known) return known;
  const asked = ask("seller.get", { id }).then(
    ({ name }) => name,
    () => id,
  );
  names.set(id, asked);
  return asked;
}

export function SellerName({ id }: { readonly id: string }) {
  const [name, setName] = useState("…");
  useEffect(() => {
    let wanted = true;
    void sellerName(id).then((found) => wanted && setName(found));
    return () => {
      wanted = false;
    };
  }, [id]);
  return <>{name}</>;
}
