/** A product by name, as a link to it; asked for once per page. */
import { useEffect, useState } from "preact/hooks";
import { Link } from "../app/router";
import { ask } from "../client/ask";
import { textOf } from "./format";

const names = new Map<string, Promise<string>>();
const NAMES_MAX = 500;

function nameOf(id: string): Promise<string> {
  if (names.size > NAMES_MAX) names.clear();
  const known = names.get(id);
  if (known) return known;
  const asked = ask("product.get", { id }).then(
    ({ title }) => textOf(title),
    () => id,
  );
  names.set(id, asked);
  return asked;
}

/** The id where the name cannot be had. */
export function ProductName({ id }: { readonly id: string }) {
  const [name, setName] = useState("…");
  useEffect(() => {
    let wanted = true;
    void nameOf(id).then((found) => wanted && setName(found));
    return () => {
      wanted = false;
    };
  }, [id]);
  return (
    <Link to={`/product/${id}`}>
      <span dir="auto">{name}</span>
    </Link>
  );
}
